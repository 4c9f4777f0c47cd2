import type { Orientation } from '../geometry/rotation.js';
import type { HandshapeName } from '../hand/handshapes.js';
import type { MovementName } from './movements.js';

/** A sign: a handshape, how the hand is turned, and what it does. */
export interface Sign {
  readonly handshape: HandshapeName;
  readonly movement: MovementName;
  /** How the hand is held, in degrees, for a right hand. */
  readonly turn: Orientation;
  /** How long it takes at the usual speed. */
  readonly holdMs: number;
}

/** The signs that the tool can make, by the name that the truth file gives. */
export const SIGN_NAMES = [
  'wave',
  'ily',
  'v',
  'point',
  'fist',
  'open',
  'l',
  'y',
  'thumb-up',
  'w',
  'ok',
  'circle',
  'flat',
  'claw',
] as const;
export type SignName = (typeof SIGN_NAMES)[number];

const sign = (
  handshape: HandshapeName,
  movement: MovementName,
  holdMs: number,
  yaw = 0,
  pitch = 0,
  roll = 0,
): Sign => ({
  handshape,
  movement,
  turn: { yaw, pitch, roll },
  holdMs,
});

/** Each sign by its name. */
export const SIGNS: Readonly<Record<SignName, Sign>> = {
  open: sign('open', 'still', 900),
  wave: sign('open', 'wave', 1700, 0, 4, 0),
  ily: sign('ily', 'sway', 1400, -6, 0, 4),
  v: sign('v', 'twist', 1300, 4, 0, -4),
  point: sign('point', 'swipe', 1400, 8, 0, 4),
  circle: sign('point', 'circle', 1500, 6, 6, 0),
  l: sign('l', 'still', 1000, 4, 0, 0),
  y: sign('y', 'twist', 1400, 0, 0, -8),
  w: sign('w', 'sway', 1200, 4, 0, 0),
  ok: sign('ok', 'nod', 1200, 14, 0, 4),
  claw: sign('claw', 'push', 1300, 6, 0, 0),
  flat: sign('flat', 'swipe', 1300, 8, 0, 8),
  'thumb-up': sign('thumb-up', 'push', 1200, -22, 0, 66),
  fist: sign('fist', 'nod', 1300, -18, 0, 0),
};
