import type { IncomingHttpHeaders } from 'node:http';

/** The longest token or session id that is looked at. */
const LONGEST = 200;

/** What somebody shows to be let in. */
export interface Credential {
  readonly kind: 'token' | 'session';
  readonly secret: string;
}

/**
 * What a request shows: the bearer header, else `?token=`, else the cookie of a session. What is given on purpose goes
 * before what a browser sends by itself.
 *
 * @param url - path and query as the request line has them.
 */
export function credentialOf(headers: IncomingHttpHeaders, url: string, cookieName: string): Credential | undefined {
  const token = bearerOf(headers.authorization) ?? tokenOf(url);
  if (token !== undefined) return { kind: 'token', secret: token };
  const session = readCookie(headers.cookie, cookieName);
  return session === undefined ? undefined : { kind: 'session', secret: session };
}

/** The token of `Authorization: Bearer TOKEN`. */
export function bearerOf(header: string | undefined): string | undefined {
  const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(header ?? '')?.[1];
  return token === undefined || token.length > LONGEST ? undefined : token;
}

/** The `token` of a query, for sockets and pictures in browsers, which cannot set headers. */
export function tokenOf(url: string): string | undefined {
  const query = url.indexOf('?');
  if (query === -1) return undefined;
  const token = new URLSearchParams(url.slice(query + 1)).get('token');
  return token === null || token === '' || token.length > LONGEST ? undefined : token;
}

/** The same path and query without `token`. */
export function withoutToken(url: string): string {
  const query = url.indexOf('?');
  if (query === -1) return url;
  const parameters = new URLSearchParams(url.slice(query + 1));
  parameters.delete('token');
  const rest = parameters.toString();
  return rest === '' ? url.slice(0, query) : `${url.slice(0, query)}?${rest}`;
}

/** A cookie's value; the first where there are several of the name. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals === -1 || part.slice(0, equals).trim() !== name) continue;
    const value = part.slice(equals + 1).trim();
    return /^[\w-]+$/.test(value) && value.length <= LONGEST ? value : undefined;
  }
  return undefined;
}

/**
 * The cookie of a session. Scripts cannot read it, pages from elsewhere do not send it. Cookies are shared by all ports of
 * a host, so the name has the port; `__Host-` keeps other hosts of the domain from setting it.
 */
export function cookieNameOf(port: number, isSecure: boolean): string {
  return `${isSecure ? '__Host-' : ''}kinegraph-${port}`;
}

/** The `Set-Cookie` of a session; an empty id ends it. */
export function sessionCookie(name: string, id: string, options: { isSecure: boolean; maxAgeSeconds: number }): string {
  const age = id === '' ? 0 : options.maxAgeSeconds;
  return `${name}=${id}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${options.isSecure ? '; Secure' : ''}`;
}
