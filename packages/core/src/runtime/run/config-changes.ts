import { AbortedError, TimeLimitError, errorMessage, toErrorRecord } from '../../base/index.js';
import type { Clock, Logger } from '../../base/index.js';
import { resolveConfig, sameJson } from '../../graph/index.js';
import type { ResolvedGraph, ResolvedNode } from '../../graph/index.js';
import type { ConfigChange, NodeRunner } from '../runners/node-runner.js';
import { NodeOpenError } from './run-errors.js';
import { ConfigRefusedError, NodeUnknownError, NotRestartableError, RunNotRunningError } from './change-errors.js';

export interface ConfigChangesOptions {
  readonly runId: string;
  readonly graph: ResolvedGraph;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For one change in all, in milliseconds. */
  readonly limitMs: number;
  /** The runner of a node; undefined unless the run is running. */
  runner(node: string): NodeRunner | undefined;
}

/** The configurations that the nodes of a run have now, and the way to others: one change after the other. */
export class ConfigChanges {
  readonly #nodes: Map<string, ResolvedNode>;
  #last: Promise<unknown> = Promise.resolve();
  #current: AbortController | undefined;
  #closed = false;

  constructor(private readonly options: ConfigChangesOptions) {
    this.#nodes = new Map(options.graph.nodes.map((node) => [node.name, node]));
  }

  /** The nodes as they are configured now, in the graph's order. */
  get nodes(): readonly ResolvedNode[] {
    return [...this.#nodes.values()];
  }

  /** See `Run.set`. */
  set(node: string, key: string, value: unknown): Promise<boolean> {
    const change = this.#last.then(async () => await this.#set(node, key, value));
    this.#last = change.catch(() => {}); // whoever asked is told; the next change is no worse for it
    return change;
  }

  /** Gives up the change under way, refuses all others, and settles once nothing changes any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#current?.abort(new AbortedError({ what: 'A change of the configuration' }));
    await this.#last;
  }

  async #set(name: string, key: string, value: unknown): Promise<boolean> {
    const node = this.#nodes.get(name);
    if (node === undefined) throw new NodeUnknownError({ node: name, nodes: [...this.#nodes.keys()] });
    const { descriptor, config: before } = node;
    const { value: config, problems } = resolveConfig(descriptor.configSchema, withKey(before, key, value));
    if (config === undefined) throw new ConfigRefusedError({ node: name, key, problems });
    const runner = this.#closed ? undefined : this.options.runner(name);
    if (runner === undefined) throw new RunNotRunningError({ runId: this.options.runId });
    const keys = changedKeys(before, config);
    if (keys.length === 0) return true;

    const isLive = keys.every((changed) => descriptor.liveConfig.includes(changed));
    const taken = await this.#limited(name, async (signal) => {
      const change = { config, before, signal };
      if (isLive && (await runner.reconfigure(change))) return true;
      await this.#restart(node, runner, change);
      return false;
    });
    this.#nodes.set(name, { ...node, config });
    return taken;
  }

  async #restart(node: ResolvedNode, runner: NodeRunner, change: ConfigChange): Promise<void> {
    const { type, kind } = node.descriptor;
    if (runner.restart === undefined) throw new NotRestartableError({ node: node.name, type, kind });
    let faults: readonly unknown[];
    try {
      faults = await runner.restart(change);
    } catch (cause) {
      if (change.signal.aborted) throw cause;
      throw new NodeOpenError(node.name, type, { cause, running: true });
    }
    for (const fault of faults) {
      this.options.logger.warn(`Closing the node as it was before its restart failed: ${errorMessage(fault)}`, {
        node: node.name,
        error: toErrorRecord(fault),
      });
    }
  }

  async #limited<T>(node: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { clock, limitMs } = this.options;
    const controller = new AbortController();
    const limit = clock.schedule(limitMs, () =>
      controller.abort(new TimeLimitError({ what: `Changing node "${node}"`, limitMs })),
    );
    this.#current = controller;
    try {
      return await work(controller.signal);
    } finally {
      this.#current = undefined;
      limit[Symbol.dispose]();
    }
  }
}

/** Undefined takes the key out, so that its default comes back. */
function withKey(config: Readonly<Record<string, unknown>>, key: string, value: unknown): Record<string, unknown> {
  const others = Object.entries(config).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}

function changedKeys(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !sameJson(before[key], after[key]),
  );
}
