import type { Orientation } from '../geometry/rotation.js';
import type { Vec3 } from '../geometry/vec3.js';
import { window } from './easing.js';

/** What a movement adds to a hand that is held still. */
export interface Motion {
  /** Metres; x towards the signer's thumb side for an upright palm to the camera, so that a left hand mirrors it. */
  readonly offset: Vec3;
  /** Degrees. */
  readonly turn: Orientation;
  /** Degrees at the knuckles of the four fingers. */
  readonly knuckles: number;
}

/**
 * A movement of known length.
 * @param share - of its time, 0-1; at both ends the motion is nil, so that movements follow each other without a jump.
 */
export type Movement = (share: number) => Motion;

/** The movements that a sign may have. */
export type MovementName = 'still' | 'wave' | 'sway' | 'circle' | 'twist' | 'nod' | 'swipe' | 'push' | 'flutter';

const NO_TURN: Orientation = { yaw: 0, pitch: 0, roll: 0 };
const NIL: Motion = { offset: [0, 0, 0], turn: NO_TURN, knuckles: 0 };

/** A wave of `cycles` periods that opens and closes softly, -1 to 1. */
function swing(share: number, cycles: number): number {
  return Math.sin(2 * Math.PI * cycles * share) * window(share);
}

/** Each movement by its name. */
export const MOVEMENTS: Readonly<Record<MovementName, Movement>> = {
  still: () => NIL,
  wave: (share) => ({
    offset: [-0.03 * swing(share, 2), 0, 0],
    turn: { yaw: 0, pitch: 0, roll: 24 * swing(share, 2) },
    knuckles: 0,
  }),
  sway: (share) => ({
    offset: [0.04 * swing(share, 1), 0.008 * swing(share, 2), 0],
    turn: { ...NO_TURN, roll: -8 * swing(share, 1) },
    knuckles: 0,
  }),
  circle: (share) => {
    const angle = 2 * Math.PI * share;
    const size = 0.038 * window(share, 0.25);
    return {
      offset: [size * Math.sin(angle), size * (Math.cos(angle) - 1) + size * 0.6, 0],
      turn: { ...NO_TURN, roll: -6 * Math.sin(angle) * window(share) },
      knuckles: 0,
    };
  },
  twist: (share) => ({ offset: [0, 0, 0], turn: { ...NO_TURN, yaw: 32 * swing(share, 1) }, knuckles: 0 }),
  nod: (share) => ({
    offset: [0, -0.006 * swing(share, 2), 0],
    turn: { ...NO_TURN, pitch: 20 * swing(share, 2) },
    knuckles: 0,
  }),
  swipe: (share) => ({
    offset: [-0.075 * swing(share, 1), 0, 0],
    turn: { ...NO_TURN, yaw: 10 * swing(share, 1) },
    knuckles: 0,
  }),
  push: (share) => ({
    offset: [0, 0.01 * window(share, 0.45), 0.07 * window(share, 0.45)],
    turn: NO_TURN,
    knuckles: 0,
  }),
  flutter: (share) => ({ offset: [0, 0, 0], turn: NO_TURN, knuckles: 16 * Math.max(0, swing(share, 3)) }),
};
