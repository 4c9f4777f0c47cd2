/** `@kinegraph/core/node`: the platform of Node. */
export { DEFAULT_MAX_USER_MODEL_BYTES, NodeModelStore } from './model-store.js';
export type { NodeModelStoreOptions } from './model-store.js';
export { DEFAULT_DOWNLOAD_LIMITS, FetchDownloader } from './model-store/download.js';
export type { DownloadLimits } from './model-store/download.js';
export { addPlugins, loadPluginSource, packageFiles } from './plugin-loader.js';
export type { LoadPluginOptions } from './plugin-loader.js';
export { DEFAULT_IMAGE_LIMITS, NodeImageCodec } from './image-codec.js';
export type { CodecCounts, ImageLimits, NodeImageCodecOptions } from './image-codec.js';
export { NodeImageEncoder } from './image-encoder.js';
export type { NodeImageEncoderOptions } from './image-encoder.js';
export { loadJpegTurbo } from './jpeg/jpeg-turbo.js';
export type { JpegTurbo, RawPixels } from './jpeg/jpeg-turbo.js';
export { LineTargetError, NodeLineWriterFactory } from './line-writer.js';
export { createNodeHost } from './platform.js';
export type { NodeHost } from './platform.js';
export { nodePlatformModule } from './platform-module.js';
export type { NodePlatformServices } from './platform-module.js';
export type { NodePlatformOptions } from './platform-options.js';
