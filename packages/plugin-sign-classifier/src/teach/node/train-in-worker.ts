import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AbortedError, fromErrorRecord } from '@kinegraph/core/plugin';
import type { TrainingProgress } from '../train/index.js';
import type { TrainedFiles, TrainingMessage, TrainingTask } from './training-task.js';

/** The encoder that comes with the plugin. */
export const BUNDLED_ENCODER = fileURLToPath(new URL('../../../assets/encoder.onnx', import.meta.url));

/**
 * A thread that is cancelled ends by itself within milliseconds, save while it waits for a disk or a run of the encoder. After
 * this it is waited for no longer.
 */
const LAST_RESORT_MS = 5000;

/** What to train. */
export interface TrainingJob {
  /** The folder of the takes. */
  readonly folder: string;
  /** Where the model goes, `NAME.onnx`; its card goes beside it. */
  readonly out: string;
  /** Left out: the one that comes with the plugin. */
  readonly encoder?: string;
  readonly title?: string;
  /** Left out: 1. */
  readonly seed?: number;
  /** Takes effect within milliseconds; at the latest, where the thread hangs, after five seconds. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

/**
 * Trains on a thread of its own; this one stays free. What was there under `out` stays until the new model is whole.
 * @throws RemoteError - with the codes of `trainFiles`; AbortedError
 */
export async function trainInWorker({ signal, onProgress, ...job }: TrainingJob): Promise<TrainedFiles> {
  const cancelled = new Int32Array(new SharedArrayBuffer(8));
  const task: TrainingTask = {
    ...{ folder: job.folder, out: job.out, cancelled },
    encoder: job.encoder ?? BUNDLED_ENCODER,
    title: job.title ?? '',
    seed: job.seed ?? 1,
  };
  if (signal?.aborted === true) throw new AbortedError({ what: 'Training' });
  const cancel = (): void => void Atomics.store(cancelled, 0, 1);
  let lastResort: NodeJS.Timeout | undefined;
  let giveUp = (): void => {};
  const onAbort = (): void => {
    cancel();
    lastResort = setTimeout(() => giveUp(), LAST_RESORT_MS);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  const worker = new Worker(new URL('./training-worker.js', import.meta.url), { workerData: task });
  try {
    return await new Promise<TrainedFiles>((resolve, reject) => {
      giveUp = () => {
        reject(new AbortedError({ what: 'Training' }));
        // Being ended within native code would end the process, so this waits for the end of a run, and for no other thing.
        if (Atomics.load(cancelled, 1) === 0) void worker.terminate();
        worker.unref();
      };
      worker.on('message', (message: TrainingMessage) => {
        if ('progress' in message) onProgress?.(message.progress);
        else if ('done' in message) resolve(message.done);
        else reject(message.wasCancelled ? new AbortedError({ what: 'Training' }) : fromErrorRecord(message.failed));
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`The thread that trains ended with ${code}.`)));
    });
  } finally {
    clearTimeout(lastResort);
    signal?.removeEventListener('abort', onAbort);
    cancel();
  }
}
