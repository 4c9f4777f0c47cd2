/** `@kinegraph/recording/node`: recordings as files. */
export { DiskFile } from './disk-file.js';
export type { FinishedPart } from './part-file.js';
export { Recorders } from './recorders.js';
export type { TopicEvents, TopicRequest } from './recorders.js';
export { filesOf, freeRecording, PART_SUFFIX } from './recording-files.js';
export { RecordingReader } from './recording-reader.js';
export type { PartSummary, TopicUse } from './recording-reader.js';
export * from './recording-writer.js';
export { resultDigest } from './result-digest.js';
export type { DigestedResult } from './result-digest.js';
export { repairPart } from './seal-part.js';
export type { Repair } from './seal-part.js';
export { TopicRecorder } from './topic-recorder.js';
export type { RecordableImage } from './topic-recorder.js';
