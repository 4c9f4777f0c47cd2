/** MediaPipe's landmarkers without a graph around them, for comparing speed. Not for plugins. */
export { HAND_TASK, POSE_TASK } from '../bundle/index.js';
export { VideoLandmarker } from './video-landmarker.js';
