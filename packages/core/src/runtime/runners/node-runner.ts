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

/** What is open and ready to take the place of what a node runs on now: instances or a buffer of another configuration. */
export interface Replacement {
  /** Takes the place. Only while the node rests; cannot fail. */
  commit(): void;
  /** After `commit`: ends what ran before. The answer is what went wrong with that. */
  retire(signal: AbortSignal): Promise<readonly unknown[]>;
  /** Instead of `commit`: closes what was opened. */
  discard(signal: AbortSignal): Promise<void>;
}

/** What a run knows of each of its nodes, whatever the kind. */
export interface NodeRunner {
  readonly name: string;
  readonly figures: NodeFigures;
  /** Consumers by wired input port; others after `rewire`. */
  readonly inputs: ReadonlyMap<string, Consumer>;
  /** Outlets by output port. */
  readonly outputs: ReadonlyMap<string, Outlet>;
  /** @throws what the node throws; the run then fails with the node's name. */
  open(signal: AbortSignal): Promise<void>;
  /** Settles when the node has ended by itself: all that came in has gone out. Never rejects. Another after `rewire`. */
  readonly ended: Promise<void>;
  /**
   * Takes the configuration over without a restart. False: that takes a restart, and all is as before.
   * @throws what the node throws; all is as before then, too.
   */
  reconfigure(change: ConfigChange): Promise<boolean>;
  /**
   * Opens what runs with the new configuration; the node goes on as it is meanwhile. Left out where a node cannot restart
   * inside a run.
   * @throws what the node throws when it opens; all that was opened is closed again.
   */
  prepare?(change: ConfigChange): Promise<Replacement>;
  /** Settles once no call is under way; none is begun until the answer is disposed of. @throws the signal's reason. */
  rest(signal: AbortSignal): Promise<Disposable>;
  /** Called whenever all inputs are idle (see `Consumer.idle`) and everything that came in has gone out; maybe repeatedly. */
  onDrained: () => void;
  /**
   * Takes its packets from other wired ports from now on. Only while drained; the wires are laid anew afterwards. A sink that
   * has ended runs again.
   * @param unchanged - those whose wire is as it was: what is held of them stays good.
   */
  rewire(ports: readonly [string, ...string[]], unchanged: ReadonlySet<string>): void;
  /** From now on nothing is started and nothing handed over; what waits is closed. Does not throw what the node throws. */
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
