import type { BodyPose } from './pose.js';
import type { BodyProportions } from './proportions.js';

/** Points of COCO's skeleton. */
export const JOINTS = 17;

type Vec3 = readonly [x: number, y: number, z: number];
/** Row by row. */
type Mat3 = readonly [number, number, number, number, number, number, number, number, number];

const RADIANS = Math.PI / 180;

/**
 * The joints of a body in COCO's order, in metres from the middle of the hips: x to the body's left where it is not turned,
 * y up, z to the front.
 * @param target - [17, 3]
 */
export function solveBody(pose: BodyPose, body: BodyProportions, target: Float32Array): void {
  const put = (joint: number, [x, y, z]: Vec3): void => {
    target[joint * 3] = x;
    target[joint * 3 + 1] = y;
    target[joint * 3 + 2] = z;
  };
  const pelvis = times(times(aboutY(pose.yaw), aboutX(pose.lean)), aboutZ(-pose.tip));
  const chest = times(times(times(pelvis, aboutY(pose.twist)), aboutX(pose.bend)), aboutZ(-pose.side));
  const neck = turned(chest, [0, body.torso, 0]);
  const head = times(times(times(chest, aboutY(pose.headYaw)), aboutX(pose.nod)), aboutZ(-pose.tilt));
  const onHead = (x: number, up: number, forward: number): Vec3 =>
    plus(neck, turned(head, [x, body.noseUp + up, body.noseForward + forward]));
  put(0, onHead(0, 0, 0));
  for (const [index, side] of [1, -1].entries()) {
    put(1 + index, onHead(side * body.halfEyes, body.halfEyes, -body.halfEyes));
    put(3 + index, onHead(side * body.halfEars, body.halfEyes / 2, -2.2 * body.halfEars));

    const { flex, abduct, axial, elbow } = index === 0 ? pose.arms[0] : pose.arms[1];
    const shoulder = plus(neck, turned(chest, [side * body.halfShoulders, 0, 0]));
    const arm = times(times(times(chest, aboutZ(side * abduct)), aboutX(-flex)), aboutY(-side * axial));
    const elbowAt = plus(shoulder, turned(arm, [0, -body.upperArm, 0]));
    put(5 + index, shoulder);
    put(7 + index, elbowAt);
    put(9 + index, plus(elbowAt, turned(times(arm, aboutX(-elbow)), [0, -body.forearm, 0])));

    const bent = index === 0 ? pose.legs[0] : pose.legs[1];
    const hip = turned(pelvis, [side * body.halfHips, 0, 0]);
    const leg = times(times(times(pelvis, aboutZ(side * bent.abduct)), aboutX(-bent.flex)), aboutY(side * bent.axial));
    const knee = plus(hip, turned(leg, [0, -body.thigh, 0]));
    put(11 + index, hip);
    put(13 + index, knee);
    put(15 + index, plus(knee, turned(times(leg, aboutX(bent.knee)), [0, -body.shank, 0])));
  }
}

function plus(a: Vec3, b: Vec3): Vec3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function turned(m: Mat3, [x, y, z]: Vec3): Vec3 {
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
}

function times(a: Mat3, b: Mat3): Mat3 {
  return [
    a[0] * b[0] + a[1] * b[3] + a[2] * b[6],
    a[0] * b[1] + a[1] * b[4] + a[2] * b[7],
    a[0] * b[2] + a[1] * b[5] + a[2] * b[8],
    a[3] * b[0] + a[4] * b[3] + a[5] * b[6],
    a[3] * b[1] + a[4] * b[4] + a[5] * b[7],
    a[3] * b[2] + a[4] * b[5] + a[5] * b[8],
    a[6] * b[0] + a[7] * b[3] + a[8] * b[6],
    a[6] * b[1] + a[7] * b[4] + a[8] * b[7],
    a[6] * b[2] + a[7] * b[5] + a[8] * b[8],
  ];
}

function aboutX(degrees: number): Mat3 {
  const [cos, sin] = [Math.cos(degrees * RADIANS), Math.sin(degrees * RADIANS)];
  return [1, 0, 0, 0, cos, -sin, 0, sin, cos];
}

function aboutY(degrees: number): Mat3 {
  const [cos, sin] = [Math.cos(degrees * RADIANS), Math.sin(degrees * RADIANS)];
  return [cos, 0, sin, 0, 1, 0, -sin, 0, cos];
}

function aboutZ(degrees: number): Mat3 {
  const [cos, sin] = [Math.cos(degrees * RADIANS), Math.sin(degrees * RADIANS)];
  return [cos, -sin, 0, sin, cos, 0, 0, 0, 1];
}
