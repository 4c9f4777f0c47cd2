import type { Trace } from '../../kinds/index.js';
import type { NodeFigures } from '../figures/node-figures.js';
import type { Consumer } from '../wires/consumer.js';

/** The inputs of one node: takes packets from the wires and makes of them what the node is called with. */
export interface InputSet {
  /** The consumer for each wired input port. */
  readonly consumers: ReadonlyMap<string, Consumer>;
  /** The node can take more. */
  nodeReady(): void;
  /** Where values are held for packets to come: gives away those of `ports`, still open, before `clear`. */
  takeHeld?(ports: ReadonlySet<string>): ReadonlyMap<string, unknown>;
  /** Closes all that is held, and holds nothing from then on. */
  clear(): void;
}

/** What an input set needs of its node. */
export interface InputTarget {
  readonly canStart: boolean;
  readonly figures: NodeFigures;
  /** Calls the node. Takes over the value: one, or for several inputs an object by port name. */
  start(value: unknown, timestampMs: number, trace: Trace): void;
  /** There is nothing for this timestamp; the node is not called. */
  startSkip(timestampMs: number, trace: Trace): void;
  /** What comes is later than this: see `Consumer.startsAfter`. */
  inputsStartAfter(timestampMs: number): void;
  /** All inputs have ended and nothing is held back. */
  inputsEnded(): void;
  /** True: every input is idle (see `Consumer.idle`) or has ended, and nothing is held back. False: that is over. */
  inputsIdle(areIdle: boolean): void;
}
