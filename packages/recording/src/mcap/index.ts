export { PartEncoder } from './part-encoder.js';
export type { RecordingChannel, RecordingMessage, RecordingMetadata } from './part-encoder.js';
export { PartIndex } from './part-index.js';
export type { WrittenChunk } from './part-index.js';
export { openPart } from './read-part.js';
export type { PartReader, StoredMessage, TopicInfo } from './read-part.js';
export type { RandomAccess } from './records.js';
export { scanPart } from './scan-part.js';
export type { ScannedPart } from './scan-part.js';
