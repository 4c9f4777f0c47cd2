import { Container } from 'inversify';
import semver from 'semver';
import { Clock, Logger, errorMessage } from '../base/index.js';
import { CORE_PLUGIN, nearestName } from '../graph/index.js';
import type { NodeTypeCatalog } from '../graph/index.js';
import type { NodeClass } from '../kinds/index.js';
import type { NodeClassProvider } from '../runtime/index.js';
import type { Skeleton } from '../vision/index.js';
import type { BuiltInPlugin } from './built-in-plugin.js';
import type { ModelBuilder } from './context.js';
import { CORE_VERSION } from './core-version.js';
import { PluginDeactivationError, PluginUnavailableError } from './errors.js';
import { pluginProblem } from './manifest/plugin-problem.js';
import type { PluginProblem } from './manifest/plugin-problem.js';
import { ModelBuilderRegistry } from './models/model-builders.js';
import type { ModelDirectory } from './models/model-directory.js';
import { ActivePlugin } from './plugin-activation.js';
import type { PluginSource, ResolvedPlugin } from './plugin-source.js';
import { ContributionRegistry } from './registry.js';

/** How long a plugin may take to be activated, unless the options say otherwise. */
export const DEFAULT_ACTIVATION_LIMIT_MS = 30_000;

/** What a host needs. Clock and Logger come from the platform container. */
export interface PluginHostOptions {
  /** The outermost container. Each plugin gets one of its own below it. */
  readonly platform: Container;
  /** The core's own node types. */
  readonly builtIn: BuiltInPlugin;
  /** A folder for what a plugin keeps; not made by the host. */
  readonly storageFolder?: (plugin: string) => string;
  /** The operator's settings by plugin name. */
  readonly configuration?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly activationLimitMs?: number;
  /** The core's version that `engines.kinegraph` must fit. */
  readonly coreVersion?: string;
}

/** listed: known, its code not loaded. refused: its manifest is at fault, nothing of it is used. failed: `activate` threw. */
export type PluginState = 'listed' | 'active' | 'failed' | 'refused';

/** What the host knows of one plugin. */
export interface PluginStatus {
  readonly name: string;
  readonly version: string;
  readonly state: PluginState;
  /** Absent for a package that could not be read. */
  readonly plugin?: ResolvedPlugin;
  /** Of a refused plugin. */
  readonly problems: readonly PluginProblem[];
  /** Of a failed plugin. */
  readonly error?: unknown;
  /** Milliseconds that its activation took, with the loading of its code; of one that is active. */
  readonly activationMs?: number;
}

/** The answer to adding a plugin. */
export interface AddResult {
  readonly accepted: boolean;
  /** Everything that is wrong, at once. Empty where accepted. */
  readonly problems: readonly PluginProblem[];
}

interface HostedPlugin {
  readonly source: PluginSource;
  activation?: Promise<ActivePlugin>;
  active?: ActivePlugin;
  error?: unknown;
  activationMs?: number;
}

/** Holds plugins, activates each on first need, and ends them in order. Runs in page, worker and server alike. */
export class PluginHost implements NodeClassProvider, AsyncDisposable {
  /** What all accepted plugins contribute. */
  readonly contributions = new ContributionRegistry();
  /** The models of all plugins, for a ModelStore. */
  readonly models: ModelDirectory;
  readonly #options: PluginHostOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #builders = new ModelBuilderRegistry();
  readonly #builtInContainer: Container;
  readonly #hosted = new Map<string, HostedPlugin>();
  readonly #refused: PluginStatus[] = [];
  /** In the order of activation. */
  readonly #active: { readonly name: string; readonly active: ActivePlugin }[] = [];
  #ending: Promise<void> | undefined;

  constructor(options: PluginHostOptions) {
    this.#options = options;
    this.#clock = options.platform.get(Clock);
    this.#logger = options.platform.get(Logger);
    this.#builtInContainer = new Container({ parent: options.platform });
    this.contributions.add(options.builtIn.plugin);
    this.models = {
      list: () => this.contributions.models(),
      get: (id) => this.contributions.model(id),
      builder: async (plugin, builder) => this.#builder(plugin, builder),
    };
  }

