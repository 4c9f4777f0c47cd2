import { KinegraphError } from '../base/index.js';
import type { PortTypes } from '../kinds/index.js';
import { resolveConfig } from './config/resolve-config.js';
import { GRAPH_FORMAT } from './document.js';
import type { GraphDocument } from './document.js';
import type { NodeTypeCatalog } from './node-type.js';
import { nodePorts } from './node-ports.js';
import { commonPortType, resolveOutputType } from './port-types.js';
import type { Problem } from './problem.js';
import type { ResolvedGraph, ResolvedNode, ResolvedWire } from './resolved-graph.js';
import { resolvePortTypes } from './resolve-types.js';
import { countOf } from './text/show-value.js';
import { validateGraph } from './validate/validate-graph.js';
import { Wiring, formatEndpoint, placedWires } from './wiring.js';

/** A graph that cannot run as it stands. */
export class GraphInvalidError extends KinegraphError {
  override readonly name = 'GraphInvalidError';
  readonly code = 'GRAPH_INVALID';
  /** @param data - All problems found, warnings too. */
  constructor(override readonly data: { readonly problems: readonly Problem[] }) {
    const errors = data.problems.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    const more =
      errors.length > 1
        ? ` There ${errors.length === 2 ? 'is' : 'are'} ${countOf(errors.length - 1, 'more error')}.`
        : '';
    super(
      `The graph cannot run. ${[first?.message, first?.mend].filter((part) => part !== undefined).join(' ')}${more}`,
    );
  }
}

/** A document that says what a resolved graph says: everything written out, nothing for people. */
export function toDocument({ nodes, wires, skeletons }: ResolvedGraph): GraphDocument {
  return {
    kinegraph: GRAPH_FORMAT,
    ...(skeletons === undefined ? {} : { skeletons: structuredClone(skeletons) as GraphDocument['skeletons'] }),
    nodes: Object.fromEntries(
      nodes.map(({ name, descriptor: { type, typeVersion }, config, concurrency, sync }) => [
        name,
        { type, typeVersion, config, concurrency, sync },
      ]),
    ),
    wires: wires.map(({ from, to }) => [formatEndpoint(from), formatEndpoint(to)]),
  };
}

/**
 * A document with all it leaves to others looked up: types, defaults, the types on its wires, the order of its nodes.
 *
 * @throws GraphInvalidError where the graph has errors.
 */
export function resolveGraph(document: GraphDocument, catalog: NodeTypeCatalog): ResolvedGraph {
  const problems = validateGraph(document, catalog);
  if (problems.some(({ severity }) => severity === 'error')) throw new GraphInvalidError({ problems });

  const nodes = new Map<string, ResolvedNode>();
  for (const [name, { type, config, concurrency = 1, sync = 'timestamp' }] of Object.entries(document.nodes)) {
    const descriptor = catalog.get(type);
    const resolved = descriptor === undefined ? undefined : resolveConfig(descriptor.configSchema, config).value;
    // Validation answers for both; a catalog that changed in between would get here.
    if (descriptor === undefined || resolved === undefined)
      throw new GraphInvalidError({ problems: validateGraph(document, catalog) });
    nodes.set(name, { name, descriptor, config: resolved, concurrency, sync });
  }
  const wires = placedWires(document);
  const wiring = new Wiring([...nodes.keys()].sort(), wires);
  const { skeletons } = document;
  return withPortTypes({
    nodes: wiring.topologicalOrder().flatMap((name) => nodes.get(name) ?? []),
    wires,
    ...(skeletons === undefined ? {} : { skeletons: structuredClone(skeletons) }),
  });
}

/** A graph whose wires have the types that follow from the configurations of its nodes. */
export function withPortTypes(
  graph: Omit<ResolvedGraph, 'wires'> & { readonly wires: readonly Pick<ResolvedWire, 'from' | 'to'>[] },
): ResolvedGraph {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const wiring = new Wiring(
    [...nodes.keys()],
    graph.wires.map(({ from, to }, index) => ({ index, from, to })),
  );
  const portTypes = resolvePortTypes(wiring, (name) => {
    const node = nodes.get(name);
    return node === undefined ? undefined : nodePorts(node.descriptor, node.config);
  });
  return {
    ...graph,
    wires: graph.wires.map(({ from, to }) => ({ from, to, type: portTypes.output(from.node, from.port) })),
  };
}

/** What travels at the ports of one node of a graph. */
export function portTypesOf({ wires }: ResolvedGraph, { name, descriptor, config }: ResolvedNode): PortTypes {
  const ports = nodePorts(descriptor, config);
  const inputs = new Map(
    wires
      .filter(({ to }) => to.node === name)
      .map(({ to, type }) => [to.port, commonPortType(type, ports.inputs[to.port]?.type ?? 'any') ?? type]),
  );
  const outputs = Object.entries(ports.outputs).map(([port, { type }]): [string, string] => [
    port,
    resolveOutputType(type, (input) => inputs.get(input)),
  ]);
  return { inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(outputs) };
}
