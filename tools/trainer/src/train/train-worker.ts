import { parentPort, workerData } from 'node:worker_threads';
import { TrainerError } from '../errors.js';
import { ShardWorker, type ShardRequest } from './shard.js';
import { openTask } from './task.js';

/** What a training thread is started with. Arrays lie in shared memory. */
export interface TrainWorkerData {
  readonly task: string;
  readonly settings: unknown;
  readonly seed: number;
  /** Samples of a shard, and of a whole step. */
  readonly size: number;
  readonly total: number;
  readonly weights: Float32Array;
  /** One for each shard. */
  readonly gradients: readonly Float32Array[];
}

/** What a training thread answers to a shard's request: its part of the mean loss, or what went wrong. */
export type TrainWorkerAnswer =
  | (ShardRequest & { readonly loss: number })
  | { readonly failure: { readonly code: string | undefined; readonly message: string } };

// Runs inside a worker thread: works on each shard that comes in.
const { task, settings, seed, size, total, weights, gradients } = workerData as TrainWorkerData;
const port = parentPort;
const opened = openTask(task, settings).then((open) => new ShardWorker(open, seed, size, total));
port?.on('message', (request: ShardRequest) => {
  opened
    .then((worker) => {
      const target = gradients[request.shard];
      if (target === undefined) throw new RangeError(`There is no shard ${request.shard}.`);
      answer({ ...request, loss: worker.run(request, weights, target) });
    })
    .catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      answer({ failure: { code: error instanceof TrainerError ? error.code : undefined, message } });
    });
});

function answer(message: TrainWorkerAnswer): void {
  port?.postMessage(message);
}
