import { boundsOf } from './geometry.js';
import { LANDMARK_STRIDE } from './landmarks.js';
import type { LandmarkArray } from './landmarks.js';
import { hand21 } from './skeletons/hand-21.js';

/** Edges of the palm, as pairs of landmarks: the wrist to three knuckles, and across the knuckles. */
const PALM: readonly (readonly [number, number])[] = [
  [0, 5],
  [0, 9],
  [0, 17],
  [5, 17],
];

/** What one unit of each axis is worth: the frame's size in pixels for image landmarks, 1 for metres. */
export interface AxisUnits {
  readonly x: number;
  readonly y: number;
}

/**
 * The size of an object in the plane, in the units of `units`: the longest edge of the palm for hands, so that it holds
 * whichever way the hand is turned and does not change as fingers bend; for all else the mean of the sides of its box.
 *
 * @returns NaN where no size can be told: no finite points, or all of them in one place.
 */
export function objectSize(skeleton: string, landmarks: LandmarkArray, units: AxisUnits): number {
  const size = skeleton === hand21.id ? palmSize(landmarks, units) : boxSize(landmarks, units);
  return size > 0 && Number.isFinite(size) ? size : Number.NaN;
}

function palmSize(landmarks: LandmarkArray, units: AxisUnits): number {
  let longest = 0;
  for (const [from, to] of PALM) {
    const [a, b] = [from * LANDMARK_STRIDE, to * LANDMARK_STRIDE];
    const dx = ((landmarks[b] ?? Number.NaN) - (landmarks[a] ?? Number.NaN)) * units.x;
    const dy = ((landmarks[b + 1] ?? Number.NaN) - (landmarks[a + 1] ?? Number.NaN)) * units.y;
    const length = Math.hypot(dx, dy);
    if (length > longest) longest = length;
  }
  return longest;
}

function boxSize(landmarks: LandmarkArray, units: AxisUnits): number {
  const { width, height } = boundsOf(landmarks);
  return (width * units.x + height * units.y) / 2;
}
