import type { Response } from 'express';
import type { Clock } from '@kinegraph/core';

/**
 * Sends the head of an answer that goes on for as long as both sides like.
 * @returns false where nothing is to follow: only the head was asked for, or the client has left already.
 */
export function beginStream(response: Response, headers: Readonly<Record<string, string>>): boolean {
  if (response.closed) return false; // its 'close' has been told: nobody would end what follows
  response.writeHead(200, {
    ...headers,
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no', // nginx would gather what is to be seen at once
  });
  response.flushHeaders();
  if (response.req.method !== 'HEAD') return true;
  response.end();
  return false;
}

/** Ends such an answer, for good where the client does not take the rest of it within `limitMs`. */
export function endStream(response: Response, clock: Clock, limitMs: number, last?: string | Uint8Array): void {
  response.end(last);
  if (response.closed) return;
  const limit = clock.schedule(limitMs, () => response.destroy());
  response.once('close', () => limit[Symbol.dispose]());
}
