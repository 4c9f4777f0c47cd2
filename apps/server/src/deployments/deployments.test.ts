import { WriterLogger } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { ANNA, KeptGraphs, titled } from '../../test/support/kept-graphs.js';
import type { LiveRun } from '../runs/live-run.js';
import type { RunService } from '../runs/run-service.js';
import { DeploymentStore } from '../store/index.js';
import { Deployments } from './deployments.js';

/** Runs that take no time, in place of graphs; all that deployments ask of the real ones. */
class Runs {
  readonly started: string[] = [];
  readonly refused: string[] = [];
  readonly #runs = new Map<string, LiveRun>();
  /** What somebody does while a run starts. */
  meanwhile: () => Promise<unknown> = async () => await Promise.resolve();

  find(id: string): LiveRun | undefined {
    return this.#runs.get(id);
  }
  async start(_document: unknown, { id }: { id: string }): Promise<LiveRun> {
    const live = { id, run: { paused: false } } as unknown as LiveRun; // all that is asked of it
    this.#runs.set(id, live);
    this.started.push(id);
    const { meanwhile } = this;
    this.meanwhile = async () => await Promise.resolve();
    await meanwhile();
    return live;
  }
  async apply(): Promise<void> {}
  async stop(id: string): Promise<void> {
    this.#runs.delete(id);
    await Promise.resolve();
  }
  refuse(id: string): void {
    this.refused.push(id);
  }
  forget(): void {}
}

/** A server that was started again, with `first`, `second` and `third` deployed. */
async function startedAgain(): Promise<{ kept: KeptGraphs; runs: Runs; deployments: Deployments }> {
  const kept = new KeptGraphs();
  const begin = (runs: Runs): Deployments =>
    new Deployments(
      runs as unknown as RunService,
      kept.library,
      { workspace: kept.workspace },
      new DeploymentStore(kept.store),
      kept.store,
      { now: () => new Date() },
      new WriterLogger((_level, message) => void kept.logged.push(message)),
    );
  const before = begin(new Runs());
  for (const id of ['first', 'second', 'third']) {
    kept.library.put(id, titled(id), { by: ANNA });
    await before.deploy(id, undefined, ANNA);
  }
  kept.restart();
  const runs = new Runs();
  return { kept, runs, deployments: begin(runs) };
}

it('What was deployed runs again after a start', async () => {
  const { kept, runs, deployments } = await startedAgain();
  await deployments.startAll();
  expect(runs.started).toEqual(['first', 'second', 'third']);
  kept[Symbol.dispose]();
});

it('What somebody deploys or stops while the server starts stays as they have it', async () => {
  const { kept, runs, deployments } = await startedAgain();
  runs.meanwhile = async () => {
    await deployments.deploy('third', undefined, ANNA);
    await deployments.stop('second');
  };
  await deployments.startAll();
  expect(runs.started).toEqual(['first', 'third']);
  expect(runs.refused).toEqual([]);
  expect(kept.logged).toEqual([]);
  kept[Symbol.dispose]();
});
