import type { Clock } from '../../base/index.js';
import type { Trace } from '../../kinds/index.js';
import type { FrameFlows } from './frame-flows.js';
import type { TraceRows } from './trace-rows.js';

/** When a worker worked on a call, by the clock that all threads of a process share: see `sharedNowMs`. */
export interface WorkerTimes {
  readonly beginMs: number;
  readonly endMs: number;
}

/** Milliseconds on a clock that is the same in every thread, to some tens of microseconds. */
export function sharedNowMs(): number {
  return performance.timeOrigin + performance.now();
}

interface Call {
  readonly trace: Trace;
  readonly timestampMs: number;
  readonly postedMs: number;
}

/** Records what one worker does, by its own account. */
export class WorkerTrace {
  readonly #calls = new Map<number, Call>();
  /** What the shared clock is ahead of the run's. */
  readonly #aheadMs: number;

  constructor(
    private readonly rows: TraceRows,
    private readonly flows: FrameFlows,
    private readonly clock: Clock,
  ) {
    this.#aheadMs = sharedNowMs() - clock.nowMs();
  }

  /** A packet was sent to the worker. */
  posted(call: number, packet: { readonly trace: Trace; readonly timestampMs: number }): void {
    const { trace, timestampMs } = packet;
    this.#calls.set(call, { trace, timestampMs, postedMs: this.clock.nowMs() });
  }

  /** The answer has come. Clocks of threads differ a little: work never begins before it was sent, nor ends after that. */
  answered(call: number, times: WorkerTimes): void {
    const sent = this.#calls.get(call);
    if (sent === undefined) return;
    this.#calls.delete(call);
    const { trace, timestampMs, postedMs } = sent;
    const nowMs = this.clock.nowMs();
    const within = (ms: number): number => Math.min(Math.max(ms - this.#aheadMs, postedMs), nowMs);
    const [beginMs, endMs] = [within(times.beginMs), within(times.endMs)];
    const row = this.rows.freeAt(beginMs);
    const args = { source: trace.source, sequence: trace.sequence, timestampMs };
    this.flows.touch(trace, timestampMs, row.tid, this.rows.slice(row.tid, 'working', beginMs, endMs, args));
    row.end(endMs);
  }
}
