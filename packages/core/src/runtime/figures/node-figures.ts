import { Histogram, errorCode, errorMessage } from '../../base/index.js';
import type { Clock, HistogramBounds, HistogramSummary } from '../../base/index.js';
import { ageMs } from '../../kinds/index.js';
import type { ConnectionState, NodeMetrics, SourceStatus, Trace } from '../../kinds/index.js';
import type { NodeWatch } from '../observe/run-observers.js';
import type { NodeTrace } from '../traces/run-trace.js';
import { OwnFigures } from './own-figures.js';
import type { OwnFiguresSnapshot } from './own-figures.js';
import { RateMeter } from './rate-meter.js';
import { TimingSampler } from './timing-sampler.js';

/** `restarting` and `quarantined`: its worker is down, and packets pass as skips; `trouble` tells why. */
export const NODE_STATES = [
  'created',
  'opening',
  'open',
  'restarting',
  'quarantined',
  'ended',
  'failed',
  'closed',
] as const;
export type NodeState = (typeof NODE_STATES)[number];

/** The last thing that went wrong at a node. */
export interface NodeFault {
  readonly code: string;
  readonly message: string;
  /** Run clock. */
  readonly atMs: number;
  /** Milliseconds since then. */
  readonly ageMs: number;
}

/** How a source, or a sink that sends elsewhere, is connected. */
export interface ConnectionSnapshot {
  readonly state: ConnectionState;
  /** Milliseconds that it has been in this state. */
  readonly ageMs: number;
  /** The last thing that went wrong with the connection; stays once it is well again. */
  readonly lastError?: NodeFault;
}

/** One node's figures at one moment, as plain data. */
export interface NodeSnapshot extends OwnFiguresSnapshot {
  readonly name: string;
  readonly type: string;
  readonly state: NodeState;
  /** Milliseconds that it has been in this state. */
  readonly stateAgeMs: number;
  /** Packets with a value that came in, and that went out (counted once for each output port). */
  readonly in: number;
  readonly out: number;
  /** Timestamps for which there was nothing. */
  readonly skipped: number;
  readonly failed: number;
  readonly dropped: Readonly<Record<string, number>>;
  /**
   * Results a second over the last five seconds: what a sink took in, what any other node gave out (at several ports:
   * once). NaN in the first second, and without timings.
   */
  readonly perSecond: number;
  /**
   * Milliseconds between an answer's hand-over and the next packet. Like the other times it counts the packets that were
   * timed: all of them up to about a thousand a second, fewer beyond.
   */
  readonly waitMs: HistogramSummary;
  /** Milliseconds inside the node. */
  readonly workMs: HistogramSummary;
  /** Milliseconds that an answer waited for its consumers; a buffer's: from coming in to going out. */
  readonly handOverMs: HistogramSummary;
  /** Sinks only: age of what arrives. */
  readonly ageMs?: HistogramSummary;
  readonly lastFault?: NodeFault;
  /** What last took its worker down, and why no other is started where it is quarantined; stays once it is up again. */
  readonly trouble?: NodeFault;
  /** Only sources and sinks that tell. */
  readonly connection?: ConnectionSnapshot;
}

/** Which packets of a node are timed: those that cost next to nothing (`some`), each of them, or none. */
export type Timings = 'some' | 'all' | 'none';

type Fault = Omit<NodeFault, 'ageMs'>;

/** Counts what happens at one node, and times it. Times are NaN for packets that are not timed. */
export class NodeFigures implements NodeMetrics, SourceStatus {
  in = 0;
  out = 0;
  skipped = 0;
  failed = 0;
  readonly waitMs = new Histogram();
  readonly workMs = new Histogram();
  readonly handOverMs = new Histogram();
  readonly #rate = new RateMeter();
  readonly #sampler: TimingSampler;
  readonly #dropped = new Map<string, number>();
  readonly #own = new OwnFigures();
  readonly #ageMs: Histogram | undefined;
  /** Answers with a value; a sink's are what it has written. */
  #results = 0;
  #state: NodeState = 'created';
  #stateSinceMs: number;
  #lastFault: Fault | undefined;
  #trouble: Fault | undefined;
  #trace: NodeTrace | undefined;
  #connection: { state: ConnectionState; sinceMs: number; lastError: Fault | undefined } | undefined;

  constructor(
    readonly name: string,
    readonly type: string,
    isSink: boolean,
    private readonly clock: Clock,
    private readonly timings: Timings = 'some',
    /** Whom the node's packets are told to. */
    readonly watch?: NodeWatch,
  ) {
    this.#ageMs = isSink ? new Histogram() : undefined;
    this.#sampler = new TimingSampler(timings);
    this.#stateSinceMs = clock.nowMs();
  }

  get state(): NodeState {
    return this.#state;
  }

  /** Only while the run is recorded; then every packet is timed. */
  get trace(): NodeTrace | undefined {
    return this.#trace;
  }

