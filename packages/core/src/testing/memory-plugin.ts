import { Container } from 'inversify';
import { Clock, Logger, SystemClock, silentLogger } from '../base/index.js';
import { CORE_VERSION, resolvePlugin } from '../plugins/index.js';
import type { PluginModule, PluginSource } from '../plugins/index.js';

/** A plugin that exists in memory only. */
export interface MemoryPluginOptions {
  /** Laid over a package.json with a name, a version, a fitting `engines` and a `main`. */
  readonly packageJson?: Readonly<Record<string, unknown>>;
  /** Texts of its files by their path in the manifest (`./schemas/blur.json`). */
  readonly files?: Readonly<Record<string, string>>;
  readonly module?: PluginModule;
  /** Called whenever the code is loaded. */
  readonly onLoad?: () => void;
}

/** A plugin source read from memory by the real parser. The file `./index.js` is always there. */
export async function memoryPlugin(options: MemoryPluginOptions): Promise<PluginSource> {
  const files: Readonly<Record<string, string>> = { './index.js': '', ...options.files };
  const packageJson = {
    name: 'kinegraph-plugin-test',
    version: '1.0.0',
    engines: { kinegraph: `^${CORE_VERSION}` },
    main: './index.js',
    contributes: {},
    ...options.packageJson,
  };
  const plugin = await resolvePlugin(packageJson, {
    folderUrl: 'memory:///plugin/',
    readText: (path) => Promise.resolve(files[path]),
    exists: (path) => Promise.resolve(path in files),
  });
  return {
    plugin,
    load: () => {
      options.onLoad?.();
      return Promise.resolve(options.module ?? { activate: () => {} });
    },
  };
}

/** A platform container with a clock and a logger, enough for a plugin host. */
export function testPlatform(services: { readonly clock?: Clock; readonly logger?: Logger } = {}): Container {
  const platform = new Container();
  platform.bind(Clock).toConstantValue(services.clock ?? new SystemClock());
  platform.bind(Logger).toConstantValue(services.logger ?? silentLogger);
  return platform;
}
