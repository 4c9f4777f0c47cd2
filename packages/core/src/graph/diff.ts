import { resolveConfig } from './config/resolve-config.js';
import type { GraphDocument, GraphNode } from './document.js';
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

/** What leads from one graph to another; titles, descriptions and layout mean nothing here. All lists are sorted. */
export interface GraphDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly NodeChange[];
  readonly wiresAdded: readonly WireEnds[];
  readonly wiresRemoved: readonly WireEnds[];
  /**
   * Nodes in both graphs that a stream arrives at which they had not before, sinks left out: frames of another source (one
   * that cannot take its change over live counts as another), or values of another port type. What they remember is of a
   * stream that is over.
   */
  readonly newStream: ReadonlySet<string>;
  /** Nodes in both graphs that cannot take their change over live, or begin a new stream. */
  readonly restart: ReadonlySet<string>;
  /** Nodes in both graphs that something else arrives at than before; their instances may go on. */
  readonly rewired: ReadonlySet<string>;
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
  const newStream = onNewStreams(before, after, new Set(refusing), catalog);
  return {
    added,
    removed,
    changed,
    wiresAdded,
    wiresRemoved,
    newStream,
    restart: new Set([...refusing, ...newStream].sort()),
    rewired: new Set(rewired.sort()),
    isEmpty: [added, removed, changed, wiresAdded, wiresRemoved].every((list) => list.length === 0),
  };
}

function onNewStreams(
  before: GraphDocument,
  after: GraphDocument,
  refusing: ReadonlySet<string>,
  catalog: NodeTypeCatalog,
): Set<string> {
  const kindOf = (name: string): string | undefined => catalog.get(after.nodes[name]?.type ?? '')?.kind;
  const old = new Wiring(Object.keys(before.nodes), placedWires(before));
  const current = new Wiring(Object.keys(after.nodes), placedWires(after));
  const reached = withOtherTypes([before, old], [after, current], catalog);
  for (const source of Object.keys(after.nodes).filter((name) => kindOf(name) === 'source')) {
    const isSame = Object.hasOwn(before.nodes, source) && !refusing.has(source);
    const reachedBefore = isSame ? old.reachableFrom([source], 'downstream') : undefined;
    for (const name of current.reachableFrom([source], 'downstream'))
      if (reachedBefore?.has(name) !== true) reached.add(name);
  }
  const kept = [...reached].filter((name) => Object.hasOwn(before.nodes, name));
  return new Set(kept.filter((name) => kindOf(name) !== 'source' && kindOf(name) !== 'sink').sort());
}

/** Nodes one of whose inputs carries another port type than before. */
function withOtherTypes(
  [before, old]: [GraphDocument, Wiring],
  [after, current]: [GraphDocument, Wiring],
  catalog: NodeTypeCatalog,
): Set<string> {
  const typesOf = (graph: GraphDocument, wiring: Wiring): ResolvedPortTypes =>
    resolvePortTypes(wiring, (name) => catalog.get(graph.nodes[name]?.type ?? ''));
  const [oldTypes, types] = [typesOf(before, old), typesOf(after, current)];
  return new Set(
    current.nodeNames.filter((name) =>
      current.incoming(name).some(({ from, to }) => {
        const wire = old.incoming(name).find((candidate) => candidate.to.port === to.port);
        if (wire === undefined) return false; // a port that was not wired
        return oldTypes.output(wire.from.node, wire.from.port) !== types.output(from.node, from.port);
      }),
    ),
  );
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
