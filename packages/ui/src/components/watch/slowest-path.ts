import type { NodeNow } from '@kinegraph/core/protocol';

/** What the heat of a graph is told from. */
export interface HeatWire {
  /** `a.out > b.in`, as the canvas names it. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** The way through a graph on which a packet spends most time. */
export interface SlowestPath {
  /** Names of nodes, the source first. */
  readonly nodes: readonly string[];
  readonly wires: readonly string[];
  /** Milliseconds from entering the first to leaving the last. */
  readonly totalMs: number;
  /** What each node of the path has of that, 0-1. */
  readonly shares: ReadonlyMap<string, number>;
}

/**
 * Milliseconds that a packet spends in a node and in waiting for those behind it; medians of the last seconds. What a source
 * works is its waiting for the next packet, which makes none older.
 */
export function timeInNode({ workMs, handOverMs }: Pick<NodeNow, 'workMs' | 'handOverMs'>, isSource: boolean): number {
  return (isSource ? 0 : (workMs.p50 ?? 0)) + (handOverMs.p50 ?? 0);
}

/**
 * The slowest path. Undefined where nothing has taken any time. Of wires between two nodes the first stands for all; a wire that
 * closes a circle is left out, since no packet has a way through it that ends.
 */
export function slowestPath(
  nodes: readonly Pick<NodeNow, 'name' | 'workMs' | 'handOverMs'>[],
  wires: readonly HeatWire[],
): SlowestPath | undefined {
  const reached = new Set(wires.map(({ to }) => to));
  const costs = new Map(nodes.map((node) => [node.name, timeInNode(node, !reached.has(node.name))]));
  const leaving = new Map<string, HeatWire[]>();
  for (const wire of wires) {
    if (!costs.has(wire.from) || !costs.has(wire.to)) continue;
    leaving.set(wire.from, [...(leaving.get(wire.from) ?? []), wire]);
  }
  /** The rest of the slowest way from a node on; undefined while it is being looked for. */
  const known = new Map<string, { readonly ms: number; readonly next: HeatWire | undefined } | undefined>();
  const visit = (name: string): number => {
    if (known.has(name)) return known.get(name)?.ms ?? Number.NEGATIVE_INFINITY; // a circle
    known.set(name, undefined);
    let rest = 0;
    let next: HeatWire | undefined;
    for (const wire of leaving.get(name) ?? []) {
      const ms = visit(wire.to);
      if (ms === Number.NEGATIVE_INFINITY || (next !== undefined && ms <= rest)) continue;
      rest = ms;
      next = wire;
    }
    const ms = (costs.get(name) ?? 0) + rest;
    known.set(name, { ms, next });
    return ms;
  };
  const heads = nodes.filter(({ name }) => !reached.has(name)).map(({ name }) => name);
  const [first] = heads.map((name) => ({ name, ms: visit(name) })).sort((a, b) => b.ms - a.ms);
  if (first === undefined || !(first.ms > 0)) return undefined;
  const path = [first.name];
  const taken: string[] = [];
  for (let next = known.get(first.name)?.next; next !== undefined; next = known.get(next.to)?.next) {
    taken.push(next.id);
    path.push(next.to);
  }
  const totalMs = first.ms;
  return {
    nodes: path,
    wires: taken,
    totalMs,
    shares: new Map(path.map((name) => [name, (costs.get(name) ?? 0) / totalMs])),
  };
}
