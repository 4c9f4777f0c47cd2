export { measureLoss, type LossSpec, type Targets } from './loss.js';
export { forward, Inference, Network, startWeights, type NetworkOptions } from './network.js';
export { checkWeights, outputShape, parametersOf, truncate, weightCount, type PlacedParameter } from './shapes.js';
export type * from './spec.js';
export type { ParameterSpec } from './layer.js';
export { loadWeights, saveWeights } from './weights-file.js';
