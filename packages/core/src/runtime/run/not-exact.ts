import type { Problem, ResolvedGraph, ResolvedNode } from '../../graph/index.js';
import type { NodeSnapshot } from '../figures/node-figures.js';

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

/**
 * What went wrong in a lossless run, so that its results may not be those of the next one: warnings, none where nothing did.
 * A fault may come of the packet alone, and then comes again; nobody sees that from outside either.
 */
export function wasNotExact(nodes: readonly NodeSnapshot[]): readonly Problem[] {
  return nodes.flatMap((node) => {
    if (node.trouble !== undefined) return [warning(node, lostWorker(node, node.trouble.message))];
    return node.failed > 0 ? [warning(node, failures(node, node.lastFault?.message ?? 'unknown'))] : [];
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

function lostWorker({ name, type }: NodeSnapshot, reason: string): Words {
  return {
    message: `Node "${name}" (${type}) lost its worker on the way (${reason}): its packets, and what it remembered, are missing in the results.`,
    mend: 'Run it again for results that can be compared.',
  };
}

function failures({ name, type, failed }: NodeSnapshot, reason: string): Words {
  return {
    message: `Node "${name}" (${type}) failed on ${failed} packets, which are missing in the results; the last time: ${reason}`,
    mend: 'Compare with another run only if it fails on the same ones.',
  };
}

function warning({ name }: { readonly name: string }, words: Words): Problem {
  const pointer = `/nodes/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { code: NOT_EXACT, severity: 'warning', pointer, node: name, ...words };
}
