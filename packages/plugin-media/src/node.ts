/** The plugin's entry for the server. */
import type { PluginContext } from '@kinegraph/core/plugin';
import { CameraSource } from './camera-source/camera-source.js';
import { FileSource } from './file-source/file-source.js';
import { ImageSource } from './image-source/image-source.js';
import { mediaModule } from './media-module.js';

/** Registers the sources. */
export function activate(context: PluginContext): void {
  context.bind(mediaModule);
  context.nodes.register('media.source.camera', CameraSource);
  context.nodes.register('media.source.file', FileSource);
  context.nodes.register('media.source.images', ImageSource);
}
