/** `@kinegraph/plugin-yolo/lift`: how keypoints are made ready for a lift; training and running share it. */
export { FRAME_FLOATS, KEYPOINTS, fillKeypoints, type FilledKeypoints, type KeypointGrid } from './keypoint-grid.js';
export { LEAST_KEYPOINTS, toPersonCoordinates } from './person-coordinates.js';
