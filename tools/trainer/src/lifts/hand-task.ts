import { LIFT_MOMENTS, LIFT_POINTS } from '@kinegraph/plugin-sign-classifier/lift';
import { HANDSHAPE_NAMES, type HandshapeName, type SeededRandom } from '@kinegraph/signer';
import { filmHand, type HandFilmingOptions } from '../hand/filming.js';
import type { NetworkSpec } from '../nn/index.js';
import type { OpenTask } from '../train/index.js';
import { pyramidLevel } from './pyramid.js';

/** Handshapes that no training sees. */
export const HELD_OUT_SHAPES: readonly HandshapeName[] = ['ily', 'w', 'l'];
/** Handshapes that are learnt from. */
export const LEARNT_SHAPES = HANDSHAPE_NAMES.filter((name) => !HELD_OUT_SHAPES.includes(name));

/** How windows are taken in training: half around handshapes, half of any pose. */
export const HAND_FILMING: HandFilmingOptions = { shapes: LEARNT_SHAPES, shapeShare: 0.5, noise: 1 };

/** Settings of the lift's training. */
export interface HandTaskSettings {
  /** Channels of the network's two levels. */
  readonly channels: readonly [number, number];
}

/** As the network of bodies, for nine moments. */
export function handNetwork({ channels }: HandTaskSettings): NetworkSpec {
  return {
    input: { time: LIFT_MOMENTS, channels: LIFT_POINTS * 2 },
    layers: [...channels.flatMap(pyramidLevel), { type: 'dense', channels: LIFT_POINTS * 3 }],
  };
}

/** Hands in all poses. */
export const openTask: OpenTask<HandTaskSettings> = (settings) => ({
  network: handNetwork(settings),
  loss: { type: 'joint-distance' },
  batch: (random, size) => handBatch(random, size),
});

/** So many windows. */
export function handBatch(
  random: SeededRandom,
  size: number,
  options: HandFilmingOptions = HAND_FILMING,
): { readonly inputs: Float32Array; readonly targets: Float32Array } {
  const inputs = new Float32Array(size * LIFT_MOMENTS * LIFT_POINTS * 2);
  const targets = new Float32Array(size * LIFT_POINTS * 3);
  for (let sample = 0; sample < size; sample += 1) {
    const { points, joints } = filmHand(random, options);
    inputs.set(points, sample * points.length);
    targets.set(joints, sample * joints.length);
  }
  return { inputs, targets };
}
