import type { ResolvedGraph, ResolvedNode, ResolvedWire } from '../../graph/index.js';
import type { NodeRunner } from '../runners/node-runner.js';
import { SourceRunner } from '../runners/source-runner.js';
import type { RunRecorder } from '../traces/run-recorder.js';
import type { Consumer } from '../wires/consumer.js';
import type { Outlet } from '../wires/outlet.js';

/** The graph of a run as it is now, with the runner of each of its nodes. */
export class RunningGraph {
  #graph: ResolvedGraph;
  #runners: ReadonlyMap<string, NodeRunner> = new Map();

  constructor(
    graph: ResolvedGraph,
    private readonly recorder: RunRecorder,
  ) {
    this.#graph = graph;
  }

  get graph(): ResolvedGraph {
    return this.#graph;
  }

  /** In the graph's order, producers before their consumers; none before they were made. */
  get runners(): readonly NodeRunner[] {
    return [...this.#runners.values()];
  }

  get sources(): readonly SourceRunner[] {
    return this.runners.filter((runner) => runner instanceof SourceRunner);
  }

  node(name: string): ResolvedNode | undefined {
    return this.#graph.nodes.find((node) => node.name === name);
  }

  runner(name: string): NodeRunner | undefined {
    return this.#runners.get(name);
  }

  /** The sending end of a wire. */
  outlet({ from }: Pick<ResolvedWire, 'from'>): Outlet | undefined {
    return this.#runners.get(from.node)?.outputs.get(from.port);
  }

  /** The receiving end of a wire. */
  consumer({ to }: Pick<ResolvedWire, 'to'>): Consumer | undefined {
    return this.#runners.get(to.node)?.inputs.get(to.port);
  }

  connect(wire: ResolvedWire): void {
    const consumer = this.consumer(wire);
    if (consumer !== undefined) this.outlet(wire)?.connect(consumer);
  }

  /** Takes another graph over; `runners` has one for each of its nodes. */
  replace(graph: ResolvedGraph, runners: ReadonlyMap<string, NodeRunner>): void {
    this.#graph = graph;
    this.#runners = new Map(
      graph.nodes.flatMap(({ name }) => {
        const runner = runners.get(name);
        return runner === undefined ? [] : [[name, runner] as const];
      }),
    );
    this.recorder.follow(this.runners.map(({ figures }) => figures));
  }
}

/** The wired input ports of a node, in the order of its type. @throws TypeError where there is none. */
export function wiredInputs(
  { name, descriptor }: ResolvedNode,
  { wires }: ResolvedGraph,
): readonly [string, ...string[]] {
  const wired = new Set(wires.filter((wire) => wire.to.node === name).map((wire) => wire.to.port));
  const [first, ...others] = Object.keys(descriptor.inputs).filter((port) => wired.has(port));
  if (first === undefined)
    throw new TypeError(`Node "${name}" has no wired input; validation should have refused the graph.`);
  return [first, ...others];
}
