import { LONG_FINGER_NAMES } from '../hand/joints.js';
import type { HandPose } from '../hand/pose.js';

/**
 * A pose as 21 flat numbers, in degrees: abduction, opposition, roll, MCP and IP of the thumb, then spread, MCP, PIP and DIP of
 * the index, middle, ring and little finger. What is made by the thousand a second is made of arrays, not of objects.
 */
export type Posture = Float64Array;

/** How many numbers a posture has. */
export const POSTURE_SIZE = 21;

/** Where the long finger of this number (0 is the index) begins in a posture. */
export function fingerAt(finger: number): number {
  return 5 + finger * 4;
}

/** The flat form of a pose. */
export function postureOf(pose: HandPose): Posture {
  const { abduction, opposition, roll, mcp, ip } = pose.thumb;
  const fingers = LONG_FINGER_NAMES.flatMap((name) => {
    const finger = pose[name];
    return [finger.spread, finger.mcp, finger.pip, finger.dip];
  });
  return Float64Array.from([abduction, opposition, roll, mcp, ip, ...fingers]);
}

/**
 * What a hand does at one moment, as 27 flat numbers: its posture, the way of its wrist from where the signer holds it (metres: x
 * to the thumb's side of an upright palm, y up, z to the camera) and its turn (degrees: yaw, pitch, roll as in `Orientation`). All of
 * a right hand; a left one mirrors it.
 */
export type Moment = Float64Array;

/** How many numbers a moment has. */
export const MOMENT_SIZE = POSTURE_SIZE + 6;
/** Where the place of the wrist begins in a moment. */
export const PLACE = POSTURE_SIZE;
/** Where the turn begins in a moment. */
export const TURN = POSTURE_SIZE + 3;

/** The share of its change by which each number of a posture starts late: no hand moves all fingers at once. */
export const FINGER_DELAYS: Float64Array = Float64Array.from({ length: POSTURE_SIZE }, (_, at) =>
  at < 5 ? 0.06 : ([0, 0.03, 0.07, 0.1][(at - 5) >> 2] ?? 0),
);
