import { serviceId } from '../../base/index.js';
import type { NodeTypeCatalog } from '../../graph/index.js';
import type { NodeClass, PathResolver } from '../../kinds/index.js';
import type { Container } from 'inversify';
import type { WorkerLauncher as Launcher } from '../workers/worker-instance.js';

/** Starts workers; each platform binds its own. */
export type WorkerLauncher = Launcher;
export const WorkerLauncher = serviceId<WorkerLauncher>('core.WorkerLauncher');

/** Makes the path resolver of a run from the folder of its graph document. */
export type PathResolverFactory = (baseFolder: string) => PathResolver;
export const PathResolverFactory = serviceId<PathResolverFactory>('core.PathResolverFactory');

/** Where the runtime gets the classes of nodes from: the plugin host. */
export interface NodeClassProvider {
  readonly catalog: NodeTypeCatalog;
  /** Activates the plugin if need be. The container is the plugin's own. @throws PluginActivationError */
  nodeClass(type: string): Promise<{ readonly nodeClass: NodeClass; readonly container: Container }>;
  /** The sha256 of the models that a plugin lists, by id. Left out: it lists none. */
  modelSums?(plugin: string): Readonly<Record<string, string>>;
  /** What a worker needs to have the plugin behind a node type in its own thread, as plain data. */
  workerPlugin(type: string): { readonly plugin: unknown; readonly configuration: Readonly<Record<string, unknown>> };
}
