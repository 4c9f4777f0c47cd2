import { LANDMARK_STRIDE } from '@kinegraph/core/plugin';
import type { BodyWindow } from './body-window.js';
import { canonicalHand } from './canonical-hand.js';
import type { HandWindow } from './hand-window.js';
import { FEATURES_1, FEATURES_2, HAND_POINTS, SIGNFEAT_2, WINDOW_FRAMES } from './layout.js';
import { signFeatures1 } from './signfeat-1.js';

/** The hands of one signer. */
export interface HandPair {
  readonly leading: HandWindow;
  readonly other: HandWindow | undefined;
}

/** A hand leads that goes this much further than the other, in palm lengths over the window. */
const MOVES_MORE = 1;
/** Or is seen at this many more moments. */
const SEEN_MORE = 3;
/** Features stay within this, as those of one hand do. */
const LIMIT = 20;

/**
 * Which of the hands in a window leads: the one that goes further, else the one seen more, else the right one, else the one
 * that came first. Of more than two hands the two seen most count.
 * @returns undefined for no hands
 */
export function leadingPair(hands: readonly HandWindow[]): HandPair | undefined {
  const [first, second] = hands.toSorted((a, b) => b.seenCount - a.seenCount || a.trackId - b.trackId);
  if (first === undefined) return undefined;
  if (second === undefined) return { leading: first, other: undefined };
  return leads(second, first) ? { leading: second, other: first } : { leading: first, other: second };
}

/** `second` has been seen at most as often as `first`. */
function leads(second: HandWindow, first: HandWindow): boolean {
  const further = wayOf(second) - wayOf(first);
  if (Math.abs(further) > MOVES_MORE) return further > 0;
  if (first.seenCount - second.seenCount >= SEEN_MORE) return false;
  if (second.handedness !== first.handedness) return second.handedness === 'right' || first.handedness === 'left';
  return second.trackId < first.trackId;
}

/** How far the wrist goes, in palm lengths. */
function wayOf(hand: HandWindow): number {
  const { points } = canonicalHand(hand);
  let way = 0;
  for (let frame = 1; frame < WINDOW_FRAMES; frame += 1) {
    const [at, before] = [frame * HAND_POINTS * 3, (frame - 1) * HAND_POINTS * 3];
    way += Math.hypot((points[at] ?? 0) - (points[before] ?? 0), (points[at + 1] ?? 0) - (points[before + 1] ?? 0));
  }
  return way;
}

/**
 * The features of both hands of a signer, and of where they are at the body, `signfeat/2`.
 * @returns Shape [30, 201], row-major; see `SIGNFEAT_2` for what stands where. Finite always.
 * @throws RangeError - for frames without a positive width by height
 */
export function signFeatures2({ leading, other }: HandPair, body: BodyWindow | undefined): Float32Array {
  const features = new Float32Array(WINDOW_FRAMES * FEATURES_2);
  write(features, signFeatures1(leading), SIGNFEAT_2.leading);
  if (other !== undefined) write(features, signFeatures1(other), SIGNFEAT_2.other);
  if (body === undefined) return features;
  const mirror = leading.handedness === 'left' ? -1 : 1;
  for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) {
    if (body.seen[frame] !== 1) continue;
    features[frame * FEATURES_2 + SIGNFEAT_2.bodySeen] = 1;
    const [shoulderX = 0, shoulderY = 0, noseX = 0, noseY = 0, width = 1] = body.places.subarray(frame * 5);
    for (const [index, hand] of [leading, other].entries()) {
      if (hand?.seen[frame] !== 1) continue;
      const wrist = frame * HAND_POINTS * LANDMARK_STRIDE;
      const x = (hand.landmarks[wrist] ?? 0) * hand.aspect;
      const y = hand.landmarks[wrist + 1] ?? 0;
      const from = [(x - shoulderX) * mirror, y - shoulderY, (x - noseX) * mirror, y - noseY];
      from.forEach((away, at) => {
        const value = away / width;
        features[frame * FEATURES_2 + SIGNFEAT_2.body + index * 4 + at] = Math.min(LIMIT, Math.max(-LIMIT, value));
      });
    }
  }
  return features;
}

function write(features: Float32Array, hand: Float32Array, at: number): void {
  for (let frame = 0; frame < WINDOW_FRAMES; frame += 1)
    features.set(hand.subarray(frame * FEATURES_1, (frame + 1) * FEATURES_1), frame * FEATURES_2 + at);
}
