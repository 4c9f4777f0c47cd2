import type { ModelBuilder } from '../context.js';
import type { ContributedModel } from '../registry.js';

/** The models that plugins bring, and who builds them. The plugin host has one. */
export interface ModelDirectory {
  list(): readonly ContributedModel[];
  get(id: string): ContributedModel | undefined;
  /** The builder of that name; activates its plugin where need be. @throws PluginActivationError, PluginUnavailableError */
  builder(plugin: string, builder: string): Promise<ModelBuilder>;
}
