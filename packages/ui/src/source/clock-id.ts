import type { Clock } from '@kinegraph/core';

const ids = new WeakMap<object, string>();
/** Stands for the clock of the page, `performance.now()`. */
const PAGE = {};

/**
 * What a clock is called at the server, so that it estimates it once for all connections that have it: what they captured at
 * one moment then has one timestamp, and joins by it.
 */
export function clockId(clock: Clock | undefined): string {
  const key = clock ?? PAGE;
  let id = ids.get(key);
  if (id === undefined) {
    id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
    ids.set(key, id);
  }
  return id;
}