  set trace(trace: NodeTrace | undefined) {
    if ((trace === undefined) !== (this.#trace === undefined))
      this.#sampler.time(trace === undefined ? this.timings : 'all');
    this.#trace = trace;
  }

  set state(state: NodeState) {
    if (state === this.#state) return;
    if (this.#state === 'opening') this.begin();
    this.#state = state;
    this.#stateSinceMs = this.clock.nowMs();
    this.#trace?.turned(state);
  }

  /** Rates are taken from now on: the node is open, or the sources begin. */
  begin(): void {
    if (this.timings !== 'none') this.#rate.begin(this.clock.nowMs(), this.#results);
  }

  /** The time where the next packet is timed, else NaN. It is asked for when a place for it is free. */
  free(): number {
    return this.#sampler.timesNext ? this.clock.nowMs() : Number.NaN;
  }

  /** A packet is taken up. @returns the time where it is timed, else NaN */
  started(freeSinceMs: number, trace: Trace): number {
    this.in += 1;
    const startMs = this.time();
    if (Number.isNaN(startMs)) return startMs;
    this.waitMs.observe(startMs - freeSinceMs);
    this.#ageMs?.observe(ageMs(trace, startMs));
    return startMs;
  }

  /** Asked once for each packet. @returns the time where it is timed, else NaN */
  time(): number {
    if (!this.#sampler.take()) return Number.NaN;
    const nowMs = this.clock.nowMs();
    this.#sampler.timedAt(nowMs);
    return nowMs;
  }

  /** The same where the time is known already. */
  timedAt(nowMs: number): boolean {
    if (!this.#sampler.take()) return false;
    this.#sampler.timedAt(nowMs);
    return true;
  }

  /** The packet taken up at `startMs` has its answer. @returns the time where it is timed, else NaN */
  worked(startMs: number, isResult: boolean): number {
    let doneMs = Number.NaN;
    if (!Number.isNaN(startMs)) {
      doneMs = this.clock.nowMs();
      this.workMs.observe(doneMs - startMs);
      this.#rate.mark(doneMs, this.#results);
    }
    if (isResult) this.#results += 1;
    return doneMs;
  }

  /** The answer that was there at `doneMs` has gone to its consumers. @returns when a place became free, where that is timed */
  handedOver(doneMs: number): number {
    if (Number.isNaN(doneMs)) return this.free();
    const nowMs = this.clock.nowMs();
    this.handOverMs.observe(nowMs - doneMs);
    return nowMs;
  }

  /** Sources and buffers: the packet that they have had since `sinceMs` (NaN: it is not timed) went out. */
  gaveOut(sinceMs: number): void {
    if (!Number.isNaN(sinceMs)) {
      const nowMs = this.clock.nowMs();
      this.handOverMs.observe(nowMs - sinceMs);
      this.#rate.mark(nowMs, this.#results);
    }
    this.#results += 1;
    this.out += 1;
  }

  drop(cause: string, count = 1, trace?: Trace): void {
    this.#dropped.set(cause, (this.#dropped.get(cause) ?? 0) + count);
    this.#trace?.dropped(cause, count);
    this.watch?.dropped(cause, count, trace);
  }

  count(name: string, by?: number): void {
    this.#own.count(name, by);
  }

  gauge(name: string, value: number): void {
    this.#own.gauge(name, value);
  }

  fail(error: unknown, atMs: number): void {
    this.failed += 1;
    this.#trace?.failed(error);
    this.#lastFault = { code: errorCode(error), message: errorMessage(error), atMs };
  }

  /** Its worker went down: tells why, without counting a packet. */
  downBecause(error: unknown, atMs: number): void {
    this.#trouble = { code: errorCode(error), message: errorMessage(error), atMs };
  }

  report(state: ConnectionState, error?: unknown): void {
    const before = this.#connection;
    if (before?.state === state && error === undefined) return; // sources may tell with each frame
    const atMs = this.clock.nowMs();
    const lastError =
      error === undefined ? before?.lastError : { code: errorCode(error), message: errorMessage(error), atMs };
    this.#connection = { state, sinceMs: before?.state === state ? before.sinceMs : atMs, lastError };
    if (before?.state === state) return;
    this.#trace?.turned(state);
    this.watch?.connection(state);
  }

  #connectionAt(nowMs: number): ConnectionSnapshot | undefined {
    if (this.#connection === undefined) return undefined;
    const { state, sinceMs, lastError } = this.#connection;
    const aged = lastError === undefined ? {} : { lastError: { ...lastError, ageMs: nowMs - lastError.atMs } };
    return { state, ageMs: nowMs - sinceMs, ...aged };
  }

  /**
   * @param nowMs - what rates and ages refer to
   * @param bounds - what the histograms count up to; left out: none
   */
  snapshot(nowMs: number = this.clock.nowMs(), bounds?: HistogramBounds): NodeSnapshot {
    const aged = (fault: Fault): NodeFault => ({ ...fault, ageMs: nowMs - fault.atMs });
    const connection = this.#connectionAt(nowMs);
    return {
      name: this.name,
      type: this.type,
      state: this.#state,
      stateAgeMs: nowMs - this.#stateSinceMs,
      in: this.in,
      out: this.out,
      skipped: this.skipped,
      failed: this.failed,
      dropped: Object.fromEntries(this.#dropped),
      perSecond: this.#rate.perSecond(nowMs, this.#results),
      waitMs: this.waitMs.summary(bounds),
      workMs: this.workMs.summary(bounds),
      handOverMs: this.handOverMs.summary(bounds),
      ...(this.#ageMs === undefined ? {} : { ageMs: this.#ageMs.summary(bounds) }),
      ...(this.#lastFault === undefined ? {} : { lastFault: aged(this.#lastFault) }),
      ...(this.#trouble === undefined ? {} : { trouble: aged(this.#trouble) }),
      ...(connection === undefined ? {} : { connection }),
      ...this.#own.snapshot(),
    };
  }
}
