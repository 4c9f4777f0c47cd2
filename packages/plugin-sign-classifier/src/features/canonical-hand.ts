import { LANDMARK_STRIDE } from '@kinegraph/core/plugin';
import { fillGaps } from './fill-gaps.js';
import type { HandWindow } from './hand-window.js';
import { HAND_POINTS, WINDOW_FRAMES } from './layout.js';

/** A window as one right hand in palm lengths, without gaps. */
export interface CanonicalHand {
  /** Shape [30, 21, 3], row-major: palm lengths on all axes; the origin is the picture's, mirrored for a left hand. */
  readonly points: Float32Array;
  /** One palm length, in heights of the frame. */
  readonly palmLength: number;
}

/** The knuckles whose distances from the wrist make the length of a palm. */
const KNUCKLES = [5, 9, 13, 17] as const;

/**
 * Brings a window to what signers share: square axes, one hand, palm lengths. Gaps are filled on a straight line between the
 * sightings around them; before the first and after the last the hand stays where it was seen.
 * @throws RangeError - for an aspect that is not positive: without it x and y cannot be compared
 */
export function canonicalHand(window: HandWindow): CanonicalHand {
  const { aspect, landmarks, seen, handedness } = window;
  if (!(aspect > 0) || !Number.isFinite(aspect))
    throw new RangeError(`The frames' width by height is ${aspect}; features need a positive number.`);
  const points = new Float32Array(WINDOW_FRAMES * HAND_POINTS * 3);
  const across = handedness === 'left' ? -aspect : aspect;
  for (let at = 0; at < WINDOW_FRAMES * HAND_POINTS; at += 1) {
    points[at * 3] = (landmarks[at * LANDMARK_STRIDE] ?? 0) * across;
    points[at * 3 + 1] = landmarks[at * LANDMARK_STRIDE + 1] ?? 0;
    points[at * 3 + 2] = (landmarks[at * LANDMARK_STRIDE + 2] ?? 0) * aspect;
  }
  const palmLength = medianPalm(points, seen);
  for (let at = 0; at < points.length; at += 1) points[at] = (points[at] ?? 0) / palmLength;
  fillGaps(points, seen, HAND_POINTS * 3);
  return { points, palmLength };
}

/** The median over the moments in which the hand was seen; never 0, so that a hand shrunk to a point gives finite features. */
function medianPalm(points: Float32Array, seen: Uint8Array): number {
  const lengths: number[] = [];
  for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) {
    if (seen[frame] === 0) continue;
    const wrist = frame * HAND_POINTS * 3;
    let sum = 0;
    for (const knuckle of KNUCKLES) sum += between(points, wrist, wrist + knuckle * 3);
    lengths.push(sum / KNUCKLES.length);
  }
  const sorted = lengths.toSorted((a, b) => a - b);
  return Math.max(sorted[sorted.length >> 1] ?? 0, 1e-4);
}

function between(points: Float32Array, a: number, b: number): number {
  const x = (points[a] ?? 0) - (points[b] ?? 0);
  const y = (points[a + 1] ?? 0) - (points[b + 1] ?? 0);
  const z = (points[a + 2] ?? 0) - (points[b + 2] ?? 0);
  return Math.sqrt(x * x + y * y + z * z);
}
