import { builtInBuffers } from './buffers/built-in-buffers.js';
import type { BuiltInNode } from './built-in-node.js';
import { builtInSinks } from './sinks/built-in-sinks.js';
import { builtInSmoothers } from './smoothers/built-in-smoothers.js';
import { builtInSources } from './sources/built-in-sources.js';
import { builtInTransforms } from './transforms/built-in-transforms.js';

/** Every node type of the core. */
export const builtInNodes: readonly BuiltInNode[] = [
  ...builtInSources,
  ...builtInBuffers,
  ...builtInTransforms,
  ...builtInSmoothers,
  ...builtInSinks,
];

export type { BuiltInNode } from './built-in-node.js';
export { FifoBuffer, FifoBufferConfig } from './buffers/fifo-buffer.js';
export { LatestBuffer, LatestBufferConfig } from './buffers/latest-buffer.js';
export { RingBuffer, RingBufferConfig } from './buffers/ring-buffer.js';
export { DROP_BUSY, DROP_OVERFLOW, DROP_REPLACED, DROP_TOO_OLD } from './buffers/drop-causes.js';
export { WindowBuffer, WindowBufferConfig } from './buffers/window-buffer.js';
export { WindowSnapshot } from './buffers/window-snapshot.js';
export { CallbackMissingError, CallbackSink } from './sinks/callback-sink.js';
export { NdjsonSink, NdjsonSinkConfig } from './sinks/ndjson-sink.js';
export type { ResultLine } from './sinks/ndjson-sink.js';
export { NullSink } from './sinks/null-sink.js';
export { ResultsSink } from './sinks/results-sink.js';
export { EmaConfig, EmaSmoother } from './smoothers/ema.js';
export { ONE_EURO_PRESETS, OneEuroConfig, OneEuroSmoother } from './smoothers/one-euro.js';
export { FramesSource, FramesSourceConfig } from './sources/frames-source.js';
export { LandmarksSource, LandmarksSourceConfig } from './sources/landmarks-source.js';
export { OpenInlets } from './sources/open-inlets.js';
export { Decode, DecodeConfig } from './transforms/decode.js';
export { Extrapolate, ExtrapolateConfig } from './transforms/extrapolate.js';
export { Interpolate, InterpolateConfig } from './transforms/interpolate.js';
export type { DisplayInputs } from './transforms/interpolate.js';
export { JoinLandmarks } from './transforms/join-landmarks.js';
export { JointAngles, JointAnglesConfig } from './transforms/joint-angles.js';
export { SkeletonsDifferError, ToSkeleton, ToSkeletonConfig } from './transforms/to-skeleton.js';
export { assignGreedily, assignOptimally } from './transforms/tracker/assignment.js';
export type { Assign } from './transforms/tracker/assignment.js';
export { ObjectTracker } from './transforms/tracker/object-tracker.js';
export type { ObjectTrackerOptions } from './transforms/tracker/object-tracker.js';
export { sightingsOf } from './transforms/tracker/sighting.js';
export type { Sighting } from './transforms/tracker/sighting.js';
export { sigmasOf } from './transforms/tracker/similarity.js';
export { Tracker, TrackerConfig } from './transforms/tracker/tracker.js';
export type { Tracked, TrackerInputs } from './transforms/tracker/tracker.js';
