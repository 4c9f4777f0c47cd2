import type { NodeTypeCatalog, NodeTypeDescriptor, PathStep } from '../graph/index.js';
import type { Skeleton } from '../vision/index.js';
import type { ModelContribution, PortTypeContribution } from './manifest/manifest.js';
import { pluginProblem } from './manifest/plugin-problem.js';
import type { PluginProblem } from './manifest/plugin-problem.js';
import type { ContributedGraph, ResolvedPlugin } from './plugin-source.js';

/** A contribution with the plugin that it comes from. */
export type Contributed<T> = T & { readonly plugin: string };

/** A model with the plugin that names it. */
export interface ContributedModel extends ModelContribution {
  readonly plugin: string;
  /** Folder of that plugin's package, with a slash at its end. */
  readonly pluginFolderUrl: string;
}

/** What all accepted plugins contribute together. A name belongs to the plugin that came first. */
export class ContributionRegistry {
  readonly #plugins = new Map<string, ResolvedPlugin>();
  readonly #nodeTypes = new Map<string, NodeTypeDescriptor>();
  readonly #portTypes = new Map<string, Contributed<PortTypeContribution>>();
  readonly #models = new Map<string, ContributedModel>();
  readonly #skeletons = new Map<string, Contributed<Skeleton>>();

  /** The node types for validation and runtime. Stays up to date as plugins come. */
  readonly catalog: NodeTypeCatalog = {
    get: (type) => this.#nodeTypes.get(type),
    list: () => [...this.#nodeTypes.values()],
    hasPlugin: (packageName) => this.#plugins.has(packageName),
    pluginVersion: (packageName) => this.#plugins.get(packageName)?.version,
    skeletons: () => this.skeletons(),
  };

  /** What of `plugin` another one contributes already, naming both. Empty where it can be added. */
  conflicts(plugin: ResolvedPlugin): PluginProblem[] {
    const { places } = plugin;
    const conflict = (
      what: string,
      name: string,
      owner: string | undefined,
      path: readonly PathStep[],
    ): PluginProblem[] => {
      if (owner === undefined || owner === plugin.name) return [];
      return [
        pluginProblem(
          plugin.name,
          'PLUGIN_DUPLICATE_CONTRIBUTION',
          path,
          `${what} "${name}" is contributed by "${owner}" already.`,
          `Use one of the two plugins only, or rename it in "${plugin.name}".`,
        ),
      ];
    };
    const at = (list: keyof typeof places, index: number, ...key: string[]): PathStep[] => [
      'contributes',
      list,
      places[list][index] ?? index,
      ...key,
    ];
    const problems = [
      ...plugin.nodeTypes.flatMap(({ type }, index) =>
        conflict('node type', type, this.#nodeTypes.get(type)?.plugin, at('nodes', index, 'type')),
      ),
      ...plugin.portTypes.flatMap(({ type }, index) =>
        conflict('port type', type, this.#portTypes.get(type)?.plugin, at('portTypes', index, 'type')),
      ),
      ...plugin.models.flatMap(({ id }, index) =>
        conflict('model', id, this.#models.get(id)?.plugin, at('models', index, 'id')),
      ),
      ...plugin.skeletons.flatMap(({ id }, index) =>
        conflict('skeleton', id, this.#skeletons.get(id)?.plugin, at('skeletons', index)),
      ),
    ];
    if (this.#plugins.has(plugin.name)) {
      problems.unshift(
        pluginProblem(
          plugin.name,
          'PLUGIN_DUPLICATE',
          ['name'],
          'a plugin of this name is there already.',
          'Add each plugin once.',
        ),
      );
    }
    return problems;
  }

  /** Takes over what a plugin without conflicts contributes. */
  add(plugin: ResolvedPlugin): void {
    this.#plugins.set(plugin.name, plugin);
    for (const descriptor of plugin.nodeTypes) this.#nodeTypes.set(descriptor.type, descriptor);
    for (const portType of plugin.portTypes) this.#portTypes.set(portType.type, { ...portType, plugin: plugin.name });
    for (const skeleton of plugin.skeletons) this.#skeletons.set(skeleton.id, { ...skeleton, plugin: plugin.name });
    for (const model of plugin.models) {
      this.#models.set(model.id, { ...model, plugin: plugin.name, pluginFolderUrl: plugin.folderUrl });
    }
  }

  plugin(name: string): ResolvedPlugin | undefined {
    return this.#plugins.get(name);
  }

  /** All accepted plugins, in the order they came. Plain data. */
  plugins(): readonly ResolvedPlugin[] {
    return [...this.#plugins.values()];
  }

  portTypes(): readonly Contributed<PortTypeContribution>[] {
    return [...this.#portTypes.values()];
  }

  model(id: string): ContributedModel | undefined {
    return this.#models.get(id);
  }

  models(): readonly ContributedModel[] {
    return [...this.#models.values()];
  }

  skeletons(): readonly Contributed<Skeleton>[] {
    return [...this.#skeletons.values()];
  }

  skeleton(id: string): Contributed<Skeleton> | undefined {
    return this.#skeletons.get(id);
  }

  graphs(): readonly Contributed<ContributedGraph>[] {
    return this.plugins().flatMap((plugin) => plugin.graphs.map((graph) => ({ ...graph, plugin: plugin.name })));
  }
}
