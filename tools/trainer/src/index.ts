/** `@kinegraph/trainer`: small networks trained on made-up data, the same by seed, and written as ONNX. */
export { TrainerError, type TrainerErrorCode } from './errors.js';
export * from './nn/index.js';
export { exportOnnx, type ExportedValue, type ExportOptions } from './onnx/export-onnx.js';
export * from './signs/index.js';
export * from './train/index.js';
