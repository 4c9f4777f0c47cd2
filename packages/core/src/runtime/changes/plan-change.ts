import { Wiring, diffGraphs, placedWires, toDocument, wireName } from '../../graph/index.js';
import type { NodeTypeCatalog, ResolvedGraph, ResolvedNode, ResolvedWire } from '../../graph/index.js';

/** What leads from the graph that runs to another one. */
export interface ChangePlan {
  readonly after: ResolvedGraph;
  /** Nodes that begin: added ones, and those that take the place of one of the same name. In the graph's order. */
  readonly beginning: readonly ResolvedNode[];
  /** Nodes that end: removed ones, and those whose place is taken. */
  readonly ending: ReadonlySet<string>;
  /** Nodes that go on with another configuration; `live` ones are asked first whether they take it over. */
  readonly configured: readonly ConfiguredNode[];
  /** Nodes that go on with other wires coming in. */
  readonly rewired: ReadonlySet<string>;
  /** Nodes that have to be empty before wires change: all that is before a node whose packets would not fit together. */
  readonly drained: ReadonlySet<string>;
  readonly cut: readonly ResolvedWire[];
  readonly laid: readonly ResolvedWire[];
}

export interface ConfiguredNode {
  readonly before: ResolvedNode;
  readonly after: ResolvedNode;
  readonly live: boolean;
}

/** What the planner has to know of the nodes that run. */
export interface PlanFacts {
  readonly catalog: NodeTypeCatalog;
  /** True for nodes that have come to their end by themselves: what begins anew before them needs new ones, but for sinks. */
  hasEnded(node: string): boolean;
  /** Nodes that have refused to take their change over live. */
  readonly refused: ReadonlySet<string>;
}

/**
 * Plans a change so that a run of `before` goes over into a run of `after`: no packet out of order, and no join left
 * waiting for a packet that went another way.
 *
 * A node that only loses or gains what is behind it goes on as it is. Before a node is fed by other wires, or takes
 * another's place, all that is before it is emptied, so that everything of an older timestamp has passed the old wires and
 * everything newer takes the new ones. The same holds for a new join of wires that run already: its branches would
 * begin at different frames, and one would wait for ever for what the other had before.
 */
export function planChange(before: ResolvedGraph, after: ResolvedGraph, facts: PlanFacts): ChangePlan {
  const [oldDocument, document] = [toDocument(before), toDocument(after)];
  const diff = diffGraphs(oldDocument, document, facts.catalog, facts.refused);
  const [old, current] = [wiringOf(before), wiringOf(after)];
  const nodesBefore = new Map(before.nodes.map((node) => [node.name, node]));

  // A node that has ended has told so to those behind it: where something new arrives, a new one has to take its place.
  // A sink has nobody behind it and goes on, as one that runs does: it may have a file open.
  const replaced = new Set(diff.newStream);
  for (const { node, fields } of diff.changed) if (fields.length > 0) replaced.add(node);
  for (const { node, live } of diff.changed)
    if (!live && nodesBefore.get(node)?.descriptor.kind === 'source') replaced.add(node);
  for (const { name, descriptor } of after.nodes) {
    if (descriptor.kind === 'sink' || !nodesBefore.has(name) || replaced.has(name) || !facts.hasEnded(name)) continue;
    const isFedAnew = current.incoming(name).some(({ from }) => !nodesBefore.has(from.node) || replaced.has(from.node));
    if (isFedAnew || diff.rewired.has(name)) replaced.add(name); // the order of `after` is that of the flow
  }

  const begins = (name: string): boolean => !nodesBefore.has(name) || replaced.has(name);
  const ending = new Set([...diff.removed, ...replaced]);
  const goesOn = (name: string): boolean => nodesBefore.has(name) && !ending.has(name);
  const isFedByOthers = (name: string): boolean => current.incoming(name).some(({ from }) => begins(from.node));
  const rewired = new Set(
    after.nodes
      .map(({ name }) => name)
      .filter((name) => goesOn(name) && (diff.rewired.has(name) || isFedByOthers(name))),
  );
  const newJoins = diff.added.filter((name) => current.incoming(name).length > 1);
  const drained = upstreamOf([...rewired, ...replaced, ...newJoins], nodesBefore, old, current);

  const stays = ({ from, to }: ResolvedWire): boolean => goesOn(from.node) && goesOn(to.node) && !rewired.has(to.node);
  // Wires between two nodes that end stay, so that the end of the first reaches the second.
  const endsWhole = ({ from, to }: ResolvedWire): boolean => ending.has(from.node) && ending.has(to.node);
  return {
    after,
    beginning: after.nodes.filter(({ name }) => begins(name)),
    ending,
    configured: diff.changed.flatMap(({ node, live }) => {
      const [was, is] = [nodesBefore.get(node), after.nodes.find(({ name }) => name === node)];
      return was === undefined || is === undefined || replaced.has(node) ? [] : [{ before: was, after: is, live }];
    }),
    rewired,
    drained,
    cut: before.wires.filter((wire) => !endsWhole(wire) && (!isIn(after, wire) || !stays(wire))),
    laid: after.wires.filter((wire) => !isIn(before, wire) || !stays(wire)),
  };
}

/** Running nodes at and before `sensitive` ones by the old wires and the new, and all that is before those. */
function upstreamOf(
  sensitive: readonly string[],
  running: ReadonlyMap<string, unknown>,
  old: Wiring,
  current: Wiring,
): Set<string> {
  const before = [...current.reachableFrom(sensitive, 'upstream')].filter((name) => running.has(name));
  return old.reachableFrom(before, 'upstream');
}

function wiringOf(graph: ResolvedGraph): Wiring {
  return new Wiring(
    graph.nodes.map(({ name }) => name),
    placedWires(toDocument(graph)),
  );
}

function isIn({ wires }: ResolvedGraph, wire: ResolvedWire): boolean {
  return wires.some((other) => wireName(other) === wireName(wire));
}
