/** `@kinegraph/plugin-sign-classifier/teach`: takes of signs and models made of them, with nothing of one platform. */
export * from './errors.js';
export * from './parts/index.js';
export * from './takes/index.js';
export * from './train/index.js';
export { evaluateSigns } from './evaluate.js';
export type { Classify, Evaluation, LabelEvaluation, RejectionPoint } from './evaluate.js';
