import { LANDMARK_STRIDE } from './landmarks.js';
import type { LandmarkArray } from './landmarks.js';

/** Landmarks of one track with their moment. */
export interface TimedLandmarkArray {
  readonly timestampMs: number;
  readonly landmarks: LandmarkArray;
}

/** Evenly spaced moments: the newest at `endMs`, the others each `spanMs / count` before the next. */
export interface SampleGrid {
  readonly endMs: number;
  readonly spanMs: number;
  readonly count: number;
  /** Between two sightings further apart nothing is made up. */
  readonly maxGapMs: number;
}

/** One track on a grid. */
export interface ResampledLandmarks {
  /** Shape [count, points, 4], row-major; zeros where `seen` is 0. */
  readonly values: Float32Array;
  /** 1 where the track was seen at that moment, or little enough before and after it; else 0. */
  readonly seen: Uint8Array;
  /** How many of `seen` are 1. */
  readonly seenCount: number;
}

/** The moment of one sample of a grid. */
export function sampleMs({ endMs, spanMs, count }: SampleGrid, index: number): number {
  return endMs - ((count - 1 - index) * spanMs) / count;
}

/**
 * One track at evenly spaced moments, by linear interpolation between the sightings around each. A moment with a sighting
 * on one side only, or with too wide a gap around it, takes the nearest sighting within half a step of it, or is a gap.
 * Sightings with a coordinate that is not finite count as none, and so do those with fewer points than others.
 *
 * @param sightings - in order of time.
 * @throws RangeError - for a count below 1 or a span that is not positive
 */
export function resampleLandmarks(sightings: readonly TimedLandmarkArray[], grid: SampleGrid): ResampledLandmarks {
  const { count, spanMs, maxGapMs } = grid;
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`A grid has at least 1 sample, not ${count}.`);
  if (!(spanMs > 0)) throw new RangeError(`A grid spans more than 0 ms, not ${spanMs}.`);
  const size = Math.max(0, ...sightings.map(({ landmarks }) => landmarks.length));
  const sound = sightings.filter(({ landmarks }) => landmarks.length === size && hasFinitePlaces(landmarks));
  const values = new Float32Array(count * size);
  const seen = new Uint8Array(count);
  const nearMs = spanMs / count / 2;
  let after = 0;
  let seenCount = 0;
  for (let index = 0; index < count; index += 1) {
    const momentMs = sampleMs(grid, index);
    while ((sound[after]?.timestampMs ?? Infinity) < momentMs) after += 1;
    const [left, right] = [sound[after - 1], sound[after]];
    const row = values.subarray(index * size, (index + 1) * size);
    if (!placeAt(momentMs, left, right, maxGapMs, nearMs, row)) continue;
    seen[index] = 1;
    seenCount += 1;
  }
  return { values, seen, seenCount };
}

/** Writes what is known of a moment. @returns false for a gap */
function placeAt(
  momentMs: number,
  left: TimedLandmarkArray | undefined,
  right: TimedLandmarkArray | undefined,
  maxGapMs: number,
  nearMs: number,
  row: Float32Array,
): boolean {
  if (left !== undefined && right !== undefined && right.timestampMs - left.timestampMs <= maxGapMs) {
    const weight = (momentMs - left.timestampMs) / (right.timestampMs - left.timestampMs);
    for (let at = 0; at < row.length; at += 1) {
      const from = left.landmarks[at] ?? 0;
      row[at] = from + weight * ((right.landmarks[at] ?? 0) - from);
    }
    return true;
  }
  const toLeft = left === undefined ? Infinity : momentMs - left.timestampMs;
  const toRight = right === undefined ? Infinity : right.timestampMs - momentMs;
  const nearest = toLeft < toRight ? left : right;
  if (nearest === undefined || Math.min(toLeft, toRight) > nearMs) return false;
  row.set(nearest.landmarks);
  return true;
}

function hasFinitePlaces(landmarks: LandmarkArray): boolean {
  for (let at = 0; at < landmarks.length; at += 1) {
    if (at % LANDMARK_STRIDE !== LANDMARK_STRIDE - 1 && !Number.isFinite(landmarks[at])) return false;
  }
  return landmarks.length > 0;
}
