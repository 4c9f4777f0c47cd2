/** `@kinegraph/ui`: what runs in a browser. It sends a camera, or landmarks, to the server, takes its results and draws them. */
export type {
  ClockEstimate,
  CloseCause,
  CloseReason,
  ConnectionOptions,
  ConnectionState,
  Socket,
  SocketConstructor,
} from './connection/index.js';
export { ConnectionUrlError, NoWebSocketError, backOffMs } from './connection/index.js';
export { connectSource } from './source/connect-source.js';
export type { FrameToSend, SourceConnection } from './source/connect-source.js';
export { connectLandmarks, landmarkRows } from './source/connect-landmarks.js';
export type {
  FoundLandmarks,
  FoundPoint,
  FoundTrack,
  LandmarksConnection,
  LandmarksOptions,
} from './source/connect-landmarks.js';
export type { IngestConnection, SendOutcome, SourceCounts, SourceOptions } from './source/ingest-line.js';
export { subscribeProbe } from './probes/index.js';
export type { ProbeConnection, ProbeOptions } from './probes/index.js';
export { subscribeResults } from './results/index.js';
export type { ResultFormat, ResultsConnection, ResultsOptions } from './results/index.js';
export { subscribePictures } from './pictures/index.js';
export type { PicturesConnection, PicturesOptions, ReceivedPicture } from './pictures/index.js';
export { landmarksOf } from './results/index.js';
export {
  BODY_STYLE,
  DisplayDelay,
  FrameHistory,
  HAND_STYLE,
  ResultInterpolator,
  defaultStyle,
  drawSkeleton,
  drawTracks,
} from './drawing/index.js';
export type { DisplayedTrack, DrawingContext, DrawingOptions, PastPicture, SkeletonStyle } from './drawing/index.js';
export { coco17, hand21, pose33 } from '@kinegraph/core';
export type { Skeleton } from '@kinegraph/core';
export { CAMERA_WISHES, CameraError, canWatchTracks, openCamera, sendCamera } from './camera/index.js';
export type { CameraErrorCode, CameraOptions, CameraSending, EncodedFrame, Picture } from './camera/index.js';
