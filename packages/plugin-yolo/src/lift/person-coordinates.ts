import { FRAME_FLOATS, KEYPOINTS, type FilledKeypoints, type KeypointGrid } from './keypoint-grid.js';

/** Shoulders and hips. */
const TRUNK = [5, 6, 11, 12] as const;

/** Fewer points than this tell nothing of a body. */
export const LEAST_KEYPOINTS = 5;

/**
 * Coordinates of the person by itself, wherever in the picture and however far away: the origin is the mean of the
 * shoulders and hips that are known, at the newest moment; the unit is the root mean square distance of all known points from
 * there, over all moments. Points that were never seen lie at the origin.
 *
 * @param grid - filled; its places are written to
 * @returns whether there was enough to go by: five points, one of them a shoulder or hip, not all at one place
 */
export function toPersonCoordinates({ places }: KeypointGrid, { known, knownCount }: FilledKeypoints): boolean {
  const trunk = TRUNK.filter((point) => known[point] === 1);
  const newest = places.length - FRAME_FLOATS;
  if (knownCount < LEAST_KEYPOINTS || trunk.length === 0 || newest < 0) return false;
  const meanOf = (axis: 0 | 1): number =>
    trunk.reduce((sum, point) => sum + (places[newest + point * 2 + axis] ?? 0), 0) / trunk.length;
  const [x, y] = [meanOf(0), meanOf(1)];
  let squares = 0;
  for (let at = 0; at < places.length; at += 2) {
    if (known[(at / 2) % KEYPOINTS] !== 1) continue;
    squares += ((places[at] ?? 0) - x) ** 2 + ((places[at + 1] ?? 0) - y) ** 2;
  }
  const unit = Math.sqrt(squares / ((places.length / FRAME_FLOATS) * knownCount));
  if (!(unit > 0)) return false;
  for (let at = 0; at < places.length; at += 2) {
    const isKnown = known[(at / 2) % KEYPOINTS] === 1;
    places[at] = isKnown ? ((places[at] ?? 0) - x) / unit : 0;
    places[at + 1] = isKnown ? ((places[at + 1] ?? 0) - y) / unit : 0;
  }
  return true;
}
