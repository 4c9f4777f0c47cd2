/** `@kinegraph/plugin-sign-classifier/teach/node`: takes in folders, and training off the main thread. */
export { TakeStore } from './take-store.js';
export type { ImportReport, LoadedSet, TakeEntry, UnreadableTake } from './take-store.js';
export { evaluateFiles } from './evaluate-files.js';
export type { FolderEvaluation } from './evaluate-files.js';
export { writeModelFiles } from './model-files.js';
export { BUNDLED_ENCODER, trainInWorker } from './train-in-worker.js';
export type { TrainingJob } from './train-in-worker.js';
export type { TrainedFiles } from './training-task.js';
