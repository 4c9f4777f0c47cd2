import { JOINT_COUNT } from '../hand/joints.js';
import type { SeededRandom } from '../random.js';
import { quickNormal } from './quick-noise.js';

/** The faults of one run of a landmark model, as MediaPipe's hand model has them; lengths in palm lengths. */
const FAULT = {
  /** Of a point, all the time that a shape is held. */
  bias: 0.028,
  biasDepth: 0.07,
  /** Of a point, from frame to frame. */
  jitter: 0.01,
  jitterDepth: 0.025,
  /** Of the whole hand, from frame to frame. */
  shift: 0.007,
  turn: 0.008,
  size: 0.008,
  /** How long a fault lasts, seconds. */
  lastsSeconds: 0.09,
  /** How much worse points are that the hand itself hides. */
  hidden: 2.2,
} as const;

/**
 * Makes of true landmarks what a model would have told: wrong by a little in each point and as a whole, for a while in the same
 * way, worse where the hand hides itself. Depth is what such a model knows least: it is flattened or stretched and tilted.
 */
export class Sensor {
  readonly #random: SeededRandom;
  readonly #jitter: number;
  readonly #bias = new Float64Array(JOINT_COUNT * 3);
  readonly #point = new Float64Array(JOINT_COUNT * 3);
  readonly #whole = new Float64Array(4);
  readonly #depthScale: number;
  readonly #tiltX: number;
  readonly #tiltY: number;
  #isFresh = true;

  /** @param jitter - a factor on all that changes from frame to frame. */
  constructor(random: SeededRandom, jitter: number) {
    this.#random = random;
    this.#jitter = jitter;
    for (let at = 0; at < this.#bias.length; at += 1) {
      this.#bias[at] = quickNormal(random) * (at % 3 === 2 ? FAULT.biasDepth : FAULT.bias);
    }
    this.#depthScale = random.between(0.6, 1.15);
    this.#tiltX = random.normal(0, 0.12);
    this.#tiltY = random.normal(0, 0.15);
  }

  /**
   * Spoils one frame in place.
   * @param points - shape [21, 3], row-major: x, y, z on one scale, z relative to the wrist.
   * @param palm - a palm length on that scale.
   * @param seconds - since the last frame.
   * @param hidden - shape [21]: 1 where the hand hides the point.
   */
  spoil(points: Float64Array, palm: number, seconds: number, hidden: Uint8Array): void {
    const random = this.#random;
    const keep = this.#isFresh ? 0 : Math.exp(-seconds / FAULT.lastsSeconds);
    const fresh = Math.sqrt(1 - keep * keep) * this.#jitter;
    this.#isFresh = false;
    const whole = this.#whole;
    for (let at = 0; at < 4; at += 1) {
      const size = at < 2 ? FAULT.shift : at === 2 ? FAULT.turn : FAULT.size;
      whole[at] = (whole[at] ?? 0) * keep + quickNormal(random) * size * fresh;
    }
    const [shiftX, shiftY] = [(whole[0] ?? 0) * palm, (whole[1] ?? 0) * palm];
    const [turn, size] = [whole[2] ?? 0, 1 + (whole[3] ?? 0)];
    const [wristX, wristY, wristZ] = [points[0] ?? 0, points[1] ?? 0, points[2] ?? 0];
    const [jitterXy, jitterZ] = [FAULT.jitter * fresh, FAULT.jitterDepth * fresh];
    const [bias, point] = [this.#bias, this.#point];
    let wristDepth = 0;
    for (let joint = 0; joint < JOINT_COUNT; joint += 1) {
      const at = joint * 3;
      const worse = (hidden[joint] === 1 ? FAULT.hidden : 1) * palm;
      const x = (points[at] ?? 0) - wristX;
      const y = (points[at + 1] ?? 0) - wristY;
      const z = (points[at + 2] ?? 0) - wristZ;
      const nx = (point[at] ?? 0) * keep + quickNormal(random) * jitterXy;
      const ny = (point[at + 1] ?? 0) * keep + quickNormal(random) * jitterXy;
      const nz = (point[at + 2] ?? 0) * keep + quickNormal(random) * jitterZ;
      point[at] = nx;
      point[at + 1] = ny;
      point[at + 2] = nz;
      points[at] = wristX + shiftX + size * (x - y * turn) + (nx + (bias[at] ?? 0)) * worse;
      points[at + 1] = wristY + shiftY + size * (y + x * turn) + (ny + (bias[at + 1] ?? 0)) * worse;
      const depth = z * this.#depthScale + x * this.#tiltX + y * this.#tiltY + (nz + (bias[at + 2] ?? 0)) * worse;
      if (joint === 0) wristDepth = depth;
      points[at + 2] = depth - wristDepth;
    }
  }
}
