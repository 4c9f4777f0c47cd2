import type { Awaitable } from '../../base/index.js';
import type { ResolvedGraph, ResolvedNode } from '../../graph/index.js';
import { NodeOpenError } from '../run/run-errors.js';
import type { NodeRunner, Replacement } from '../runners/node-runner.js';
import { openTogether, whenAborted } from '../runners/replacing.js';
import { ConfigKeptError } from '../runners/taking-over.js';
import { NotRestartableError } from './change-errors.js';
import type { ChangePlan, ConfiguredNode } from './plan-change.js';
import type { RunningGraph } from './running-graph.js';
import type { PreparedChange } from './commit-change.js';

/** What takes back the steps of a change that is given up, the last one first. */
export class UndoList {
  readonly #steps: (() => Awaitable<unknown>)[] = [];

  push(step: () => Awaitable<unknown>): void {
    this.#steps.push(step);
  }

  /**
   * Takes everything back, whatever becomes of single steps; the answer is what failed of it. Once `signal` fires no step is
   * waited for, though all are begun.
   */
  async undo(signal: AbortSignal): Promise<ReadonlySet<unknown>> {
    const faults = new Set<unknown>();
    for (const step of this.#steps.splice(0).toReversed()) {
      try {
        await Promise.race([step(), whenAborted(signal)]);
      } catch (fault) {
        faults.add(fault);
      }
    }
    return faults;
  }
}

/** Asks the nodes whose live keys alone change; the answer is those that want to be restarted. @throws what a node throws. */
export async function takeOverLive(
  running: RunningGraph,
  nodes: readonly ConfiguredNode[],
  signal: AbortSignal,
  undo: UndoList,
): Promise<ReadonlySet<string>> {
  const refused = new Set<string>();
  for (const { before, after } of nodes.filter(({ live }) => live)) {
    const runner = running.runner(before.name);
    const isTaken = await runner?.reconfigure({ config: after.config, before: before.config, signal });
    if (runner !== undefined && isTaken === true) undo.push(() => takeBack(runner, before, after));
    else refused.add(before.name);
  }
  return refused;
}

/** @throws ConfigKeptError */
async function takeBack(runner: NodeRunner, before: ResolvedNode, after: ResolvedNode): Promise<void> {
  const change = { config: before.config, before: after.config, signal: untilDone() };
  let cause: unknown = new Error('It refused.');
  try {
    if (await runner.reconfigure(change)) return;
  } catch (error) {
    cause = error;
  }
  throw cause instanceof ConfigKeptError ? cause : new ConfigKeptError({ node: before.name }, { cause });
}

/** What preparing a change takes. */
export interface PrepareMeans {
  readonly running: RunningGraph;
  /** Makes the runner of a node of `graph`, not yet open and with no wires. */
  createRunner(node: ResolvedNode, graph: ResolvedGraph): Promise<NodeRunner>;
  /** Fires when the run gives up opening and answering. */
  readonly runSignal: AbortSignal;
  /** Fires when the change is given up. */
  readonly signal: AbortSignal;
  readonly undo: UndoList;
}

/**
 * Makes and opens all that a change needs, beside what runs. What is opened here, `undo` closes.
 * @throws NodeOpenError, NotRestartableError, or the signal's reason.
 */
export async function prepareChange(plan: ChangePlan, means: PrepareMeans): Promise<PreparedChange> {
  const { running, runSignal, signal, undo } = means;
  const beginning = new Map<string, NodeRunner>();
  for (const node of plan.beginning) {
    const create = (): Promise<NodeRunner> => Promise.race([means.createRunner(node, plan.after), whenAborted(signal)]);
    beginning.set(node.name, await naming(node.name, node.descriptor.type, signal, create));
  }
  const openings = plan.beginning.flatMap(({ name, descriptor }) => {
    const runner = beginning.get(name);
    if (runner === undefined) return [];
    return {
      open: (opening: AbortSignal) =>
        naming(name, descriptor.type, signal, async () => {
          runner.figures.state = 'opening';
          await runner.open(opening);
          runner.figures.state = 'open';
        }),
      close: () => runner.close(),
    };
  });
  await openTogether(openings, runSignal, signal);
  undo.push(() => Promise.allSettled([...beginning.values()].map(async (runner) => await runner.close())));

  const replacements: Replacement[] = [];
  for (const { before, after, live } of plan.configured) {
    if (live) continue;
    const { name } = before;
    const { type, kind } = after.descriptor;
    const prepare = running.runner(name)?.prepare?.bind(running.runner(name));
    if (prepare === undefined) throw new NotRestartableError({ node: name, type, kind });
    const change = { config: after.config, before: before.config, signal };
    const replacement = await naming(name, type, signal, () => prepare(change));
    undo.push(() => replacement.discard(untilDone()));
    replacements.push(replacement);
  }
  return { plan, beginning, replacements };
}

/** Taking back is not cut short, even where nobody waits for it any more. */
function untilDone(): AbortSignal {
  return new AbortController().signal;
}

async function naming<T>(node: string, type: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new NodeOpenError(node, type, { cause, running: true });
  }
}
