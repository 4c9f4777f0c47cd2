import type { Packet } from '../../kinds/index.js';

/** Causes of drops that buffers count. */
export const DROP_REPLACED = 'replaced';
export const DROP_BUSY = 'busy';
export const DROP_OVERFLOW = 'overflow';
export const DROP_TOO_OLD = 'too-old';

/**
 * Whether an arriving packet takes the one place of a buffer that holds `waiting`: a value always does, a skip only
 * where no value waits. A skip must never cost a value; the value's own timestamp lets joins advance as well.
 */
export function takesPlace(arriving: Packet, waiting: Packet | undefined): boolean {
  return !arriving.skip || waiting === undefined || waiting.skip;
}
