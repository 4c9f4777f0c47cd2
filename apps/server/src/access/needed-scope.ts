import { OPERATIONS } from '../api/operations/index.js';
import type { Scope } from './scopes.js';

/** Requests that change nothing. */
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Each operation's method, what its paths look like, and what it needs. */
const NEEDS = OPERATIONS.map(({ method, path, scope }) => ({
  method: method.toUpperCase(),
  // Express compares without regard to case, and lets a slash at the end be.
  path: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
  scope,
}));

/** True for requests that may change something. */
export function isMutating(method: string): boolean {
  return !READING.has(method);
}

/** What a request needs. What is no operation needs the most that is safe: view to read, admin to change. */
export function scopeOfRequest(method: string, path: string): Scope | 'open' {
  const asked = method === 'HEAD' ? 'GET' : method;
  const needed = NEEDS.find((one) => one.method === asked && one.path.test(path))?.scope;
  return needed ?? (isMutating(method) ? 'admin' : 'view');
}

/** What a WebSocket needs: results, pictures and probes are for viewers, everything else takes frames. */
export function scopeOfSocket(path: string): Scope {
  return /\/(?:results|pictures|probe)$/.test(path) ? 'view' : 'ingest';
}
