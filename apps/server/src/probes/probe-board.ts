import type { Clock, Logger } from '@kinegraph/core';
import { PortProbe } from './port-probe.js';
import type { ProbeViewer, ProbedRun } from './port-probe.js';

/** The probes of one run, by port. There are none while nobody looks. */
export class ProbeBoard implements Disposable {
  readonly #probes = new Map<string, PortProbe>();
  #isOver = false;

  constructor(
    private readonly run: ProbedRun,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Ports that somebody looks at. */
  get size(): number {
    return this.#probes.size;
  }

  /** Shows an output of a node, until the answer is disposed of. */
  watch(node: string, port: string, viewer: ProbeViewer): Disposable {
    if (this.#isOver) {
      viewer.end();
      return { [Symbol.dispose]: () => {} };
    }
    const key = `${node}.${port}`;
    const probe = this.#probes.get(key) ?? new PortProbe(this.run, { node, port }, this.clock, this.logger);
    this.#probes.set(key, probe);
    const watching = probe.watch(viewer);
    return {
      [Symbol.dispose]: () => {
        watching[Symbol.dispose]();
        if (probe.viewers === 0 && this.#probes.get(key) === probe) this.#probes.delete(key);
      },
    };
  }

  /** The run has ended. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    for (const probe of this.#probes.values()) probe[Symbol.dispose]();
    this.#probes.clear();
  }
}
