import type { ConnectionState, Trace } from '../../kinds/index.js';
import type { Frame } from '../../vision/index.js';

/** A packet that a node has answered. */
export interface WorkedPacket {
  readonly node: string;
  readonly trace: Trace;
  readonly timestampMs: number;
  /** Milliseconds inside the node. */
  readonly workMs: number;
}

/** A packet that a source has brought into the run. */
export interface EnteredPacket {
  readonly source: string;
  readonly trace: Trace;
  readonly timestampMs: number;
}

/** A packet that a node has failed on; what is behind it gets nothing for that time. */
export interface FailedPacket {
  readonly node: string;
  readonly trace: Trace;
  readonly timestampMs: number;
  /** Milliseconds inside the node; NaN where the packet was not timed. */
  readonly workMs: number;
  readonly error: unknown;
}

/** A value that a sink is given. */
export interface SinkValue {
  readonly sink: string;
  readonly trace: Trace;
  readonly timestampMs: number;
  /** The run's: whoever keeps a frame of it clones that. */
  readonly value: unknown;
}

/** A value that leaves an output of a node. */
export interface NodeOutput {
  readonly node: string;
  readonly port: string;
  readonly trace: Trace;
  readonly timestampMs: number;
  /** The run's: whoever keeps one that has owners clones it. */
  readonly value: unknown;
}

/**
 * What may be seen of a run as it happens. The methods are called in the run's own turn, so they must be quick. One that
 * throws is told about in the log, and its observer hears nothing more.
 */
export interface RunObserver {
  /** A source has a packet, before anybody has taken it. All that becomes of it is told with this very `trace`. */
  entered?(packet: EnteredPacket): void;
  /** A source or a transform has a frame, before anybody has taken it. It is the run's: clone it to keep it. */
  frame?(node: string, frame: Frame, trace: Trace): void;
  /** The node whose outputs `output` is told of. Left out: every node's. */
  readonly outputsOf?: string;
  /** A node has a value for one of its outputs, before anybody has taken it. */
  output?(output: NodeOutput): void;
  /** A sink is about to write a value. */
  sinkValue?(value: SinkValue): void;
  /** A node has answered a packet; only packets that are timed. */
  worked?(packet: WorkedPacket): void;
  /** A node has failed on a packet. */
  failed?(packet: FailedPacket): void;
  /** A node let packets go; `trace` is there where it was one and the node says which. */
  dropped?(node: string, cause: string, count: number, trace?: Trace): void;
  /** A source tells how it is connected. */
  connection?(node: string, state: ConnectionState): void;
}
