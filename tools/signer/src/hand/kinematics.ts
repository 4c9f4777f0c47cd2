import { radians, rotate, rotationOf, type Orientation, type Rotation } from '../geometry/rotation.js';
import { add, scale, type Vec3 } from '../geometry/vec3.js';
import { FIRST_JOINT, JOINT_COUNT, LONG_FINGER_NAMES, WRIST, type FingerName, type Side } from './joints.js';
import type { HandPose, LongFingerPose, ThumbPose } from './pose.js';
import type { FingerProportions, HandProportions } from './proportions.js';

/** A hand at one moment: everything its joints follow from. */
export interface HandState {
  readonly side: Side;
  readonly proportions: HandProportions;
  readonly pose: HandPose;
  /** The wrist, metres from the camera. */
  readonly wrist: Vec3;
  /** For a left hand the mirror image of what the same figures say of a right one. */
  readonly orientation: Orientation;
}

/** The joints of a hand, with what its flesh needs to know beside them. */
export interface HandJoints {
  readonly side: Side;
  /** 21 points in the order of the skeleton "hand-21", metres from the camera. */
  readonly points: readonly Vec3[];
  /** For each joint but the wrist: the direction of the palm's side of the bone that ends in it. */
  readonly palmar: readonly Vec3[];
  /** Takes the hand's own axes (x to the thumb, y to the fingers, z out of the palm) to those of the camera. */
  readonly toCamera: (point: Vec3) => Vec3;
  /** The images of those three axes; for a left hand they are left-handed. */
  readonly axes: Rotation;
}

/**
 * Forward kinematics: from the angles of a hand to its 21 joints.
 * @returns points at exactly the bone lengths of `state.proportions`.
 */
export function solveHand(state: HandState): HandJoints {
  const { side, proportions, pose, wrist } = state;
  const points: Vec3[] = Array.from({ length: JOINT_COUNT }, () => [0, 0, 0]);
  const palmar: Vec3[] = Array.from({ length: JOINT_COUNT }, () => [0, 0, 1]);
  for (const finger of LONG_FINGER_NAMES) {
    placeChain(finger, proportions[finger], longFingerDirections(pose[finger], proportions[finger]), points, palmar);
  }
  placeChain('thumb', proportions.thumb, thumbDirections(pose.thumb), points, palmar);

  const mirror = side === 'left' ? -1 : 1;
  const { yaw, pitch, roll } = state.orientation;
  const turn = rotationOf({ yaw: yaw * mirror, pitch, roll: roll * mirror });
  const axes: Rotation = { x: scale(turn.x, mirror), y: turn.y, z: turn.z };
  const toCamera = (point: Vec3): Vec3 => add(wrist, rotate(axes, point));
  return { side, points: points.map(toCamera), palmar: palmar.map((normal) => rotate(axes, normal)), toCamera, axes };
}

/** A bone's direction and the direction of its palm's side. */
interface BoneDirection {
  readonly along: Vec3;
  readonly palmar: Vec3;
}

function placeChain(
  finger: FingerName,
  { root, bones }: FingerProportions,
  directions: readonly BoneDirection[],
  points: Vec3[],
  palmar: Vec3[],
): void {
  const first = FIRST_JOINT[finger];
  points[WRIST] = [0, 0, 0];
  points[first] = root;
  let end = root;
  directions.forEach((direction, index) => {
    end = add(end, scale(direction.along, bones[index] ?? 0));
    points[first + 1 + index] = end;
    palmar[first + 1 + index] = direction.palmar;
  });
}

function longFingerDirections(pose: LongFingerPose, { fan, lean }: FingerProportions): BoneDirection[] {
  const sideways = radians(fan + pose.spread);
  const straight: Vec3 = [Math.sin(sideways), Math.cos(sideways), 0];
  const toThumb: Vec3 = [Math.cos(sideways), -Math.sin(sideways), 0];
  const towards = add(scale([0, 0, 1], Math.cos(radians(lean))), scale(toThumb, Math.sin(radians(lean))));
  return bend(straight, towards, [pose.mcp, pose.pip, pose.dip]);
}

function thumbDirections(pose: ThumbPose): BoneDirection[] {
  const [ca, sa] = [Math.cos(radians(pose.abduction)), Math.sin(radians(pose.abduction))];
  const [co, so] = [Math.cos(radians(pose.opposition)), Math.sin(radians(pose.opposition))];
  const metacarpal: Vec3 = [co * sa, co * ca, so];
  const across: Vec3 = [-ca, sa, 0];
  const outwards: Vec3 = [-so * sa, -so * ca, co];
  const roll = radians(pose.roll);
  const towards = add(scale(across, Math.cos(roll)), scale(outwards, Math.sin(roll)));
  return bend(metacarpal, towards, [0, pose.mcp, pose.ip]);
}

/** Bones that bend one after another in the plane of `straight` and `towards` (two unit vectors at right angles). */
function bend(straight: Vec3, towards: Vec3, angles: readonly number[]): BoneDirection[] {
  let total = 0;
  return angles.map((angle) => {
    total += radians(angle);
    const [c, s] = [Math.cos(total), Math.sin(total)];
    return { along: add(scale(straight, c), scale(towards, s)), palmar: add(scale(towards, c), scale(straight, -s)) };
  });
}
