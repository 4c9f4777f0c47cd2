import { LANDMARK_STRIDE, hand21, pose33 } from '../vision/index.js';
import type { Handedness, LandmarkArray, Landmarks, TrackedLandmarks } from '../vision/index.js';

type Point = readonly [x: number, y: number, z: number];

/** Where a built hand or body stands in the frame. */
export interface FigureOptions {
  readonly trackId?: number;
  readonly score?: number;
  /** Fractions of the frame: of the wrist of a hand, of the middle between the hips of a body. */
  readonly centre?: readonly [x: number, y: number];
  /** Height in the frame, as a fraction: of an open hand, of a standing body. */
  readonly size?: number;
  /** Of every point. */
  readonly visibility?: number;
}

export interface HandOptions extends FigureOptions {
  readonly handedness?: Handedness;
  /** How far each joint of each finger is bent, in degrees: 0 is a flat hand, 80 nearly a fist. */
  readonly flexionDegrees?: number;
}

/** Directions (degrees from straight up, to the right) and segment lengths of the fingers, in hand lengths. */
const FINGERS: readonly { readonly degrees: number; readonly segments: readonly [number, number, number, number] }[] = [
  { degrees: 50, segments: [0.16, 0.17, 0.14, 0.12] },
  { degrees: 14, segments: [0.47, 0.2, 0.13, 0.1] },
  { degrees: 0, segments: [0.48, 0.22, 0.15, 0.12] },
  { degrees: -12, segments: [0.46, 0.2, 0.14, 0.11] },
  { degrees: -25, segments: [0.44, 0.15, 0.1, 0.09] },
];
const HAND_LENGTH_M = 0.18;

/** A hand with its fingers up, seen from its palm. The thumb of a right hand is on the right of the frame. */
export function aHand(options: HandOptions = {}): TrackedLandmarks {
  const {
    trackId = 1,
    score = 0.95,
    handedness = 'right',
    centre = [0.5, 0.8],
    size = 0.5,
    visibility = 1,
    flexionDegrees = 0,
  } = options;
  const side = handedness === 'right' ? 1 : -1;
  const points: Point[] = [[0, 0, 0], ...FINGERS.flatMap((finger) => fingerPoints(finger, flexionDegrees))];
  const turned = points.map(([x, y, z]): Point => [x * side, y, z]);
  return {
    skeleton: hand21.id,
    trackId,
    score,
    handedness,
    handednessScore: 0.9,
    image: toArray(
      turned.map(([x, y, z]): Point => [centre[0] + x * size, centre[1] + y * size, z * size]),
      visibility,
    ),
    world: toArray(
      turned.map(([x, y, z]): Point => [x * HAND_LENGTH_M, y * HAND_LENGTH_M, z * HAND_LENGTH_M]),
      visibility,
    ),
  };
}

/** The joints of one finger: the first segment lies in the palm, each joint after it bends towards the camera. */
function fingerPoints({ degrees, segments }: (typeof FINGERS)[number], flexionDegrees: number): Point[] {
  const [rightward, upward] = [Math.sin(radians(degrees)), Math.cos(radians(degrees))];
  let [along, depth] = [0, 0];
  return segments.map((length, index): Point => {
    const bend = radians(index * flexionDegrees);
    along += length * Math.cos(bend);
    depth -= length * Math.sin(bend);
    return [along * rightward, -along * upward, depth];
  });
}

/** A standing body seen from the front, arms down: x, y of each point in body heights from between the hips, y downward. */
const BODY: readonly (readonly [x: number, y: number])[] = [
  [0, -0.42], // nose
  [0.012, -0.44],
  [0.02, -0.44],
  [0.028, -0.44], // left eye
  [-0.012, -0.44],
  [-0.02, -0.44],
  [-0.028, -0.44], // right eye
  [0.045, -0.43],
  [-0.045, -0.43], // ears
  [0.015, -0.4],
  [-0.015, -0.4], // mouth
  [0.11, -0.31],
  [-0.11, -0.31], // shoulders
  [0.14, -0.15],
  [-0.14, -0.15], // elbows
  [0.15, 0],
  [-0.15, 0], // wrists
  [0.155, 0.04],
  [-0.155, 0.04], // little fingers
  [0.15, 0.045],
  [-0.15, 0.045], // index fingers
  [0.14, 0.03],
  [-0.14, 0.03], // thumbs
  [0.055, 0],
  [-0.055, 0], // hips
  [0.06, 0.25],
  [-0.06, 0.25], // knees
  [0.06, 0.48],
  [-0.06, 0.48], // ankles
  [0.06, 0.5],
  [-0.06, 0.5], // heels
  [0.07, 0.5],
  [-0.07, 0.5], // feet
];
const BODY_HEIGHT_M = 1.75;

/** A standing body with its arms down. */
export function aPose(options: FigureOptions = {}): TrackedLandmarks {
  const { trackId = 1, score = 0.95, centre = [0.5, 0.5], size = 0.9, visibility = 1 } = options;
  return {
    skeleton: pose33.id,
    trackId,
    score,
    image: toArray(
      BODY.map(([x, y]): Point => [centre[0] + x * size, centre[1] + y * size, 0]),
      visibility,
    ),
    world: toArray(
      BODY.map(([x, y]): Point => [x * BODY_HEIGHT_M, y * BODY_HEIGHT_M, 0]),
      visibility,
    ),
  };
}

/** What an extractor answers for a frame of 640x480 in which it found these. */
export function landmarksOf(...tracks: readonly TrackedLandmarks[]): Landmarks {
  return { frameWidth: 640, frameHeight: 480, tracks };
}

function toArray(points: readonly Point[], visibility: number): LandmarkArray {
  const array = new Float32Array(points.length * LANDMARK_STRIDE);
  points.forEach((point, index) => array.set([...point, visibility], index * LANDMARK_STRIDE));
  return array;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
