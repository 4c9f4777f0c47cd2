/** `@kinegraph/core/plugin`: all that authors of plugins need. */
export * from './base/index.js';
export * from './vision/index.js';
export * from './kinds/index.js';
export type { ModelBuildRequest, ModelBuilder, ModelPartReader, PluginContext, PluginModule } from './plugins/index.js';
export { ContainerModule, inject, injectable } from 'inversify';
export type { ServiceIdentifier } from 'inversify';
