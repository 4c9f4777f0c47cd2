import { errorMessage, toErrorRecord } from '../../base/index.js';
import type { Logger } from '../../base/index.js';
import type { ConnectionState, Packet, Trace } from '../../kinds/index.js';
import { Frame } from '../../vision/index.js';
import type { RunObserver } from './run-observer.js';

/** Those who watch one run, by what they want to hear. Nothing is made up where nobody wants it. */
export class RunObservers {
  // A list for each thing to hear, replaced where it changes: it may change while it is gone through, for every frame.
  entered: readonly RunObserver[] = [];
  frame: readonly RunObserver[] = [];
  output: readonly RunObserver[] = [];
  sinkValue: readonly RunObserver[] = [];
  worked: readonly RunObserver[] = [];
  failed: readonly RunObserver[] = [];
  dropped: readonly RunObserver[] = [];
  connection: readonly RunObserver[] = [];

  constructor(private readonly logger: Logger) {}

  /** Tells `observer` from now on, until the answer is disposed of. */
  add(observer: RunObserver): Disposable {
    for (const hook of HOOKS) if (observer[hook] !== undefined) this[hook] = [...this[hook], observer];
    return { [Symbol.dispose]: () => this.#remove(observer) };
  }

  /** An observer has thrown: it hears nothing more. */
  hasFailed(observer: RunObserver, error: unknown): void {
    this.#remove(observer);
    this.logger.error(`An observer of the run failed and hears nothing more: ${errorMessage(error)}`, {
      error: toErrorRecord(error),
    });
  }

  #remove(observer: RunObserver): void {
    for (const hook of HOOKS) this[hook] = this[hook].filter((other) => other !== observer);
  }
}

const HOOKS = [
  'entered',
  'frame',
  'output',
  'sinkValue',
  'worked',
  'failed',
  'dropped',
  'connection',
] as const satisfies readonly Exclude<keyof RunObserver, 'outputsOf'>[];

/** When a node took a packet up and was done with it; NaN where it was not timed. */
interface PacketTimes {
  readonly startMs: number;
  readonly doneMs: number;
  readonly timestampMs: number;
  readonly trace: Trace;
}

/** What one node tells the observers of its run. */
export class NodeWatch {
  constructor(
    private readonly node: string,
    private readonly isSink: boolean,
    private readonly observers: RunObservers,
  ) {}

  /** The source has a packet that nobody has taken yet. */
  entered(timestampMs: number, trace: Trace): void {
    const { entered: all } = this.observers;
    if (all.length === 0) return;
    const told = { source: this.node, trace, timestampMs };
    for (const observer of all) this.#tell(observer, () => observer.entered?.(told));
  }

  /** The node is about to work on a value. */
  begins(value: unknown, timestampMs: number, trace: Trace): void {
    const { sinkValue: all } = this.observers;
    if (!this.isSink || all.length === 0) return;
    const told = { sink: this.node, value, timestampMs, trace };
    for (const observer of all) this.#tell(observer, () => observer.sinkValue?.(told));
  }

  /** The node has answered. @param ports - those of the packets, in their order. */
  answered(times: PacketTimes, packets: readonly Packet[], ports: readonly string[]): void {
    const { startMs, doneMs, timestampMs, trace } = times;
    const { worked: all } = this.observers;
    if (all.length > 0 && !Number.isNaN(doneMs)) {
      const told = { node: this.node, trace, timestampMs, workMs: doneMs - startMs };
      for (const observer of all) this.#tell(observer, () => observer.worked?.(told));
    }
    for (const [index, packet] of packets.entries()) {
      this.#hasFrame(packet.value, trace);
      this.gaveOut(ports[index] ?? '', packet);
    }
  }

  /** The source has a value that nobody has taken yet. */
  brought(port: string, packet: Packet): void {
    this.#hasFrame(packet.value, packet.trace);
    this.gaveOut(port, packet);
  }

  /** A packet is about to leave by an output. */
  gaveOut(port: string, { skip, value, timestampMs, trace }: Packet): void {
    const { output: all } = this.observers;
    if (all.length === 0 || skip) return;
    for (const observer of all) {
      if (observer.outputsOf !== undefined && observer.outputsOf !== this.node) continue;
      this.#tell(observer, () => observer.output?.({ node: this.node, port, trace, timestampMs, value }));
    }
  }

  #hasFrame(value: unknown, trace: Trace): void {
    if (!(value instanceof Frame)) return;
    for (const observer of this.observers.frame) this.#tell(observer, () => observer.frame?.(this.node, value, trace));
  }

  /** The node has no answer to a packet but an error. */
  failed({ startMs, doneMs, timestampMs, trace }: PacketTimes, error: unknown): void {
    const { failed: all } = this.observers;
    if (all.length === 0) return;
    const told = { node: this.node, trace, timestampMs, workMs: doneMs - startMs, error };
    for (const observer of all) this.#tell(observer, () => observer.failed?.(told));
  }

  dropped(cause: string, count: number, trace?: Trace): void {
    for (const observer of this.observers.dropped)
      this.#tell(observer, () => observer.dropped?.(this.node, cause, count, trace));
  }

  /** Of a source: no pictures hang on how a sink is connected. */
  connection(state: ConnectionState): void {
    if (this.isSink) return;
    for (const observer of this.observers.connection)
      this.#tell(observer, () => observer.connection?.(this.node, state));
  }

  #tell(observer: RunObserver, say: () => void): void {
    try {
      say();
    } catch (error) {
      this.observers.hasFailed(observer, error);
    }
  }
}
