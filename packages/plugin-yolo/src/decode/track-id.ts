/** Ids of one time: more than there may be people in a frame. */
const PLACES = 512;
/** Timestamps of a source are a microsecond apart at least; half of one tells them apart however they are rounded. */
const TICKS_PER_MS = 2000;
/** So many ticks (101 days) fit in a safe integer with all places of each. */
const TICKS = 2 ** 53 / PLACES;

/**
 * The identity of who was found at one place of the answer for one frame. It is made of the frame's time, which the run keeps
 * rising, and of no count: several instances side by side, and one that was started again, give no id twice.
 * @param place - in the answer, 0-511.
 * @returns a safe integer from 0, that comes again after 101 days.
 */
export function trackIdOf(timestampMs: number, place: number): number {
  const tick = Math.round(timestampMs * TICKS_PER_MS) % TICKS;
  return (tick < 0 ? tick + TICKS : tick) * PLACES + place;
}
