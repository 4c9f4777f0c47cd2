import { Histogram, errorCode, errorMessage } from '../../base/index.js';
import type { HistogramSummary } from '../../base/index.js';
import type { NodeMetrics } from '../../kinds/index.js';

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
}

/** One node's figures at one moment, as plain data. */
export interface NodeSnapshot {
  readonly name: string;
  readonly type: string;
  readonly state: NodeState;
  /** Packets with a value that came in, and that went out (counted once for each output port). */
  readonly in: number;
  readonly out: number;
  /** Timestamps for which there was nothing. */
  readonly skipped: number;
  readonly failed: number;
  readonly dropped: Readonly<Record<string, number>>;
  /** Milliseconds between an answer's hand-over and the next packet. */
  readonly waitMs: HistogramSummary;
  /** Milliseconds inside the node. */
  readonly workMs: HistogramSummary;
  /** Milliseconds that an answer waited for its consumers. */
  readonly handOverMs: HistogramSummary;
  /** Sinks only: age of what arrives. */
  readonly ageMs?: HistogramSummary;
  readonly lastFault?: NodeFault;
  /** What last took its worker down, and why no other is started where it is quarantined; stays once it is up again. */
  readonly trouble?: NodeFault;
}

/** Counts what happens at one node. */
export class NodeFigures implements NodeMetrics {
  state: NodeState = 'created';
  in = 0;
  out = 0;
  skipped = 0;
  failed = 0;
  lastFault: NodeFault | undefined;
  trouble: NodeFault | undefined;
  readonly waitMs = new Histogram();
  readonly workMs = new Histogram();
  readonly handOverMs = new Histogram();
  readonly #dropped = new Map<string, number>();
  readonly #ageMs: Histogram | undefined;

  constructor(
    readonly name: string,
    readonly type: string,
    isSink: boolean,
  ) {
    this.#ageMs = isSink ? new Histogram() : undefined;
  }

  drop(cause: string, count = 1): void {
    this.#dropped.set(cause, (this.#dropped.get(cause) ?? 0) + count);
  }

  fail(error: unknown, atMs: number): void {
    this.failed += 1;
    this.lastFault = { code: errorCode(error), message: errorMessage(error), atMs };
  }

  /** Its worker went down: tells why, without counting a packet. */
  downBecause(error: unknown, atMs: number): void {
    this.trouble = { code: errorCode(error), message: errorMessage(error), atMs };
  }

  /** Sinks: the age of a packet that has arrived. */
  arrived(ageMs: number): void {
    this.#ageMs?.observe(ageMs);
  }

  get droppedTotal(): number {
    let total = 0;
    for (const count of this.#dropped.values()) total += count;
    return total;
  }

  snapshot(): NodeSnapshot {
    return {
      name: this.name,
      type: this.type,
      state: this.state,
      in: this.in,
      out: this.out,
      skipped: this.skipped,
      failed: this.failed,
      dropped: Object.fromEntries(this.#dropped),
      waitMs: this.waitMs.summary(),
      workMs: this.workMs.summary(),
      handOverMs: this.handOverMs.summary(),
      ...(this.#ageMs === undefined ? {} : { ageMs: this.#ageMs.summary() }),
      ...(this.lastFault === undefined ? {} : { lastFault: this.lastFault }),
      ...(this.trouble === undefined ? {} : { trouble: this.trouble }),
    };
  }
}
