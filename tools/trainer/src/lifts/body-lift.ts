import { SeededRandom } from '@kinegraph/signer';
import { HELD_OUT_MOTIONS, MOTIONS } from '../body/motions.js';
import { JOINTS } from '../body/skeleton.js';
import { exportOnnx } from '../onnx/export-onnx.js';
import type { TrainedNetwork } from '../nn/index.js';
import type { OptimiserOptions, TrainProgress } from '../train/index.js';
import { train } from '../train/index.js';
import { BODY_MOMENTS, BODY_STEP_MS, FILMING, bodyBatch, type BodyTaskSettings } from './body-task.js';
import { constantAnswers, jointErrors, meanRow, type JointErrors } from './measure.js';

const WIDTH = JOINTS * 3;

/** What the shipped lift is made by. */
export const BODY_RECIPE = {
  settings: { channels: [128, 128, 192] } satisfies BodyTaskSettings,
  seed: 27,
  steps: 4500,
  batch: 128,
  optimiser: { rate: 2e-3, average: 0.999 } satisfies OptimiserOptions,
} as const;

/** Trains the lift of bodies. The same recipe gives the same bytes. */
export async function trainBodyLift(
  recipe: { readonly steps?: number; readonly batch?: number } = {},
  options: { readonly onProgress?: (progress: TrainProgress) => void; readonly signal?: AbortSignal } = {},
): Promise<TrainedNetwork & { readonly onnx: Uint8Array }> {
  const task = new URL('./body-task.js', import.meta.url);
  const { network, weights } = await train({ ...BODY_RECIPE, ...recipe, task, ...options });
  const onnx = exportOnnx(network, weights, {
    name: 'yolo.lift-3d',
    description:
      'Body keypoints of one person in 27 moments to joints in metres from the middle of the hips. Experimental.',
    input: { name: 'keypoints', dims: ['N', BODY_MOMENTS, JOINTS, 2] },
    output: { name: 'joints', dims: ['N', 1, JOINTS, 3] },
    metadata: {
      'kinegraph.coordinates': 'person',
      'kinegraph.joints': 'coco',
      'kinegraph.stepMs': BODY_STEP_MS.toFixed(3),
    },
  });
  return { network, weights, onnx };
}

/** The errors for one motion. */
export interface BodyLiftFigures {
  readonly motion: string;
  readonly isHeldOut: boolean;
  readonly lift: JointErrors;
  /** With perfect keypoints. */
  readonly clean: JointErrors;
  /** Of the mean pose of all training motions: what looking at nothing gives. */
  readonly constant: JointErrors;
  /** Of the keypoints as they are, scaled to the person's true size, with no depth. */
  readonly flat: JointErrors;
}

/** [samples, 27, 17, 2] to [samples, 17 * 3]. */
export type BodyLift = (inputs: Float32Array) => Float32Array | Promise<Float32Array>;

/** Measures a lift on people, motions and cameras that it has not seen. */
export async function measureBodyLift(
  lift: BodyLift,
  seed: number,
  samples: number,
): Promise<readonly BodyLiftFigures[]> {
  const random = new SeededRandom(seed);
  const mean = meanRow(bodyBatch(Object.values(MOTIONS), random.fork('mean'), 4000).targets, WIDTH);
  const figures: BodyLiftFigures[] = [];
  for (const [motion, draw] of Object.entries({ ...MOTIONS, ...HELD_OUT_MOTIONS })) {
    const seen = bodyBatch([draw], random.fork(motion), samples);
    const perfect = bodyBatch([draw], random.fork(motion), samples, { ...FILMING, noise: 0, hasGaps: false });
    figures.push({
      motion,
      isHeldOut: Object.hasOwn(HELD_OUT_MOTIONS, motion),
      lift: jointErrors(await lift(seen.inputs), seen.targets, WIDTH),
      clean: jointErrors(await lift(perfect.inputs), perfect.targets, WIDTH),
      constant: jointErrors(constantAnswers(mean, samples), seen.targets, WIDTH),
      flat: jointErrors(flatAnswers(perfect.inputs, perfect.targets), perfect.targets, WIDTH),
    });
  }
  return figures;
}

/** The newest keypoints around the middle of the hips, with the scale that fits the truth best. */
function flatAnswers(inputs: Float32Array, targets: Float32Array): Float32Array {
  const answers = new Float32Array(targets.length);
  const frame = JOINTS * 2;
  for (let sample = 0; sample * WIDTH < targets.length; sample += 1) {
    const newest = inputs.subarray(
      (sample * BODY_MOMENTS + BODY_MOMENTS - 1) * frame,
      (sample + 1) * BODY_MOMENTS * frame,
    );
    const answer = answers.subarray(sample * WIDTH, (sample + 1) * WIDTH);
    const truth = targets.subarray(sample * WIDTH, (sample + 1) * WIDTH);
    let [along, squares] = [0, 0];
    for (let joint = 0; joint < JOINTS; joint += 1) {
      for (const axis of [0, 1] as const) {
        const root = ((newest[11 * 2 + axis] ?? 0) + (newest[12 * 2 + axis] ?? 0)) / 2;
        const value = (newest[joint * 2 + axis] ?? 0) - root;
        answer[joint * 3 + axis] = value;
        along += value * (truth[joint * 3 + axis] ?? 0);
        squares += value * value;
      }
    }
    const scale = squares > 0 ? along / squares : 0;
    for (let at = 0; at < answer.length; at += 1) answer[at] = (answer[at] ?? 0) * scale;
  }
  return answers;
}

/** The figures as a table for people. */
export function bodyLiftTable(figures: readonly BodyLiftFigures[]): string {
  const rows = figures.map(({ motion, isHeldOut, lift, clean, flat, constant }) => {
    const values = [lift.meanMm, lift.scaledMm, clean.meanMm, flat.meanMm, constant.meanMm].map((mm) => mm.toFixed(0));
    return `| ${motion} | ${isHeldOut ? 'no' : 'yes'} | ${values.join(' | ')} |`;
  });
  return [
    '| motion | learnt from | error | after scaling | with perfect keypoints | no depth | mean pose |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** The mean error over motions that were or were not learnt from, in millimetres. */
export function meanErrorMm(
  figures: readonly BodyLiftFigures[],
  isHeldOut: boolean,
  which: 'lift' | 'clean' | 'constant' | 'flat' = 'lift',
): number {
  const chosen = figures.filter((each) => each.isHeldOut === isHeldOut);
  return chosen.reduce((sum, each) => sum + each[which].meanMm, 0) / chosen.length;
}
