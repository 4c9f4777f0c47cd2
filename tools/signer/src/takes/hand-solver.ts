import { FIRST_JOINT, LONG_FINGER_NAMES } from '../hand/joints.js';
import type { HandProportions } from '../hand/proportions.js';
import { fingerAt, type Posture } from './posture.js';

const RADIANS = Math.PI / 180;

/**
 * Forward kinematics of one hand on flat arrays: the same joints as `solveHand` gives, many times faster. A test holds the two
 * together.
 */
export class HandSolver {
  /** For each long finger: root x, y, z, three bones, fan, cosine and sine of the lean. */
  readonly #fingers: Float64Array;
  readonly #thumb: Float64Array;

  constructor(proportions: HandProportions) {
    this.#fingers = new Float64Array(36);
    LONG_FINGER_NAMES.forEach((name, finger) => {
      const { root, bones, fan, lean } = proportions[name];
      this.#fingers.set(root, finger * 9);
      this.#fingers.set(bones, finger * 9 + 3);
      this.#fingers[finger * 9 + 6] = fan;
      this.#fingers[finger * 9 + 7] = Math.cos(lean * RADIANS);
      this.#fingers[finger * 9 + 8] = Math.sin(lean * RADIANS);
    });
    this.#thumb = new Float64Array(6);
    this.#thumb.set(proportions.thumb.root);
    this.#thumb.set(proportions.thumb.bones, 3);
  }

  /**
   * @param posture - 21 angles, see `Posture`; more numbers behind them do not count.
   * @param joints - is filled: shape [21, 3], row-major, metres from the wrist along the hand's own axes (x to the thumb, y to the
   *   fingers, z out of the palm).
   */
  solve(posture: Posture, joints: Float64Array): void {
    joints[0] = 0;
    joints[1] = 0;
    joints[2] = 0;
    this.#solveThumb(posture, joints);
    for (let finger = 0; finger < 4; finger += 1) this.#solveFinger(finger, posture, joints);
  }

  #solveFinger(finger: number, posture: Posture, joints: Float64Array): void {
    const measures = this.#fingers;
    const m = finger * 9;
    const p = fingerAt(finger);
    const sideways = (n(measures, m + 6) + n(posture, p)) * RADIANS;
    const sx = Math.sin(sideways);
    const sy = Math.cos(sideways);
    const leanCos = n(measures, m + 7);
    const leanSin = n(measures, m + 8);
    // Straight on is (sx, sy, 0); a bent finger goes towards (sy * leanSin, -sx * leanSin, leanCos).
    const tx = sy * leanSin;
    const ty = -sx * leanSin;
    let x = n(measures, m);
    let y = n(measures, m + 1);
    let z = n(measures, m + 2);
    let at = (FIRST_JOINT.index + finger * 4) * 3;
    joints[at] = x;
    joints[at + 1] = y;
    joints[at + 2] = z;
    let bend = 0;
    for (let bone = 0; bone < 3; bone += 1) {
      bend += n(posture, p + 1 + bone) * RADIANS;
      const length = n(measures, m + 3 + bone);
      const c = Math.cos(bend) * length;
      const s = Math.sin(bend) * length;
      x += sx * c + tx * s;
      y += sy * c + ty * s;
      z += leanCos * s;
      at += 3;
      joints[at] = x;
      joints[at + 1] = y;
      joints[at + 2] = z;
    }
  }

  #solveThumb(posture: Posture, joints: Float64Array): void {
    const measures = this.#thumb;
    const abduction = n(posture, 0) * RADIANS;
    const opposition = n(posture, 1) * RADIANS;
    const roll = n(posture, 2) * RADIANS;
    const ca = Math.cos(abduction);
    const sa = Math.sin(abduction);
    const co = Math.cos(opposition);
    const so = Math.sin(opposition);
    const cr = Math.cos(roll);
    const sr = Math.sin(roll);
    const mx = co * sa;
    const my = co * ca;
    const mz = so;
    const tx = -ca * cr - so * sa * sr;
    const ty = sa * cr - so * ca * sr;
    const tz = co * sr;
    let x = n(measures, 0);
    let y = n(measures, 1);
    let z = n(measures, 2);
    let at = FIRST_JOINT.thumb * 3;
    joints[at] = x;
    joints[at + 1] = y;
    joints[at + 2] = z;
    let bend = 0;
    for (let bone = 0; bone < 3; bone += 1) {
      if (bone > 0) bend += n(posture, 2 + bone) * RADIANS;
      const length = n(measures, 3 + bone);
      const c = Math.cos(bend) * length;
      const s = Math.sin(bend) * length;
      x += mx * c + tx * s;
      y += my * c + ty * s;
      z += mz * c + tz * s;
      at += 3;
      joints[at] = x;
      joints[at + 1] = y;
      joints[at + 2] = z;
    }
  }
}

/** One number of an array that is known to hold it. */
function n(values: Float64Array, at: number): number {
  return values[at] ?? 0;
}
