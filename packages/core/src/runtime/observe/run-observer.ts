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

/** A value that a sink is given. */
export interface SinkValue {
  readonly sink: string;
  readonly trace: Trace;
  readonly timestampMs: number;
  /** The run's: whoever keeps a frame of it clones that. */
  readonly value: unknown;
}

/**
 * What may be seen of a run as it happens. The methods are called in the run's own turn, so they must be quick. One that
 * throws is told about in the log, and its observer hears nothing more.
 */
export interface RunObserver {
  /** A source or a transform has a frame, before anybody has taken it. It is the run's: clone it to keep it. */
  frame?(node: string, frame: Frame, trace: Trace): void;
  /** A sink is about to write a value. */
  sinkValue?(value: SinkValue): void;
  /** A node has answered a packet; only packets that are timed. */
  worked?(packet: WorkedPacket): void;
  /** A node let packets go. */
  dropped?(node: string, cause: string, count: number): void;
  /** A source tells how it is connected. */
  connection?(node: string, state: ConnectionState): void;
}
