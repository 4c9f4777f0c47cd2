import type { Problem, ResolvedGraph, ResolvedNode } from '../../graph/index.js';

/** Code of what keeps a lossless run from giving the same results each time. */
export const NOT_EXACT = 'RUN_NOT_EXACT';

/**
 * What in a graph depends on when things happen even where nothing is dropped: warnings, none for a graph whose lossless
 * runs give the same results each time, as far as the graph tells. What a node does by itself with a clock, or by
 * chance, nobody sees from outside.
 */
export function notExact(graph: ResolvedGraph): readonly Problem[] {
  return graph.nodes.flatMap((node) => {
    const inputs = graph.wires.filter(({ to }) => to.node === node.name).length;
    if (node.descriptor.live) return [warning(node, liveSource(node))];
    return node.sync === 'latest' && inputs > 1 ? [warning(node, latestJoin(node))] : [];
  });
}

interface Words {
  readonly message: string;
  readonly mend: string;
}

function liveSource({ name, descriptor: { type } }: ResolvedNode): Words {
  return {
    message: `Source "${name}" (${type}) is live: what it brings, and what it drops, is never the same twice.`,
    mend: 'Record it, and run the graph from the recording.',
  };
}

function latestJoin({ name, descriptor: { type } }: ResolvedNode): Words {
  return {
    message: `Node "${name}" (${type}) has "sync": "latest": which values it pairs depends on how fast they come.`,
    mend: 'Join by "timestamp" where the node can do with it; else its results may differ.',
  };
}

function warning({ name }: ResolvedNode, words: Words): Problem {
  const pointer = `/nodes/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { code: NOT_EXACT, severity: 'warning', pointer, node: name, ...words };
}
