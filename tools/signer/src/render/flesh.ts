import { add, mix, normalize, scale, subtract, type Vec3 } from '../geometry/vec3.js';
import { FINGER_NAMES, FIRST_JOINT, WRIST } from '../hand/joints.js';
import type { HandJoints } from '../hand/kinematics.js';
import type { HandProportions } from '../hand/proportions.js';
import { Capsule, type CapsuleRole } from './capsule.js';
import { inFieldOrder } from './field.js';

/** How far the rounded end of a finger lies behind its tip joint, in metres; the ball there reaches beyond the joint. */
const TIP_INSET = 0.0035;
/** Where the carpus carries each long finger's metacarpal, in the hand's own axes. */
const CARPUS: readonly Vec3[] = [
  [0.014, 0.008, 0],
  [0.005, 0.008, -0.001],
  [-0.005, 0.008, -0.001],
  [-0.014, 0.01, 0.002],
];

/**
 * Clothes a hand's joints in capsules: palm, thumb's ball, fingers, forearm and sleeve.
 * @param elbow - where the forearm comes from, metres from the camera.
 */
export function fleshOf(joints: HandJoints, proportions: HandProportions, elbow: Vec3): Capsule[] {
  return inFieldOrder([...palm(joints, proportions), ...fingers(joints, proportions), ...forearm(joints, elbow)]);
}

function point(joints: HandJoints, index: number): Vec3 {
  const found = joints.points[index];
  if (!found) throw new RangeError(`A hand has no joint ${index}.`);
  return found;
}

function palm(joints: HandJoints, proportions: HandProportions): Capsule[] {
  const palmar = joints.axes.z;
  const body = (from: Vec3, to: Vec3, fromRadius: number, toRadius: number, side = palmar): Capsule =>
    new Capsule({ role: 'body', finger: -1, from, to, fromRadius, toRadius, palmar: side, hasNail: false });
  const metacarpals = FINGER_NAMES.slice(1).map((finger, index) => {
    const radius = proportions[finger].radii[0] * 1.12;
    return body(joints.toCamera(CARPUS[index] ?? [0, 0, 0]), point(joints, FIRST_JOINT[finger]), 0.0145, radius);
  });
  const thumbRoot = point(joints, FIRST_JOINT.thumb);
  const { radii } = proportions.thumb;
  return [
    ...metacarpals,
    // The ball of the thumb: from the carpus over the CMC joint to the thumb's knuckle.
    body(joints.toCamera([0.01, 0.012, 0.006]), thumbRoot, 0.0145, radii[0]),
    body(thumbRoot, point(joints, FIRST_JOINT.thumb + 1), radii[0], radii[1], joints.palmar[FIRST_JOINT.thumb + 1]),
    // The muscle between thumb and index finger.
    body(joints.toCamera([0.014, 0.035, 0.006]), joints.toCamera([0.02, 0.066, 0.002]), 0.0135, 0.011),
    // The heel of the hand on the little finger's side, and the pads under the knuckles.
    body(joints.toCamera([-0.018, 0.018, 0.006]), joints.toCamera([-0.032, 0.058, 0.005]), 0.0145, 0.0115),
    body(joints.toCamera([0.022, 0.078, 0.004]), joints.toCamera([-0.03, 0.068, 0.005]), 0.0105, 0.0095),
  ];
}

function fingers(joints: HandJoints, proportions: HandProportions): Capsule[] {
  return FINGER_NAMES.flatMap((name, finger) => {
    const first = FIRST_JOINT[name];
    const { radii } = proportions[name];
    const part = (role: CapsuleRole, bone: 0 | 1 | 2): Capsule => {
      const from = point(joints, first + bone);
      const end = point(joints, first + bone + 1);
      const isLast = bone === 2;
      const to = isLast ? subtract(end, scale(normalize(subtract(end, from)), TIP_INSET)) : end;
      const palmar = joints.palmar[first + bone + 1] ?? joints.axes.z;
      const [fromRadius = 0, toRadius = 0] = radii.slice(bone, bone + 2);
      return new Capsule({ role, finger, from, to, fromRadius, toRadius, palmar, hasNail: isLast });
    };
    // The thumb's first bone is part of the palm.
    return name === 'thumb'
      ? [part('finger-root', 1), part('finger', 2)]
      : [part('finger-root', 0), part('finger', 1), part('finger', 2)];
  });
}

function forearm(joints: HandJoints, elbow: Vec3): Capsule[] {
  const wrist = point(joints, WRIST);
  const palmar = joints.axes.z;
  const across = scale(joints.axes.x, 0.0105);
  const bone = (side: 1 | -1): Capsule =>
    new Capsule({
      role: 'body',
      finger: -1,
      from: add(wrist, scale(across, side)),
      to: add(elbow, scale(across, side * 1.8)),
      fromRadius: 0.0172,
      toRadius: 0.034,
      palmar,
      hasNail: false,
    });
  const sleeve = new Capsule({
    role: 'sleeve',
    finger: -1,
    from: mix(wrist, elbow, 0.46),
    to: mix(wrist, elbow, 1.2),
    fromRadius: 0.047,
    toRadius: 0.062,
    palmar,
    hasNail: false,
    tubeThickness: 0.004,
  });
  return [bone(1), bone(-1), sleeve];
}
