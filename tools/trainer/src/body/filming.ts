import { FRAME_FLOATS, KEYPOINTS, fillKeypoints, toPersonCoordinates } from '@kinegraph/plugin-yolo/lift';
import type { SeededRandom } from '@kinegraph/signer';
import { moving, type MOTIONS } from './motions.js';
import { personProportions } from './proportions.js';
import { JOINTS, solveBody } from './skeleton.js';

/** How a window of a body is taken. */
export interface FilmingOptions {
  readonly moments: number;
  /** Milliseconds from moment to moment. */
  readonly stepMs: number;
  /** Times the middling noise of a pose network. */
  readonly noise: number;
  /** Whether points may be missing. */
  readonly hasGaps: boolean;
}

/** A window of a person as a pose network would see it, and the truth. */
export interface FilmedBody {
  /** [moments, 17, 2] in the person's own coordinates, y down. */
  readonly keypoints: Float32Array;
  /** [17, 3] at the newest moment in metres from the middle of the hips, as the camera sees it: x right, y down, z away. */
  readonly joints: Float32Array;
}

type Motion = (typeof MOTIONS)[string];

const RADIANS = Math.PI / 180;
/** In shares of a person's height in the picture: what a pose network is off by, about. */
const NOISE = { least: 0.003, most: 0.016 };
const FACE = [0, 1, 2] as const;
const ANKLES = [15, 16] as const;
const KNEES = [13, 14] as const;
const HIPS = [11, 12] as const;

/** Films somebody new doing a motion in a new way, with a camera of its own. */
export function filmBody(motion: Motion, random: SeededRandom, options: FilmingOptions): FilmedBody {
  // A window with too little in it, such as a head alone, is taken again.
  for (;;) {
    const filmed = tryToFilm(motion, random, options);
    if (filmed !== undefined) return filmed;
  }
}

function tryToFilm(motion: Motion, random: SeededRandom, options: FilmingOptions): FilmedBody | undefined {
  const { moments, stepMs } = options;
  const body = personProportions(random);
  const poseAt = moving(motion, random);
  const camera = drawCamera(random);
  const places = new Float32Array(moments * FRAME_FLOATS);
  const joints = new Float32Array(JOINTS * 3);
  const seen = options.hasGaps ? drawSeen(random, moments) : new Uint8Array(moments * KEYPOINTS).fill(1);
  const off = drawOffsets(random, options.noise);
  for (let moment = 0; moment < moments; moment += 1) {
    const seconds = (moment * stepMs) / 1000;
    solveBody(poseAt(seconds), body, joints);
    toCamera(joints, camera);
    const before = seconds - ((moments - 1) * stepMs) / 1000;
    const [x, y] = [camera.x + camera.speedX * before, camera.y];
    const z = Math.max(1.2, camera.z + camera.speedZ * before);
    for (let joint = 0; joint < JOINTS; joint += 1) {
      const depth = Math.max(0.3, z + (joints[joint * 3 + 2] ?? 0));
      const at = moment * FRAME_FLOATS + joint * 2;
      for (const axis of [0, 1] as const) {
        const wrong = (off.steady[joint * 2 + axis] ?? 0) + random.normal(0, off.jitter);
        places[at + axis] = ((axis === 0 ? x : y) + (joints[joint * 3 + axis] ?? 0)) / depth + wrong / z;
      }
    }
    if (options.hasGaps && isTurnedAway(joints) && random.next() < 0.85)
      for (const point of FACE) seen[moment * KEYPOINTS + point] = 0;
  }
  const grid = { places, seen };
  return toPersonCoordinates(grid, fillKeypoints(grid)) ? { keypoints: places, joints } : undefined;
}

interface Camera {
  readonly pitch: number;
  readonly roll: number;
  /** Where the middle of the hips is at the newest moment, in metres, and how fast it goes. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly speedX: number;
  readonly speedZ: number;
}

function drawCamera(random: SeededRandom): Camera {
  const z = random.between(1.8, 7);
  const isWalking = random.next() < 0.4;
  return {
    pitch: random.normal(8, 11) * RADIANS, // cameras look down more than up
    roll: random.normal(0, 3) * RADIANS,
    ...{ x: random.normal(0, 0.15) * z, y: random.normal(0, 0.1) * z, z },
    speedX: isWalking ? random.normal(0, 0.7) : 0,
    speedZ: isWalking ? random.normal(0, 0.7) : 0,
  };
}

/** From the body's axes to the camera's, in place: a body that is not turned looks into the camera. */
function toCamera(joints: Float32Array, { pitch, roll }: Camera): void {
  const [cosPitch, sinPitch, cosRoll, sinRoll] = [Math.cos(pitch), Math.sin(pitch), Math.cos(roll), Math.sin(roll)];
  for (let at = 0; at < joints.length; at += 3) {
    const [x, up, front] = [joints[at] ?? 0, joints[at + 1] ?? 0, joints[at + 2] ?? 0];
    // A camera that looks down sees the head nearer than the feet.
    const y = -up * cosPitch + front * sinPitch;
    joints[at] = x * cosRoll - y * sinRoll;
    joints[at + 1] = x * sinRoll + y * cosRoll;
    joints[at + 2] = -up * sinPitch - front * cosPitch;
  }
}

/** Errors in metres at the person: each point is off by itself all the time, and jitters. */
function drawOffsets(random: SeededRandom, noise: number): { readonly steady: Float32Array; readonly jitter: number } {
  const size = 1.7 * noise * random.between(NOISE.least, NOISE.most);
  return { steady: Float32Array.from({ length: JOINTS * 2 }, () => random.normal(0, size)), jitter: size * 0.7 };
}

function isTurnedAway(joints: Float32Array): boolean {
  const ears = ((joints[11] ?? 0) + (joints[14] ?? 0)) / 2;
  return (joints[2] ?? 0) - ears > 0.03;
}

/** Which points are seen when: some never, legs below the picture, gaps of all points or of one, a person who has just come. */
function drawSeen(random: SeededRandom, moments: number): Uint8Array {
  const seen = new Uint8Array(moments * KEYPOINTS).fill(1);
  const hide = (points: readonly number[], from = 0, to = moments): void => {
    for (let moment = from; moment < to; moment += 1) for (const point of points) seen[moment * KEYPOINTS + point] = 0;
  };
  const cut = random.next();
  if (cut < 0.25) hide(ANKLES);
  if (cut < 0.17) hide(KNEES);
  if (cut < 0.08) hide(HIPS);
  if (random.next() < 0.25) hide([Math.floor(random.next() * KEYPOINTS)]);
  if (random.next() < 0.1)
    hide(
      Array.from({ length: KEYPOINTS }, (_, point) => point),
      0,
      Math.floor(random.next() * (moments - 2)),
    );
  if (random.next() < 0.4) {
    for (let point = 0; point < KEYPOINTS; point += 1) {
      const from = Math.floor(random.next() * moments * 2);
      hide([point], from, Math.min(moments, from + Math.ceil(random.between(0, 10))));
    }
  }
  return seen;
}
