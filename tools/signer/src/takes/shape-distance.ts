import { fingerAt, postureOf, type Posture } from './posture.js';
import { SHAPES } from './shapes.js';

/** A held shape nearer to a letter or a sign than this may be taken for it, degrees: see `shapeDistance`. */
export const LOOKS_ALIKE_DEGREES = 13;

/**
 * How different two handshapes look: the root of the mean square over 19 joint angles, in degrees. The thumb's roll does not
 * count, and a finger's last joint, which follows the middle one, counts half.
 */
export function shapeDistance(a: Posture, b: Posture): number {
  let sum = 0;
  let weight = 0;
  for (const [at, share] of WEIGHTS) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    sum += share * difference * difference;
    weight += share;
  }
  return Math.sqrt(sum / weight);
}

const WEIGHTS: readonly (readonly [at: number, share: number])[] = [
  [0, 1],
  [1, 1],
  [3, 1],
  [4, 0.5],
  ...[0, 1, 2, 3].flatMap((finger) => {
    const at = fingerAt(finger);
    return [[at, 1.5] as const, [at + 1, 1] as const, [at + 2, 1] as const, [at + 3, 0.5] as const];
  }),
];

/** The shapes that are no sign of their own. */
const NO_SIGNS: ReadonlySet<string> = new Set(['rest', 'bent', 'flat']);

/** All variants of all letters and signs. */
const SIGN_POSTURES: readonly Posture[] = Object.entries(SHAPES).flatMap(([name, variants]) =>
  NO_SIGNS.has(name) ? [] : variants.map(postureOf),
);

/** The distance from `posture` to the nearest letter or sign. */
export function distanceToSigns(posture: Posture): number {
  let nearest = Infinity;
  for (const sign of SIGN_POSTURES) nearest = Math.min(nearest, shapeDistance(posture, sign));
  return nearest;
}
