import type { Awaitable } from '../../base/index.js';
import type { ProcessInfo } from '../../kinds/index.js';

/** One live instance of a node that answers packets: an object of this thread, or one in a worker. */
export interface NodeInstance {
  /** True while it answers every packet with nothing at once, since its worker is down. Left out: never. */
  readonly isDown?: boolean;
  /** Told when it is no longer down. Set by whoever runs it; there where `isDown` is. */
  onUp?: () => void;
  open(signal: AbortSignal): Awaitable<void>;
  /** Calls the node with one value (several inputs: an object by port name). The value stays the caller's. */
  invoke(value: unknown, info: ProcessInfo): Awaitable<unknown>;
  /** True: taken over live. */
  reconfigure(config: unknown): Awaitable<boolean>;
  /** Sinks: everything written reaches its goal. */
  flush(): Awaitable<void>;
  close(): Awaitable<void>;
}
