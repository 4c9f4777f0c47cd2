import { Worker } from 'node:worker_threads';
import { deferred } from '@kinegraph/core';
import { TrainerError, type TrainerErrorCode } from '../errors.js';
import type { ShardRequest } from './shard.js';
import type { TrainWorkerAnswer, TrainWorkerData } from './train-worker.js';

/** Threads that work on the shards of one step after another. */
export class TrainPool {
  readonly #workers: readonly Worker[];
  readonly #failure = deferred<never>();
  #isClosing = false;
  /** What is called with each answer of the step that is being worked on. */
  #take: (worker: Worker, shard: number, loss: number) => void = () => undefined;

  constructor(threads: number, data: TrainWorkerData) {
    this.#failure.promise.catch(() => undefined); // whoever works on a step hears of it
    this.#workers = Array.from({ length: threads }, () => {
      const worker = new Worker(new URL('./train-worker.js', import.meta.url), { workerData: data });
      worker.on('message', (answer: TrainWorkerAnswer) => {
        if ('failure' in answer) this.#fail(answer.failure.message, answer.failure.code);
        else this.#take(worker, answer.shard, answer.loss);
      });
      worker.on('error', (error: unknown) => this.#fail(error instanceof Error ? error.message : String(error)));
      worker.on('exit', () => {
        if (!this.#isClosing) this.#fail('it ended by itself');
      });
      return worker;
    });
  }

  /**
   * Works on all shards of a step: each thread takes the next one when it is done with one.
   * @returns the losses in the order of the shards
   * @throws TrainerError `TRAINER_WORKER_FAILED` or what a thread reports; the signal's reason
   */
  async run(step: number, shards: number, signal: AbortSignal | undefined): Promise<readonly number[]> {
    signal?.throwIfAborted();
    const losses = Array.from<number>({ length: shards }).fill(0);
    let [asked, left] = [0, shards];
    const done = deferred<undefined>();
    const ask = (worker: Worker): void => {
      if (asked < shards) worker.postMessage({ step, shard: asked++ } satisfies ShardRequest);
    };
    this.#take = (worker, shard, loss) => {
      losses[shard] = loss;
      left -= 1;
      if (left === 0) done.resolve(undefined);
      else ask(worker);
    };
    const onAbort = (): void => done.reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      for (const worker of this.#workers) ask(worker);
      await Promise.race([done.promise, this.#failure.promise]);
      return losses;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Ends all threads, whatever they are doing. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #fail(reason: string, code?: string): void {
    const isOurs = code?.startsWith('TRAINER_') === true;
    this.#failure.reject(
      isOurs
        ? new TrainerError(code as TrainerErrorCode, reason)
        : new TrainerError(
            'TRAINER_WORKER_FAILED',
            `A training thread failed: ${reason}. See what the task does there.`,
          ),
    );
  }
}
