import type { SeededRandom } from '@kinegraph/signer';
import { TrainerError } from '../errors.js';
import { outputShape, type LossSpec, type NetworkSpec, type Targets } from '../nn/index.js';

/** Samples with what should come out of them. */
export interface Batch extends Targets {
  /** [size, time, channels]. */
  readonly inputs: Float32Array;
}

/** What is learnt, and from what. */
export interface TrainingTask {
  readonly network: NetworkSpec;
  readonly loss: LossSpec;
  /**
   * Makes samples. Called on a thread of its own, in no certain order: all that is random must come from `random`.
   * @param step - from 0, for tasks that grow harder
   */
  batch(random: SeededRandom, size: number, step: number): Batch;
}

/** What a task's module exports under the name `openTask`; the settings can be cloned as messages are. */
export type OpenTask<Settings> = (settings: Settings) => TrainingTask;

/**
 * Imports a task's module.
 * @throws TrainerError `TRAINER_BAD_TASK` - no module, or one without `openTask`
 */
export async function openTask(url: string, settings: unknown): Promise<TrainingTask> {
  let module: { readonly openTask?: unknown };
  try {
    module = (await import(url)) as { readonly openTask?: unknown };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw bad(`The task ${url} cannot be imported: ${reason}. Name a built JavaScript module.`, cause);
  }
  if (typeof module.openTask !== 'function') throw bad(`The task ${url} exports no function "openTask".`);
  return (module.openTask as OpenTask<unknown>)(settings);
}

/** @throws TrainerError `TRAINER_BAD_TASK` - a batch of other sizes than asked for */
export function checkBatch(task: TrainingTask, batch: Batch, size: number): void {
  const { input } = task.network;
  const output = outputShape(task.network);
  const outputs = output.time * output.channels;
  check('inputs', batch.inputs.length, size * input.time * input.channels);
  if (batch.weights !== undefined) check('weights', batch.weights.length, size);
  const isOfClasses = task.loss.type === 'cross-entropy' && batch.targets instanceof Int32Array;
  check('targets', batch.targets.length, isOfClasses ? size : size * outputs);
  if (isOfClasses && batch.targets.some((target) => target < 0 || target >= outputs))
    throw bad(`The batch has a target that is none of the ${outputs} classes, which are 0 to ${outputs - 1}.`);
  if (task.loss.type === 'joint-distance' && outputs % 3 !== 0)
    throw bad(`The network has ${outputs} outputs, which are no points of three coordinates each.`);
}

function check(what: string, met: number, wanted: number): void {
  if (met !== wanted) throw bad(`The batch has ${met} ${what}, but the network needs ${wanted} of so many samples.`);
}

function bad(sentence: string, cause?: unknown): TrainerError {
  return new TrainerError('TRAINER_BAD_TASK', sentence, { cause });
}
