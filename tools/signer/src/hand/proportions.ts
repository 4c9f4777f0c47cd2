import type { Vec3 } from '../geometry/vec3.js';
import type { SeededRandom } from '../random.js';
import { LONG_FINGER_NAMES, type FingerName, type LongFingerName } from './joints.js';

/** Where a finger starts, how long its bones are and how thick it is; metres, right hand, palm to the camera, wrist at the origin. */
export interface FingerProportions {
  /** The first joint: CMC for the thumb, MCP for the others. */
  readonly root: Vec3;
  /** From the first joint to the second, the second to the third, the third to the tip. */
  readonly bones: readonly [number, number, number];
  /** Half the thickness at the four joints. */
  readonly radii: readonly [number, number, number, number];
  /** The natural fan of the straight fingers, in degrees, positive towards the thumb; 0 for the thumb. */
  readonly fan: number;
  /** How far the plane in which the finger bends leans towards the thumb, in degrees: bent fingers draw together. */
  readonly lean: number;
}

/** The measures of one signer's hand. */
export type HandProportions = Readonly<Record<FingerName, FingerProportions>>;

/** A grown-up's hand of middling size: 0.185 m from the wrist to the tip of the middle finger. */
export const MIDDLING_HAND: HandProportions = {
  thumb: {
    root: [0.026, 0.026, 0.012],
    bones: [0.042, 0.033, 0.028],
    radii: [0.0165, 0.0128, 0.0112, 0.0092],
    fan: 0,
    lean: 0,
  },
  index: {
    root: [0.0255, 0.092, 0.001],
    bones: [0.0415, 0.0255, 0.0215],
    radii: [0.0112, 0.0098, 0.0088, 0.0075],
    fan: 3,
    lean: -5,
  },
  middle: {
    root: [0.003, 0.0965, -0.001],
    bones: [0.0455, 0.0285, 0.0225],
    radii: [0.0113, 0.01, 0.0089, 0.0077],
    fan: 0,
    lean: 0,
  },
  ring: {
    root: [-0.0175, 0.0895, 0],
    bones: [0.042, 0.0265, 0.0225],
    radii: [0.0107, 0.0095, 0.0084, 0.0073],
    fan: -4,
    lean: 6,
  },
  little: {
    root: [-0.0355, 0.0775, 0.003],
    bones: [0.033, 0.0195, 0.0195],
    radii: [0.0095, 0.0084, 0.0074, 0.0065],
    fan: -9,
    lean: 14,
  },
};

/**
 * The hand that MediaPipe's estimates have on the average: 0.097 m from the wrist to the knuckle of the middle finger. Its palm
 * is broader and its fingers are shorter than the middling hand's, and its last bones end at the pads. The generator of landmarks
 * starts from it.
 */
export const MEDIAPIPE_HAND: HandProportions = {
  thumb: {
    root: [0.0305, 0.0265, 0.0143],
    bones: [0.033, 0.036, 0.03],
    radii: MIDDLING_HAND.thumb.radii,
    fan: 0,
    lean: 0,
  },
  index: {
    root: [0.0255, 0.0985, 0.001],
    bones: [0.03, 0.022, 0.027],
    radii: MIDDLING_HAND.index.radii,
    fan: 3,
    lean: -5,
  },
  middle: { root: [0, 0.097, 0], bones: [0.039, 0.029, 0.028], radii: MIDDLING_HAND.middle.radii, fan: 0, lean: 0 },
  ring: {
    root: [-0.0215, 0.0905, 0.001],
    bones: [0.033, 0.026, 0.026],
    radii: MIDDLING_HAND.ring.radii,
    fan: -4,
    lean: 6,
  },
  little: {
    root: [-0.0425, 0.0745, 0.004],
    bones: [0.022, 0.019, 0.017],
    radii: MIDDLING_HAND.little.radii,
    fan: -9,
    lean: 14,
  },
};

/**
 * The hand of one signer: the middling hand, as a whole and finger by finger a little larger or smaller.
 * @param random - decides the measures; the same stream gives the same hand.
 * @param hand - the hand to start from.
 */
export function signerProportions(random: SeededRandom, hand: HandProportions = MIDDLING_HAND): HandProportions {
  const size = random.normal(1, 0.03);
  const width = size * random.normal(1, 0.025);
  const thickness = size * random.normal(1, 0.03);
  const vary = (name: FingerName): FingerProportions => {
    const { root, bones, radii, fan, lean } = hand[name];
    const reach = size * random.normal(1, 0.015);
    const bone = (metres: number): number => metres * reach * random.normal(1, 0.012);
    return {
      root: [root[0] * width, root[1] * size, root[2] * thickness],
      bones: [bone(bones[0]), bone(bones[1]), bone(bones[2])],
      radii: [radii[0] * thickness, radii[1] * thickness, radii[2] * thickness, radii[3] * thickness],
      fan,
      lean,
    };
  };
  const thumb = vary('thumb');
  // The names are complete, so the record is too.
  const others = Object.fromEntries(LONG_FINGER_NAMES.map((name) => [name, vary(name)])) as Record<
    LongFingerName,
    FingerProportions
  >;
  return { thumb, ...others };
}
