import type { Scope } from './scopes.js';

/** Requests that change nothing. */
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What graphs do, and what they name signs with. */
const RUNS = /^\/api\/v1\/(?:runs|signs)(?:\/|$)/i;

/** True for requests that may change something. */
export function isMutating(method: string): boolean {
  return !READING.has(method);
}

/** What a request needs. Routes that are not named here need the most that is safe: view to read, admin to change. */
export function scopeOfRequest(method: string, path: string): Scope {
  if (!isMutating(method)) return 'view';
  return RUNS.test(path) ? 'deploy' : 'admin';
}

/** What a WebSocket needs: results are for viewers, everything else takes frames. */
export function scopeOfSocket(path: string): Scope {
  return path.endsWith('/results') ? 'view' : 'ingest';
}
