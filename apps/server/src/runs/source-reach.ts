import type { ResolvedGraph } from '@kinegraph/core';

/** The sources whose frames reach each node, by node name; a source reaches itself. */
export function sourcesByNode(graph: ResolvedGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const reached = new Map<string, Set<string>>(graph.nodes.map(({ name }) => [name, new Set()]));
  for (const { name, descriptor } of graph.nodes) if (descriptor.kind === 'source') reached.get(name)?.add(name);
  // Nodes come producers first, so one pass along the wires of each is enough.
  for (const { name } of graph.nodes) {
    for (const wire of graph.wires) {
      if (wire.from.node !== name) continue;
      for (const source of reached.get(name) ?? []) reached.get(wire.to.node)?.add(source);
    }
  }
  return reached;
}
