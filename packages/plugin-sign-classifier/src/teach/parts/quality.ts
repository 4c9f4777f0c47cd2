import { HAND_POINTS } from '../../features/index.js';
import type { Take } from '../takes/index.js';
import { handSpeeds, medianPalm } from './hand-track.js';
import { signPart } from './trim.js';
import type { SignPart } from './trim.js';

/** How good a take is to learn from. */
export interface TakeQuality {
  readonly verdict: 'good' | 'usable' | 'poor';
  /** One sentence: what to do better, or that nothing is to be done. */
  readonly advice: string;
  /** The part in which the sign was found; absent where there is none. */
  readonly part?: Pick<SignPart, 'startMs' | 'endMs' | 'kind'>;
  /** Share of the frames of that part in which the hand was seen, 0-1. */
  readonly seenShare: number;
  /** The hand's height or width, whichever is more, as a share of the frame's height. */
  readonly handSize: number;
  /** Share of the frames in which the hand reaches over the edge of the picture, 0-1. */
  readonly edgeShare: number;
  /** The fastest twentieth, in palm lengths a second. */
  readonly speed: number;
  /** Frames a second in that part. */
  readonly rate: number;
}

type Verdict = TakeQuality['verdict'];

/** What is measured, from when it is usable only and from when it is poor, worst first. Below or above, as `isLeast` says. */
const RULES: readonly {
  readonly of: (quality: Measured) => number;
  readonly isLeast: boolean;
  readonly usable: number;
  readonly poor: number;
  readonly advice: string;
}[] = [
  {
    of: ({ seenShare }) => seenShare,
    isLeast: true,
    usable: 0.9,
    poor: 0.6,
    advice:
      'The hand was often not found: see that it is well lit, in front of something calm, and wholly in the picture.',
  },
  {
    of: ({ edgeShare }) => edgeShare,
    isLeast: false,
    usable: 0.05,
    poor: 0.3,
    advice: 'The hand reaches over the edge of the picture: move it to the middle, or step back.',
  },
  {
    of: ({ handSize }) => handSize,
    isLeast: true,
    usable: 0.14,
    poor: 0.07,
    advice: 'The hand is small in the picture: come closer.',
  },
  {
    of: ({ rate }) => rate,
    isLeast: true,
    usable: 14,
    poor: 4.5,
    advice: 'Few frames a second came: give the camera more light, or the machine less to do.',
  },
  {
    of: ({ seconds }) => seconds,
    isLeast: true,
    usable: 0.25,
    poor: 0.1,
    advice: 'The sign is over very soon: hold it for a second, or make it a little slower.',
  },
  {
    of: ({ speed, rate }) => speed / Math.max(rate, 1),
    isLeast: false,
    usable: 0.7,
    poor: 1.5,
    advice: 'The hand goes very fast for this camera: make the sign a little slower, or give more light.',
  },
];

interface Measured extends Omit<TakeQuality, 'verdict' | 'advice'> {
  readonly seconds: number;
}

const NOTHING: TakeQuality = {
  verdict: 'poor',
  advice: 'No hand was found: see that it is in the picture and well lit, and record the take again.',
  seenShare: 0,
  handSize: 0,
  edgeShare: 0,
  speed: 0,
  rate: 0,
};

/** Measures a take. */
export function takeQuality(take: Pick<Take, 'frames' | 'frameWidth' | 'frameHeight'>): TakeQuality {
  const part = signPart(take);
  if (part === undefined) return NOTHING;
  const measured = measure(take, part);
  let verdict: Verdict = 'good';
  let advice = 'Nothing to do better.';
  for (const rule of RULES) {
    const value = rule.of(measured);
    const isBeyond = (limit: number): boolean => (rule.isLeast ? value < limit : value > limit);
    const found: Verdict = isBeyond(rule.poor) ? 'poor' : isBeyond(rule.usable) ? 'usable' : 'good';
    if (found === 'good' || found === verdict || verdict === 'poor') continue;
    ({ advice } = rule);
    verdict = found;
  }
  const { seconds: _, ...figures } = measured;
  return { verdict, advice, ...figures };
}

function measure(take: Pick<Take, 'frames' | 'frameWidth' | 'frameHeight'>, part: SignPart): Measured {
  const { startMs, endMs, kind } = part;
  const isInside = ({ timestampMs }: { readonly timestampMs: number }): boolean =>
    timestampMs >= startMs && timestampMs <= endMs;
  const moments = part.moments.filter(isInside);
  const frames = take.frames.filter(isInside).length;
  const aspect = take.frameWidth / take.frameHeight;
  const sizes = moments.map(({ hand }) => sizeOf(hand.points, aspect)).toSorted((a, b) => a - b);
  const speeds = handSpeeds(moments, aspect).toSorted();
  const seconds = (endMs - startMs) / 1000;
  return {
    part: { startMs, endMs, kind },
    seenShare: frames === 0 ? 0 : moments.length / frames,
    handSize: sizes[sizes.length >> 1] ?? medianPalm(moments, aspect),
    edgeShare: moments.filter(({ hand }) => isCutOff(hand.points)).length / Math.max(moments.length, 1),
    speed: speeds[Math.floor(speeds.length * 0.95)] ?? 0,
    rate: seconds > 0 ? (frames - 1) / seconds : 0,
    seconds,
  };
}

function sizeOf(points: Float32Array, aspect: number): number {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let point = 0; point < HAND_POINTS; point += 1) {
    const [x, y] = [(points[point * 3] ?? 0) * aspect, points[point * 3 + 1] ?? 0];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  return Math.max(right - left, bottom - top);
}

/** A model places points beyond the picture where it guesses them. */
function isCutOff(points: Float32Array): boolean {
  for (let point = 0; point < HAND_POINTS; point += 1) {
    for (let axis = 0; axis < 2; axis += 1) {
      const value = points[point * 3 + axis] ?? 0;
      if (value < 0 || value > 1) return true;
    }
  }
  return false;
}
