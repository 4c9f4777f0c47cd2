import type { Packet } from '../../kinds/index.js';

/**
 * Whether an arriving packet takes the one place of a buffer that holds `waiting`: a value always does, a skip only
 * where no value waits. A skip must never cost a value; the runtime tells its timestamp behind the value.
 */
export function takesPlace(arriving: Packet, waiting: Packet | undefined): boolean {
  return !arriving.skip || waiting === undefined || waiting.skip;
}
