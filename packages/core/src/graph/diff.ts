import { resolveConfig } from './config/resolve-config.js';
import type { GraphDocument, GraphNode } from './document.js';
import { nodePorts } from './node-ports.js';
import type { NodeTypeCatalog } from './node-type.js';
import type { ResolvedWire } from './resolved-graph.js';
import { resolvePortTypes } from './resolve-types.js';
import type { ResolvedPortTypes } from './resolve-types.js';
import { sameJson } from './same-json.js';
import { Wiring, placedWires, wireName } from './wiring.js';

/** What is different about a node that both graphs have. */
export interface NodeChange {
  readonly node: string;
  /** Fields of the node besides its configuration that mean something for a run. */
  readonly fields: readonly ('type' | 'typeVersion' | 'concurrency' | 'sync')[];
  /** Keys of the configuration, defaults filled in: writing a default down is no change. Sorted. */
  readonly configKeys: readonly string[];
  /** True where a running node can take the change over without a restart: live keys only. */
  readonly live: boolean;
}

/** A wire that one of the two graphs lacks. */
export type WireEnds = Pick<ResolvedWire, 'from' | 'to'>;

/** What leads from one graph to another; titles, descriptions, layout, comments and groups mean nothing here. All lists are sorted. */
export interface GraphDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly NodeChange[];
  readonly wiresAdded: readonly WireEnds[];
  readonly wiresRemoved: readonly WireEnds[];
  /**
   * Nodes in both graphs that a stream arrives at which they had not before, sinks left out: frames of another source (one
   * that cannot take its change over live counts as another), or values of another port type; or whose own
   * output has another type, or that work with a skeleton which is defined otherwise now. What they remember is of a
   * stream that is over.
   */
  readonly newStream: ReadonlySet<string>;
  /** Nodes in both graphs that cannot take their change over live, or begin a new stream. */
  readonly restart: ReadonlySet<string>;
  /** Nodes in both graphs that something else arrives at than before; their instances may go on. */
  readonly rewired: ReadonlySet<string>;
  /** Skeletons of the graphs, by id, that only one of them has or that are others than before. */
  readonly skeletons: readonly string[];
  /** True where a run of the first graph is a run of the second as it stands. */
  readonly isEmpty: boolean;
}

/**
 * Compares two graphs for what applying the second to a run of the first takes. Pure; neither must be valid: where a
 * node type is not known or a configuration does not fit, the configurations are compared as written.
 * @param refused - nodes that are known to refuse changes of live keys.
 */
export function diffGraphs(
  before: GraphDocument,
  after: GraphDocument,
  catalog: NodeTypeCatalog,
  refused: ReadonlySet<string> = new Set(),
): GraphDiff {
  const [names, newNames] = [Object.keys(before.nodes), Object.keys(after.nodes)];
  const [had, has] = [new Set(names), new Set(newNames)];
  const added = newNames.filter((name) => !had.has(name)).sort();
  const removed = names.filter((name) => !has.has(name)).sort();
  const changed = names
    .filter((name) => has.has(name))
    .sort()
    .flatMap((name) => {
      const [old, current] = [before.nodes[name], after.nodes[name]];
      const change = old === undefined || current === undefined ? undefined : nodeChange(name, old, current, catalog);
      if (change === undefined) return [];
      return { ...change, live: change.live && !refused.has(name) };
    });
  const wiresAdded = wiresOnlyIn(after, before);
  const wiresRemoved = wiresOnlyIn(before, after);
  const rewired = [...wiresAdded, ...wiresRemoved]
    .map(({ to }) => to.node)
    .filter((node) => had.has(node) && has.has(node));
  const refusing = changed.filter(({ live }) => !live).map(({ node }) => node);
  const skeletons = changedSkeletons(before, after);
  const newStream = onNewStreams(
    before,
    after,
    { refusing: new Set(refusing), skeletons: new Set(skeletons) },
    catalog,
  );
  return {
    added,
    removed,
    changed,
    wiresAdded,
    wiresRemoved,
    newStream,
    restart: new Set([...refusing, ...newStream].sort()),
    rewired: new Set(rewired.sort()),
    skeletons,
    isEmpty: [added, removed, changed, wiresAdded, wiresRemoved, skeletons].every((list) => list.length === 0),
  };
}

function onNewStreams(
  before: GraphDocument,
  after: GraphDocument,
  { refusing, skeletons }: { readonly refusing: ReadonlySet<string>; readonly skeletons: ReadonlySet<string> },
  catalog: NodeTypeCatalog,
): Set<string> {
  const kindOf = (name: string): string | undefined => catalog.get(after.nodes[name]?.type ?? '')?.kind;
  const old = new Wiring(Object.keys(before.nodes), placedWires(before));
  const current = new Wiring(Object.keys(after.nodes), placedWires(after));
  const reached = withOtherTypes([before, old], [after, current], catalog);
  for (const name of withSkeletons(skeletons, [before, old], catalog)) reached.add(name);
  for (const name of withSkeletons(skeletons, [after, current], catalog)) reached.add(name);
  for (const source of Object.keys(after.nodes).filter((name) => kindOf(name) === 'source')) {
    const isSame = Object.hasOwn(before.nodes, source) && !refusing.has(source);
    const reachedBefore = isSame ? old.reachableFrom([source], 'downstream') : undefined;
    for (const name of current.reachableFrom([source], 'downstream'))
      if (reachedBefore?.has(name) !== true) reached.add(name);
  }
  const kept = [...reached].filter((name) => Object.hasOwn(before.nodes, name));
  return new Set(kept.filter((name) => kindOf(name) !== 'source' && kindOf(name) !== 'sink').sort());
}

