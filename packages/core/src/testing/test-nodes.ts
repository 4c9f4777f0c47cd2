import { decorate, inject, injectable } from 'inversify';
import { AbortedError, Clock, sleep } from '../base/index.js';
import { NodeConfig, NodeMetrics } from '../kinds/index.js';
import type { FrameSource, NodeClass, ProcessInfo, Sink } from '../kinds/index.js';
import type { Timed } from '../vision/index.js';

/** The services that a test's node is made with. */
export interface TestNodeServices {
  /** The run's clock. */
  readonly clock: Clock;
  readonly config: unknown;
  readonly metrics: NodeMetrics;
}

/** A node class out of a function, for tests that need no class of their own. Called once for each instance. */
export function nodeOf<T extends object>(make: (services: TestNodeServices) => T): NodeClass {
  const made = function madeNode(clock: Clock, config: unknown, metrics: NodeMetrics): T {
    return make({ clock, config, metrics });
  };
  decorate(injectable(), made);
  for (const [index, service] of [Clock, NodeConfig, NodeMetrics].entries()) decorate(inject(service), made, index);
  return made as unknown as NodeClass; // `new` answers the object that the function returns
}

/**
 * A source that brings the items one by one, each `intervalMs` after the last (0: at once), then ends. Items that were
 * never read stay unmade where `items` is lazy.
 */
export function sourceOf<Item extends Timed>(
  items: Iterable<Item> | ((clock: Clock) => Iterable<Item>),
  intervalMs = 0,
): NodeClass {
  return nodeOf(({ clock }): FrameSource<Item> => {
    const iterator = (typeof items === 'function' ? items(clock) : items)[Symbol.iterator]();
    const next = (): Item | undefined => {
      const step = iterator.next();
      return step.done === true ? undefined : step.value;
    };
    if (intervalMs === 0) return { read: next };
    let dueMs: number | undefined;
    return {
      // As a camera: the next item is due one interval after the last was, however long its hand-over took.
      async read(signal) {
        dueMs = dueMs === undefined ? clock.nowMs() + intervalMs : dueMs + intervalMs;
        if (dueMs > clock.nowMs()) await sleep(clock, dueMs - clock.nowMs(), signal);
        return next();
      },
    };
  });
}

/** What a collecting sink was given. */
export interface Collected<Value = unknown> {
  readonly value: Value;
  readonly timestampMs: number;
  readonly sequence: number;
  /** Run clock at the time of writing. */
  readonly atMs: number;
  /** Milliseconds from capture to then. */
  readonly ageMs: number;
}

/** A sink that adds what comes to `into`. Frames among it are closed by then: collect what was read of them instead. */
export function sinkInto<Value>(into: Collected<Value>[], serviceMs = 0): NodeClass {
  return nodeOf(({ clock }): Sink<Value> => {
    const write = (value: Value, { timestampMs, trace }: ProcessInfo): void => {
      const atMs = clock.nowMs();
      into.push({
        value,
        timestampMs,
        sequence: trace.sequence,
        atMs,
        ageMs: atMs - trace.capturedAtMs - trace.clockOffsetMs,
      });
    };
    if (serviceMs === 0) return { write };
    return {
      async write(value, info) {
        write(value, info);
        await sleep(clock, serviceMs);
      },
    };
  });
}

/** A promise that never settles but for an abort of `signal`, for tests of calls that hang. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => reject(new AbortedError({ what: 'A call that hangs' }));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
