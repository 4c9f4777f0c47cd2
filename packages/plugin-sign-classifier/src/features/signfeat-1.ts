import { canonicalHand } from './canonical-hand.js';
import type { HandWindow } from './hand-window.js';
import { FEATURES_1, FEATURE_DISTANCES, HAND_POINTS, SIGNFEAT_1, WINDOW_FRAMES } from './layout.js';

/** Features stay within this, so that a hand that is nonsense gives a sound result. */
const LIMIT = 20;
/** The first joint of each finger, thumb first. */
const FINGERS = [1, 5, 9, 13, 17] as const;
const TIP = 8;

/**
 * The features of one hand in a window, `signfeat/1`.
 * @returns Shape [30, 96], row-major; see `SIGNFEAT_1` for what stands where. Finite always.
 * @throws RangeError - for frames without a positive width by height
 */
export function signFeatures1(window: HandWindow): Float32Array {
  const { points } = canonicalHand(window);
  const features = new Float32Array(WINDOW_FRAMES * FEATURES_1);
  const seconds = (window.endMs - window.startMs) / 1000 / WINDOW_FRAMES;
  const paths = [
    [0, SIGNFEAT_1.wristPath, SIGNFEAT_1.wristVelocity],
    [TIP, SIGNFEAT_1.tipPath, SIGNFEAT_1.tipVelocity],
  ] as const;
  for (const [point, path, velocity] of paths) writePath(features, points, point, path, velocity, seconds);
  for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) {
    const row = features.subarray(frame * FEATURES_1, (frame + 1) * FEATURES_1);
    const hand = points.subarray(frame * HAND_POINTS * 3, (frame + 1) * HAND_POINTS * 3);
    writeShape(row, hand);
    row[SIGNFEAT_1.seen] = window.seen[frame] ?? 0;
    for (let at = 0; at < FEATURES_1; at += 1) {
      const value = row[at] ?? 0;
      row[at] = value < -LIMIT ? -LIMIT : value > LIMIT ? LIMIT : value;
    }
  }
  return features;
}

/** What a hand looks like at one moment. */
function writeShape(row: Float32Array, hand: Float32Array): void {
  for (let at = 3; at < hand.length; at += 1) {
    row[SIGNFEAT_1.points + at - 3] = (hand[at] ?? 0) - (hand[at % 3] ?? 0);
  }
  FINGERS.forEach((first, finger) => {
    for (let joint = 0; joint < 3; joint += 1) {
      const vertex = first + joint;
      const inner = joint === 0 ? 0 : vertex - 1;
      row[SIGNFEAT_1.angles + finger * 3 + joint] = angleBetween(hand, inner, vertex, vertex, vertex + 1);
    }
    const next = FINGERS[finger + 1];
    if (next !== undefined) row[SIGNFEAT_1.abductions + finger] = angleBetween(hand, first, first + 1, next, next + 1);
  });
  FEATURE_DISTANCES.forEach(([from, to], index) => {
    const x = (hand[from * 3] ?? 0) - (hand[to * 3] ?? 0);
    const y = (hand[from * 3 + 1] ?? 0) - (hand[to * 3 + 1] ?? 0);
    const z = (hand[from * 3 + 2] ?? 0) - (hand[to * 3 + 2] ?? 0);
    row[SIGNFEAT_1.distances + index] = Math.sqrt(x * x + y * y + z * z);
  });
}

/** The angle between the ways from `a` to `b` and from `c` to `d`, in radians; 0 where one of them has no length. */
function angleBetween(hand: Float32Array, a: number, b: number, c: number, d: number): number {
  const x1 = (hand[b * 3] ?? 0) - (hand[a * 3] ?? 0);
  const y1 = (hand[b * 3 + 1] ?? 0) - (hand[a * 3 + 1] ?? 0);
  const z1 = (hand[b * 3 + 2] ?? 0) - (hand[a * 3 + 2] ?? 0);
  const x2 = (hand[d * 3] ?? 0) - (hand[c * 3] ?? 0);
  const y2 = (hand[d * 3 + 1] ?? 0) - (hand[c * 3 + 1] ?? 0);
  const z2 = (hand[d * 3 + 2] ?? 0) - (hand[c * 3 + 2] ?? 0);
  const [cx, cy, cz] = [y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2];
  return Math.atan2(Math.sqrt(cx * cx + cy * cy + cz * cz), x1 * x2 + y1 * y2 + z1 * z2);
}

/** Where a point is, seen from its mean place, and how fast it goes: differences to both sides, at the ends to one. */
function writePath(
  features: Float32Array,
  points: Float32Array,
  point: number,
  path: number,
  velocity: number,
  seconds: number,
): void {
  for (let axis = 0; axis < 2; axis += 1) {
    const place = (frame: number): number => points[(frame * HAND_POINTS + point) * 3 + axis] ?? 0;
    let mean = 0;
    for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) mean += place(frame) / WINDOW_FRAMES;
    for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) {
      const [from, to] = [Math.max(0, frame - 1), Math.min(WINDOW_FRAMES - 1, frame + 1)];
      features[frame * FEATURES_1 + path + axis] = place(frame) - mean;
      features[frame * FEATURES_1 + velocity + axis] = (place(to) - place(from)) / ((to - from) * seconds);
    }
  }
}
