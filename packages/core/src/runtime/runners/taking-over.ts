import { KinegraphError, errorMessage } from '../../base/index.js';
import type { Awaitable } from '../../base/index.js';
import type { ConfigChange } from './node-runner.js';
import { whenAborted } from './replacing.js';

/** What may take another configuration over while it lives: an instance, a buffer, a source. */
export interface Reconfigurable {
  /** True: taken over. Left out: it takes nothing over. */
  reconfigure?(config: unknown): Awaitable<boolean>;
}

/** A node has taken a configuration over, and keeps it though the change was given up. */
export class ConfigKeptError extends KinegraphError {
  override readonly name = 'ConfigKeptError';
  readonly code = 'RUN_CONFIG_KEPT';
  constructor(
    override readonly data: { node: string },
    options: { cause: unknown },
  ) {
    super(
      `Node "${data.node}" keeps what it took over from a change that was given up, so it differs from the run's graph: ` +
        `${errorMessage(options.cause)} Restart it: set one of its keys that is no live one.`,
      options,
    );
  }
}

/**
 * The calls by which one node takes configurations over, one after the other. No change waits for a call that hangs; but
 * what is taken over after its change was given up is put back before anything else is asked.
 */
export class TakingOver {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * True: all of `parts` have taken it over. Otherwise all are as before, or will be once the calls under way are back.
   * @throws what one of them throws, or the signal's reason, or ConfigKeptError where another one then keeps it.
   */
  async ask(node: string, parts: readonly Reconfigurable[], change: ConfigChange): Promise<boolean> {
    const asking = this.#last.then(async () => await askAll(node, parts, change));
    this.#last = asking.catch(() => {}); // whoever asked is told
    return await Promise.race([asking, whenAborted(change.signal)]);
  }

  /** Settles when no call is under way or waits for its turn. Never rejects. */
  async settled(): Promise<void> {
    await this.#last;
  }
}

async function askAll(
  node: string,
  parts: readonly Reconfigurable[],
  { config, before, signal }: ConfigChange,
): Promise<boolean> {
  signal.throwIfAborted();
  const settled = await Promise.allSettled(parts.map(async (part) => (await part.reconfigure?.(config)) ?? false));
  const taken = parts.filter((_, index) => {
    const result = settled[index];
    return result?.status === 'fulfilled' && result.value;
  });
  if (taken.length === parts.length && !signal.aborted) return true;
  const putBack = await Promise.allSettled(taken.map(async (part) => await part.reconfigure?.(before)));
  const isAsBefore = putBack.every((result) => result.status === 'fulfilled' && result.value === true);
  for (const result of settled) {
    if (result.status === 'fulfilled') continue;
    throw isAsBefore ? result.reason : new ConfigKeptError({ node }, { cause: result.reason });
  }
  return false; // all will be replaced
}
