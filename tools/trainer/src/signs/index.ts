/** The models of signs: how they are trained, and what they are measured by. */
export {
  bestClasses,
  drawTakes,
  evaluateSigns,
  isNamed,
  type BestClass,
  type EvaluationSize,
  type Predict,
  type SignFigures,
} from './evaluate.js';
export { evaluateEncoder, type Embed } from './evaluate-encoder.js';
export { CLASS_LABELS, NONE_CLASS, NONE_LABEL } from './sign-classes.js';
export { WINDOW_VALUES, featuresOfTake, featuresUpTo } from './take-features.js';
export { SHIPPED_PLAN, trainSigns, type SignsPlan, type TrainedSigns } from './train-signs.js';
