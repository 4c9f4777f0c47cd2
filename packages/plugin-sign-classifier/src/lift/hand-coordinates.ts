/** Points of a hand. */
export const LIFT_POINTS = 21;
/** Moments of a window, and the time from one to the next. */
export const LIFT_MOMENTS = 9;
export const LIFT_STEP_MS = 1000 / 30;

const FRAME_FLOATS = LIFT_POINTS * 2;
/** Wrist and knuckles: what of a hand moves least by itself. */
const PALM = [0, 5, 9, 13, 17] as const;

/**
 * Coordinates of a hand by itself, wherever in the picture and however large: the origin is the mean of wrist and knuckles at the
 * newest moment, the unit the root mean square distance of all points from there, over all moments.
 * @param places - [moments, 21, 2] on square axes, y down, without gaps; written to
 * @param mirrors - whether to make a right hand of a left one
 * @returns whether there was anything to go by: not all points at one place, all of them finite
 */
export function toHandCoordinates(places: Float32Array, mirrors: boolean): boolean {
  const newest = places.length - FRAME_FLOATS;
  const meanOf = (axis: 0 | 1): number =>
    PALM.reduce<number>((sum, point) => sum + (places[newest + point * 2 + axis] ?? 0), 0) / PALM.length;
  const origin = [meanOf(0), meanOf(1)] as const;
  let squares = 0;
  for (let at = 0; at < places.length; at += 1) squares += ((places[at] ?? 0) - (origin[at % 2] ?? 0)) ** 2;
  const unit = Math.sqrt((squares * 2) / places.length);
  if (!(unit > 0) || !Number.isFinite(unit)) return false;
  for (let at = 0; at < places.length; at += 1) {
    const factor = mirrors && at % 2 === 0 ? -1 / unit : 1 / unit;
    places[at] = ((places[at] ?? 0) - (origin[at % 2] ?? 0)) * factor;
  }
  return true;
}
