export { inspectModel } from './inspect-model.js';
export type { ModelInfo } from './model-info.js';
