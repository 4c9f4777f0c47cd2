import { PoseConfig } from './nodes/pose-config.js';

/** The configuration schemas by the name of the file that the build writes each to, in `schemas/`. */
export const schemas = { 'pose.json': PoseConfig };
