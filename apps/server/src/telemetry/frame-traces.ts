import { errorCode, errorMessage } from '@kinegraph/core';
import type { Clock, Run, RunObserver, Trace } from '@kinegraph/core';
import { hideInText } from '../logging/hide-secrets.js';
import type { FinishedFrame, NodeWork } from './finished-frame.js';

/** How frames are followed. */
export interface FrameTracesOptions {
  /** Of each source, one frame in so many. */
  readonly everyNth: number;
  readonly clock: Clock;
  readonly onFinished: (frame: FinishedFrame) => void;
}

interface OpenFrame {
  readonly startMs: number;
  lastMs: number;
  readonly work: NodeWork[];
  readonly drops: FinishedFrame['drops'][number][];
  /** Sinks that have it. */
  readonly reached: Set<string>;
}

/** Frames that are followed at once; beyond it the oldest is told of as far as it is known. */
const MOST_OPEN = 256;
/** Entries of one frame, so that a node that answers again and again cannot fill the memory. */
const MOST_ENTRIES = 256;
/** A frame of which nothing was heard for so long has come to its end somewhere: a node had nothing to say of it. */
const QUIET_MS = 5_000;

/**
 * Follows some frames of a run through all its nodes. Which ones is decided where they enter, so that of a frame all nodes are
 * told or none. It only listens: frames wait for nothing here.
 */
export class FrameTraces implements Disposable {
  /** By the trace itself, which rides along unchanged; the oldest first. */
  readonly #open = new Map<Trace, OpenFrame>();
  readonly #counts = new Map<string, number>();
  readonly #observing: Disposable;
  #timer: Disposable | undefined;

  constructor(
    private readonly run: Pick<Run, 'runId' | 'graph' | 'observe'>,
    private readonly options: FrameTracesOptions,
  ) {
    this.#observing = run.observe(this.#observer);
  }

  /** Tells of the frames that are under way as far as they are known, and hears nothing more. */
  [Symbol.dispose](): void {
    this.#observing[Symbol.dispose]();
    for (const trace of this.#open.keys()) this.#finish(trace);
    this.#timer?.[Symbol.dispose]();
  }

  readonly #observer: RunObserver = {
    entered: ({ source, trace }) => {
      const count = this.#counts.get(source) ?? 0;
      this.#counts.set(source, (count + 1) % this.options.everyNth);
      if (count === 0) this.#begin(trace);
    },
    worked: ({ node, trace, workMs }) => this.#worked(node, trace, workMs),
    failed: ({ node, trace, workMs, error }) =>
      // It leaves the machine: addresses of cameras hold passwords.
      this.#worked(node, trace, workMs, hideInText(`${errorCode(error)}: ${errorMessage(error)}`)),
    dropped: (node, cause, _count, trace) => {
      const frame = trace && this.#open.get(trace);
      if (frame === undefined || frame.drops.length >= MOST_ENTRIES) return;
      frame.lastMs = this.options.clock.nowMs();
      frame.drops.push({ node, cause, atMs: frame.lastMs });
    },
  };

  #begin(trace: Trace): void {
    const nowMs = this.options.clock.nowMs();
    // A sender's clock is known roughly only: nothing is captured after it has come.
    const startMs = Math.min(trace.capturedAtMs + trace.clockOffsetMs, nowMs);
    this.#open.set(trace, { startMs, lastMs: nowMs, work: [], drops: [], reached: new Set() });
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#finish(oldest);
    this.#timer ??= this.options.clock.schedule(QUIET_MS, () => this.#sweep());
  }

  #worked(node: string, trace: Trace, workMs: number, error?: string): void {
    const frame = this.#open.get(trace);
    if (frame === undefined || frame.work.length >= MOST_ENTRIES) return;
    const descriptor = this.run.graph.nodes.find(({ name }) => name === node)?.descriptor;
    const endMs = this.options.clock.nowMs();
    frame.lastMs = endMs;
    const startMs = Math.max(frame.startMs, endMs - (Number.isNaN(workMs) ? 0 : workMs));
    frame.work.push({ node, type: descriptor?.type ?? '', startMs, endMs, ...(error === undefined ? {} : { error }) });
    if (descriptor?.kind !== 'sink') return;
    frame.reached.add(node);
    const sinks = this.run.graph.nodes.filter((other) => other.descriptor.kind === 'sink');
    if (sinks.every(({ name }) => frame.reached.has(name))) this.#finish(trace);
  }

  #sweep(): void {
    const quietSinceMs = this.options.clock.nowMs() - QUIET_MS;
    for (const [trace, { lastMs }] of this.#open) if (lastMs <= quietSinceMs) this.#finish(trace);
    this.#timer = this.#open.size === 0 ? undefined : this.options.clock.schedule(QUIET_MS, () => this.#sweep());
  }

  #finish(trace: Trace): void {
    const frame = this.#open.get(trace);
    if (frame === undefined) return;
    this.#open.delete(trace);
    const { startMs, lastMs: endMs, work, drops } = frame;
    const { source, sequence } = trace;
    this.options.onFinished({ run: this.run.runId, source, sequence, startMs, endMs, work, drops });
  }
}
