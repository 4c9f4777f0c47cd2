import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { Container } from 'inversify';
import { Clock, Logger, SystemClock, silentLogger } from '../base/index.js';
import { ImageCodec, LineWriterFactory, ModelStore } from '../kinds/index.js';
import { PluginHost, builtInPlugin } from '../plugins/index.js';
import { PathResolverFactory, WorkerLauncher } from '../runtime/index.js';
import { FramePool, SlotFramePool } from '../vision/index.js';
import { SharpImageCodec } from './image-codec.js';
import { NodeLineWriterFactory } from './line-writer.js';
import { NodeModelStore } from './model-store.js';
import type { NodePlatformOptions } from './platform-options.js';
import { NodeWorkerLauncher } from './worker-launcher.js';

/** What an embedding program may put in the place of the default services. */
export interface NodePlatformServices {
  readonly logger?: Logger;
  readonly lineWriters?: LineWriterFactory;
}

/** The platform container with the plugin host on top of it. Dispose it last. */
export interface NodeHost extends AsyncDisposable {
  /** The outermost container; what runs and plugins ask for and nobody else binds. */
  readonly container: Container;
  readonly host: PluginHost;
  readonly models: NodeModelStore;
}

/** Builds everything a run on Node needs. Add plugins to `host`, then call `createRun`. */
export function createNodeHost(options: NodePlatformOptions = {}, services: NodePlatformServices = {}): NodeHost {
  const homeFolder = resolve(
    options.homeFolder ?? process.env['KINEGRAPH_HOME'] ?? join(homedir(), '.cache', 'kinegraph'),
  );
  const container = new Container();
  const pool = new SlotFramePool(options.framePoolBytes);
  const clock = new SystemClock();
  const logger = services.logger ?? silentLogger;
  container.bind(Clock).toConstantValue(clock);
  container.bind(Logger).toConstantValue(logger);
  container.bind(FramePool).toConstantValue(pool);
  container.bind(ImageCodec).toConstantValue(new SharpImageCodec(pool));
  container.bind(LineWriterFactory).toConstantValue(services.lineWriters ?? new NodeLineWriterFactory());
  container
    .bind(PathResolverFactory)
    .toConstantValue((baseFolder) => ({ resolve: (path) => resolve(baseFolder, path) }));
  container.bind(WorkerLauncher).toConstantValue(new NodeWorkerLauncher({ ...options, homeFolder }));
  const host = new PluginHost({
    platform: container,
    builtIn: builtInPlugin(),
    storageFolder: (plugin) => join(homeFolder, 'plugins', plugin),
    ...(options.pluginConfiguration === undefined ? {} : { configuration: options.pluginConfiguration }),
  });
  const models = new NodeModelStore({ directory: host.models, folder: join(homeFolder, 'models'), clock, logger });
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
