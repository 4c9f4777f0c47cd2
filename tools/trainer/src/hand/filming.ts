import { LIFT_MOMENTS, LIFT_POINTS, LIFT_STEP_MS, toHandCoordinates } from '@kinegraph/plugin-sign-classifier/lift';
import {
  HANDSHAPES,
  MEDIAPIPE_HAND,
  MIDDLING_HAND,
  signerProportions,
  solveHand,
  type HandPose,
  type HandshapeName,
  type SeededRandom,
} from '@kinegraph/signer';

/** How a window of a hand is taken. */
export interface HandFilmingOptions {
  /** Handshapes that some windows are drawn around; the others are any pose that fingers can take. */
  readonly shapes: readonly HandshapeName[];
  /** The share of windows around handshapes. */
  readonly shapeShare: number;
  /** Times the middling noise of a hand network. */
  readonly noise: number;
}

/** A window of a right hand as a hand network would see it, and the truth. */
export interface FilmedHand {
  /** [9, 21, 2] in the hand's own coordinates, y down. */
  readonly points: Float32Array;
  /** [21, 3] at the newest moment in metres from the wrist, as the camera sees them: x right, y down, z away. */
  readonly joints: Float32Array;
}

/** Five angles of the thumb, then four of each finger, in degrees. */
type Angles = readonly number[];

const PALM_M = 0.097;
/** In palm lengths: what hand networks are off by, about. */
const NOISE = { least: 0.01, most: 0.05 };

/** Films somebody new's hand with a camera of its own. */
export function filmHand(random: SeededRandom, { shapes, shapeShare, noise }: HandFilmingOptions): FilmedHand {
  const proportions = signerProportions(random, random.next() < 0.5 ? MEDIAPIPE_HAND : MIDDLING_HAND);
  const draw = (): Angles => (random.next() < shapeShare ? aroundShape(random, shapes) : anyPose(random));
  const from = draw();
  const to = random.next() < 0.5 ? draw() : from;
  // How far along the way the first and the newest moment are.
  const [first, last] = [random.next(), random.next()];
  const turn = drawTurn(random);
  const camera = { x: random.normal(0, 0.15), y: random.normal(0, 0.15), z: random.between(0.25, 1.2) };
  const speed = [random.normal(0, 0.15), random.normal(0, 0.15), random.normal(0, 0.1)] as const;
  const size = noise * PALM_M * random.between(NOISE.least, NOISE.most);
  const steady = Float32Array.from({ length: LIFT_POINTS * 2 }, () => random.normal(0, size));

  const points = new Float32Array(LIFT_MOMENTS * LIFT_POINTS * 2);
  const joints = new Float32Array(LIFT_POINTS * 3);
  for (let moment = 0; moment < LIFT_MOMENTS; moment += 1) {
    const share = first + ((last - first) * moment) / (LIFT_MOMENTS - 1);
    const before = ((moment - LIFT_MOMENTS + 1) * LIFT_STEP_MS) / 1000;
    const solved = solveHand({
      side: 'right',
      proportions,
      pose: poseOf(from.map((angle, at) => angle + share * ((to[at] ?? 0) - angle))),
      wrist: [0, 0, 0],
      orientation: turn(before),
    });
    for (const [joint, [x, up, near]] of solved.points.entries()) {
      joints.set([x, -up, -near], joint * 3);
      const depth = Math.max(0.1, camera.z + speed[2] * before - near);
      for (const axis of [0, 1] as const) {
        const place = camera[axis === 0 ? 'x' : 'y'] * camera.z + speed[axis] * before + (axis === 0 ? x : -up);
        const wrong = (steady[joint * 2 + axis] ?? 0) + random.normal(0, size * 0.4);
        points[(moment * LIFT_POINTS + joint) * 2 + axis] = place / depth + wrong / camera.z;
      }
    }
  }
  toHandCoordinates(points, false);
  return { points, joints };
}

/** Most hands show palm or back to the camera with the fingers up, but all turns come up. */
function drawTurn(random: SeededRandom): (seconds: number) => { yaw: number; pitch: number; roll: number } {
  const isAnyHow = random.next() < 0.45;
  const back = random.next() < 0.3 ? 180 : 0;
  const yaw = isAnyHow ? random.between(-180, 180) : back + random.normal(0, 35);
  const pitch = isAnyHow ? random.between(-85, 85) : random.normal(0, 25);
  const roll = isAnyHow ? random.between(-180, 180) : random.normal(0, 30);
  const [turns, tips, rolls] = [random.normal(0, 50), random.normal(0, 40), random.normal(0, 40)];
  return (seconds) => ({ yaw: yaw + turns * seconds, pitch: pitch + tips * seconds, roll: roll + rolls * seconds });
}

/** Fingers bent by any amount, middle and last joint together as tendons have it. */
function anyPose(random: SeededRandom): Angles {
  const fist = random.next();
  const finger = (): Angles => {
    const curl = Math.min(1, Math.max(0, random.next() < 0.5 ? random.next() : fist + random.normal(0, 0.25)));
    const pip = Math.min(110, Math.max(0, 105 * curl + random.normal(0, 12)));
    return [
      random.normal(0, 6),
      Math.min(90, -10 + 95 * curl * random.between(0.4, 1.1)),
      pip,
      pip * random.between(0.4, 0.8),
    ];
  };
  const thumb = [
    random.between(10, 60),
    random.between(-5, 60),
    random.between(0, 70),
    random.between(0, 55),
    random.between(-10, 65),
  ];
  return [...thumb, ...finger(), ...finger(), ...finger(), ...finger()];
}

function aroundShape(random: SeededRandom, shapes: readonly HandshapeName[]): Angles {
  const name = shapes[Math.floor(random.next() * shapes.length)];
  if (name === undefined) return anyPose(random);
  const { thumb, index, middle, ring, little } = HANDSHAPES[name];
  const fingers = [index, middle, ring, little].flatMap(({ spread, mcp, pip, dip }) => [spread, mcp, pip, dip]);
  const angles = [thumb.abduction, thumb.opposition, thumb.roll, thumb.mcp, thumb.ip, ...fingers];
  return angles.map((angle) => angle + random.normal(0, 6));
}

function poseOf(angles: Angles): HandPose {
  const at = (index: number): number => angles[index] ?? 0;
  const finger = (start: number): HandPose['index'] => ({
    ...{ spread: at(start), mcp: at(start + 1), pip: at(start + 2), dip: at(start + 3) },
  });
  return {
    thumb: { abduction: at(0), opposition: at(1), roll: at(2), mcp: at(3), ip: at(4) },
    ...{ index: finger(5), middle: finger(9), ring: finger(13), little: finger(17) },
  };
}
