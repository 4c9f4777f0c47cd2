import { PluginLoadError } from '@kinegraph/core';
import type { Logger, PluginSource } from '@kinegraph/core';
import { NodeLineWriterFactory, createNodeHost, loadPluginSource } from '@kinegraph/core/node';
import type { NodeHost, NodePlatformOptions } from '@kinegraph/core/node';
import type { ChosenPlugin } from '../config/index.js';
import { NoPrinter } from '../output/result-printers.js';

type Loaded = { readonly settings: ChosenPlugin['settings'] } & (
  | { readonly source: PluginSource }
  | { readonly refusal: PluginLoadError }
);

/**
 * Builds the platform with the plugins of the configuration. One that is refused is told about and listed; the others load:
 * a server that can do a part is better than none.
 *
 * @param confinement - What graphs may reach.
 */
export async function openServerPlatform(
  plugins: readonly ChosenPlugin[],
  logger: Logger,
  confinement: Pick<NodePlatformOptions, 'files' | 'networkAllow'>,
): Promise<NodeHost> {
  const loaded: Loaded[] = [];
  for (const plugin of plugins) loaded.push(await load(plugin));
  const pluginConfiguration = Object.fromEntries(
    loaded.flatMap((one) => ('source' in one ? [[one.source.plugin.name, one.settings]] : [])),
  );
  const files = new NodeLineWriterFactory();
  const platform = createNodeHost(
    { pluginConfiguration, ...confinement },
    // What graphs print is for a terminal; here it is seen at the results of the run.
    {
      logger,
      lineWriters: {
        open: async (target, rotation) => (target === '-' ? new NoPrinter() : await files.open(target, rotation)),
      },
    },
  );
  for (const one of loaded) {
    const { problems } =
      'source' in one ? platform.host.add(one.source) : platform.host.addUnreadable(one.refusal.data.problem);
    for (const { plugin, message, mend, code } of problems)
      logger.error(`Plugin "${plugin}" is left out: ${message} ${mend}`, { plugin, code });
  }
  return platform;
}

async function load({ package: name, settings, from }: ChosenPlugin): Promise<Loaded> {
  try {
    return { settings, source: await loadPluginSource(name, { from }) };
  } catch (error) {
    if (!(error instanceof PluginLoadError)) throw error;
    if (error.data.problem.code !== 'PLUGIN_NOT_INSTALLED') return { settings, refusal: error };
  }
  try {
    return { settings, source: await loadPluginSource(name, { from: import.meta.dirname }) }; // it came with the server
  } catch (error) {
    if (error instanceof PluginLoadError) return { settings, refusal: error };
    throw error;
  }
}
