import { deferred } from '../../base/index.js';
import type { ResolvedWire } from '../../graph/index.js';
import { whenAborted } from '../runners/replacing.js';
import type { SourceRunner } from '../runners/source-runner.js';
import type { Consumer } from '../wires/consumer.js';
import type { RunningGraph } from './running-graph.js';

/**
 * Empties a part of a running graph: its sources are held (they stay open, and a live one keeps its newest frame), and what
 * is under way behind them goes on to its end. That a source or node is empty is told along its wires, as its end would
 * be, so that joins do not wait for what will not come. All of what is before the part belongs to it; what is
 * behind it gets its packets as ever. Like a segment event of GStreamer, with the answer coming back.
 */
export class Draining {
  readonly #wires: readonly ResolvedWire[];
  readonly #consumers: readonly Consumer[];
  readonly #sources: readonly SourceRunner[];
  readonly #drained = new Set<string>();
  readonly #done = deferred<void>();

  /** @param region - names of nodes; with each node all nodes before it. */
  constructor(
    private readonly region: ReadonlySet<string>,
    private readonly running: RunningGraph,
  ) {
    this.#wires = running.graph.wires.filter(({ to }) => region.has(to.node));
    this.#consumers = this.#wires.flatMap((wire) => running.consumer(wire) ?? []);
    this.#sources = running.sources.filter(({ name }) => region.has(name));
    if (region.size === 0) this.#done.resolve();
  }

  /** Settles once nothing is under way in the region, and nothing will be until `release`. @throws the signal's reason. */
  async drain(signal: AbortSignal): Promise<void> {
    for (const name of this.region) {
      const runner = this.running.runner(name);
      if (runner !== undefined) runner.onDrained = () => this.#tell(name);
    }
    for (const source of this.#sources) for (const outlet of source.outputs.values()) outlet.hold();
    for (const { name } of this.#sources) this.#tell(name);
    await Promise.race([this.#done.promise, whenAborted(signal)]);
  }

  /** Lets the sources go on, with the wires as they are now. */
  release(): void {
    for (const name of this.region) {
      const runner = this.running.runner(name);
      if (runner !== undefined) runner.onDrained = () => {};
    }
    for (const consumer of this.#consumers) consumer.idle(false);
    for (const source of this.#sources) for (const outlet of source.outputs.values()) outlet.release();
  }

  #tell(name: string): void {
    if (this.#drained.has(name)) return;
    this.#drained.add(name);
    for (const wire of this.#wires) if (wire.from.node === name) this.running.consumer(wire)?.idle(true);
    if (this.#drained.size === this.region.size) this.#done.resolve();
  }
}
