import { availableParallelism } from 'node:os';
import { SeededRandom } from '@kinegraph/signer';
import { TrainerError } from '../errors.js';
import { checkWeights, parametersOf, startWeights, type TrainedNetwork } from '../nn/index.js';
import { Optimiser, type OptimiserOptions } from './optimiser.js';
import { openTask } from './task.js';
import { TrainPool } from './train-pool.js';

/** How far a training is. */
export interface TrainProgress {
  /** Steps done. */
  readonly step: number;
  readonly steps: number;
  /** The loss of the step. */
  readonly loss: number;
  /** The loss, smoothed over about 50 steps. */
  readonly meanLoss: number;
  readonly rate: number;
  readonly elapsedMs: number;
}

/** A training. The result depends on task, settings, seed, steps, batch, shards and optimiser; never on threads or time. */
export interface TrainRequest<Settings> {
  /** The task's built module, which exports `openTask`. */
  readonly task: URL;
  /** Given to `openTask` on each thread. */
  readonly settings: Settings;
  readonly seed: number;
  readonly steps: number;
  /** Samples of a step; `shards` divides it. */
  readonly batch: number;
  /** Parts of a step that may be worked on at the same time. Left out: 4. */
  readonly shards?: number;
  /** Left out: one for each processor, and not more than shards. */
  readonly threads?: number;
  readonly optimiser?: OptimiserOptions;
  /** Weights to go on from. Left out: drawn by the seed. */
  readonly initial?: Float32Array;
  /** Called after each step. */
  readonly onProgress?: (progress: TrainProgress) => void;
  readonly signal?: AbortSignal;
}

/** What a training gives. */
export interface TrainResult extends TrainedNetwork {
  /** The loss at the end, smoothed. */
  readonly meanLoss: number;
}

/**
 * Trains a network on several threads.
 * @throws TrainerError `TRAINER_BAD_OPTION`, `TRAINER_BAD_TASK`, `TRAINER_BAD_NETWORK`, `TRAINER_BAD_WEIGHTS`,
 *   `TRAINER_DIVERGED`, `TRAINER_WORKER_FAILED`; the signal's reason. The threads are gone by then.
 */
export async function train<Settings>(request: TrainRequest<Settings>): Promise<TrainResult> {
  const { batch, initial, seed, settings, signal, steps } = request;
  const shards = request.shards ?? 4;
  for (const [name, value] of Object.entries({ steps, batch, shards, threads: request.threads ?? 1 }))
    if (!Number.isInteger(value) || value < 1) throw bad(`"${name}" is ${value}, but must be a whole number from 1.`);
  if (batch % shards !== 0) throw bad(`A batch of ${batch} cannot be divided into ${shards} equal shards.`);
  signal?.throwIfAborted();

  const { network } = await openTask(request.task.href, settings);
  const parameters = parametersOf(network);
  const start = initial ?? startWeights(network, new SeededRandom(seed).fork('weights'));
  checkWeights(network, start);
  const weights = sharedFloats(start.length);
  weights.set(start);
  const optimiser = new Optimiser(weights, parameters, steps, request.optimiser);
  const gradients = Array.from({ length: shards }, () => sharedFloats(start.length));

  const pool = new TrainPool(Math.min(shards, request.threads ?? availableParallelism()), {
    ...{ task: request.task.href, settings, seed, weights, gradients, size: batch / shards, total: batch },
  });
  try {
    const meanLoss = await runSteps(request, shards, pool, optimiser, gradients);
    return { network, weights: Float32Array.from(optimiser.averaged), meanLoss };
  } finally {
    await pool.close();
  }
}

async function runSteps(
  { onProgress, signal, steps }: TrainRequest<unknown>,
  shards: number,
  pool: TrainPool,
  optimiser: Optimiser,
  gradients: readonly Float32Array[],
): Promise<number> {
  const [sum = new Float32Array(0), ...others] = gradients;
  const startMs = performance.now();
  let meanLoss = 0;
  for (let step = 0; step < steps; step++) {
    // Steps follow each other: each needs the weights of the one before.
    const losses = await pool.run(step, shards, signal);
    // Always in the order of the shards, since sums of floats depend on their order.
    for (const other of others) addTo(sum, other);
    const loss = losses.reduce((total, each) => total + each, 0);
    if (!Number.isFinite(loss)) throw diverged(step, loss);
    const rate = optimiser.rateAt(step);
    optimiser.step(step, sum);
    meanLoss += (loss - meanLoss) / Math.min(step + 1, 50);
    onProgress?.({ step: step + 1, steps, loss, meanLoss, rate, elapsedMs: performance.now() - startMs });
  }
  return meanLoss;
}

function addTo(sum: Float32Array, other: Float32Array): void {
  for (let index = 0; index < sum.length; index++) sum[index] = (sum[index] ?? 0) + (other[index] ?? 0);
}

function sharedFloats(length: number): Float32Array<SharedArrayBuffer> {
  return new Float32Array(new SharedArrayBuffer(length * 4));
}

function bad(sentence: string): TrainerError {
  return new TrainerError('TRAINER_BAD_OPTION', sentence);
}

function diverged(step: number, loss: number): TrainerError {
  return new TrainerError(
    'TRAINER_DIVERGED',
    `The loss of step ${step + 1} is ${loss}. Look for values that are not finite in the batches, or use a lower rate.`,
  );
}
