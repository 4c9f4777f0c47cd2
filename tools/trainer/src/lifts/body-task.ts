import type { SeededRandom } from '@kinegraph/signer';
import { filmBody, type FilmingOptions } from '../body/filming.js';
import { MOTIONS } from '../body/motions.js';
import { JOINTS } from '../body/skeleton.js';
import type { NetworkSpec } from '../nn/index.js';
import type { OpenTask } from '../train/index.js';
import { pyramidLevel } from './pyramid.js';

/** Moments of a window: three convolutions of three moments each. */
export const BODY_MOMENTS = 27;
export const BODY_STEP_MS = 1000 / 30;

/** How windows are taken in training. */
export const FILMING: FilmingOptions = { moments: BODY_MOMENTS, stepMs: BODY_STEP_MS, noise: 1, hasGaps: true };

/** Settings of the lift's training. */
export interface BodyTaskSettings {
  /** Channels of the network's three levels. */
  readonly channels: readonly [number, number, number];
}

/** A pyramid along time, after Pavllo et al., "3D human pose estimation in video", 2019, arXiv:1811.11742, for the newest moment. */
export function bodyNetwork({ channels }: BodyTaskSettings): NetworkSpec {
  return {
    input: { time: BODY_MOMENTS, channels: JOINTS * 2 },
    layers: [...channels.flatMap(pyramidLevel), { type: 'dense', channels: JOINTS * 3 }],
  };
}

/** Bodies doing what there is to learn from. */
export const openTask: OpenTask<BodyTaskSettings> = (settings) => ({
  network: bodyNetwork(settings),
  loss: { type: 'joint-distance' },
  batch: (random, size) => bodyBatch(Object.values(MOTIONS), random, size),
});

/** So many windows, their motions drawn by chance. */
export function bodyBatch(
  motions: readonly (typeof MOTIONS)[string][],
  random: SeededRandom,
  size: number,
  options: FilmingOptions = FILMING,
): { readonly inputs: Float32Array; readonly targets: Float32Array } {
  const inputs = new Float32Array(size * BODY_MOMENTS * JOINTS * 2);
  const targets = new Float32Array(size * JOINTS * 3);
  for (let sample = 0; sample < size; sample += 1) {
    const motion = motions[Math.floor(random.next() * motions.length)];
    if (motion === undefined) throw new RangeError('There are no motions.');
    const { keypoints, joints } = filmBody(motion, random, options);
    inputs.set(keypoints, sample * keypoints.length);
    targets.set(joints, sample * joints.length);
  }
  return { inputs, targets };
}
