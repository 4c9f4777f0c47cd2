import { KinegraphError, readUrl } from '../../base/index.js';
import type { NetworkAccess } from '../../kinds/index.js';
import { isInRange, isPublicAddress, parseAddress, parseRange } from './ip-address.js';
import type { IpAddress, IpRange } from './ip-address.js';

/** A connection that the operator has not allowed. */
export class NetworkNotAllowedError extends KinegraphError {
  override readonly name = 'NetworkNotAllowedError';
  readonly code = 'CORE_NETWORK_NOT_ALLOWED';
  /** @param data - `host` without credentials, port and path; empty where the URL has none. */
  constructor(override readonly data: { host: string; reason: string; mend: string }) {
    super(
      `A graph may not connect to ${data.host === '' ? 'this URL' : `"${data.host}"`}: ${data.reason}. ${data.mend}.`,
    );
  }
}

/** Schemes that lead to a host; all others (`file:`, `data:`, ...) are refused. */
const SCHEMES = new Set(['http:', 'https:', 'rtsp:', 'rtsps:', 'mqtt:', 'mqtts:']);
/** RFC 3986 characters. Programs part about what any other means: a browser takes `\` for `/`, others take it for a name. */
const PLAIN_URL = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?!\/)[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;
// oxlint-disable-next-line no-control-regex -- control characters are what is to be kept out
const DEVICE = /^device:[^\u0000-\u001f]{1,1000}$/;
const HOST_NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** What `localhost` on the list stands for. */
const LOOPBACK_RANGES = ['127.0.0.0/8', '::1'];
const LIST = 'the allowed networks of the server (media.networkAllow)';

/**
 * Lets graphs connect only where the operator has said so. Entries are host names (`camera.example`), all names below one
 * (`*.example.com`), addresses and ranges (`192.168.4.0/24`), and local devices (`device:/dev/video0`, `device:*`). A listed
 * name must lead to public addresses, or to ones that are listed, too: what is private is reached only by saying so. A name
 * that is not listed is refused whatever its addresses, since who owns it could answer the next question differently.
 */
export class NetworkAllowList implements NetworkAccess {
  readonly #names = new Set<string>();
  readonly #suffixes: string[] = [];
  readonly #ranges: IpRange[] = [];
  readonly #devices = new Set<string>();

  /** @throws TypeError for an entry that is none */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
  }

  /**
   * Returns where the connection is allowed.
   * @param url - What is to be opened: http, https, rtsp, rtsps, mqtt or mqtts, or `device:` and a name.
   * @param addresses - What its host resolves to right now; left out: not resolved yet, so that a listed name passes.
   * @throws NetworkNotAllowedError
   */
  check(url: string, addresses?: readonly string[]): void {
    if (DEVICE.test(url)) {
      if (!this.#devices.has(url) && !this.#devices.has('device:*'))
        throw refused(url, 'this device is not allowed', `Add "${url}" to ${LIST}`);
      return;
    }
    const host = hostOf(url);
    const address = parseAddress(host);
    if (address === undefined && !this.#isNameListed(host))
      throw refused(host, 'this host is not allowed', `Add "${host}" to ${LIST}`);
    if (address !== undefined && !this.#isListed(address))
      throw refused(host, 'this address is not allowed', `Add "${bare(host)}" to ${LIST}`);
    if (addresses === undefined) return;
    if (addresses.length === 0) throw refused(host, 'it has no address', 'Check the name');
    for (const text of addresses) this.#checkResolved(host, text);
  }

  #checkResolved(host: string, text: string): void {
    const address = parseAddress(text);
    if (address === undefined || !(isPublicAddress(address) || this.#isListed(address)))
      throw refused(host, `it leads to ${text}, which is not a public address`, `Add "${text}" to ${LIST}, too`);
  }

  #isListed(address: IpAddress): boolean {
    return this.#ranges.some((range) => isInRange(address, range));
  }

  #isNameListed(host: string): boolean {
    return this.#names.has(host) || this.#suffixes.some((suffix) => host.endsWith(suffix));
  }

  #add(entry: string): void {
    if (DEVICE.test(entry)) {
      this.#devices.add(entry);
      return;
    }
    const range = parseRange(entry);
    if (range !== undefined) {
      this.#ranges.push(range);
      return;
    }
    const suffix = entry.startsWith('*.');
    const name = nameOf(suffix ? entry.slice(2) : entry);
    if (name === undefined)
      throw new TypeError(
        `"${entry}" is no host name, address, range or device; allowed: camera.example, *.example.com, 10.0.0.0/8, device:/dev/video0.`,
      );
    if (suffix) this.#suffixes.push(`.${name}`);
    else this.#names.add(name);
    if (!suffix && name === 'localhost') for (const text of LOOPBACK_RANGES) this.#add(text);
  }
}

/** True for what a `NetworkAllowList` takes as an entry. */
export function isNetworkEntry(entry: string): boolean {
  return (
    DEVICE.test(entry) ||
    parseRange(entry) !== undefined ||
    nameOf(entry.startsWith('*.') ? entry.slice(2) : entry) !== undefined
  );
}

/** The host as systems see it: lower case, no trailing dot, numbers as dotted addresses. @throws NetworkNotAllowedError */
function hostOf(url: string): string {
  const parsed = PLAIN_URL.test(url) ? readUrl(url) : undefined;
  const authority = /^[^:]+:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
  if (parsed === undefined || authority.split('@').length > 2)
    throw refused(
      '',
      'it is not a plain URL',
      'Write it as scheme://host/path, with special characters percent-encoded',
    );
  if (!SCHEMES.has(parsed.protocol))
    throw refused('', `its scheme is "${parsed.protocol}"`, 'Use http, https, rtsp, rtsps, mqtt or mqtts');
  const host = canonicalHost(parsed.hostname);
  if (host === undefined) throw refused(parsed.hostname, 'this is no host name', 'Check the name');
  return host;
}

/** The WHATWG standard turns 0x7f.1, 017700000001 and 2130706433 into 127.0.0.1, but for http only, not for rtsp. */
function canonicalHost(host: string): string | undefined {
  const url = host === '' ? undefined : readUrl(`http://${host}/`);
  if (url === undefined) return undefined;
  const { hostname } = url;
  if (parseAddress(hostname) !== undefined) return hostname;
  const name = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  // Without its dot a name may turn out to be a number: "127.1." is one for systems, too.
  if (name !== hostname) return canonicalHost(name);
  return HOST_NAME.test(name) && name.length <= 253 ? name : undefined;
}

function nameOf(entry: string): string | undefined {
  if (/[/?#@:\\]/.test(entry)) return undefined;
  const host = canonicalHost(entry);
  return host === undefined || parseAddress(host) !== undefined ? undefined : host;
}

function bare(host: string): string {
  return host.replaceAll(/[[\]]/g, '');
}

function refused(host: string, reason: string, mend: string): NetworkNotAllowedError {
  return new NetworkNotAllowedError({ host, reason, mend });
}
