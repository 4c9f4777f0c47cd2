import type { Take } from '../takes/index.js';
import { handSpeeds, leadingHand } from './hand-track.js';
import type { HandMoment } from './hand-track.js';

/** The part of a take in which its sign happens. */
export interface SignPart {
  readonly startMs: number;
  readonly endMs: number;
  /** Whether the hand is held still there, or moves. */
  readonly kind: 'held' | 'moving';
  /** Of the hand that makes the sign, the whole take. */
  readonly moments: readonly HandMoment[];
}

/** A hand is still below this share of how fast it gets in the take, within the limits after it: palm lengths a second. */
const STILL_SHARE = 0.15;
const STILL = { least: 0.5, most: 1.5 };
/** A movement or a rest that is shorter is a part of what is around it. */
const LEAST_MOTION_MS = 120;
const LEAST_REST_MS = 250;
/** A rest between two movements that is as long as this is what the take is about: the hand goes up, holds, goes down. */
const LEAST_HOLD_MS = 400;
/** Around a movement, so that where it begins and ends is in it. */
const MARGIN_MS = 100;
/** A hand that was away for longer begins anew. */
const LONGEST_AWAY_MS = 700;
/** Coming and going is straight: its ends are as far from each other as its way is long. */
const STRAIGHT = 0.75;

interface Stretch {
  readonly moves: boolean;
  readonly from: number;
  /** The last moment in it. */
  readonly to: number;
}

/**
 * Finds the sign in a take, without the rest before and after it.
 * @returns undefined where no hand was seen in three frames
 */
export function signPart(take: Pick<Take, 'frames' | 'frameWidth' | 'frameHeight'>): SignPart | undefined {
  const all = leadingHand(take);
  const moments = longestSeen(all);
  if (moments.length < 3) return undefined;
  const aspect = take.frameWidth / take.frameHeight;
  const stretches = stretchesOf(moments, handSpeeds(moments, aspect));
  const part = choose(stretches, moments, aspect);
  const time = (at: number): number => moments[at]?.timestampMs ?? 0;
  const margin = part.kind === 'moving' ? MARGIN_MS : 0;
  return {
    startMs: Math.max(time(0), time(part.from) - margin),
    endMs: Math.min(time(moments.length - 1), time(part.to) + margin),
    kind: part.kind,
    moments: all,
  };
}

/** The longest time in which the hand was never away for long. */
function longestSeen(moments: readonly HandMoment[]): readonly HandMoment[] {
  let best: readonly HandMoment[] = [];
  let from = 0;
  for (let at = 1; at <= moments.length; at += 1) {
    const away = (moments[at]?.timestampMs ?? Infinity) - (moments[at - 1]?.timestampMs ?? 0);
    if (away <= LONGEST_AWAY_MS) continue;
    if (at - from > best.length) best = moments.slice(from, at);
    from = at;
  }
  return best;
}

/** Movement and rest in turn, short ones given to their neighbours. */
function stretchesOf(moments: readonly HandMoment[], speeds: Float32Array): readonly Stretch[] {
  const sorted = speeds.toSorted();
  const fast = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  const limit = Math.min(STILL.most, Math.max(STILL.least, fast * STILL_SHARE));
  const time = (at: number): number => moments[Math.min(at, moments.length - 1)]?.timestampMs ?? 0;
  const lasts = ({ from, to }: Stretch): number => time(to + 1) - time(from);
  let stretches = joinAlike(Array.from(speeds, (speed, at) => ({ moves: speed > limit, from: at, to: at })));
  // Short movements are jitter, and go first; then short rests, in which a hand turns.
  stretches = joinAlike(
    stretches.map((one) => (one.moves && lasts(one) < LEAST_MOTION_MS ? { ...one, moves: false } : one)),
  );
  const hasMotion = stretches.some(({ moves }) => moves);
  return joinAlike(
    stretches.map((one) => (hasMotion && !one.moves && lasts(one) < LEAST_REST_MS ? { ...one, moves: true } : one)),
  );
}

function joinAlike(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const one of stretches) {
    const last = joined.at(-1);
    if (last?.moves === one.moves) joined[joined.length - 1] = { ...last, to: one.to };
    else joined.push(one);
  }
  return joined;
}

function choose(
  stretches: readonly Stretch[],
  moments: readonly HandMoment[],
  aspect: number,
): { readonly from: number; readonly to: number; readonly kind: SignPart['kind'] } {
  const whole = { from: 0, to: moments.length - 1 };
  const moving = stretches.filter(({ moves }) => moves);
  const [first, last] = [moving[0], moving.at(-1)];
  if (first === undefined || last === undefined) return { ...whole, kind: 'held' };
  const lasts = ({ from, to }: Stretch): number => (moments[to]?.timestampMs ?? 0) - (moments[from]?.timestampMs ?? 0);
  const rests = stretches.filter((one) => !one.moves && lasts(one) >= LEAST_HOLD_MS);
  const longest = (among: readonly Stretch[]): Stretch | undefined => among.toSorted((a, b) => lasts(b) - lasts(a))[0];
  const inner = longest(rests.filter(({ from, to }) => from > first.from && to < last.to));
  if (inner !== undefined) return { from: inner.from, to: inner.to, kind: 'held' };
  if (moving.length === 1) {
    // The hand comes up and stays, or stays and goes down: one straight way at an end of the take, and a longer rest.
    const [rest] = rests.toSorted((a, b) => lasts(b) - lasts(a));
    const isAtEnd = first.from === 0 || first.to === whole.to;
    if (rest !== undefined && isAtEnd && lasts(rest) > lasts(first)) {
      const { straight, isUpright } = wayOf(first, moments, aspect);
      const isComing = isUpright && straight > STRAIGHT;
      if (isComing) return { from: rest.from, to: rest.to, kind: 'held' };
    }
  }
  return { from: first.from, to: last.to, kind: 'moving' };
}

/** How straight the wrist goes in a stretch, and whether more up or down than sideways. */
function wayOf(
  { from, to }: Stretch,
  moments: readonly HandMoment[],
  aspect: number,
): { readonly straight: number; readonly isUpright: boolean } {
  const place = (at: number): readonly [number, number] => {
    const points = moments[at]?.hand.points;
    return [(points?.[0] ?? 0) * aspect, points?.[1] ?? 0];
  };
  let way = 0;
  for (let at = from + 1; at <= to; at += 1) {
    const [a, b] = [place(at - 1), place(at)];
    way += Math.hypot(b[0] - a[0], b[1] - a[1]);
  }
  const [start, end] = [place(from), place(to)];
  const [x, y] = [Math.abs(end[0] - start[0]), Math.abs(end[1] - start[1])];
  return { straight: way === 0 ? 0 : Math.hypot(x, y) / way, isUpright: y > x };
}
