import { isInRange, parseAddress, parseRange } from '@kinegraph/core/node';
import type { IpRange } from '@kinegraph/core/node';

/** The longest chain of proxies that is looked at. */
const MOST_HOPS = 20;

/** Tells clients apart by their addresses, also behind proxies that the operator trusts. */
export class ClientAddresses {
  readonly #trusted: readonly IpRange[];

  /** @param trustProxy - addresses and ranges of proxies. */
  constructor(trustProxy: readonly string[]) {
    this.#trusted = trustProxy.map(parseRange).filter((range) => range !== undefined);
  }

  /** True where a proxy of this address is believed. */
  isTrusted(remoteAddress: string | undefined): boolean {
    const address = parseAddress(remoteAddress ?? '');
    return address !== undefined && this.#trusted.some((range) => isInRange(address, range));
  }

  /**
   * Where a request comes from: the nearest address that is no trusted proxy. Each proxy adds to the end of
   * `X-Forwarded-For`, so what a client has put at its beginning is never believed.
   */
  addressOf(remoteAddress: string | undefined, forwardedFor: string | undefined): string {
    let address = remoteAddress ?? '';
    const hops = (forwardedFor ?? '').split(',').slice(-MOST_HOPS);
    while (this.isTrusted(address)) {
      const next = hops.pop()?.trim();
      if (next === undefined || parseAddress(next) === undefined) break;
      address = next;
    }
    return address;
  }
}

/** What limits count by: the address, of IPv6 its first 64 bits, since one household has all that follow. */
export function clientKey(address: string): string {
  const parsed = parseAddress(address);
  if (parsed === undefined) return address;
  return parsed.family === 4 ? `4:${parsed.bits.toString(16)}` : `6:${(parsed.bits >> 64n).toString(16)}`;
}
