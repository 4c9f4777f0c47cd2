/** `@kinegraph/recording/node`: recordings as files. */
export { DiskFile } from './disk-file.js';
export type { FinishedPart } from './part-file.js';
export { Recorders } from './recorders.js';
export type { TopicEvents, TopicRequest } from './recorders.js';
export { beginPlaying, openRecording, useOf } from './open-recordings.js';
export type { OpenRecording, PartProgress } from './open-recordings.js';
export { filesOf, freeRecording, PART_SUFFIX, partsIn, recordingOf } from './recording-files.js';
export type { PartName } from './recording-files.js';
export { RecordingReader, summarizePart, topicsOf } from './recording-reader.js';
export type { PartSummary, TopicUse } from './recording-reader.js';
export * from './recording-writer.js';
export { resultDigest } from './result-digest.js';
export type { DigestedResult } from './result-digest.js';
export { repairPart } from './seal-part.js';
export type { Repair } from './seal-part.js';
export { TopicRecorder } from './topic-recorder.js';
export type { RecordableImage } from './topic-recorder.js';
