import type { SeededRandom } from '../random.js';
import { fingerAt, type Posture } from './posture.js';
import { drawFingerWay, randomThumb } from './procedural.js';
import { distanceToSigns, LOOKS_ALIKE_DEGREES } from './shape-distance.js';
import { POSTURES } from './shapes.js';
import { SIGN_LABELS, SIGN_SPECS } from './sign-specs.js';

/** Two of three changes lead far enough away; the number only bounds the loop. */
const TRIALS = 400;

/** The shapes of the default model's signs, with all their variants. */
const KNOWN: readonly Posture[] = [
  ...new Set(SIGN_LABELS.flatMap((label) => [SIGN_SPECS[label].shape, SIGN_SPECS[label].to])),
].flatMap((shape) => (typeof shape === 'string' ? POSTURES[shape] : []));

/**
 * A sign's shape with a finger, two or the thumb held another way: what is taken for the sign by who knows no more than signs
 * and hands at rest. Not near enough to a sign or a letter to be one.
 */
export function nearSignPosture(random: SeededRandom): Posture {
  let posture: Posture = KNOWN[0] ?? new Float64Array(0);
  for (let trial = 0; trial < TRIALS; trial += 1) {
    posture = changed(KNOWN[Math.floor(random.next() * KNOWN.length)] ?? posture, random);
    if (distanceToSigns(posture) > LOOKS_ALIKE_DEGREES) break;
  }
  return posture;
}

function changed(sign: Posture, random: SeededRandom): Posture {
  const posture = sign.slice();
  const what = random.next();
  if (what < 0.45) posture.set(randomThumb(random), 0);
  if (what > 0.3) changeFinger(posture, Math.floor(random.next() * 4), random);
  if (what > 0.75) changeFinger(posture, Math.floor(random.next() * 4), random);
  return posture;
}

function changeFinger(posture: Posture, finger: number, random: SeededRandom): void {
  const at = fingerAt(finger);
  if (random.next() < 0.15) posture[at] = (posture[at] ?? 0) + random.between(10, 20) * (random.next() < 0.5 ? -1 : 1);
  else posture.set(drawFingerWay(random), at + 1);
}
