export { decodeModel } from './decode-model.js';
export { inspectModel } from './inspect-model.js';
export type { ModelInfo } from './model-info.js';
