/** `@kinegraph/plugin-sign-classifier/testing`: takes and encoders for tests and benchmarks. */
export { randomEncoder } from './random-encoder.js';
export { between, handPoints, performed, signTake } from './takes.js';
export type { Bends, PerformanceOptions, Posture } from './takes.js';
