import { silentLogger } from '@kinegraph/core';
import { createNodeHost } from '@kinegraph/core/node';
import { VirtualClock } from '@kinegraph/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunExistsError, TooManyRunsError } from './run-errors.js';
import { RunService } from './run-service.js';

const GRAPH = {
  kinegraph: 1,
  nodes: { camera: { type: 'core.source.frames' }, out: { type: 'core.sink.results' } },
  wires: [['camera.frame', 'out.in']],
};
const MOST_RUNS = 3;

let platform: ReturnType<typeof createNodeHost>;
let runs: RunService;
beforeEach(() => {
  platform = createNodeHost();
  const limits = { runs: MOST_RUNS, nodesPerGraph: 9 };
  runs = new RunService(platform, limits, new VirtualClock(), silentLogger);
});
afterEach(async () => {
  await runs.close();
  await platform[Symbol.asyncDispose]();
});

const start = async (id: string): Promise<string> => (await runs.start(GRAPH, { id, baseFolder: '/' })).id;

describe('RunService', () => {
  it('counts a run once, whether it runs or is about to', async () => {
    expect(await Promise.all(['a', 'b', 'c'].map(start))).toEqual(['a', 'b', 'c']);
    await expect(start('d')).rejects.toThrow(TooManyRunsError);
    await runs.stop('b');
    expect(await start('d')).toBe('d');
  });

  it('says of an exact run that it is, and what keeps it from being so', async () => {
    const exact = await runs.start(GRAPH, { id: 'a', baseFolder: '/', exact: true });
    expect(exact.summary()).toMatchObject({
      exact: true,
      warnings: [{ code: 'RUN_NOT_EXACT', severity: 'warning', node: 'camera' }],
    });
    expect((await runs.start(GRAPH, { id: 'b', baseFolder: '/' })).summary()).not.toHaveProperty('exact');
  });

  it('refuses the id of a run that is about to start, and gives that of an ended one again', async () => {
    const first = start('a');
    await expect(start('a')).rejects.toThrow(RunExistsError);
    await first;
    await runs.get('a').run.stop('drop');
    expect(await start('a')).toBe('a');
    expect(runs.list().map(({ id, outcome }) => [id, outcome])).toEqual([['a', undefined]]);
  });
});
