import { formatGraph, toDocument } from '../../graph/index.js';
import type { ResolvedGraph } from '../../graph/index.js';
import type { RunOrigin } from '../../kinds/index.js';
import type { NodeClassProvider } from './services.js';

/** What a graph that runs on this host is made of. */
export function runOrigin(
  graph: ResolvedGraph,
  host: Omit<NodeClassProvider, 'nodeClass' | 'workerPlugin'>,
): RunOrigin {
  const plugins = [...new Set(graph.nodes.map(({ descriptor }) => descriptor.plugin))].toSorted();
  const models = plugins.flatMap((plugin) => Object.entries(host.modelSums?.(plugin) ?? {}));
  return {
    graph: formatGraph(toDocument(graph)),
    packages: Object.fromEntries(plugins.map((plugin) => [plugin, host.catalog.pluginVersion?.(plugin) ?? 'unknown'])),
    models: Object.fromEntries(models),
  };
}
