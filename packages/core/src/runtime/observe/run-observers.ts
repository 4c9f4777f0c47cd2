import { errorMessage, toErrorRecord } from '../../base/index.js';
import type { Logger } from '../../base/index.js';
import type { ConnectionState, Packet, Trace } from '../../kinds/index.js';
import { Frame } from '../../vision/index.js';
import type { RunObserver } from './run-observer.js';

type Hook = keyof RunObserver;
const HOOKS: readonly Hook[] = ['frame', 'sinkValue', 'worked', 'dropped', 'connection'];

/** Those who watch one run, by what they want to hear. Nothing is made up for them where nobody wants it. */
export class RunObservers {
  readonly #observers: ReadonlyMap<Hook, Set<RunObserver>> = new Map(HOOKS.map((hook) => [hook, new Set()]));

  constructor(private readonly logger: Logger) {}

  /** Whether anybody wants to hear of this. */
  want(hook: Hook): boolean {
    return this.#observers.get(hook)?.size !== 0;
  }

  /** Tells `observer` from now on, until the answer is disposed of. */
  add(observer: RunObserver): Disposable {
    for (const [hook, observers] of this.#observers) if (observer[hook] !== undefined) observers.add(observer);
    return { [Symbol.dispose]: () => this.#remove(observer) };
  }

  tell(hook: Hook, say: (observer: RunObserver) => void): void {
    for (const observer of this.#observers.get(hook) ?? []) {
      try {
        say(observer);
      } catch (error) {
        this.#remove(observer);
        this.logger.error(`An observer of the run failed and hears nothing more: ${errorMessage(error)}`, {
          error: toErrorRecord(error),
        });
      }
    }
  }

  #remove(observer: RunObserver): void {
    for (const observers of this.#observers.values()) observers.delete(observer);
  }
}

/** What one node tells the observers of its run. */
export class NodeWatch {
  constructor(
    private readonly node: string,
    private readonly isSink: boolean,
    private readonly observers: RunObservers,
  ) {}

  /** The node is about to work on a value. */
  begins(value: unknown, timestampMs: number, trace: Trace): void {
    if (!this.isSink || !this.observers.want('sinkValue')) return;
    const told = { sink: this.node, value, timestampMs, trace };
    this.observers.tell('sinkValue', (observer) => observer.sinkValue?.(told));
  }

  /** The node has answered; the times are NaN where the packet is not timed. */
  answered(
    times: { readonly startMs: number; readonly doneMs: number; readonly timestampMs: number; readonly trace: Trace },
    packets: readonly Packet[],
  ): void {
    const { startMs, doneMs, timestampMs, trace } = times;
    if (!Number.isNaN(doneMs) && this.observers.want('worked')) {
      const told = { node: this.node, trace, timestampMs, workMs: doneMs - startMs };
      this.observers.tell('worked', (observer) => observer.worked?.(told));
    }
    for (const packet of packets) this.gaveOut(packet.value, trace);
  }

  /** A value that nobody has taken yet. */
  gaveOut(value: unknown, trace: Trace): void {
    if (!(value instanceof Frame) || !this.observers.want('frame')) return;
    this.observers.tell('frame', (observer) => observer.frame?.(this.node, value, trace));
  }

  dropped(cause: string, count: number): void {
    if (this.observers.want('dropped'))
      this.observers.tell('dropped', (observer) => observer.dropped?.(this.node, cause, count));
  }

  connection(state: ConnectionState): void {
    if (this.observers.want('connection'))
      this.observers.tell('connection', (observer) => observer.connection?.(this.node, state));
  }
}
