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
  CallbackRegistry,
  EncodedFrameCache,
  ImageCodec,
  ImageEncoder,
  LineWriterFactory,
  ModelStore,
  NodeConfig,
  NodeIdentity,
  NodeMetrics,
  PathResolver,
} from './services.js';
export type { DecodeOptions, EncodedImage, LineWriter, PreviewOptions, ResultCallback } from './services.js';
