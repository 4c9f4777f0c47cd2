import { Container } from 'inversify';
import type { ContainerModule } from 'inversify';
import { Logger, Subscriptions, errorMessage, withTimeLimit } from '../base/index.js';
import type { Clock } from '../base/index.js';
import type { NodeClass } from '../kinds/index.js';
import type { ModelBuilder, PluginContext, PluginModule } from './context.js';
import { PluginActivationError, PluginRegistrationError } from './errors.js';
import type { ModelBuilderRegistry } from './models/model-builders.js';
import type { PluginSource, ResolvedPlugin } from './plugin-source.js';

/** What a plugin is activated with. */
export interface ActivationServices {
  readonly platform: Container;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly builders: ModelBuilderRegistry;
  readonly storageFolder: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  /** How long each of loading, activating and each step of the end may take. */
  readonly limitMs: number;
}

/** A plugin whose code runs: its classes, its container, and all that has to be released at the end. */
export class ActivePlugin {
  /** The plugin's own container, below the platform's. */
  readonly container: Container;
  readonly #subscriptions = new Subscriptions();
  readonly #builders: Disposable[] = [];
  readonly #builderNames = new Set<string>();
  readonly #classes = new Map<string, NodeClass>();
  readonly #plugin: ResolvedPlugin;
  #module: PluginModule | undefined;
  #registering = true;

  private constructor(
    source: PluginSource,
    private readonly services: ActivationServices,
  ) {
    this.#plugin = source.plugin;
    this.container = new Container({ parent: services.platform });
    this.container.bind(Logger).toConstantValue(services.logger);
  }

  /**
   * Loads the plugin's code and calls its `activate`. Where that fails, all that it has done so far is undone.
   * @throws PluginActivationError - one sentence that names plugin and cause.
   */
  static async activate(source: PluginSource, services: ActivationServices): Promise<ActivePlugin> {
    const active = new ActivePlugin(source, services);
    try {
      await active.#activate(source);
      return active;
    } catch (error) {
      active.#registering = false;
      const failures = await active.#release();
      for (const failure of failures) {
        services.logger.warn(
          `Plugin "${source.plugin.name}" left something behind after its failed activation: ${errorMessage(failure)}`,
        );
      }
      throw new PluginActivationError({ plugin: source.plugin.name, reason: errorMessage(error) }, { cause: error });
    }
  }

  /** The class behind a node type that the manifest lists. */
  nodeClass(type: string): NodeClass {
    const nodeClass = this.#classes.get(type);
    if (nodeClass === undefined)
      throw this.#registrationError(`it registered no class for node type "${type}".`, 'Register it in activate().');
    return nodeClass;
  }

  /** Ends the plugin: its `deactivate`, then its subscriptions in reverse, then its bindings. Answers what failed. */
  async deactivate(): Promise<readonly unknown[]> {
    const failures: unknown[] = [];
    try {
      await this.#limited('deactivate()', async () => this.#module?.deactivate?.());
    } catch (error) {
      failures.push(error);
    }
    return [...failures, ...(await this.#release())];
  }

  async #activate(source: PluginSource): Promise<void> {
    const module = await this.#limited('Loading its code', async () => source.load());
    if (typeof module.activate !== 'function') {
      throw this.#registrationError(
        'its entry module exports no function activate().',
        'Export it: export function activate(context) { ... }.',
      );
    }
    await this.#limited('activate()', async () => module.activate(this.#context()));
    this.#registering = false;
    this.#checkComplete();
    this.#module = module;
  }

  #context(): PluginContext {
    const { storageFolder, configuration, logger } = this.services;
    return {
      pluginName: this.#plugin.name,
      subscriptions: this.#subscriptions,
      nodes: { register: (type, nodeClass) => this.#registerNode(type, nodeClass) },
      models: { registerBuilder: (builder, build) => this.#registerBuilder(builder, build) },
      bind: (module) => this.#bind(module),
      logger,
      storageFolder,
      configuration,
    };
  }

  #registerNode(type: string, nodeClass: NodeClass): void {
    this.#checkRegistering(`node type "${type}"`);
    const listed = this.#plugin.nodeTypes.map((descriptor) => descriptor.type);
    if (!listed.includes(type)) {
      throw this.#registrationError(
        `it registered node type "${type}", which its manifest does not list (it lists ${listed.join(', ') || 'none'}).`,
        'Add it to "contributes.nodes", or do not register it.',
      );
    }
    if (this.#classes.has(type))
      throw this.#registrationError(`it registered node type "${type}" twice.`, 'Register it once.');
    if (typeof nodeClass !== 'function')
      throw this.#registrationError(
        `what it registered for node type "${type}" is no class.`,
        'Pass the class itself.',
      );
    this.#classes.set(type, nodeClass);
  }

  #registerBuilder(builder: string, build: ModelBuilder): void {
    this.#checkRegistering(`model builder "${builder}"`);
    const named = this.#namedBuilders();
    if (!named.includes(builder)) {
      throw this.#registrationError(
        `it registered model builder "${builder}", which no model of its manifest names (they name ${named.join(', ') || 'none'}).`,
        `Add a model with "from": "build:${builder}", or do not register it.`,
      );
    }
    this.#builderNames.add(builder);
    this.#builders.push(this.services.builders.register(this.#plugin.name, builder, build));
  }

  #bind(module: ContainerModule): void {
    this.#checkRegistering('services');
    this.container.load(module);
  }

  #checkRegistering(what: string): void {
    if (this.#registering) return;
    throw this.#registrationError(
      `it registered ${what} after its activation was over.`,
      'Register everything before activate() settles.',
    );
  }

  /** What the manifest lists must all be there, or a graph would fail later and for no visible reason. */
  #checkComplete(): void {
    const missing = [
      ...this.#plugin.nodeTypes.filter(({ type }) => !this.#classes.has(type)).map(({ type }) => `node type "${type}"`),
      ...this.#namedBuilders()
        .filter((builder) => !this.#builderNames.has(builder))
        .map((builder) => `model builder "${builder}"`),
    ];
    if (missing.length === 0) return;
    throw this.#registrationError(
      `its manifest lists ${missing.join(', ')}, but activate() did not register that.`,
      'Register it, or remove it from the manifest.',
    );
  }

  #namedBuilders(): string[] {
    const builders = this.#plugin.models
      .filter(({ from }) => from.startsWith('build:'))
      .map(({ from }) => from.slice('build:'.length));
    return [...new Set(builders)];
  }

  async #release(): Promise<readonly unknown[]> {
    const failures: unknown[] = [];
    for (const builder of this.#builders.splice(0)) builder[Symbol.dispose]();
    const steps: readonly [string, () => Promise<void>][] = [
      ['Releasing its subscriptions', async () => this.#subscriptions[Symbol.asyncDispose]()],
      ['Releasing its services', async () => this.container.unbindAllAsync()],
    ];
    for (const [what, step] of steps) {
      try {
        await this.#limited(what, step);
      } catch (error) {
        failures.push(...(error instanceof AggregateError ? (error.errors as unknown[]) : [error]));
      }
    }
    return failures;
  }

  #limited<T>(what: string, work: () => Promise<T>): Promise<T> {
    return withTimeLimit(this.services.clock, this.services.limitMs, what, work());
  }

  #registrationError(what: string, mend: string): PluginRegistrationError {
    return new PluginRegistrationError({ plugin: this.#plugin.name, what, mend });
  }
}
