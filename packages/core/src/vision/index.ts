export { BYTES_PER_PIXEL, Frame, FrameClosedError, PIXEL_FORMATS, UncountedMemory, isRawFormat } from './frame.js';
export type { FrameInfo, FrameMemory, PixelFormat, RawPixelFormat, Timed } from './frame.js';
export { FramePool, FramePoolExhaustedError, SlotFramePool } from './frame-pool.js';
export { LANDMARK_STRIDE } from './landmarks.js';
export type {
  Angles,
  Box,
  Classification,
  Detections,
  Handedness,
  LabelScore,
  LandmarkArray,
  Landmarks,
  TrackedAngles,
  TrackedLandmarks,
} from './landmarks.js';
export type { Skeleton } from './skeletons.js';
export { MonotonicTimestamps } from './monotonic-timestamps.js';
