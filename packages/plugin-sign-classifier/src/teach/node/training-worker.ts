import { parentPort, workerData } from 'node:worker_threads';
import { toErrorRecord } from '@kinegraph/core/plugin';
import { trainFiles } from './train-files.js';
import type { TrainingMessage, TrainingTask } from './training-task.js';

/** The entry of the worker that `trainInWorker` starts. */
const task = workerData as TrainingTask;
const signal = {
  get aborted(): boolean {
    return Atomics.load(task.cancelled, 0) !== 0;
  },
};
const tell = (message: TrainingMessage): void => parentPort?.postMessage(message);
try {
  tell({ done: await trainFiles(task, signal, (progress) => tell({ progress })) });
} catch (error) {
  tell({ failed: toErrorRecord(error), wasCancelled: signal.aborted });
}
