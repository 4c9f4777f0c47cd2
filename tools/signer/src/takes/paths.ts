import type { SeededRandom } from '../random.js';
import { minimumJerk, window } from '../motion/easing.js';
import { fingerAt, PLACE, TURN, type Moment } from './posture.js';

/**
 * What a sign does while it is made: adds the way and the turn of the wrist at `share` of its time to `out`.
 * @returns how far the hand has come from its first posture (0) to its second (1), for signs that have two.
 */
export type Path = (share: number, out: Moment) => number;

/** What a path may depend on: drawn anew for each take. */
export interface PathContext {
  readonly random: SeededRandom;
  /** How long the sign is made. */
  readonly seconds: number;
  /** The signer's tempo and amplitude, 1 is usual. */
  readonly tempo: number;
  readonly amplitude: number;
}

const TWO_PI = 2 * Math.PI;
const [X, Y, Z] = [PLACE, PLACE + 1, PLACE + 2];
const [YAW, PITCH, ROLL] = [TURN, TURN + 1, TURN + 2];

function push(out: Moment, at: number, value: number): void {
  out[at] = (out[at] ?? 0) + value;
}

function bend(out: Moment, degrees: number): void {
  for (let finger = 0; finger < 4; finger += 1) push(out, fingerAt(finger) + 1, degrees);
}

/** -1 to 1, `hz` times a second, beginning and ending softly. */
function swing({ random, seconds, tempo }: PathContext, low: number, high: number): (share: number) => number {
  const cycles = random.between(low, high) * tempo * seconds;
  const phase = random.next() < 0.5 ? 0 : random.between(0, TWO_PI);
  const edge = Math.min(0.5, 0.15 / seconds);
  return (share) => Math.sin(TWO_PI * cycles * share + phase) * window(share, edge);
}

const sign = (random: SeededRandom): number => (random.next() < 0.5 ? -1 : 1);

/** Held signs are hardly ever quite still; their small movements do not make other signs of them. */
const LITTLE: readonly ((context: PathContext, scale: number) => Path)[] = [
  () => () => 0,
  (context, scale) => {
    const at = swing(context, 0.4, 1.1);
    const size = 0.045 * scale * context.random.between(0.2, 1);
    return (share, out) => {
      push(out, X, size * at(share));
      push(out, ROLL, -180 * size * at(share));
      return 0;
    };
  },
  (context, scale) => {
    const at = swing(context, 0.6, 2);
    const size = 22 * scale * context.random.between(0.2, 1);
    return (share, out) => {
      push(out, Y, -0.0003 * size * at(share));
      push(out, PITCH, size * at(share));
      return 0;
    };
  },
  (context, scale) => {
    const at = swing(context, 0.4, 1.2);
    const size = 34 * scale * context.random.between(0.2, 1);
    return (share, out) => {
      push(out, YAW, size * at(share));
      return 0;
    };
  },
  ({ random, amplitude, seconds }, scale) => {
    const size = 0.075 * scale * amplitude * random.between(0.2, 1) * sign(random);
    const edge = Math.min(0.5, 0.5 / seconds);
    return (share, out) => {
      push(out, Z, size * window(share, edge));
      return 0;
    };
  },
  ({ random, seconds }, scale) => {
    const reach = Math.min(1, seconds) * 0.06 * scale;
    const [x, y, z] = [random.normal(0, reach / 2), random.normal(0, reach / 2), random.normal(0, reach / 2)];
    const [yaw, roll] = [random.normal(0, 8 * scale), random.normal(0, 6 * scale)];
    return (share, out) => {
      push(out, X, x * share);
      push(out, Y, y * share);
      push(out, Z, z * share);
      push(out, YAW, yaw * share);
      push(out, ROLL, roll * share);
      return 0;
    };
  },
];

function little(context: PathContext, scale: number): Path {
  const kind = Math.floor(context.random.next() * LITTLE.length);
  return (LITTLE[kind] ?? stay)(context, scale);
}

const stay = (): Path => () => 0;

