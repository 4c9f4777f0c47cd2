import type { NodeTypeDescriptor } from '../graph/index.js';
import type { Skeleton } from '../vision/index.js';
import type { PluginModule } from './context.js';
import type { GraphContribution, ModelContribution, PortTypeContribution } from './manifest/manifest.js';
import type { PluginProblem } from './manifest/plugin-problem.js';

/** An example graph of a plugin, with the place of its file. */
export interface ContributedGraph extends GraphContribution {
  readonly url: string;
}

/** Where an entry of the resolved plugin is in its manifest: the index in the list there, by the index here. */
export interface ManifestPlaces {
  readonly nodes: readonly number[];
  readonly portTypes: readonly number[];
  readonly models: readonly number[];
  readonly skeletons: readonly number[];
  readonly graphs: readonly number[];
}

/** All that is known of a plugin without running its code. Plain data: it may be sent to a worker. */
export interface ResolvedPlugin {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  /** The range of core versions it works with. */
  readonly engineRange: string;
  /** The folder of the package, with a slash at its end. */
  readonly folderUrl: string;
  /** The module that exports `activate`; absent where the plugin brings data only. */
  readonly entryUrl?: string;
  /** What makes the host activate it: `onNode:<type>`, `onModel:<id>`. */
  readonly activationEvents: readonly string[];
  readonly nodeTypes: readonly NodeTypeDescriptor[];
  readonly portTypes: readonly PortTypeContribution[];
  readonly models: readonly ModelContribution[];
  readonly skeletons: readonly Skeleton[];
  readonly graphs: readonly ContributedGraph[];
  readonly places: ManifestPlaces;
  /** What is wrong with the manifest and the files that it names. A plugin with any is refused. */
  readonly problems: readonly PluginProblem[];
}

/** A plugin that can be added to a host. */
export interface PluginSource {
  readonly plugin: ResolvedPlugin;
  /** Loads the entry module. Called when something first needs the plugin's code. */
  load(): Promise<PluginModule>;
}

/** The source of a plugin that was resolved before, perhaps in another thread. */
export function pluginSourceOf(plugin: ResolvedPlugin): PluginSource {
  return {
    plugin,
    load: async () => {
      if (plugin.entryUrl === undefined) return { activate: () => {} };
      // The address is known only now, so bundlers must leave this import alone.
      return (await import(/* @vite-ignore */ plugin.entryUrl)) as PluginModule;
    },
  };
}
