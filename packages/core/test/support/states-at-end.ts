import { sleep } from '../../src/base/index.js';
import { nodeOf } from '../../src/testing/index.js';
import type { TestNode, TestRun } from '../../src/testing/index.js';
import type { NodeState } from '../../src/runtime/index.js';

/** The name of the node that keeps a run going until the states of the others were looked at. */
export const KEEPER = 'keeper';

/** A source that brings nothing and ends at `untilMs`: a run in which all others have ended goes on until then. */
export function keeperUntil(untilMs: number): TestNode {
  return {
    kind: 'source',
    nodeClass: nodeOf(({ clock }) => ({
      read: (signal: AbortSignal) => sleep(clock, untilMs - clock.nowMs(), signal),
    })),
  };
}

/** The states of all nodes at `atMs`, by name; nothing before, and where the run has ended by then. */
export function statesAt({ run, clock }: TestRun, atMs: number): () => Readonly<Record<string, NodeState>> {
  let states: Readonly<Record<string, NodeState>> = {};
  clock.schedule(atMs, () => {
    if (run.state === 'running')
      states = Object.fromEntries(run.snapshot().nodes.map(({ name, state }) => [name, state]));
  });
  return () => states;
}

/** What a run of a sound graph comes to when its sources have run dry: all of these have ended but the keeper. */
export function allEnded(names: Iterable<string>): Readonly<Record<string, NodeState>> {
  return { ...Object.fromEntries([...names].map((name) => [name, 'ended' as const])), [KEEPER]: 'open' };
}
