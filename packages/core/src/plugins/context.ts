import type { ContainerModule } from 'inversify';
import type { Awaitable, Logger, Subscriptions } from '../base/index.js';
import type { NodeClass } from '../kinds/index.js';

/** Reads a part that a model is built from, by its id in the manifest; its sha256 is checked. */
export type ModelPartReader = (partId: string) => Promise<Uint8Array>;

/** Which model a builder is to make, as the manifest lists it. */
export interface ModelBuildRequest {
  readonly id: string;
  /** The ids of the models that the builder may read, in the manifest's order. */
  readonly parts: readonly string[];
}

/** Builds a model's bytes from parts; must give the same bytes every time. One builder may serve several models. */
export type ModelBuilder = (readPart: ModelPartReader, model: ModelBuildRequest) => Awaitable<Uint8Array>;

/** What a plugin is given when it is activated. */
export interface PluginContext {
  readonly pluginName: string;
  /** What the plugin opened; released in reverse order, each awaited, at deactivation. */
  readonly subscriptions: Subscriptions;
  readonly nodes: {
    /** The class behind a node type of the manifest. @throws PluginRegistrationError for types that the manifest does not list. */
    register(type: string, nodeClass: NodeClass): void;
  };
  readonly models: {
    /**
     * How to build the models that the manifest lists with `from: "build:<builder>"`.
     * @throws PluginRegistrationError for builders that no model of the manifest names.
     */
    registerBuilder(builder: string, build: ModelBuilder): void;
  };
  /** Adds services that the plugin's own nodes may ask for. Its bindings are undone at deactivation. */
  bind(module: ContainerModule): void;
  readonly logger: Logger;
  /** A folder of the plugin's own that outlives the process; made on first use by the plugin. */
  readonly storageFolder: string;
  /** The plugin's settings as the operator wrote them. */
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** What a plugin's entry module exports. */
export interface PluginModule {
  /** Registers the classes behind the manifest's contributions. All registering is done when it has settled. */
  activate(context: PluginContext): Awaitable<void>;
  /** Called before the subscriptions are released. */
  deactivate?(): Awaitable<void>;
}
