import { errorCode, errorMessage } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import type { Trace } from '../../kinds/index.js';
import { FrameFlows } from './frame-flows.js';
import type { TraceEvent, TraceWriter } from './trace-event.js';
import { toMicroseconds } from './trace-event.js';
import { ROWS_PER_NODE, TraceRows } from './trace-rows.js';
import { WorkerTrace } from './worker-trace.js';

/** Workers sort behind the rows of their node. */
const FIRST_WORKER_ROW = 100;
const ROWS_PER_WORKER = 10;

/** A packet that a node has answered, with the run's clock at each step; NaN for one that was not timed, as no skip is. */
export interface TracedAnswer {
  readonly timestampMs: number;
  readonly trace: Trace;
  readonly startMs: number;
  readonly doneMs: number;
  readonly isResult: boolean;
  readonly isSkip: boolean;
}

/**
 * Records what happens in one run from one moment to another: a process of the trace, with rows for its nodes and workers.
 */
export class RunTrace {
  readonly #pid: number;
  readonly #flows: FrameFlows;
  readonly #nodes = new Map<string, NodeTrace>();
  #isOver = false;
  /** A node that has left the run may still come to the end of what it does. */
  readonly #write = (event: TraceEvent): void => {
    if (!this.#isOver) this.writer.write(event);
  };

  constructor(
    private readonly writer: TraceWriter,
    title: string,
    private readonly clock: Clock,
  ) {
    this.#pid = writer.newProcess();
    const write = this.#write;
    this.#flows = new FrameFlows(this.#pid, write);
    write({ ph: 'M', name: 'process_name', ts: 0, pid: this.#pid, tid: 0, args: { name: title } });
    write({ ph: 'M', name: 'process_sort_index', ts: 0, pid: this.#pid, tid: 0, args: { sort_index: this.#pid } });
  }

  /** The rows of a node; the same ones again for a node of the same name that takes its place. */
  node(name: string): NodeTrace {
    const existing = this.#nodes.get(name);
    if (existing !== undefined) return existing;
    const tid = (this.#nodes.size + 1) * ROWS_PER_NODE;
    const write = this.#write;
    const rows = new TraceRows(name, tid, this.#pid, write);
    const worker = (index: number): WorkerTrace => {
      const workerTid = tid + FIRST_WORKER_ROW + index * ROWS_PER_WORKER;
      const workerRows = new TraceRows(`${name} worker ${index + 1}`, workerTid, this.#pid, write);
      return new WorkerTrace(workerRows, this.#flows, this.clock);
    };
    const node = new NodeTrace(name, this.#pid, rows, this.#flows, this.clock, write, worker);
    this.#nodes.set(name, node);
    return node;
  }

  /** What is still held back is written, and nothing after that. */
  end(): void {
    this.#flows.end();
    this.#isOver = true;
  }
}

/** Records what happens at one node. All times are milliseconds of the run's clock. */
export class NodeTrace {
  readonly #workers = new Map<number, WorkerTrace>();
  #packets = 0;

  constructor(
    private readonly name: string,
    private readonly pid: number,
    private readonly rows: TraceRows,
    private readonly flows: FrameFlows,
    private readonly clock: Clock,
    private readonly write: (event: TraceEvent) => void,
    private readonly newWorker: (index: number) => WorkerTrace,
  ) {}

  /** The row of the worker at this place of the node; restarted workers share it. */
  worker(index: number): WorkerTrace {
    const worker = this.#workers.get(index) ?? this.newWorker(index);
    this.#workers.set(index, worker);
    return worker;
  }

  /** An answering node has handed its answer over at `freeMs`. */
  answered({ timestampMs, trace, startMs, doneMs, isResult, isSkip }: TracedAnswer, freeMs: number): void {
    if (isSkip) this.#instant('skip passed on', { sequence: trace.sequence });
    if (Number.isNaN(startMs)) return; // it began untimed, before the recording did
    const row = this.rows.freeAt(startMs);
    if (row.sinceMs < startMs) this.rows.slice(row.tid, 'waiting', row.sinceMs, startMs);
    const args = {
      source: trace.source,
      sequence: trace.sequence,
      timestampMs,
      answer: isResult ? 'value' : 'nothing',
    };
    this.flows.touch(trace, timestampMs, row.tid, this.rows.slice(row.tid, 'working', startMs, doneMs, args));
    if (freeMs > doneMs) this.rows.slice(row.tid, 'handing over', doneMs, freeMs);
    row.end(freeMs);
  }

  /** A source has read a frame; the times are NaN where it began to before the recording did. */
  read(trace: Trace, timestampMs: number, beginMs: number, endMs: number): void {
    if (Number.isNaN(beginMs)) return;
    const row = this.rows.freeAt(beginMs);
    const args = { sequence: trace.sequence, timestampMs };
    this.flows.touch(trace, timestampMs, row.tid, this.rows.slice(row.tid, 'reading', beginMs, endMs, args));
    row.end(endMs);
  }

  /** A source's frame that had been there since `sinceMs` has just gone to its consumers. */
  handedOver(sinceMs: number): void {
    const nowMs = this.clock.nowMs();
    if (!(nowMs > sinceMs)) return;
    const row = this.rows.freeAt(sinceMs);
    this.rows.slice(row.tid, 'handing over', sinceMs, nowMs);
    row.end(nowMs);
  }

  /** A buffer gives out a packet that came in at `inMs`, which is NaN where that is not known. */
  held({ trace, timestampMs }: { readonly trace: Trace; readonly timestampMs: number }, inMs: number): void {
    if (Number.isNaN(inMs)) return;
    const nowMs = this.clock.nowMs();
    const row = this.rows.freeAt(inMs);
    const args = { source: trace.source, sequence: trace.sequence, timestampMs };
    this.flows.touch(trace, timestampMs, row.tid, this.rows.slice(row.tid, 'holding', inMs, nowMs, args));
    row.end(nowMs);
  }

  /** Packets that a buffer holds now. */
  size(packets: number): void {
    if (packets === this.#packets) return;
    this.#packets = packets;
    const { pid } = this;
    const ts = toMicroseconds(this.clock.nowMs());
    this.write({ ph: 'C', name: `${this.name}: packets held`, ts, pid, tid: this.rows.tid, args: { packets } });
  }

  dropped(cause: string, count: number): void {
    this.#instant(`dropped: ${cause}`, count === 1 ? {} : { count });
  }

  failed(error: unknown): void {
    this.#instant('failed', { code: errorCode(error), message: errorMessage(error) });
  }

  turned(state: string): void {
    this.#instant(`now ${state}`, {});
  }

  #instant(name: string, args: Readonly<Record<string, unknown>>): void {
    const { pid, rows } = this;
    const ts = toMicroseconds(this.clock.nowMs());
    this.write({ ph: 'i', name, cat: 'node', ts, pid, tid: rows.tid, s: 't', args });
  }
}