  /** The node types of all accepted plugins and of the core. */
  get catalog(): NodeTypeCatalog {
    return this.contributions.catalog;
  }

  /** A skeleton that the core or an accepted plugin contributes. */
  skeleton(id: string): Skeleton | undefined {
    return this.contributions.skeleton(id);
  }

  /** Accepts a plugin, or refuses it with all its faults at once; the others are not touched. No code of it is loaded. */
  add(source: PluginSource): AddResult {
    this.#checkOpen();
    const { plugin } = source;
    const problems = [...plugin.problems, ...this.#engineProblems(plugin), ...this.contributions.conflicts(plugin)];
    if (problems.length > 0) {
      this.#refused.push({ name: plugin.name, version: plugin.version, state: 'refused', plugin, problems });
      return { accepted: false, problems };
    }
    this.contributions.add(plugin);
    this.#hosted.set(plugin.name, { source });
    return { accepted: true, problems };
  }

  /** Lists a plugin that could not even be read, so that people see why it is not there. */
  addUnreadable(problem: PluginProblem): AddResult {
    this.#refused.push({ name: problem.plugin, version: '', state: 'refused', problems: [problem] });
    return { accepted: false, problems: [problem] };
  }

  /** Every plugin ever added with its state, the core first. */
  plugins(): readonly PluginStatus[] {
    const { plugin: core } = this.#options.builtIn;
    const hosted = [...this.#hosted.values()].map(({ source, active, error, activationMs }): PluginStatus => {
      const { plugin } = source;
      const state = error !== undefined ? 'failed' : active === undefined ? 'listed' : 'active';
      return {
        name: plugin.name,
        version: plugin.version,
        state,
        plugin,
        problems: [],
        ...(error === undefined ? {} : { error }),
        ...(activationMs === undefined ? {} : { activationMs }),
      };
    });
    return [
      { name: core.name, version: core.version, state: 'active', plugin: core, problems: [] },
      ...hosted,
      ...this.#refused,
    ];
  }

  /** Runs a plugin's `activate`, once however often it is asked. @throws PluginActivationError, PluginUnavailableError */
  async activate(name: string): Promise<void> {
    if (name !== CORE_PLUGIN) await this.#activate(name);
  }

  /**
   * The class behind a node type with its plugin's container, to nest the containers of runs in.
   * @throws PluginActivationError, PluginUnavailableError
   */
  async nodeClass(type: string): Promise<{ readonly nodeClass: NodeClass; readonly container: Container }> {
    const builtIn = this.#options.builtIn.classes.get(type);
    if (builtIn !== undefined) return { nodeClass: builtIn, container: this.#builtInContainer };
    const active = await this.#activate(this.#pluginOf(type));
    return { nodeClass: active.nodeClass(type), container: active.container };
  }

  /** The sha256 of the models that a plugin lists, by id. */
  modelSums(plugin: string): Readonly<Record<string, string>> {
    const { models = [] } = this.contributions.plugin(plugin) ?? {};
    return Object.fromEntries(models.map(({ id, sha256 }) => [id, sha256]));
  }

  /** What a worker needs to have the plugin behind a node type in its own thread. Plain data. */
  workerPlugin(type: string): {
    readonly plugin: ResolvedPlugin;
    readonly configuration: Readonly<Record<string, unknown>>;
  } {
    const name = this.#pluginOf(type);
    const plugin = this.contributions.plugin(name);
    if (plugin === undefined) throw this.#noPlugin(name); // catalog and plugins are filled together
    return { plugin, configuration: this.#configurationOf(name) };
  }

  /** Ends all active plugins, the last one first, each in its time. @throws PluginDeactivationError after all were ended. */
  deactivate(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.deactivate();
  }

  #engineProblems(plugin: ResolvedPlugin): PluginProblem[] {
    const { coreVersion = CORE_VERSION } = this.#options;
    const path = ['engines', 'kinegraph'];
    if (semver.validRange(plugin.engineRange) === null) {
      return [
        pluginProblem(
          plugin.name,
          'PLUGIN_ENGINE_RANGE',
          path,
          `engines.kinegraph is "${plugin.engineRange}", which is no version range.`,
          `Use for example "^${coreVersion}".`,
        ),
      ];
    }
    if (semver.satisfies(coreVersion, plugin.engineRange, { includePrerelease: true })) return [];
    return [
      pluginProblem(
        plugin.name,
        'PLUGIN_ENGINE_RANGE',
        path,
        `engines.kinegraph is "${plugin.engineRange}", but this is Kinegraph ${coreVersion}.`,
        `Install a version of "${plugin.name}" that works with Kinegraph ${coreVersion}.`,
      ),
    ];
  }

  #pluginOf(type: string): string {
    const plugin = this.catalog.get(type)?.plugin;
    if (plugin === undefined) {
      const nearest = nearestName(
        type,
        this.catalog.list().map((descriptor) => descriptor.type),
      );
      throw new PluginUnavailableError({
        what: `No plugin contributes node type "${type}".`,
        mend:
          nearest === undefined
            ? 'Add the plugin that does, or correct the type.'
            : `Add the plugin that does, or write "${nearest}".`,
      });
    }
    return plugin;
  }

