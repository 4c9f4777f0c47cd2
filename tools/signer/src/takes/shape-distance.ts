import { POSTURE_SIZE, postureOf, type Posture } from './posture.js';
import { SHAPES } from './shapes.js';

/** A held shape nearer to a letter or a sign than this may be taken for it, degrees: see `shapeDistance`. */
export const LOOKS_ALIKE_DEGREES = 16;

/** How much each number of a posture counts. */
const WEIGHTS: Float64Array = Float64Array.from(
  // Thumb: its roll does not count; fingers: spread, knuckle, middle joint, and the last joint, which follows the middle one.
  [1, 1, 0, 1, 0.5, ...[0, 1, 2, 3].flatMap(() => [1.5, 1, 1, 0.5])],
);
const TOTAL_WEIGHT = WEIGHTS.reduce((sum, weight) => sum + weight, 0);

/** How different two handshapes look: the root of the mean square over 20 joint angles, in degrees, `WEIGHTS` heeded. */
export function shapeDistance(a: Posture, b: Posture): number {
  return Math.sqrt(squares(a, b, Infinity) / TOTAL_WEIGHT);
}

/** The weighted sum of squares; stops when it is more than `enough`. */
function squares(a: Posture, b: Posture, enough: number): number {
  let sum = 0;
  for (let at = 0; at < POSTURE_SIZE && sum <= enough; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    sum += (WEIGHTS[at] ?? 0) * difference * difference;
  }
  return sum;
}

/** The shapes that are no sign of their own. */
const NO_SIGNS: ReadonlySet<string> = new Set(['rest', 'bent', 'flat']);

/** All variants of all letters and signs. */
const SIGN_POSTURES: readonly Posture[] = Object.entries(SHAPES).flatMap(([name, variants]) =>
  NO_SIGNS.has(name) ? [] : variants.map(postureOf),
);

/** The distance from `posture` to the nearest letter or sign. */
export function distanceToSigns(posture: Posture): number {
  let nearest = Infinity;
  for (const sign of SIGN_POSTURES) nearest = Math.min(nearest, squares(posture, sign, nearest));
  return Math.sqrt(nearest / TOTAL_WEIGHT);
}