/** Nodes one of whose inputs or outputs carries another port type than before. */
function withOtherTypes(
  [before, old]: [GraphDocument, Wiring],
  [after, current]: [GraphDocument, Wiring],
  catalog: NodeTypeCatalog,
): Set<string> {
  const [oldTypes, types] = [portTypesIn(before, old, catalog), portTypesIn(after, current, catalog)];
  return new Set(
    current.nodeNames.filter((name) => {
      const outputs = Object.keys(catalog.get(after.nodes[name]?.type ?? '')?.outputs ?? {});
      if (outputs.some((port) => oldTypes.output(name, port) !== types.output(name, port))) return true;
      return current.incoming(name).some(({ from, to }) => {
        const wire = old.incoming(name).find((candidate) => candidate.to.port === to.port);
        if (wire === undefined) return false; // a port that was not wired
        return oldTypes.output(wire.from.node, wire.from.port) !== types.output(from.node, from.port);
      });
    }),
  );
}

function portTypesIn(graph: GraphDocument, wiring: Wiring, catalog: NodeTypeCatalog): ResolvedPortTypes {
  return resolvePortTypes(wiring, (name) => {
    const node = graph.nodes[name];
    const descriptor = catalog.get(node?.type ?? '');
    return descriptor === undefined ? undefined : nodePorts(descriptor, node?.config);
  });
}

function changedSkeletons(before: GraphDocument, after: GraphDocument): string[] {
  const definitions = (graph: GraphDocument): ReadonlyMap<string, unknown> =>
    new Map((graph.skeletons ?? []).map((skeleton) => [skeleton.id, skeleton]));
  const [old, current] = [definitions(before), definitions(after)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .filter((id) => !sameJson(old.get(id), current.get(id)))
    .sort();
}

/**
 * Nodes that may have looked one of these skeletons up: it is named in their configuration, or its landmarks may travel
 * at one of their ports.
 */
function withSkeletons(
  skeletons: ReadonlySet<string>,
  [graph, wiring]: [GraphDocument, Wiring],
  catalog: NodeTypeCatalog,
): string[] {
  if (skeletons.size === 0) return [];
  const types = portTypesIn(graph, wiring, catalog);
  const bearing = new Set(['any', 'landmarks/*', 'landmarks/mixed', ...[...skeletons].map((id) => `landmarks/${id}`)]);
  // In windows and in choices too.
  const carries = (type: string): boolean => type.split(/[<>|]/).some((part) => bearing.has(part));
  return wiring.nodeNames.filter((name) => {
    const { type = '', config } = graph.nodes[name] ?? {};
    if (Object.values(config ?? {}).some((value) => typeof value === 'string' && skeletons.has(value))) return true;
    const outputs = Object.keys(catalog.get(type)?.outputs ?? {}).map((port) => types.output(name, port));
    const inputs = wiring.incoming(name).map(({ from }) => types.output(from.node, from.port));
    return [...inputs, ...outputs].some(carries);
  });
}

function nodeChange(
  name: string,
  before: GraphNode,
  after: GraphNode,
  catalog: NodeTypeCatalog,
): NodeChange | undefined {
  const descriptor = catalog.get(after.type);
  const isSame: Readonly<Record<NodeChange['fields'][number], boolean>> = {
    type: before.type === after.type,
    // Left out means the installed version.
    typeVersion: (before.typeVersion ?? descriptor?.typeVersion) === (after.typeVersion ?? descriptor?.typeVersion),
    concurrency: (before.concurrency ?? 1) === (after.concurrency ?? 1),
    sync: (before.sync ?? 'timestamp') === (after.sync ?? 'timestamp'),
  };
  const fields = (['type', 'typeVersion', 'concurrency', 'sync'] as const).filter((field) => !isSame[field]);
  const configKeys = changedKeys(configOf(before, catalog), configOf(after, catalog));
  if (fields.length === 0 && configKeys.length === 0) return undefined;
  const live = fields.length === 0 && configKeys.every((key) => descriptor?.liveConfig.includes(key) === true);
  return { node: name, fields, configKeys, live };
}

function configOf({ type, config }: GraphNode, catalog: NodeTypeCatalog): Readonly<Record<string, unknown>> {
  const descriptor = catalog.get(type);
  const written = config ?? {};
  return descriptor === undefined ? written : (resolveConfig(descriptor.configSchema, written).value ?? written);
}

function changedKeys(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const valueOf = (config: Readonly<Record<string, unknown>>, key: string): unknown =>
    Object.hasOwn(config, key) ? config[key] : undefined;
  return [...keys].filter((key) => !sameJson(valueOf(before, key), valueOf(after, key))).sort();
}

function wiresOnlyIn(graph: GraphDocument, other: GraphDocument): WireEnds[] {
  const theirs = new Set(placedWires(other).map(wireName));
  const own = new Map(
    placedWires(graph).map(({ from, to }): [string, WireEnds] => [wireName({ from, to }), { from, to }]),
  );
  return [...own.keys()]
    .filter((name) => !theirs.has(name))
    .sort()
    .flatMap((name) => own.get(name) ?? []);
}