  async #activate(name: string): Promise<ActivePlugin> {
    this.#checkOpen();
    const hosted = this.#hosted.get(name);
    if (hosted === undefined) throw this.#noPlugin(name);
    hosted.activation ??= this.#activateOnce(name, hosted);
    return hosted.activation;
  }

  async #activateOnce(name: string, hosted: HostedPlugin): Promise<ActivePlugin> {
    const begunMs = this.#clock.nowMs();
    try {
      const active = await ActivePlugin.activate(hosted.source, {
        platform: this.#options.platform,
        clock: this.#clock,
        logger: this.#logger.child({ plugin: name }),
        builders: this.#builders,
        storageFolder: this.#options.storageFolder?.(name) ?? '',
        configuration: this.#configurationOf(name),
        limitMs: this.#options.activationLimitMs ?? DEFAULT_ACTIVATION_LIMIT_MS,
      });
      hosted.active = active;
      hosted.activationMs = this.#clock.nowMs() - begunMs;
      this.#active.push({ name, active });
      return active;
    } catch (error) {
      hosted.error = error;
      throw error;
    }
  }

  async #builder(plugin: string, builder: string): Promise<ModelBuilder> {
    await this.activate(plugin);
    const build = this.#builders.get(plugin, builder);
    if (build === undefined) {
      throw new PluginUnavailableError({
        what: `Plugin "${plugin}" has no model builder "${builder}".`,
        mend: 'Update the plugin.',
      });
    }
    return build;
  }

  #noPlugin(name: string): PluginUnavailableError {
    const refused = this.#refused.find((status) => status.name === name);
    return new PluginUnavailableError(
      refused === undefined
        ? { what: `There is no plugin "${name}".`, mend: 'Add it to the plugins of this host.' }
        : {
            what: `Plugin "${name}" was refused: ${refused.problems.map(({ message }) => message).join(' ')}`,
            mend: 'Correct that first.',
          },
    );
  }

  #configurationOf(name: string): Readonly<Record<string, unknown>> {
    return this.#options.configuration?.[name] ?? {};
  }

  #checkOpen(): void {
    if (this.#ending === undefined) return;
    throw new PluginUnavailableError({ what: 'The plugin host has ended.', mend: 'Make a new one.' });
  }

  async #end(): Promise<void> {
    // What is being activated right now would otherwise come to life after the end.
    await Promise.allSettled([...this.#hosted.values()].map(async ({ activation }) => activation));
    const faults: { plugin: string; reason: string }[] = [];
    const causes: unknown[] = [];
    for (const { name, active } of this.#active.splice(0).toReversed()) {
      const failures = await active.deactivate();
      faults.push(...failures.map((failure) => ({ plugin: name, reason: errorMessage(failure) })));
      causes.push(...failures);
    }
    for (const hosted of this.#hosted.values()) delete hosted.active;
    await this.#builtInContainer.unbindAllAsync();
    if (faults.length > 0) throw new PluginDeactivationError({ faults }, { cause: new AggregateError(causes) });
  }
}
