import { JOINT_COUNT } from '../hand/joints.js';
import type { SeededRandom } from '../random.js';
import { quickNormal } from './quick-noise.js';

/**
 * The faults of a landmark model, in palm lengths, as measured on MediaPipe's hand model: neighbouring joints of a finger are
 * wrong in the same way, the more the nearer to the tip, and straight fingers stay straight.
 */
const FAULT = {
  /** All the time that a shape is held: of a finger's first joint, of its tip beside that, and of each joint by itself. */
  biasRoot: 0.016,
  biasTip: 0.028,
  biasJoint: 0.005,
  /** The same from frame to frame. */
  jitterRoot: 0.003,
  jitterTip: 0.006,
  /** How much worse depth is. */
  depth: 1.6,
  /** Of the whole hand against its wrist, from frame to frame, and of the wrist in the picture. */
  whole: 0.004,
  shift: 0.006,
  turn: 0.006,
  size: 0.006,
  /** How long a fault lasts, seconds. */
  lastsSeconds: 0.04,
  /** How much worse points are that the hand itself hides, and depth where the palm is turned to a side. */
  hidden: 2.2,
  sideways: 2,
} as const;

/** How often depth is about true: of drawn hands, depth cameras and other models. */
const TRUE_DEPTH = 0.15;

/** How far a finger's four joints share in what is wrong with its tip. */
const SHARES = [0, 0.45, 0.75, 1] as const;
/** For each of five fingers: x, y, z of its first joint, then of its tip. */
const FINGER_FAULTS = 5 * 6;

/**
 * Makes of true landmarks what a model would have told: wrong by a little in each finger and as a whole, for a while in the same
 * way, worse where the hand hides itself. Depth is what such a model knows least: it is flattened to about half and tilted.
 */
export class Sensor {
  readonly #random: SeededRandom;
  readonly #jitter: number;
  readonly #bias = new Float64Array(JOINT_COUNT * 3);
  readonly #fingers = new Float64Array(FINGER_FAULTS);
  readonly #whole = new Float64Array(7);
  readonly #depthScale: number;
  readonly #tiltX: number;
  readonly #tiltY: number;
  #isFresh = true;

  /** @param jitter - a factor on all that changes from frame to frame. */
  constructor(random: SeededRandom, jitter: number) {
    this.#random = random;
    this.#jitter = jitter;
    for (let finger = 0; finger < 5; finger += 1) {
      for (let axis = 0; axis < 3; axis += 1) {
        const size = axis === 2 ? FAULT.depth : 1;
        const root = quickNormal(random) * FAULT.biasRoot * size;
        const tip = quickNormal(random) * FAULT.biasTip * size;
        for (let joint = 0; joint < 4; joint += 1) {
          const own = quickNormal(random) * FAULT.biasJoint;
          this.#bias[(1 + finger * 4 + joint) * 3 + axis] = root + tip * (SHARES[joint] ?? 0) + own;
        }
      }
    }
    this.#depthScale = random.next() < TRUE_DEPTH ? random.between(0.6, 1.1) : Math.max(0.2, random.normal(0.46, 0.14));
    this.#tiltX = random.normal(0, 0.08);
    this.#tiltY = random.normal(0.08, 0.1);
  }

  /**
   * Spoils one frame in place.
   * @param points - shape [21, 3], row-major: x, y (down), z (away) on one scale, z relative to the wrist.
   * @param palm - a palm length on that scale.
   * @param seconds - since the last frame.
   * @param hidden - shape [21]: 1 where the hand hides the point.
   */
  spoil(points: Float64Array, palm: number, seconds: number, hidden: Uint8Array): void {
    this.#age(seconds);
    const whole = this.#whole;
    const fingers = this.#fingers;
    const bias = this.#bias;
    const shiftX = (whole[0] ?? 0) * FAULT.shift * palm;
    const shiftY = (whole[1] ?? 0) * FAULT.shift * palm;
    const turn = (whole[2] ?? 0) * FAULT.turn;
    const size = 1 + (whole[3] ?? 0) * FAULT.size;
    const sideways = 1 - facing(points);
    const depthScale = this.#depthScale + 0.3 * sideways;
    const depthFault = FAULT.depth * (1 + FAULT.sideways * sideways);
    const wristX = points[0] ?? 0;
    const wristY = points[1] ?? 0;
    const wristZ = points[2] ?? 0;
    points[0] = wristX + shiftX;
    points[1] = wristY + shiftY;
    points[2] = 0;
    for (let joint = 1; joint < JOINT_COUNT; joint += 1) {
      const at = joint * 3;
      const f = ((joint - 1) >> 2) * 6;
      const share = (SHARES[(joint - 1) & 3] ?? 0) * FAULT.jitterTip;
      const worse = hidden[joint] === 1 ? FAULT.hidden : 1;
      const x = (points[at] ?? 0) - wristX;
      const y = (points[at + 1] ?? 0) - wristY;
      const z = (points[at + 2] ?? 0) - wristZ;
      const jitterX = (fingers[f] ?? 0) * FAULT.jitterRoot + (fingers[f + 3] ?? 0) * share;
      const jitterY = (fingers[f + 1] ?? 0) * FAULT.jitterRoot + (fingers[f + 4] ?? 0) * share;
      const jitterZ = (fingers[f + 2] ?? 0) * FAULT.jitterRoot + (fingers[f + 5] ?? 0) * share;
      const wrongX = (jitterX + (bias[at] ?? 0)) * worse + (whole[4] ?? 0) * FAULT.whole;
      const wrongY = (jitterY + (bias[at + 1] ?? 0)) * worse + (whole[5] ?? 0) * FAULT.whole;
      const wrongZ = (jitterZ * depthFault + (bias[at + 2] ?? 0)) * worse + (whole[6] ?? 0) * FAULT.whole;
      points[at] = wristX + shiftX + size * (x - y * turn) + wrongX * palm;
      points[at + 1] = wristY + shiftY + size * (y + x * turn) + wrongY * palm;
      points[at + 2] = z * depthScale + x * this.#tiltX + y * this.#tiltY + wrongZ * palm;
    }
  }

  /** Faults fade and new ones come. */
  #age(seconds: number): void {
    const keep = this.#isFresh ? 0 : Math.exp(-seconds / FAULT.lastsSeconds);
    const fresh = Math.sqrt(1 - keep * keep) * this.#jitter;
    this.#isFresh = false;
    renew(this.#whole, keep, fresh, this.#random);
    renew(this.#fingers, keep, fresh, this.#random);
  }
}

function renew(faults: Float64Array, keep: number, fresh: number, random: SeededRandom): void {
  for (let at = 0; at < faults.length; at += 1) faults[at] = (faults[at] ?? 0) * keep + quickNormal(random) * fresh;
}

/** How far the palm faces the camera, or turns its back to it: 0-1. */
function facing(points: Float64Array): number {
  const x0 = points[0] ?? 0;
  const y0 = points[1] ?? 0;
  const z0 = points[2] ?? 0;
  const ax = (points[15] ?? 0) - x0;
  const ay = (points[16] ?? 0) - y0;
  const az = (points[17] ?? 0) - z0;
  const bx = (points[51] ?? 0) - x0;
  const by = (points[52] ?? 0) - y0;
  const bz = (points[53] ?? 0) - z0;
  const nx = ay * bz - az * by;
  const ny = az * bx - ax * bz;
  const nz = ax * by - ay * bx;
  return Math.abs(nz) / (Math.sqrt(nx * nx + ny * ny + nz * nz) + 1e-9);
}
