/** `@kinegraph/plugin-yolo/pose`: the extractor by itself, for those who run it without a graph. */
export { PoseConfig } from './nodes/pose-config.js';
export { YoloPoseExtractor } from './nodes/yolo-pose-extractor.js';
