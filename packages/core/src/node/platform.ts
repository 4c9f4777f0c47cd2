import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { Container } from 'inversify';
import { Clock, Logger } from '../base/index.js';
import { ModelStore, NetworkAccess } from '../kinds/index.js';
import { PluginHost, builtInPlugin } from '../plugins/index.js';
import { ConfinedPaths } from './access/confined-paths.js';
import { NodeModelStore } from './model-store.js';
import { reportNothingHome } from './no-reports-home.js';
import { nodePlatformModule } from './platform-module.js';
import type { NodePlatformServices } from './platform-module.js';
import type { NodePlatformOptions } from './platform-options.js';

/** The platform container with the plugin host on top of it. Dispose it last. */
export interface NodeHost extends AsyncDisposable {
  /** The outermost container; what runs and plugins ask for and nobody else binds. */
  readonly container: Container;
  readonly host: PluginHost;
  readonly models: NodeModelStore;
}

/** Builds everything a run on Node needs. Add plugins to `host`, then call `createRun`. */
export function createNodeHost(options: NodePlatformOptions = {}, services: NodePlatformServices = {}): NodeHost {
  reportNothingHome();
  const homeFolder = resolve(
    options.homeFolder ?? process.env['KINEGRAPH_HOME'] ?? join(homedir(), '.cache', 'kinegraph'),
  );
  const container = new Container();
  container.load(nodePlatformModule({ ...options, homeFolder }, services));
  const host = new PluginHost({
    platform: container,
    builtIn: builtInPlugin(),
    storageFolder: (plugin) => join(homeFolder, 'plugins', plugin),
    ...(options.pluginConfiguration === undefined ? {} : { configuration: options.pluginConfiguration }),
  });
  const models = new NodeModelStore({
    directory: host.models,
    folder: join(homeFolder, 'models'),
    clock: container.get(Clock),
    logger: container.get(Logger),
    network: container.get(NetworkAccess),
    ...(options.files === undefined ? {} : { paths: new ConfinedPaths(process.cwd(), options.files) }),
    ...(options.offline === undefined ? {} : { offline: options.offline }),
  });
  container.bind(ModelStore).toConstantValue(models);
  return {
    container,
    host,
    models,
    async [Symbol.asyncDispose]() {
      await host.deactivate();
      await container.unbindAllAsync();
    },
  };
}
