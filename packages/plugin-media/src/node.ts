/** The plugin's entry for the server. */
import type { PluginContext } from '@kinegraph/core/plugin';
import { CameraSource } from './camera-source/camera-source.js';
import { FileSource } from './file-source/file-source.js';
import { ImageSource } from './image-source/image-source.js';
import { mediaModule } from './media-module.js';
import { RecordedLandmarksSource } from './recording-source/recorded-landmarks-source.js';
import { RecordingSink } from './recording-sink/recording-sink.js';
import { RecordingSource } from './recording-source/recording-source.js';

export { findDecoder } from './find-decoder.js';

/** Registers the sources and the sink. */
export function activate(context: PluginContext): void {
  context.bind(mediaModule);
  context.nodes.register('media.source.camera', CameraSource);
  context.nodes.register('media.source.file', FileSource);
  context.nodes.register('media.source.images', ImageSource);
  context.nodes.register('media.source.recording', RecordingSource);
  context.nodes.register('media.source.recorded-landmarks', RecordedLandmarksSource);
  context.nodes.register('media.sink.recording', RecordingSink);
}
