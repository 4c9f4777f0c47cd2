/** `@kinegraph/core/protocol`: what server and clients say to each other. */
export { CLOSE_CODES } from './close-codes.js';
export type { CloseCode } from './close-codes.js';
export { ClientMessage, PingMessage, PongMessage } from './control-messages.js';
export type {
  ErrorMessage,
  IngestServerMessage,
  MissedMessage,
  RateMessage,
  WelcomeMessage,
} from './control-messages.js';
export {
  FRAME_HEADER_BYTES,
  FRAME_MESSAGE_FORMATS,
  FrameHeaderError,
  encodeFrameMessage,
  readFrameMessage,
  writeFrameHeader,
} from './frame-message.js';
export type { FrameHeader, FrameMessage, FrameMessageFormat } from './frame-message.js';
export type { FaultNow, FiguresMessage, NodeNow, RecentTimes } from './figures-message.js';
export type { ProbeMessage, ProbeValue } from './probe-message.js';
export { RESULT_SUBPROTOCOLS } from './result-message.js';
export type { ResultMessage, ResultSubprotocol, ResultsServerMessage } from './result-message.js';
export { FloatResultError, readLayout } from './float-layout.js';
export type { LayoutMessage, LayoutSkeleton } from './float-layout.js';
export { FloatResultEncoder, isLandmarks } from './float-results.js';
export type { FloatResult, FloatResultEncoderOptions } from './float-results.js';
export { readFloatResult } from './read-float-result.js';
export {
  LANDMARKS_HEADER_BYTES,
  LANDMARKS_TRACK_BYTES,
  LandmarksMessageError,
  MOST_SENT_TRACKS,
  encodeLandmarksMessage,
  isLandmarksMessage,
} from './landmarks-message.js';
export type { LandmarksHeader, LandmarksMessage } from './landmarks-message.js';
export { readLandmarksMessage } from './read-landmarks-message.js';
export { sentSequence } from './sent-sequence.js';
