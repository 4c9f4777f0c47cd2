import { LANDMARK_STRIDE } from './landmarks.js';
import type { LandmarkArray } from './landmarks.js';

/**
 * The angle at `vertex` between the directions to `from` and `to`, in space.
 *
 * @param from - index of a landmark; likewise `vertex` and `to`.
 * @returns degrees, 0 (folded) to 180 (straight); NaN where two of the points coincide or one is not finite.
 */
export function jointAngleDegrees(landmarks: LandmarkArray, from: number, vertex: number, to: number): number {
  const a = offset(landmarks, vertex, from);
  const b = offset(landmarks, vertex, to);
  // atan2 of cross and dot stays exact near 0 and 180 degrees, where acos of the cosine does not.
  const cross = Math.hypot(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
  const dot = a.x * b.x + a.y * b.y + a.z * b.z;
  if (!(Math.hypot(a.x, a.y, a.z) > 0) || !(Math.hypot(b.x, b.y, b.z) > 0)) return Number.NaN;
  return (Math.atan2(cross, dot) * 180) / Math.PI;
}

/**
 * The angle `weight` of the way from one angle to another, on the circle: the shorter way round, so that from 350 to 10
 * degrees it goes through 0. Angles no more than 180 degrees apart, as joint angles are, blend as plain numbers.
 *
 * @returns degrees, in -180..180 where one of the two is negative, else in 0..360.
 */
export function blendDegrees(from: number, to: number, weight: number): number {
  const apart = to - from;
  if (Math.abs(apart) <= 180) return from + weight * apart;
  const way = apart - 360 * Math.round(apart / 360);
  const blended = from + weight * way;
  const lowest = Math.min(from, to) < 0 ? -180 : 0;
  return blended - 360 * Math.floor((blended - lowest) / 360);
}

/** Number of landmarks in an array. */
export function landmarkCount(landmarks: LandmarkArray): number {
  return landmarks.length / LANDMARK_STRIDE;
}

/** Visibility of one landmark, 0-1. */
export function visibilityOf(landmarks: LandmarkArray, index: number): number {
  return landmarks[index * LANDMARK_STRIDE + 3] ?? 0;
}

/** The box around all landmarks in the plane, in the landmarks' own unit. */
export function boundsOf(landmarks: LandmarkArray): {
  readonly centreX: number;
  readonly centreY: number;
  readonly width: number;
  readonly height: number;
} {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let start = 0; start < landmarks.length; start += LANDMARK_STRIDE) {
    const x = landmarks[start] ?? Number.NaN;
    const y = landmarks[start + 1] ?? Number.NaN;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { centreX: (left + right) / 2, centreY: (top + bottom) / 2, width: right - left, height: bottom - top };
}

function offset(landmarks: LandmarkArray, origin: number, target: number): { x: number; y: number; z: number } {
  const o = origin * LANDMARK_STRIDE;
  const t = target * LANDMARK_STRIDE;
  const at = (index: number): number => landmarks[index] ?? Number.NaN;
  return { x: at(t) - at(o), y: at(t + 1) - at(o + 1), z: at(t + 2) - at(o + 2) };
}
