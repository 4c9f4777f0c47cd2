import { LiftConfig } from './nodes/lift/lift-config.js';
import { OnnxModelConfig } from './nodes/onnx-model/config.js';
import { PoseConfig } from './nodes/pose-config.js';

/** The configuration schemas by the name of the file that the build writes each to, in `schemas/`. */
export const schemas = { 'lift-3d.json': LiftConfig, 'onnx-model.json': OnnxModelConfig, 'pose.json': PoseConfig };
