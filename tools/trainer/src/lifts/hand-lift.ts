import { LIFT_MOMENTS, LIFT_POINTS } from '@kinegraph/plugin-sign-classifier/lift';
import { SeededRandom } from '@kinegraph/signer';
import type { TrainedNetwork } from '../nn/index.js';
import { exportOnnx } from '../onnx/export-onnx.js';
import { train, type OptimiserOptions, type TrainProgress } from '../train/index.js';
import { HAND_FILMING, HELD_OUT_SHAPES, LEARNT_SHAPES, handBatch, type HandTaskSettings } from './hand-task.js';
import { constantAnswers, jointErrors, meanRow, type JointErrors } from './measure.js';

const WIDTH = LIFT_POINTS * 3;

/** What the shipped lift is made by. */
export const HAND_RECIPE = {
  settings: { channels: [128, 192] } satisfies HandTaskSettings,
  seed: 21,
  steps: 6000,
  batch: 128,
  optimiser: { rate: 2e-3, average: 0.999 } satisfies OptimiserOptions,
} as const;

/** Trains the lift of hands. The same recipe gives the same bytes. */
export async function trainHandLift(
  recipe: { readonly steps?: number; readonly batch?: number } = {},
  options: { readonly onProgress?: (progress: TrainProgress) => void; readonly signal?: AbortSignal } = {},
): Promise<TrainedNetwork & { readonly onnx: Uint8Array }> {
  const task = new URL('./hand-task.js', import.meta.url);
  const { network, weights } = await train({ ...HAND_RECIPE, ...recipe, task, ...options });
  const onnx = exportOnnx(network, weights, {
    name: 'signs.lift-hand-3d',
    description: 'Points of one right hand in 9 moments to joints in metres from the wrist. Experimental.',
    input: { name: 'points', dims: ['N', LIFT_MOMENTS, LIFT_POINTS, 2] },
    output: { name: 'joints', dims: ['N', LIFT_POINTS, 3] },
  });
  return { network, weights, onnx };
}

/** The errors for one sort of windows. */
export interface HandLiftFigures {
  readonly what: string;
  readonly lift: JointErrors;
  /** Of the mean hand of the training: what looking at nothing gives. */
  readonly constant: JointErrors;
  /** Of the points as they are, at the hand's true size, with no depth. */
  readonly flat: JointErrors;
}

/** [samples, 9, 21, 2] to [samples, 21 * 3]. */
export type HandLift = (inputs: Float32Array) => Float32Array | Promise<Float32Array>;

/** Measures a lift on hands that it has not seen. */
export async function measureHandLift(
  lift: HandLift,
  seed: number,
  samples: number,
): Promise<readonly HandLiftFigures[]> {
  const random = new SeededRandom(seed);
  const mean = meanRow(handBatch(random.fork('mean'), 4000).targets, WIDTH);
  const sorts = {
    'handshapes that it learnt from': { ...HAND_FILMING, shapeShare: 1, shapes: LEARNT_SHAPES },
    'handshapes that it never saw (ily, w, l)': { ...HAND_FILMING, shapeShare: 1, shapes: HELD_OUT_SHAPES },
    'any pose': { ...HAND_FILMING, shapeShare: 0 },
    'any pose, perfect points': { ...HAND_FILMING, shapeShare: 0, noise: 0 },
  };
  const figures: HandLiftFigures[] = [];
  for (const [what, options] of Object.entries(sorts)) {
    const { inputs, targets } = handBatch(random.fork(what), samples, options);
    figures.push({
      what,
      lift: jointErrors(await lift(inputs), targets, WIDTH),
      constant: jointErrors(constantAnswers(mean, samples), targets, WIDTH),
      flat: jointErrors(flatAnswers(targets), targets, WIDTH),
    });
  }
  return figures;
}

/** The truth without its depth: better than any estimate that leaves depth out. */
function flatAnswers(targets: Float32Array): Float32Array {
  return targets.map((value, at) => (at % 3 === 2 ? 0 : value));
}

/** The figures as a table for people. */
export function handLiftTable(figures: readonly HandLiftFigures[]): string {
  const rows = figures.map(({ what, lift, flat, constant }) => {
    const values = [lift.meanMm, lift.scaledMm, flat.meanMm, constant.meanMm].map((mm) => mm.toFixed(1));
    return `| ${what} | ${values.join(' | ')} |`;
  });
  return [
    '| windows | error | after scaling | true x and y, no depth | mean hand |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
