interface NodeTypes {
  readonly type: string;
  readonly plugin: string;
}
interface Graph {
  readonly id: string;
  readonly types: readonly string[];
}

/** The graphs that have a node of each plugin, by plugin: those its models are for. */
export function graphsByPlugin(
  graphs: readonly Graph[],
  nodeTypes: readonly NodeTypes[],
): ReadonlyMap<string, readonly string[]> {
  const pluginOf = new Map(nodeTypes.map(({ type, plugin }) => [type, plugin]));
  const found = new Map<string, string[]>();
  for (const { id, types } of graphs)
    for (const plugin of new Set(types.flatMap((type) => pluginOf.get(type) ?? [])))
      found.set(plugin, [...(found.get(plugin) ?? []), id]);
  return found;
}
