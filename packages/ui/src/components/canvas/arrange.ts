import { parseEndpoint } from '@kinegraph/core';
import type { GraphDocument } from '@kinegraph/core';
import { Graph, layout } from '@dagrejs/dagre';
import type { NodeLabel } from '@dagrejs/dagre';
import type { Box, Place } from '../../editing/index.js';
import { onGrid } from '../../editing/index.js';

/** Room between nodes one below the other, and between the columns; wires need some to bend. */
const BETWEEN = { nodesep: 32, ranksep: 96, edgesep: 16 };

/** What a document is arranged with. */
export interface Arrangement {
  /** The room that each node takes. */
  readonly sizes: ReadonlyMap<string, Pick<Box, 'width' | 'height'>>;
  /** Nodes that stay together, each in one group at most. */
  readonly groups?: readonly (readonly string[])[];
}

/**
 * Places for nodes so that wires go from left to right, none lies over another, and those of a group stay together. Pure:
 * the same document gives the same places. Its own entry, as it brings a library along: import it when it is needed.
 * @see https://github.com/dagrejs/dagre, after Gansner et al., "A Technique for Drawing Directed Graphs", 1993
 */
export function arrange(document: GraphDocument, { sizes, groups = [] }: Arrangement): ReadonlyMap<string, Place> {
  const names = Object.keys(document.nodes).sort();
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: 'LR', ...BETWEEN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of names) graph.setNode(name, { ...(sizes.get(name) ?? { width: 1, height: 1 }) });
  for (const [index, members] of groups.entries()) {
    const inside = members.filter((name) => graph.hasNode(name));
    if (inside.length < 2) continue;
    // A space is in no name of a node.
    const group = `group ${index}`;
    graph.setNode(group, {});
    for (const name of inside) graph.setParent(name, group);
  }
  for (const [from, to] of [...document.wires].sort((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1))) {
    const [a, b] = [parseEndpoint(from).node, parseEndpoint(to).node];
    if (a !== b && graph.hasNode(a) && graph.hasNode(b)) graph.setEdge(a, b, {}, `${from} ${to}`);
  }
  layout(graph);
  const places = new Map<string, Place>();
  for (const name of names) {
    const { x, y, width, height } = graph.node(name) as Required<NodeLabel>;
    places.set(name, onGrid({ x: x - width / 2, y: y - height / 2 }));
  }
  return places;
}
