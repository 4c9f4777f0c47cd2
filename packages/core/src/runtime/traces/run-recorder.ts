import { KinegraphError } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import { RunTrace } from './run-trace.js';
import type { NodeTrace } from './run-trace.js';
import type { TraceWriter } from './trace-event.js';

/** A run cannot be recorded now. */
export class RecordingRefusedError extends KinegraphError {
  override readonly name = 'RecordingRefusedError';
  readonly code = 'RUN_RECORDING_REFUSED';
  constructor(override readonly data: { runId: string; reason: 'under-way' | 'ended' }) {
    super(
      data.reason === 'ended'
        ? `Run ${data.runId} has ended, so there is nothing to record. Start a new run of its graph.`
        : `Run ${data.runId} is being recorded already, and one recording at a time is what a run takes. Try again when it is done.`,
    );
  }
}

/** A node that tells what happens at it wherever it has a trace: `NodeFigures`. */
export interface RecordedNode {
  readonly name: string;
  trace: NodeTrace | undefined;
}

/**
 * Begins and ends the recordings of one run, at any time and one after the other. Nodes hold the trace themselves, so that
 * without a recording a packet costs them no more than to see that there is none.
 */
export class RunRecorder {
  #current: RunTrace | undefined;
  #nodes: readonly RecordedNode[] = [];
  #isClosed = false;

  constructor(
    private readonly runId: string,
    private readonly clock: Clock,
  ) {}

  /**
   * Records from now on, until the answer is disposed of or the run ends. What began before is recorded where its times are
   * known, and what has not come to its end by then is left out.
   * @throws RecordingRefusedError
   */
  begin(writer: TraceWriter, title = `run ${this.runId}`): Disposable {
    const { runId } = this;
    if (this.#isClosed) throw new RecordingRefusedError({ runId, reason: 'ended' });
    if (this.#current !== undefined) throw new RecordingRefusedError({ runId, reason: 'under-way' });
    const trace = new RunTrace(writer, title, this.clock);
    this.#current = trace;
    for (const node of this.#nodes) node.trace = trace.node(node.name);
    return { [Symbol.dispose]: () => this.#end(trace) };
  }

  /** What a node of this name is recorded by; undefined while there is no recording. */
  trace(name: string): NodeTrace | undefined {
    return this.#current?.node(name);
  }

  /** These are the run's nodes from now on. */
  follow(nodes: readonly RecordedNode[]): void {
    const now = new Set(nodes);
    for (const gone of this.#nodes) if (!now.has(gone)) gone.trace = undefined;
    this.#nodes = nodes;
    for (const node of nodes) node.trace = this.trace(node.name); // a recording may have ended since it was made
  }

  /** The run has ended. */
  close(): void {
    this.#isClosed = true;
    if (this.#current !== undefined) this.#end(this.#current);
    this.#nodes = [];
  }

  #end(trace: RunTrace): void {
    if (this.#current !== trace) return;
    this.#current = undefined;
    for (const node of this.#nodes) node.trace = undefined;
    trace.end();
  }
}