/** A way over given points, each stroke with least jerk; corners take no time of their own. */
function strokes(points: readonly (readonly [x: number, y: number])[], seconds: readonly number[]): Path {
  const total = seconds.reduce((sum, part) => sum + part, 0);
  const ends: number[] = [];
  for (const part of seconds) ends.push((ends.at(-1) ?? 0) + part / total);
  return (share, out) => {
    const found = ends.findIndex((end) => share <= end);
    const stroke = found === -1 ? ends.length - 1 : found;
    const from = stroke === 0 ? 0 : (ends[stroke - 1] ?? 0);
    const moved = minimumJerk((share - from) / ((ends[stroke] ?? 1) - from));
    const [x0, y0] = points[stroke] ?? [0, 0];
    const [x1, y1] = points[stroke + 1] ?? [0, 0];
    push(out, X, x0 + (x1 - x0) * moved);
    push(out, Y, y0 + (y1 - y0) * moved);
    return 0;
  };
}

/** The paths of the generator; each makes itself anew for a take. */
export const PATHS = {
  /** Held, with a small movement. */
  held: (context: PathContext): Path => little(context, 0.9),
  /** Held more calmly: for shapes whose movement is a sign of its own. */
  calm: (context: PathContext): Path => little(context, 0.45),
  /** Held, or moved to and fro as far as a pointing hand does. */
  pointing: (context: PathContext): Path => {
    if (context.random.next() < 0.6) return little(context, 0.9);
    const at = swing(context, 0.4, 0.9);
    const size = 0.08 * context.random.between(0.5, 1.1);
    return (share, out) => {
      push(out, X, -size * at(share));
      push(out, YAW, 130 * size * at(share));
      return 0;
    };
  },
  wave: (context: PathContext): Path => {
    const { random, amplitude } = context;
    const at = swing(context, 1.1, 2.4);
    const roll = random.between(14, 34) * Math.sqrt(amplitude);
    const x = random.between(0, 0.06) * amplitude;
    return (share, out) => {
      push(out, X, -x * at(share));
      push(out, ROLL, roll * at(share));
      return 0;
    };
  },
  circle: ({ random, amplitude, seconds, tempo }: PathContext): Path => {
    const [wide, high] = [random.between(0.035, 0.085) * amplitude, random.between(0.8, 1.2)];
    const turns = random.between(0.75, 1.6) * tempo * seconds * sign(random);
    const start = random.between(0, TWO_PI);
    const edge = Math.min(0.5, 0.2 / seconds);
    return (share, out) => {
      const angle = start + TWO_PI * turns * share;
      const size = wide * window(share, edge);
      push(out, X, size * Math.sin(angle));
      push(out, Y, size * high * Math.cos(angle));
      push(out, ROLL, -120 * size * Math.sin(angle));
      return 0;
    };
  },
  /** The letter J, written by the little finger: down, a hook to the thumb's side, the forearm turning with it. */
  hook: ({ random, amplitude }: PathContext): Path => {
    const [down, across] = [random.between(0.04, 0.09) * amplitude, random.between(0.015, 0.06) * amplitude];
    const [yaw, roll, pitch] = [random.between(35, 110), random.between(-60, -10), random.between(-10, 25)];
    const turnFrom = random.between(0.25, 0.5);
    return (share, out) => {
      const fall = minimumJerk(share / 0.6);
      const hook = minimumJerk((share - 0.45) / 0.55);
      const turned = minimumJerk((share - turnFrom) / (1 - turnFrom));
      push(out, X, across * (hook - 0.3));
      push(out, Y, down * (0.5 - fall + 0.45 * hook * hook));
      push(out, YAW, yaw * turned);
      push(out, PITCH, pitch * turned);
      push(out, ROLL, roll * turned);
      return 0;
    };
  },
  /** The letter Z, written by the index finger for the signer's own eyes. */
  zigzag: ({ random, amplitude }: PathContext): Path => {
    const [wide, high] = [random.between(0.035, 0.08) * amplitude, random.between(0.07, 0.14) * amplitude];
    const flip = random.next() < 0.1 ? -1 : 1;
    const [a, b] = [wide * flip, -wide * flip];
    const way = strokes(
      [
        [a, high / 2],
        [b, high / 2 + random.normal(0, 0.008)],
        [a, -high / 2],
        [b, -high / 2 + random.normal(0, 0.008)],
      ],
      [random.between(0.7, 1), random.between(0.9, 1.3), random.between(0.7, 1)],
    );
    const [yaw, roll] = [random.normal(0, 160), random.between(0, 200)];
    return (share, out) => {
      const before = out[X] ?? 0;
      way(share, out);
      const x = (out[X] ?? 0) - before;
      push(out, YAW, yaw * x);
      push(out, ROLL, -roll * x);
      return 0;
    };
  },
  swipeIn: (context: PathContext): Path => swipe(context, 1),
  swipeOut: (context: PathContext): Path => swipe(context, -1),
  /** Towards the camera. */
  thrust: ({ random, amplitude, seconds }: PathContext): Path => {
    const size = random.between(0.15, 0.3) * Math.sqrt(amplitude);
    const [y, pitch] = [random.normal(0.01, 0.015), random.normal(-6, 6)];
    const end = Math.min(1, random.between(0.3, 0.55) / seconds);
    return (share, out) => {
      const moved = minimumJerk(share / end);
      push(out, Z, size * (moved - 0.4));
      push(out, Y, y * moved);
      push(out, PITCH, pitch * moved);
      return 0;
    };
  },
  /** From the first posture to the second. */
  morph: ({ random, amplitude }: PathContext): Path => {
    const [x, y, z] = [random.normal(0, 0.012), random.normal(0, 0.015), random.normal(0, 0.03)];
    const [from, to] = [random.between(0.05, 0.3), random.between(0.7, 0.95)];
    return (share, out) => {
      const moved = minimumJerk((share - from) / (to - from));
      push(out, X, x * moved * amplitude);
      push(out, Y, y * moved * amplitude);
      push(out, Z, z * moved * amplitude);
      return moved;
    };
  },
  /** To the second posture and back, again and again. */
  fold: ({ random, seconds, tempo }: PathContext): Path => {
    const cycles = random.between(1.1, 2.3) * tempo * seconds;
    const phase = random.next() < 0.6 ? 0 : random.between(0, TWO_PI);
    const depth = random.between(0.75, 1.05);
    const [pitch, y] = [random.between(0, 14), random.between(-0.01, 0.015)];
    return (share, out) => {
      const folded = (0.5 - 0.5 * Math.cos(TWO_PI * cycles * share + phase)) * depth;
      push(out, PITCH, pitch * folded);
      push(out, Y, y * folded);
      return folded;
    };
  },
  /** About the hand's own length, to and fro. */
  rock: (context: PathContext): Path => {
    const at = swing(context, 1.2, 2.8);
    const size = context.random.between(15, 34) * Math.sqrt(context.amplitude);
    return (share, out) => {
      push(out, YAW, size * at(share));
      return 0;
    };
  },
  /** Fast small bends of the fingers with the hand moving along: scratching, typing. */
  scrabble: (context: PathContext): Path => {
    const at = swing(context, 2.5, 5.5);
    const [degrees, y] = [context.random.between(6, 24), context.random.between(0, 0.02)];
    const along = context.random.normal(0, 0.02);
    return (share, out) => {
      bend(out, degrees * at(share));
      push(out, Y, y * at(share));
      push(out, X, along * share);
      return 0;
    };
  },
  /** Anywhere, slowly. */
  wander: (context: PathContext): Path => {
    const { random } = context;
    const waves = Array.from({ length: 6 }, () => swing(context, 0.15, 0.7));
    const sizes = [0.05, 0.05, 0.05, 25, 20, 20].map((size) => random.normal(0, size));
    return (share, out) => {
      waves.forEach((wave, axis) => push(out, PLACE + axis, (sizes[axis] ?? 0) * wave(share)));
      return 0;
    };
  },
} as const satisfies Readonly<Record<string, (context: PathContext) => Path>>;

/** The paths by name. */
export type PathName = keyof typeof PATHS;

function swipe({ random, amplitude, seconds }: PathContext, way: 1 | -1): Path {
  const size = random.between(0.13, 0.3) * Math.sqrt(amplitude) * way;
  const [y, z, yaw, roll] = [
    random.normal(0, 0.02),
    random.normal(0, 0.02),
    random.normal(0, 14),
    random.normal(0, 10),
  ];
  const end = Math.min(1, random.between(0.3, 0.55) / seconds);
  return (share, out) => {
    const moved = minimumJerk(share / end);
    push(out, X, size * (moved - 0.5));
    push(out, Y, y * moved);
    push(out, Z, z * moved);
    push(out, YAW, yaw * moved);
    push(out, ROLL, roll * way * moved);
    return 0;
  };
}
