import { resolveConfig } from './config/resolve-config.js';
import type { GraphDocument, GraphNode } from './document.js';
import type { NodeTypeCatalog } from './node-type.js';
import type { ResolvedWire } from './resolved-graph.js';
import { sameJson } from './same-json.js';
import { placedWires, wireName } from './wiring.js';

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
  /** Nodes in both graphs that cannot take their change over live. */
  readonly restart: ReadonlySet<string>;
  /** Nodes in both graphs that something else arrives at than before; their instances may go on. */
  readonly rewired: ReadonlySet<string>;
  /** True where a run of the first graph is a run of the second as it stands. */
  readonly isEmpty: boolean;
}

/**
 * Compares two graphs for what applying the second to a run of the first takes. Pure; neither must be valid: where a
 * node type is not known or a configuration does not fit, the configurations are compared as written.
 */
export function diffGraphs(before: GraphDocument, after: GraphDocument, catalog: NodeTypeCatalog): GraphDiff {
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
      return change ?? [];
    });
  const wiresAdded = wiresOnlyIn(after, before);
  const wiresRemoved = wiresOnlyIn(before, after);
  const rewired = [...wiresAdded, ...wiresRemoved]
    .map(({ to }) => to.node)
    .filter((node) => had.has(node) && has.has(node));
  return {
    added,
    removed,
    changed,
    wiresAdded,
    wiresRemoved,
    restart: new Set(changed.filter(({ live }) => !live).map(({ node }) => node)),
    rewired: new Set(rewired.sort()),
    isEmpty: [added, removed, changed, wiresAdded, wiresRemoved].every((list) => list.length === 0),
  };
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
