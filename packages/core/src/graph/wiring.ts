import type { GraphDocument } from './document.js';
import type { PortAddress } from './resolved-graph.js';

/** A wire of a document with its place there. */
export interface PlacedWire {
  /** Place in `document.wires`. */
  readonly index: number;
  readonly from: PortAddress;
  readonly to: PortAddress;
}

/** "node.port" in its two parts. */
export function parseEndpoint(endpoint: string): PortAddress {
  const dot = endpoint.indexOf('.');
  return { node: endpoint.slice(0, dot), port: endpoint.slice(dot + 1) };
}

/** A port as it is written in a document. */
export function formatEndpoint({ node, port }: PortAddress): string {
  return `${node}.${port}`;
}

/** A wire as problems name it: "node.port > node.port". */
export function wireName({ from, to }: Pick<PlacedWire, 'from' | 'to'>): string {
  return `${formatEndpoint(from)} > ${formatEndpoint(to)}`;
}

/** The wires of a document, read, in document order. */
export function placedWires(document: GraphDocument): PlacedWire[] {
  return document.wires.map(([from, to], index) => ({ index, from: parseEndpoint(from), to: parseEndpoint(to) }));
}

/** The wires of each node by the side they are on; wires whose ends are no nodes of the graph are left out. */
export class Wiring {
  readonly #outgoing = new Map<string, PlacedWire[]>();
  readonly #incoming = new Map<string, PlacedWire[]>();

  constructor(
    /** In the order in which answers name them. */
    readonly nodeNames: readonly string[],
    wires: readonly PlacedWire[],
  ) {
    for (const name of nodeNames) {
      this.#outgoing.set(name, []);
      this.#incoming.set(name, []);
    }
    for (const wire of wires) {
      const [outgoing, incoming] = [this.#outgoing.get(wire.from.node), this.#incoming.get(wire.to.node)];
      if (outgoing === undefined || incoming === undefined) continue;
      outgoing.push(wire);
      incoming.push(wire);
    }
  }

  outgoing(node: string): readonly PlacedWire[] {
    return this.#outgoing.get(node) ?? [];
  }

  incoming(node: string): readonly PlacedWire[] {
    return this.#incoming.get(node) ?? [];
  }

  /**
   * Producers before their consumers; among those that could come next, the one that `nodeNames` has first. Nodes on a
   * cycle, and those behind one, have no place and are left out.
   */
  topologicalOrder(): string[] {
    const awaited = new Map(this.nodeNames.map((name) => [name, this.incoming(name).length]));
    const rank = new Map(this.nodeNames.map((name, index) => [name, index]));
    const ready = this.nodeNames.filter((name) => awaited.get(name) === 0);
    const order: string[] = [];
    for (let name = ready.shift(); name !== undefined; name = ready.shift()) {
      order.push(name);
      for (const { to } of this.outgoing(name)) {
        const left = (awaited.get(to.node) ?? 0) - 1;
        awaited.set(to.node, left);
        if (left === 0) insertByRank(ready, to.node, rank);
      }
    }
    return order;
  }

  /** All nodes that the wires lead to from these, with these themselves; against the wires with `upstream`. */
  reachableFrom(starts: Iterable<string>, direction: 'downstream' | 'upstream'): Set<string> {
    const reached = new Set(starts);
    for (const name of reached) {
      const next =
        direction === 'downstream'
          ? this.outgoing(name).map(({ to }) => to)
          : this.incoming(name).map(({ from }) => from);
      for (const { node } of next) reached.add(node); // a set takes up what is added while it is walked
    }
    return reached;
  }

  /** One shortest cycle, as its wires in order, for each group of nodes that lie on common cycles. */
  cycles(): PlacedWire[][] {
    const told = new Set<string>();
    const cycles: PlacedWire[][] = [];
    const ordered = new Set(this.topologicalOrder());
    for (const name of this.nodeNames) {
      if (ordered.has(name) || told.has(name)) continue;
      const cycle = this.#shortestCycle(name);
      if (cycle === undefined) continue;
      cycles.push(cycle);
      const upstream = this.reachableFrom([name], 'upstream');
      for (const other of this.reachableFrom([name], 'downstream')) if (upstream.has(other)) told.add(other);
    }
    return cycles;
  }

  /** The shortest way from a node back to itself; undefined where there is none. */
  #shortestCycle(start: string): PlacedWire[] | undefined {
    const cameBy = new Map<string, PlacedWire>();
    const seen = new Set([start]);
    for (const name of seen) {
      for (const wire of this.outgoing(name)) {
        if (wire.to.node === start) return this.#wayBack(start, wire, cameBy);
        if (!seen.has(wire.to.node)) cameBy.set(wire.to.node, wire);
        seen.add(wire.to.node);
      }
    }
    return undefined;
  }

  #wayBack(start: string, last: PlacedWire, cameBy: ReadonlyMap<string, PlacedWire>): PlacedWire[] {
    const cycle = [last];
    for (let wire = last; wire.from.node !== start;) {
      const before = cameBy.get(wire.from.node);
      if (before === undefined) break;
      cycle.unshift(before);
      wire = before;
    }
    return cycle;
  }
}

function insertByRank(ready: string[], name: string, rank: ReadonlyMap<string, number>): void {
  const own = rank.get(name) ?? 0;
  const place = ready.findIndex((other) => (rank.get(other) ?? 0) > own);
  if (place === -1) ready.push(name);
  else ready.splice(place, 0, name);
}
