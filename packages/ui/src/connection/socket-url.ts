import { ConnectionUrlError } from './connection-errors.js';

const SCHEMES: Readonly<Record<string, string>> = { 'http:': 'ws:', 'https:': 'wss:', 'ws:': 'ws:', 'wss:': 'wss:' };

/**
 * The address of a WebSocket: http becomes ws, and a path is taken from the page where there is one.
 * @param query - parameters to set that the address does not have.
 * @throws ConnectionUrlError
 */
export function socketUrl(url: string | URL, query: Readonly<Record<string, string>> = {}): string {
  const page = (globalThis as { location?: { href: string } }).location?.href;
  let resolved: URL;
  try {
    resolved = new URL(url, page);
  } catch (error) {
    throw new ConnectionUrlError({ url: String(url) }, { cause: error });
  }
  const scheme = SCHEMES[resolved.protocol];
  if (scheme === undefined) throw new ConnectionUrlError({ url: String(url) });
  resolved.protocol = scheme;
  resolved.hash = '';
  for (const [name, value] of Object.entries(query))
    if (!resolved.searchParams.has(name)) resolved.searchParams.set(name, value);
  return resolved.href;
}
