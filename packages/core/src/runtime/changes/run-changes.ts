import { AbortedError, TimeLimitError, errorMessage, toErrorRecord, withTimeLimit } from '../../base/index.js';
import type { Clock, Logger } from '../../base/index.js';
import { resolveConfig, resolveGraph, sameJson, withPortTypes } from '../../graph/index.js';
import type { GraphDocument, NodeTypeCatalog, ResolvedGraph, ResolvedNode } from '../../graph/index.js';
import type { RunLimits } from '../run/run-limits.js';
import type { NodeRunner } from '../runners/node-runner.js';
import { whenAborted } from '../runners/replacing.js';
import { SourceRunner } from '../runners/source-runner.js';
import { ConfigKeptError } from '../runners/taking-over.js';
import { ConfigRefusedError, NodeUnknownError, NotRestartableError, RunNotRunningError } from './change-errors.js';
import { commitChange } from './commit-change.js';
import type { PreparedChange } from './commit-change.js';
import { Draining } from './draining.js';
import { planChange } from './plan-change.js';
import type { ChangePlan } from './plan-change.js';
import { UndoList, prepareChange, takeOverLive } from './prepare-change.js';
import type { RunningGraph } from './running-graph.js';

/** What an applied graph came to, by node names. A node that is in none of the lists was not touched. */
export interface AppliedGraph {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Nodes that run on new instances: another configuration, or all of it anew. */
  readonly restarted: readonly string[];
  /** Nodes that took another configuration over and went on with what they remember. */
  readonly takenOver: readonly string[];
  /** Nodes that went on and are fed by other wires now. */
  readonly rewired: readonly string[];
}

export interface RunChangesOptions {
  readonly runId: string;
  readonly running: RunningGraph;
  readonly catalog: NodeTypeCatalog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: Pick<RunLimits, 'changeMs' | 'stopSourceMs' | 'flushMs' | 'releaseMs'>;
  /** Fires when the run gives up opening and answering. */
  readonly runSignal: AbortSignal;
  readonly isRunning: () => boolean;
  /** Makes the runner of a node of `graph`, not yet open and with no wires. */
  createRunner(node: ResolvedNode, graph: ResolvedGraph): Promise<NodeRunner>;
  /** The nodes of the run are others now; sources among them have to begin. */
  onChanged(beginning: readonly NodeRunner[]): void;
  /** No change is under way or waits for its turn any more. */
  onIdle(): void;
}

/** A change that only has to be made, and what lets the nodes that wait for it go on. */
interface ReadyChange {
  readonly prepared: PreparedChange;
  readonly goOn: () => void;
}

/** The ways to change a running graph: one change after the other, each made whole or not at all. */
export class RunChanges {
  #last: Promise<unknown> = Promise.resolve();
  #current: AbortController | undefined;
  #underWay = 0;
  #closed = false;

  constructor(private readonly options: RunChangesOptions) {}

  /** True while a change is under way, or ends what it has taken out. */
  get underWay(): boolean {
    return this.#underWay > 0;
  }

  /** See `Run.set`. */
  set(node: string, key: string, value: unknown): Promise<boolean> {
    return this.#queue(() => this.#set(node, key, value));
  }

  /** See `Run.apply`. */
  apply(document: GraphDocument): Promise<AppliedGraph> {
    return this.#queue(() => this.#apply(document));
  }

