import type { Consumer } from '../wires/consumer.js';
import type { Outlet } from '../wires/outlet.js';
import type { NodeFigures } from '../figures/node-figures.js';

/** A configuration that is to take the place of another one while the node runs. */
export interface ConfigChange {
  /** Validated, defaults filled in. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>>;
  /** Fires when the change is given up, with the reason. */
  readonly signal: AbortSignal;
}

/** What a run knows of each of its nodes, whatever the kind. */
export interface NodeRunner {
  readonly name: string;
  readonly figures: NodeFigures;
  /** Consumers by wired input port. */
  readonly inputs: ReadonlyMap<string, Consumer>;
  /** Outlets by output port. */
  readonly outputs: ReadonlyMap<string, Outlet>;
  /** @throws what the node throws; the run then fails with the node's name. */
  open(signal: AbortSignal): Promise<void>;
  /** Settles when the node has ended by itself: all that came in has gone out. Never rejects. */
  readonly ended: Promise<void>;
  /**
   * Takes the configuration over without a restart. False: that takes a restart, and all is as before.
   * @throws what the node throws; all is as before then, too.
   */
  reconfigure(change: ConfigChange): Promise<boolean>;
  /**
   * Opens what runs with the new configuration, then puts it in the place of the old one between two packets. Left out
   * where a node cannot restart by itself. The answer is what went wrong with closing the old.
   * @throws what the node throws when it opens; the old one goes on as if nothing had been.
   */
  restart?(change: ConfigChange): Promise<readonly unknown[]>;
  /** From now on nothing is started and nothing handed over; what waits is closed. */
  halt(): void;
  /** Sinks: everything written reaches its goal. */
  flush(): Promise<void>;
  /** Waits for calls under way, then releases the node. */
  close(): Promise<void>;
}

/** What a runner tells its run. */
export interface RunnerEvents {
  /** A packet was lost to an error; the stream goes on. */
  packetFailed(node: string, error: unknown): void;
  /** The node cannot go on; the run must end. */
  nodeFailed(node: string, error: unknown): void;
}
