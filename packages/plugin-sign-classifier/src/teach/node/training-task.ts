import type { ErrorRecord } from '@kinegraph/core/plugin';
import type { TrainingProgress, TrainingReport } from '../train/index.js';

/** What a worker that trains is told. */
export interface TrainingTask {
  readonly folder: string;
  readonly out: string;
  readonly encoder: string;
  readonly title: string;
  readonly seed: number;
  /** Two numbers in shared memory: not 0 once the training is to be given up; not 0 while the encoder runs, in native code. */
  readonly cancelled: Int32Array;
}

/** The files of a model, and what is told of it. */
export interface TrainedFiles {
  /** The model. */
  readonly onnx: string;
  /** Its card. */
  readonly card: string;
  readonly report: TrainingReport;
  readonly elapsedMs: number;
}

/** What the worker tells. */
export type TrainingMessage =
  | { readonly progress: TrainingProgress }
  | { readonly done: TrainedFiles }
  | { readonly failed: ErrorRecord; readonly wasCancelled: boolean };
