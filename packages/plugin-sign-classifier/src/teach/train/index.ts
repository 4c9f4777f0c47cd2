export { encoderParts } from './compose.js';
export type { EncoderParts } from './compose.js';
export { NONE_LABEL, trainSigns, trainingTake } from './train.js';
export type { TrainedSigns, TrainingProgress, TrainingRequest } from './train.js';
export type { Alike, LabelReport, TrainingReport } from './report.js';
export { stopIfAborted } from './cancelling.js';
export type { Cancelling } from './cancelling.js';
export type { Embed, TrainingTake } from './rows.js';
