import { parentPort, workerData } from 'node:worker_threads';
import { toErrorRecord } from '@kinegraph/core/plugin';
import { stopIfAborted } from '../train/index.js';
import { trainFiles } from './train-files.js';
import type { TrainingMessage, TrainingTask } from './training-task.js';

/** The entry of the worker that `trainInWorker` starts. */
const task = workerData as TrainingTask;
const signal = {
  get aborted(): boolean {
    return Atomics.load(task.cancelled, 0) !== 0;
  },
};
/** Marks that this thread is within native code, where it must not be ended; cancelled before that, it does not go there. */
const native = async <T>(run: () => Promise<T>): Promise<T> => {
  Atomics.store(task.cancelled, 1, 1);
  try {
    stopIfAborted(signal);
    return await run();
  } finally {
    Atomics.store(task.cancelled, 1, 0);
  }
};
const tell = (message: TrainingMessage): void => parentPort?.postMessage(message);
try {
  tell({ done: await trainFiles(task, signal, (progress) => tell({ progress }), native) });
} catch (error) {
  tell({ failed: toErrorRecord(error), wasCancelled: signal.aborted });
}
