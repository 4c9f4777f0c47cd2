import type { Orientation } from '../geometry/rotation.js';
import type { Side } from '../hand/joints.js';
import { MEDIAPIPE_HAND, signerProportions } from '../hand/proportions.js';
import { SeededRandom } from '../random.js';
import { HandSolver } from './hand-solver.js';
import { fingerAt, POSTURE_SIZE, type Posture } from './posture.js';
import { POSTURES, type ShapeName } from './shapes.js';

/** One made-up person: what stays the same from take to take. */
export interface TakeSigner {
  readonly seed: number;
  /** The hand that signs. */
  readonly side: Side;
  /** How fast: 0.7-1.4. */
  readonly tempo: number;
  /** How large movements are: 0.7-1.35. */
  readonly amplitude: number;
  /** How the hand is held beside the usual turn, in degrees. */
  readonly slant: Orientation;
  /** What is added to all joints, in degrees: shape [21]. */
  readonly bias: Posture;
  /** How far the fingers bend and spread: near 1. */
  readonly curl: number;
  readonly spread: number;
  /** By how much curled fingers bend at the knuckles rather than at the middle joints, in degrees. */
  readonly fist: number;
  /** By how much straight fingers hang, in degrees. */
  readonly droop: number;
  readonly hand: HandSolver;
}

/** Seeds of signers and sessions that training never sees; those of training lie below `from`. */
export const HELD_OUT_SEEDS = { from: 1_000_000, count: 1_000_000 } as const;

const LEFT_HANDED = 0.12;

/** The person with this seed. */
export function signerOf(seed: number): TakeSigner {
  const random = new SeededRandom(seed).fork('signer');
  const bias = new Float64Array(POSTURE_SIZE);
  const knuckles = random.normal(0, 3);
  for (let at = 0; at < POSTURE_SIZE; at += 1) bias[at] = random.normal(0, at < 5 ? 5 : 3.5);
  for (let finger = 0; finger < 4; finger += 1) {
    const at = fingerAt(finger);
    bias[at] = random.normal(0, 1.5);
    bias[at + 1] = (bias[at + 1] ?? 0) + knuckles;
  }
  return {
    seed,
    side: random.next() < LEFT_HANDED ? 'left' : 'right',
    tempo: random.between(0.7, 1.4),
    amplitude: random.between(0.7, 1.35),
    slant: { yaw: random.normal(4, 8), pitch: random.normal(0, 7), roll: random.normal(0, 6) },
    bias,
    curl: random.between(0.86, 1.06),
    spread: random.between(0.7, 1.4),
    fist: random.normal(0, 9),
    droop: Math.max(0, random.normal(4, 4)),
    hand: new HandSolver(signerProportions(random, MEDIAPIPE_HAND)),
  };
}

/**
 * How this person makes a handshape, the same in every take: their variant of it, bent by their habits.
 * @param shape - by name, or as angles.
 * @param out - the posture to fill.
 */
export function habitOf(signer: TakeSigner, shape: ShapeName | Posture, out: Posture): void {
  if (typeof shape !== 'string') return bendByHabit(signer, shape, out);
  const variants = POSTURES[shape];
  const chosen = new SeededRandom(signer.seed).fork(shape).next();
  const variant = variants[Math.floor(chosen * variants.length)] ?? POSTURES.rest[0];
  if (variant === undefined) return; // every shape has a variant
  bendByHabit(signer, variant, out);
}

/** A posture as this person makes it. */
export function bendByHabit(signer: TakeSigner, posture: Posture, out: Posture): void {
  const { bias, curl, spread, droop, fist } = signer;
  for (let at = 0; at < 5; at += 1) out[at] = (posture[at] ?? 0) + (bias[at] ?? 0);
  for (let finger = 0; finger < 4; finger += 1) {
    const at = fingerAt(finger);
    out[at] = (posture[at] ?? 0) * spread + (bias[at] ?? 0);
    const traded = fist * Math.max(0, Math.min(1, ((posture[at + 2] ?? 0) - 50) / 40));
    for (let joint = 1; joint < 4; joint += 1) {
      const angle = posture[at + joint] ?? 0;
      // Straight fingers hang a little, curled ones are pressed more or less; what stops both is the hand itself.
      const hung = angle * curl + droop * Math.max(0, 1 - angle / 30) + traded * (TRADE[joint] ?? 0);
      out[at + joint] = within(hung + (bias[at + joint] ?? 0), joint);
    }
  }
}

/** What a curled finger trades between its joints, from the knuckle outwards. */
const TRADE = [0, 1, -0.8, -0.5] as const;

/** The limits of a finger's knuckle (1), middle (2) and last joint (3). */
function within(angle: number, joint: number): number {
  const most = joint === 1 ? 92 : joint === 2 ? 112 : 78;
  return angle < -12 ? -12 : angle > most ? most : angle;
}
