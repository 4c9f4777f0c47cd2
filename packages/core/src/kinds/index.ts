export { INLET_KINDS, Inlets } from './inlets.js';
export type { RunOrigin } from './services.js';
export type { FrameReceiver, Inlet, InletItems, InletKind, InletReceiver, LandmarksReceiver } from './inlets.js';
export { NODE_KINDS } from './kinds.js';
export type {
  Classifier,
  Extractor,
  FrameSource,
  NodeClass,
  NodeKind,
  NodeLifecycle,
  PacketBuffer,
  PacketWindow,
  ProcessInfo,
  PushContext,
  Sink,
  Smoother,
  Transform,
} from './kinds.js';
export {
  ageMs,
  clonePacket,
  cloneValue,
  cloneValues,
  closePacket,
  closeValue,
  skipPacket,
  valuePacket,
  valuesOf,
} from './packet.js';
export type { OwnedValue, Packet, SkipPacket, Trace, ValuePacket } from './packet.js';
export {
  CONNECTION_STATES,
  CallbackRegistry,
  EncodedFrameCache,
  ImageCodec,
  ImageEncoder,
  LineWriterFactory,
  ModelStore,
  NetworkAccess,
  NodeConfig,
  NodeIdentity,
  NodeMetrics,
  RunOriginTeller,
  PathResolver,
  PortTypes,
  SinkStatus,
  SourceStatus,
  unrestrictedNetwork,
} from './services.js';
export { SkeletonCatalog, SkeletonUnknownError, StaticSkeletonCatalog, requireSkeleton } from './skeleton-catalog.js';
export type {
  ConnectionState,
  DecodeOptions,
  EncodedFrameCounts,
  EncodedImage,
  LineRotation,
  LineWriter,
  PathUse,
  PreviewOptions,
  ResultCallback,
} from './services.js';
export { toJson } from './to-json.js';
export { StreamItem } from './stream-item.js';