  /** See `Run.preview`. */
  preview(document: GraphDocument): AppliedGraph {
    const after = resolveGraph(document, this.options.catalog);
    this.#requireRunning();
    return summary(this.#plan(after, new Set()));
  }

  /** Gives up the change under way, refuses all others, and settles once nothing changes any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#current?.abort(new AbortedError({ what: 'A change of the running graph' }));
    await this.#last;
  }

  #queue<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    const change = this.#last.then(work).finally(() => {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.options.onIdle();
    });
    this.#last = change.catch(() => {}); // whoever asked is told; the next change is no worse for it
    return change;
  }

  async #set(name: string, key: string, value: unknown): Promise<boolean> {
    const { running } = this.options;
    const { graph } = running;
    const node = running.node(name);
    if (node === undefined)
      throw new NodeUnknownError({ node: name, nodes: graph.nodes.map((candidate) => candidate.name) });
    const { descriptor, config: before } = node;
    const { type, kind } = descriptor;
    const { value: config, problems } = resolveConfig(descriptor.configSchema, withKey(before, key, value));
    if (config === undefined) throw new ConfigRefusedError({ node: name, key, problems });
    this.#requireRunning();
    if (sameJson(before, config)) return true;

    const nodes = graph.nodes.map((other) => (other === node ? { ...node, config } : other));
    const after = withPortTypes({ ...graph, nodes });
    const applied = await this.#limited(`Changing node "${name}"`, (signal) =>
      this.#change(after, signal, (plan) => {
        if (kind === 'source' && plan.ending.has(name)) throw new NotRestartableError({ node: name, type, kind });
      }),
    );
    return applied.takenOver.includes(name);
  }

  async #apply(document: GraphDocument): Promise<AppliedGraph> {
    const after = resolveGraph(document, this.options.catalog);
    this.#requireRunning();
    return await this.#limited('Applying the graph', (signal) => this.#change(after, signal));
  }

  /** @param check - looks at the plan before anything is done, and throws where it must not be. */
  async #change(
    after: ResolvedGraph,
    signal: AbortSignal,
    check: (plan: ChangePlan) => void = () => {},
  ): Promise<AppliedGraph> {
    let ready = await this.#makeReady(after, signal, check);
    // A node has come to its end meanwhile, and the plan was for one that goes on: there are ever fewer of those.
    while (ready === undefined) ready = await this.#makeReady(after, signal, check);
    const { prepared, goOn } = ready;
    const ending = commitChange(this.options.running, prepared);
    goOn();
    this.options.onChanged([...prepared.beginning.values()]);
    const faults = await Promise.all([
      ...prepared.replacements.map((replacement) => replacement.retire(signal)),
      ...ending.map((runner) => this.#retire(runner, signal)),
    ]);
    for (const fault of faults.flat()) this.#logFault('Closing a node as it was before the change failed', fault);
    return summary(prepared.plan);
  }

  /** Does all that can fail or takes time. Undefined: all is as before, since the plan does not hold any more. */
  async #makeReady(
    after: ResolvedGraph,
    signal: AbortSignal,
    check: (plan: ChangePlan) => void,
  ): Promise<ReadyChange | undefined> {
    const { running } = this.options;
    const undo = new UndoList();
    let plan = this.#plan(after, new Set());
    check(plan);
    try {
      const refused = await takeOverLive(running, plan.configured, signal, undo);
      plan = this.#plan(after, refused);
      check(plan);
      const prepared = await prepareChange(plan, { ...this.options, signal, undo });
      const draining = new Draining(plan.drained, running);
      const rests: Disposable[] = [];
      const goOn = (): void => {
        draining.release();
        letGo(rests);
      };
      undo.push(goOn);
      await draining.drain(signal);
      for (const { before, live } of plan.configured) {
        const runner = live ? undefined : running.runner(before.name);
        if (runner !== undefined) rests.push(await runner.rest(signal));
      }
      signal.throwIfAborted();
      if (this.#plan(after, refused).ending.size === plan.ending.size) return { prepared, goOn };
    } catch (error) {
      await this.#undo(undo);
      throw error;
    }
    await this.#undo(undo);
    return undefined;
  }

  /** Whoever waits for the change waits for its being taken back, but not for a node that hangs. */
  async #undo(steps: UndoList): Promise<void> {
    const { clock, limits } = this.options;
    const controller = new AbortController();
    const error = new TimeLimitError({ what: 'Taking back a change of the running graph', limitMs: limits.releaseMs });
    const limit = clock.schedule(limits.releaseMs, () => controller.abort(error));
    for (const fault of await steps.undo(controller.signal))
      this.#logFault('Taking back a change of the running graph failed', fault);
    limit[Symbol.dispose]();
  }

  /** Lets a node that was taken out finish what is under way in it, and releases it; each step within its limit. */
  async #retire(runner: NodeRunner, signal: AbortSignal): Promise<unknown[]> {
    const { clock, limits } = this.options;
    const faults: unknown[] = [];
    const attempt = async (what: string, limitMs: number, step: () => Promise<void>): Promise<void> => {
      try {
        await withTimeLimit(clock, limitMs, `${what} removed node "${runner.name}"`, step());
      } catch (fault) {
        faults.push(fault);
      }
    };
    if (runner instanceof SourceRunner) await attempt('Stopping', limits.stopSourceMs, () => runner.stop());
    await Promise.race([runner.ended, whenAborted(signal)]).catch((fault: unknown) => faults.push(fault));
    runner.halt();
    await attempt('Flushing', limits.flushMs, () => runner.flush());
    await attempt('Closing', limits.releaseMs, () => runner.close());
    return faults;
  }

  #plan(after: ResolvedGraph, refused: ReadonlySet<string>): ChangePlan {
    const { running, catalog } = this.options;
    return planChange(running.graph, after, {
      catalog,
      refused,
      hasEnded: (name) => running.runner(name)?.figures.state === 'ended',
    });
  }

  #requireRunning(): void {
    const { runId, isRunning } = this.options;
    if (this.#closed || !isRunning()) throw new RunNotRunningError({ runId });
  }

  #logFault(what: string, fault: unknown): void {
    const node = fault instanceof ConfigKeptError ? { node: fault.data.node } : {};
    this.options.logger.warn(`${what}: ${errorMessage(fault)}`, { ...node, error: toErrorRecord(fault) });
  }

  async #limited<T>(what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { clock, limits } = this.options;
    const limitMs = limits.changeMs;
    const controller = new AbortController();
    const limit = clock.schedule(limitMs, () => controller.abort(new TimeLimitError({ what, limitMs })));
    this.#current = controller;
    try {
      return await work(controller.signal);
    } finally {
      this.#current = undefined;
      limit[Symbol.dispose]();
    }
  }
}

function summary({ after, beginning, ending, configured, rewired }: ChangePlan): AppliedGraph {
  const isReplaced = ({ name }: ResolvedNode): boolean => ending.has(name);
  const names = (nodes: readonly ResolvedNode[]): string[] => nodes.map(({ name }) => name).sort();
  const remaining = new Set(after.nodes.map(({ name }) => name));
  return {
    added: names(beginning.filter((node) => !isReplaced(node))),
    removed: [...ending].filter((name) => !remaining.has(name)).sort(),
    restarted: names([
      ...beginning.filter(isReplaced),
      ...configured.filter(({ live }) => !live).map((node) => node.after),
    ]),
    takenOver: names(configured.filter(({ live }) => live).map((node) => node.after)),
    rewired: [...rewired].sort(),
  };
}

function letGo(rests: Disposable[]): void {
  for (const rest of rests.splice(0)) rest[Symbol.dispose]();
}

/** Undefined takes the key out, so that its default comes back. */
function withKey(config: Readonly<Record<string, unknown>>, key: string, value: unknown): Record<string, unknown> {
  const others = Object.entries(config).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}
