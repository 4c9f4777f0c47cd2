export { BYTES_PER_PIXEL, Frame, FrameClosedError, PIXEL_FORMATS, UncountedMemory, isRawFormat } from './frame.js';
export type { FrameInfo, FrameMemory, PixelFormat, RawPixelFormat, Timed } from './frame.js';
export {
  ArenaFramePool,
  DEFAULT_FRAME_POOL_BYTES,
  FramePool,
  FramePoolExhaustedError,
  SlotFramePool,
} from './frame-pool.js';
export {
  FrameOverReleasedError,
  FrameTracker,
  FrameTrackerService,
  FramesUnclosedError,
  claimFrame,
  untracked,
} from './frame-tracker.js';
export type { FrameHolder, UnclosedFrame } from './frame-tracker.js';
export { blendDegrees, boundsOf, jointAngleDegrees, landmarkCount, visibilityOf } from './geometry.js';
export { ImageError } from './image-error.js';
export { endsEarly, readImageHeader } from './image-header.js';
export type { ImageHeader } from './image-header.js';
export { countScans, readJpegTraits } from './jpeg-header.js';
export type { JpegTraits } from './jpeg-header.js';
export { LANDMARK_STRIDE, isScore } from './landmarks.js';
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
export { ArenaFullError } from './memory/arena-full-error.js';
export { SharedArena } from './memory/shared-arena.js';
export type { ArenaRegion, ArenaShare } from './memory/shared-arena.js';
export { MonotonicTimestamps } from './monotonic-timestamps.js';
export { MAX_EXTRAPOLATION_MS, extrapolateLandmarks, interpolateLandmarks } from './motion.js';
export type { TimedLandmarks } from './motion.js';
export { objectSize } from './object-size.js';
export type { AxisUnits } from './object-size.js';
export { OneEuroFilter, lowPassWeight } from './one-euro-filter.js';
export type { OneEuroParameters } from './one-euro-filter.js';
export * from './pixels/index.js';
export { checkShortSide, reducedSize } from './reduced-size.js';
export type { Size } from './reduced-size.js';
export { resampleLandmarks, sampleMs } from './resample.js';
export type { ResampledLandmarks, SampleGrid, TimedLandmarkArray } from './resample.js';
export { coreSkeletons } from './core-skeletons.js';
export type { Skeleton } from './skeletons.js';
export { coco17 } from './skeletons/coco-17.js';
export { hand21 } from './skeletons/hand-21.js';
export { pose33 } from './skeletons/pose-33.js';
export { TENSOR_ARRAYS } from './tensors.js';
export type { Tensor, TensorArrays, TensorType, Tensors } from './tensors.js';
export { TrackAssigner } from './tracks.js';
export type { TrackAssignerOptions, TrackCandidate } from './tracks.js';
