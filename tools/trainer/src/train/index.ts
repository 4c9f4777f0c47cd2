export { Optimiser, type OptimiserOptions } from './optimiser.js';
export type { Batch, OpenTask, TrainingTask } from './task.js';
export { train, type TrainProgress, type TrainRequest, type TrainResult } from './train.js';
