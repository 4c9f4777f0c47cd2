export { CameraError } from './camera-error.js';
export type { CameraErrorCode } from './camera-error.js';
export { CameraSession } from './camera-session.js';
export type { CameraListener } from './camera-session.js';
export { CAMERA_WISHES, openCamera } from './open-camera.js';
export type { Picture } from './picture.js';
export { sendCamera } from './send-camera.js';
export type { CameraOptions, CameraSending, EncodedFrame } from './send-camera.js';
export { canWatchTracks } from './watch-frames.js';
