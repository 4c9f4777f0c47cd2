import { LANDMARK_STRIDE } from '@kinegraph/core/plugin';
import { HAND_POINTS, handWindow } from '../../features/index.js';
import type { HandSighting, HandWindow } from '../../features/index.js';
import type { Take } from '../takes/index.js';
import type { HandMoment } from './hand-track.js';
import type { SignPart } from './trim.js';

/** What a model sees at once. */
export const SIGN_SPAN_MS = 1000;
/** Of one take no more, so that a long one does not outweigh the others. */
const MOST_WINDOWS = 6;
/** From one window of a take to the next. */
const HOP_MS = 250;

/**
 * The windows of a sign, as the classifier will see them. Of a hand that is held only the held part is in them; around a movement
 * is what was there, since in a live stream something always is.
 */
export function signWindows(take: Pick<Take, 'frameWidth' | 'frameHeight'>, part: SignPart): readonly HandWindow[] {
  const { kind, startMs, endMs } = part;
  const isHeld = kind === 'held';
  const seen = isHeld
    ? part.moments.filter(({ timestampMs }) => timestampMs >= startMs && timestampMs <= endMs)
    : part.moments;
  const sightings = sightingsOf(seen);
  const aspect = take.frameWidth / take.frameHeight;
  return windowEnds(part).flatMap(
    (end) => handWindow(1, sightings, aspect, { endMs: end, spanMs: SIGN_SPAN_MS }) ?? [],
  );
}

/** Where windows end: over a long part evenly, around a short one so that all of it is inside. */
function windowEnds({ kind, startMs, endMs, moments }: SignPart): readonly number[] {
  const lastMs = moments.at(-1)?.timestampMs ?? endMs;
  const firstEndMs = Math.max(startMs + SIGN_SPAN_MS, moments[0]?.timestampMs ?? 0);
  if (firstEndMs >= endMs) {
    // A short movement is recognised as it ends and shortly after it.
    const latest = kind === 'moving' ? Math.min(lastMs, firstEndMs, endMs + 200) : endMs;
    return latest - endMs > 60 ? [endMs, latest] : [endMs];
  }
  const count = Math.min(MOST_WINDOWS, 1 + Math.round((endMs - firstEndMs) / HOP_MS));
  if (count === 1) return [endMs];
  return Array.from({ length: count }, (_, at) => firstEndMs + (at * (endMs - firstEndMs)) / (count - 1));
}

/**
 * Windows of a stretch of time, for what is rest or nothing in particular: at a hop, or further apart where they would be more
 * than `most`, so that all of a long stretch counts.
 */
export function windowsOver(
  take: Pick<Take, 'frameWidth' | 'frameHeight'>,
  moments: readonly HandMoment[],
  hopMs: number,
  most: number,
): readonly HandWindow[] {
  const [first, last] = [moments[0]?.timestampMs ?? 0, moments.at(-1)?.timestampMs ?? 0];
  const sightings = sightingsOf(moments);
  const aspect = take.frameWidth / take.frameHeight;
  const windows: HandWindow[] = [];
  const firstEnd = Math.min(first + SIGN_SPAN_MS, last);
  const count = Math.min(most, 1 + Math.floor((last - firstEnd) / hopMs));
  const hop = count < most ? hopMs : (last - firstEnd) / Math.max(1, most - 1);
  for (let index = 0; index < count; index += 1) {
    const end = Math.min(last, firstEnd + index * hop);
    const window = handWindow(1, sightings, aspect, { endMs: end, spanMs: SIGN_SPAN_MS });
    if (window !== undefined) windows.push(window);
  }
  return windows;
}

function sightingsOf(moments: readonly HandMoment[]): readonly HandSighting[] {
  return moments.map(({ timestampMs, hand }) => ({
    timestampMs,
    hand: {
      image: withVisibility(hand.points),
      ...(hand.handedness === undefined ? {} : { handedness: hand.handedness }),
    },
  }));
}

function withVisibility(points: Float32Array): Float32Array {
  const image = new Float32Array(HAND_POINTS * LANDMARK_STRIDE).fill(1);
  for (let point = 0; point < HAND_POINTS; point += 1) {
    image.set(points.subarray(point * 3, point * 3 + 3), point * LANDMARK_STRIDE);
  }
  return image;
}
