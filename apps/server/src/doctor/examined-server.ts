import { WriterLogger } from '@kinegraph/core';
import type { NodeHost } from '@kinegraph/core/node';
import { confinementOf } from '../access/index.js';
import type { LoadedConfig, ServerConfig } from '../config/index.js';
import { openServerPlatform } from '../serve/open-server-platform.js';
import { stateFolderOf } from '../store/state-folder.js';
import { findGraphs } from './found-graphs.js';
import type { FoundGraph } from './found-graphs.js';
import { lookIntoState } from './state-copy.js';
import type { StateFound } from './state-copy.js';

/** What a configuration makes of the machine. Its parts are made when a check first asks, once for all checks. */
export class ExaminedServer implements AsyncDisposable {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly loaded: LoadedConfig;
  #platform: Promise<NodeHost> | undefined;
  #state: Promise<StateFound> | undefined;
  #graphs: Promise<readonly FoundGraph[]> | undefined;

  constructor(options: Pick<ExaminedServer, 'env' | 'loaded'>) {
    this.env = options.env;
    this.loaded = options.loaded;
  }

  get config(): ServerConfig {
    return this.loaded.config;
  }

  /** The platform with the plugins of the configuration; what is wrong with them is in its list. */
  async platform(): Promise<NodeHost> {
    this.#platform ??= openServerPlatform(
      this.loaded.plugins,
      new WriterLogger(() => {}), // the checks tell it in their own way
      confinementOf(this.loaded, this.env),
    );
    return await this.#platform;
  }

  /** What is in the server's database. */
  async state(): Promise<StateFound> {
    this.#state ??= lookIntoState(stateFolderOf(this.config));
    return await this.#state;
  }

  /** The graphs that this server runs from the start, keeps, or has deployed. */
  async graphs(): Promise<readonly FoundGraph[]> {
    this.#graphs ??= this.state().then(async (state) => await findGraphs(this.config, state));
    return await this.#graphs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // One that could not be opened was told by the checks that asked for it.
    await this.#platform?.then(
      async (platform) => await platform[Symbol.asyncDispose](),
      () => {},
    );
  }
}
