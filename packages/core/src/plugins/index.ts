export { builtInPlugin } from './built-in-plugin.js';
export type { BuiltInPlugin } from './built-in-plugin.js';
export type { ModelBuilder, ModelBuildRequest, ModelPartReader, PluginContext, PluginModule } from './context.js';
export { CORE_VERSION } from './core-version.js';
export {
  PluginActivationError,
  PluginDeactivationError,
  PluginLoadError,
  PluginRegistrationError,
  PluginUnavailableError,
} from './errors.js';
export { DEFAULT_ACTIVATION_LIMIT_MS, PluginHost } from './host.js';
export type { AddResult, PluginHostOptions, PluginState, PluginStatus } from './host.js';
export {
  Contributions,
  GraphContribution,
  ModelContribution,
  NodeContribution,
  PluginManifest,
  PortTypeContribution,
} from './manifest/manifest.js';
export { parseManifest } from './manifest/parse-manifest.js';
export type { ParsedManifest } from './manifest/parse-manifest.js';
export { pluginProblem } from './manifest/plugin-problem.js';
export type { PluginProblem } from './manifest/plugin-problem.js';
export { resolvePlugin } from './manifest/resolve-plugin.js';
export type { PluginFiles } from './manifest/resolve-plugin.js';
export {
  ModelBuildError,
  ModelCorruptError,
  ModelDownloadError,
  ModelFileError,
  ModelMissingError,
  ModelNotKeptError,
  ModelOfflineError,
  ModelUnknownError,
} from './models/model-errors.js';
export type { FetchOptions, UserUrl } from './models/model-downloads.js';
export { ModelLibrary } from './models/model-library.js';
export type { ModelLibraryOptions } from './models/model-library.js';
export type {
  DownloadOptions,
  DownloadProgress,
  DownloadRecord,
  FileVersion,
  LocatedFile,
  MissingFile,
  ModelCache,
  ModelDownloader,
  ModelFiles,
  PackagedSource,
  OpenPartialOptions,
  PartialDownload,
  PartialDownloadKey,
} from './models/model-platform.js';
export { ModelPuller } from './models/model-pull.js';
export type { ModelFetcher, PullOptions, PullTarget, PulledModel } from './models/model-pull.js';
export { ModelInspector } from './models/model-status.js';
export type { ModelState, ModelStatus } from './models/model-status.js';
export { MAX_MODEL_BYTES } from './models/max-model-bytes.js';
export { sha256Hex } from './models/sha256.js';
export { ModelBuilderRegistry } from './models/model-builders.js';
export type { ModelDirectory } from './models/model-directory.js';
export { formatModelSource, isDownloadUrl, isLoopbackHost, parseModelSource } from './models/model-source.js';
export type { ByteRange, ModelSource, ModelSourceResult } from './models/model-source.js';
export { pluginSourceOf } from './plugin-source.js';
export type { ContributedGraph, ManifestPlaces, PluginSource, ResolvedPlugin } from './plugin-source.js';
export { ContributionRegistry } from './registry.js';
export type { Contributed, ContributedModel } from './registry.js';
