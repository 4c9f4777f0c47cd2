import { HAND_POINTS } from '../../features/index.js';
import type { Take, TakeHand } from '../takes/index.js';

/** Where a hand was in one frame. */
export interface HandMoment {
  readonly timestampMs: number;
  readonly hand: TakeHand;
}

/** The knuckles whose distances from the wrist make the length of a palm. */
const KNUCKLES = [5, 9, 13, 17] as const;
/** Many more than any tracker tells at one time. */
const MOST_HANDS = 64;

/**
 * The hand that makes the sign of a take: the one that was seen most, or, of two that were seen about as much, the one that moves
 * more. A track that was lost and found counts as one hand with the next one of the same side.
 */
export function leadingHand(take: Pick<Take, 'frames' | 'frameWidth' | 'frameHeight'>): readonly HandMoment[] {
  const hands = new Map<number, HandMoment[]>();
  for (const { timestampMs, hands: seen } of take.frames) {
    for (const hand of seen) {
      const moments = hands.get(hand.trackId);
      if (moments === undefined) hands.set(hand.trackId, [{ timestampMs, hand }]);
      else if (moments.at(-1)?.timestampMs !== timestampMs) moments.push({ timestampMs, hand });
    }
  }
  const joined = joinBroken([...hands.values()]);
  const most = Math.max(0, ...joined.map((moments) => moments.length));
  const aspect = take.frameWidth / take.frameHeight;
  const [best] = joined
    .filter((moments) => moments.length >= most * 0.8)
    .map((moments) => ({ moments, way: wayOf(moments, aspect) }))
    .toSorted((a, b) => b.way - a.way);
  return best?.moments ?? [];
}

/** A hand as it is joined of tracks. */
interface JoinedHand {
  readonly moments: HandMoment[];
  /** Moments that are said to be left less those that are said to be right. */
  balance: number;
}

/**
 * Tracks that follow each other and do not overlap are pieces of one hand, unless they say that they are of other sides. Past
 * `MOST_HANDS`, which overlap all, further ones are let go: otherwise the time would go with their square.
 */
function joinBroken(tracks: readonly HandMoment[][]): HandMoment[][] {
  const joined: JoinedHand[] = [];
  for (const track of tracks.toSorted((a, b) => startOf(a) - startOf(b))) {
    const balance = balanceOf(track);
    const before = joined.find(
      (one) =>
        (one.moments.at(-1)?.timestampMs ?? Infinity) < startOf(track) && Math.sign(one.balance) === Math.sign(balance),
    );
    if (before !== undefined) {
      for (const moment of track) before.moments.push(moment);
      before.balance += balance;
    } else if (joined.length < MOST_HANDS) joined.push({ moments: [...track], balance });
  }
  return joined.map(({ moments }) => moments);
}

function startOf(track: readonly HandMoment[]): number {
  return track[0]?.timestampMs ?? 0;
}

function balanceOf(track: readonly HandMoment[]): number {
  let balance = 0;
  for (const { hand } of track) balance += hand.handedness === 'left' ? 1 : hand.handedness === 'right' ? -1 : 0;
  return balance;
}

/** How far the middle of a hand goes, in palm lengths. */
function wayOf(moments: readonly HandMoment[], aspect: number): number {
  const palm = medianPalm(moments, aspect);
  let way = 0;
  for (let at = 1; at < moments.length; at += 1) way += wristStep(moments, at, aspect) / palm;
  return way;
}

function wristStep(moments: readonly HandMoment[], at: number, aspect: number): number {
  const [from, to] = [moments[at - 1]?.hand.points, moments[at]?.hand.points];
  return Math.hypot(((to?.[0] ?? 0) - (from?.[0] ?? 0)) * aspect, (to?.[1] ?? 0) - (from?.[1] ?? 0));
}

/** The length of a palm in heights of the frame; never 0. */
export function palmLength(points: Float32Array, aspect: number): number {
  let sum = 0;
  for (const knuckle of KNUCKLES) {
    const [x, y, z] = [0, 1, 2].map((axis) => (points[knuckle * 3 + axis] ?? 0) - (points[axis] ?? 0));
    sum += Math.hypot((x ?? 0) * aspect, y ?? 0, (z ?? 0) * aspect);
  }
  return Math.max(sum / KNUCKLES.length, 1e-4);
}

/** The median over the moments, in heights of the frame. */
export function medianPalm(moments: readonly HandMoment[], aspect: number): number {
  const lengths = moments.map(({ hand }) => palmLength(hand.points, aspect)).toSorted((a, b) => a - b);
  return lengths[lengths.length >> 1] ?? 1e-4;
}

/**
 * How fast a hand goes at each moment, in palm lengths a second: the mean of its points, wherever the movement is, in the arm
 * or in the fingers. Measured over about 100 ms, so that jitter of the landmarks is no movement.
 */
export function handSpeeds(moments: readonly HandMoment[], aspect: number): Float32Array {
  const palm = medianPalm(moments, aspect);
  const speeds = new Float32Array(moments.length);
  let [oldest, newest] = [0, 0]; // of the 100 ms around a moment; both only go on
  for (const [at, { timestampMs }] of moments.entries()) {
    while (timestampMs - (moments[oldest]?.timestampMs ?? Infinity) > 50.5) oldest += 1;
    while (newest < moments.length - 1 && (moments[newest + 1]?.timestampMs ?? 0) - timestampMs <= 50.5) newest += 1;
    const [from, to] =
      oldest === newest ? [Math.max(0, at - 1), Math.min(moments.length - 1, at + 1)] : [oldest, newest];
    const [first, last] = [moments[from], moments[to]];
    if (first === undefined || last === undefined || from === to) continue;
    const seconds = (last.timestampMs - first.timestampMs) / 1000;
    let sum = 0;
    for (let point = 0; point < HAND_POINTS; point += 1) {
      const x = (last.hand.points[point * 3] ?? 0) - (first.hand.points[point * 3] ?? 0);
      const y = (last.hand.points[point * 3 + 1] ?? 0) - (first.hand.points[point * 3 + 1] ?? 0);
      sum += Math.hypot(x * aspect, y);
    }
    speeds[at] = sum / HAND_POINTS / palm / seconds;
  }
  return speeds;
}
