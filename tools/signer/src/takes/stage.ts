import { rotationOf } from '../geometry/rotation.js';
import { JOINT_COUNT, type Side } from '../hand/joints.js';
import type { SeededRandom } from '../random.js';
import { PLACE, POSTURE_SIZE, TURN, type Moment } from './posture.js';
import type { TakeSession } from './session.js';
import type { TakeSigner } from './signer.js';

const RADIANS = Math.PI / 180;

/** A signer's hand before a camera: from what the hand does to where its joints are in the picture. */
export class Stage {
  readonly #signer: TakeSigner;
  readonly #session: TakeSession;
  readonly #mirror: number;
  /** The camera's turn, as the images of the three axes. */
  readonly #camera: Float64Array;
  /** When the small movements of a living arm begin. */
  readonly #phases: Float64Array;
  /** The posture that was solved last. */
  readonly #posture = new Float64Array(POSTURE_SIZE).fill(Number.NaN);
  readonly #joints = new Float64Array(JOINT_COUNT * 3);
  /** The images of the hand's three axes, then its wrist, before the camera. */
  readonly #axes = new Float64Array(12);

  constructor(signer: TakeSigner, session: TakeSession, side: Side, random: SeededRandom) {
    this.#signer = signer;
    this.#session = session;
    this.#mirror = side === 'left' ? -1 : 1;
    const { x, y, z } = rotationOf(session);
    this.#camera = Float64Array.from([...x, ...y, ...z]);
    this.#phases = Float64Array.from([0, 0, 0, 0], () => random.between(0, 2 * Math.PI));
  }

  /**
   * @param points - is filled: shape [21, 3], row-major, from the place of the hand in the picture: x (right), y (down) and z (away
   *   from the camera, 0 at the session's distance), in heights of the frame.
   */
  project(moment: Moment, seconds: number, points: Float64Array): void {
    const { focal, distance } = this.#session;
    if (this.#isNewPosture(moment)) this.#signer.hand.solve(moment, this.#joints);
    this.#turn(moment, seconds);
    const joints = this.#joints;
    const axes = this.#axes;
    const perMetre = focal / distance;
    const xx = axes[0] ?? 0;
    const xy = axes[1] ?? 0;
    const xz = axes[2] ?? 0;
    const yx = axes[3] ?? 0;
    const yy = axes[4] ?? 0;
    const yz = axes[5] ?? 0;
    const zx = axes[6] ?? 0;
    const zy = axes[7] ?? 0;
    const zz = axes[8] ?? 0;
    const wx = axes[9] ?? 0;
    const wy = axes[10] ?? 0;
    const wz = axes[11] ?? 0;
    for (let at = 0; at < JOINT_COUNT * 3; at += 3) {
      const x = joints[at] ?? 0;
      const y = joints[at + 1] ?? 0;
      const z = joints[at + 2] ?? 0;
      const depth = distance - (wz + xz * x + yz * y + zz * z);
      const scale = focal / (depth > 0.08 ? depth : 0.08);
      points[at] = (wx + xx * x + yx * y + zx * z) * scale;
      points[at + 1] = -(wy + xy * x + yy * y + zy * z) * scale;
      points[at + 2] = (depth - distance) * perMetre;
    }
  }

  /** Most hands keep their posture from frame to frame, and solving it is half of the work. */
  #isNewPosture(moment: Moment): boolean {
    const posture = this.#posture;
    let isNew = false;
    for (let at = 0; at < POSTURE_SIZE; at += 1) {
      const angle = moment[at] ?? 0;
      if (posture[at] === angle) continue;
      posture[at] = angle;
      isNew = true;
    }
    return isNew;
  }

  /** The hand's turn and place, with the ease of a living arm, before the camera. */
  #turn(moment: Moment, seconds: number): void {
    const phases = this.#phases;
    const mirror = this.#mirror;
    const a = Math.sin(seconds * 2.1 + (phases[0] ?? 0));
    const b = Math.sin(seconds * 2.9 + (phases[1] ?? 0));
    const c = Math.sin(seconds * 1.5 + (phases[2] ?? 0));
    const d = Math.sin(seconds * 3.6 + (phases[3] ?? 0));
    const yaw = ((moment[TURN] ?? 0) + 1.5 * a) * mirror * RADIANS;
    const pitch = ((moment[TURN + 1] ?? 0) + 1.2 * b) * RADIANS;
    const roll = ((moment[TURN + 2] ?? 0) + 1.2 * c) * mirror * RADIANS;
    const cy = Math.cos(yaw);
    const sy = Math.sin(yaw);
    const cp = Math.cos(pitch);
    const sp = Math.sin(pitch);
    const cr = Math.cos(roll);
    const sr = Math.sin(roll);
    // As `rotationOf`, without its objects.
    this.#see(0, (cr * cy - sr * sp * sy) * mirror, (sr * cy + cr * sp * sy) * mirror, -cp * sy * mirror);
    this.#see(3, -sr * cp, cr * cp, sp);
    this.#see(6, cr * sy + sr * sp * cy, sr * sy - cr * sp * cy, cp * cy);
    const x = ((moment[PLACE] ?? 0) + 0.002 * c) * mirror;
    this.#see(9, x, (moment[PLACE + 1] ?? 0) + 0.002 * d, (moment[PLACE + 2] ?? 0) + 0.0025 * a);
  }

  /** One direction as the camera sees it. */
  #see(at: number, x: number, y: number, z: number): void {
    const camera = this.#camera;
    const axes = this.#axes;
    for (let axis = 0; axis < 3; axis += 1) {
      axes[at + axis] = (camera[axis] ?? 0) * x + (camera[3 + axis] ?? 0) * y + (camera[6 + axis] ?? 0) * z;
    }
  }
}
