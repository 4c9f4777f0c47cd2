import { CameraSourceConfig } from './camera-source/camera-source-config.js';
import { FileSourceConfig } from './file-source/file-source-config.js';
import { ImageSourceConfig } from './image-source/image-source-config.js';
import { RecordingSinkConfig } from './recording-sink/recording-sink-config.js';
import { RecordedLandmarksConfig, RecordingSourceConfig } from './recording-source/recording-source-config.js';

/** The configuration schemas that the build writes to `schemas/`. */
export const schemas = {
  'camera-source.json': CameraSourceConfig,
  'file-source.json': FileSourceConfig,
  'image-source.json': ImageSourceConfig,
  'recorded-landmarks-source.json': RecordedLandmarksConfig,
  'recording-sink.json': RecordingSinkConfig,
  'recording-source.json': RecordingSourceConfig,
};
