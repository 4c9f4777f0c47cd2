import type { IncomingHttpHeaders } from 'node:http';
import { readUrl } from '@kinegraph/core';
import { isLoopbackAddress, parseAddress } from '@kinegraph/core/node';
import { HostNotAllowedError, OriginNotAllowedError } from './access-errors.js';

/** What decides about origins and hosts. */
export interface OriginRules {
  /** Where the server listens. */
  readonly host: string;
  /** Origins of other pages that may use it. */
  readonly allowedOrigins: readonly string[];
  /** Names that it answers under besides its own. */
  readonly allowedHosts: readonly string[];
  /** False: a token is demanded, so that a page under another name comes without one and gets nothing. */
  readonly isOpen: boolean;
}

/** A `Host` header taken apart. */
export interface HostName {
  /** Lower case; an IPv6 address has its brackets. */
  readonly hostname: string;
  /** As the URL has it: without the default port of http. */
  readonly host: string;
}

/** Reads a `Host` header; undefined for what no browser would send. */
export function parseHost(header: string | undefined): HostName | undefined {
  if (header === undefined || header.length > 300 || !/^[\w.:[\]-]+$/.test(header)) return undefined;
  const url = readUrl(`http://${header}/`);
  if (url === undefined) return undefined;
  const { hostname, host, pathname } = url;
  return pathname === '/' && hostname !== '' ? { hostname, host } : undefined;
}

/**
 * Keeps pages from elsewhere away. Any page that is open in a browser can send requests to a server on the same machine, so
 * that reaching the server proves nothing:
 *
 * - The `Host` of a server without tokens must be a name of this machine, since a page whose own name has been made to
 *   lead here (DNS rebinding) is of one origin with the server, as browsers see it.
 * - The `Origin` of whatever changes something, and of every WebSocket, which no browser checks by itself, must be the
 *   server's own or listed. Programs that are no browsers send none and pass: they are held by tokens, not by origins. A
 *   browser that leaves it out still says in `Sec-Fetch-Site` where the request comes from.
 */
export class OriginPolicy {
  readonly #origins: ReadonlySet<string>;
  readonly #hosts: ReadonlySet<string>;

  constructor(private readonly rules: OriginRules) {
    this.#origins = new Set(rules.allowedOrigins);
    const names = [...rules.allowedHosts, rules.host].map(
      (name) => parseHost(name.includes(':') ? `[${name}]` : name)?.hostname,
    );
    this.#hosts = new Set(names.filter((name) => name !== undefined));
  }

  /** @throws HostNotAllowedError */
  checkHost(header: string | undefined): void {
    const host = parseHost(header);
    if (host === undefined) throw new HostNotAllowedError({ host: header ?? '' });
    if (!this.rules.isOpen && this.rules.allowedHosts.length === 0) return;
    if (isLoopbackName(host.hostname) || this.#hosts.has(host.hostname)) return;
    // No name, so nothing that could have been made to lead here.
    if (!this.rules.isOpen && parseAddress(host.hostname) !== undefined) return;
    throw new HostNotAllowedError({ host: host.hostname });
  }

  /** For WebSockets and whatever changes something. @throws OriginNotAllowedError */
  checkOrigin(headers: IncomingHttpHeaders, isSecure: boolean): void {
    const { origin } = headers;
    if (origin !== undefined) {
      if (!this.isAllowed(origin, headers.host, isSecure)) throw new OriginNotAllowedError({ origin });
      return;
    }
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new OriginNotAllowedError({ origin: `a page elsewhere (${String(site)})` });
  }

  /** True for the server's own origin and those that are listed. */
  isAllowed(origin: string, hostHeader: string | undefined, isSecure: boolean): boolean {
    return this.isListed(origin) || isSameOrigin(origin, hostHeader, isSecure);
  }

  /** True for origins that the operator has listed. */
  isListed(origin: string): boolean {
    return this.#origins.has(origin);
  }
}

/** Under TLS a page that came without it is another origin: anybody on the way could have written it. */
function isSameOrigin(origin: string, hostHeader: string | undefined, isSecure: boolean): boolean {
  const url = readUrl(origin);
  if (url === undefined) return false;
  if (url.origin !== origin || (isSecure && url.protocol !== 'https:')) return false;
  if (parseHost(hostHeader) === undefined) return false;
  return new URL(`${url.protocol}//${hostHeader ?? ''}`).host === url.host;
}

function isLoopbackName(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  const address = parseAddress(hostname);
  return address !== undefined && isLoopbackAddress(address);
}
