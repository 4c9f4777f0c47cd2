import { TrainingRandom } from '../teach/train/random.js';
import type { Take, TakeFrame } from '../teach/takes/index.js';

/** A hand by the bend of each finger, thumb first: 0 is straight, 1 folded. */
export type Bends = readonly [number, number, number, number, number];

/** One moment of a performance. */
export interface Posture {
  readonly bends: Bends;
  /** Where the wrist is, as fractions of the frame. */
  readonly x: number;
  readonly y: number;
  /** Degrees in the plane of the picture. */
  readonly turn?: number;
}

const FINGERS = [
  { root: [-0.35, -0.35], way: [-0.55, -0.45] },
  { root: [-0.28, -1], way: [-0.12, -0.6] },
  { root: [-0.02, -1.05], way: [0, -0.65] },
  { root: [0.2, -1], way: [0.1, -0.6] },
  { root: [0.4, -0.9], way: [0.2, -0.5] },
] as const;

/** The 21 points of an upright right hand with a palm of `size` heights of the frame. */
export function handPoints(
  { bends, x, y, turn = 0 }: Posture,
  size: number,
  aspect: number,
  noise: () => number,
): Float32Array {
  const points = new Float32Array(63);
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const put = (point: number, across: number, up: number, depth: number): void => {
    points[point * 3] = x + ((across * cos - up * sin) * size) / aspect + noise();
    points[point * 3 + 1] = y + (across * sin + up * cos) * size + noise();
    points[point * 3 + 2] = (depth * size) / aspect + noise();
  };
  put(0, 0, 0, 0);
  for (const [finger, { root, way }] of FINGERS.entries()) {
    const bend = bends[finger] ?? 0;
    put(1 + finger * 4, root[0], root[1], 0);
    let [across, up, depth] = [root[0], root[1], 0] as [number, number, number];
    for (let joint = 1; joint <= 3; joint += 1) {
      const angle = bend * joint * 0.95;
      across += (way[0] / 3) * (1 + 0.4 * (1 - bend));
      up += (way[1] / 2) * Math.cos(angle);
      depth -= 0.3 * Math.sin(angle);
      put(1 + finger * 4 + joint, across, up, depth);
    }
  }
  return points;
}

export interface PerformanceOptions {
  readonly label: string;
  readonly id?: string;
  readonly seed?: number;
  readonly rate?: number;
  readonly seconds: number;
  /** Palm, in heights of the frame. */
  readonly size?: number;
  readonly jitter?: number;
  /** Frames in which no hand is found. */
  readonly isMissing?: (seconds: number) => boolean;
}

/** Records someone who does `posture(seconds)`. */
export function performed(
  posture: (seconds: number) => Posture,
  { label, id = 'take', seed = 1, rate = 30, seconds, size = 0.13, jitter = 0.0007, isMissing }: PerformanceOptions,
): Take {
  const seeded = new TrainingRandom(seed);
  const random = (): number => seeded.next();
  const noise = (): number => (random() + random() + random() - 1.5) * jitter * 2;
  const [frameWidth, frameHeight] = [640, 480];
  const frames = Array.from({ length: Math.round(seconds * rate) }, (_, index): TakeFrame => {
    const at = index / rate;
    const timestampMs = at * 1000;
    if (isMissing?.(at) === true) return { timestampMs, hands: [] };
    const points = handPoints(posture(at), size, frameWidth / frameHeight, noise);
    return { timestampMs, hands: [{ trackId: 1, handedness: 'right', score: 0.95, points }] };
  });
  const header = {
    id,
    label,
    recordedAt: '2026-01-02T03:04:05.000Z',
    source: 'test',
    rate,
    handedness: 'right' as const,
  };
  return { ...header, frameWidth, frameHeight, frames };
}

/** Between two postures, softly, from 0 to 1. */
export function between(a: Posture, b: Posture, share: number): Posture {
  const weight = share <= 0 ? 0 : share >= 1 ? 1 : share * share * (3 - 2 * share);
  const mix = (from: number, to: number): number => from + (to - from) * weight;
  return {
    bends: a.bends.map((bend, finger) => mix(bend, b.bends[finger] ?? 0)) as unknown as Bends,
    x: mix(a.x, b.x),
    y: mix(a.y, b.y),
    turn: mix(a.turn ?? 0, b.turn ?? 0),
  };
}

/** A take of one of `count` signs that differ clearly: shapes, every third of which also moves. */
export function signTake(sign: number, take: number, options: Partial<PerformanceOptions> = {}): Take {
  const seeded = new TrainingRandom(1 + take * 977 + sign * 13);
  const random = (): number => seeded.next();
  const bends = Array.from({ length: 5 }, (_, finger) => ((sign + 1) >> finger) & 1) as unknown as Bends;
  const spread = (amount: number): number => (random() - 0.5) * amount;
  const habit = bends.map((bend) =>
    Math.min(1.1, Math.max(-0.1, bend * 0.9 + 0.05 + spread(0.25))),
  ) as unknown as Bends;
  const [x, y, turn, pace] = [0.5 + spread(0.2), 0.65 + spread(0.1), spread(24), 1 + spread(0.3)];
  const moves = sign % 3 === 2;
  return performed(
    (seconds) => ({
      bends: habit,
      x: x + (moves ? 0.12 * Math.sin(seconds * 2 * Math.PI * 1.2 * pace) : 0.004 * Math.sin(seconds * 5)),
      y,
      turn: turn + (sign >= 31 ? 90 : 0),
    }),
    { label: `sign-${sign}`, id: `take-${take}`, seed: 7 + take * 31 + sign, seconds: 1.4, ...options },
  );
}
