import process from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRun, parseGraph, resolveGraph } from '@kinegraph/core';
import type { Run } from '@kinegraph/core';
import { createNodeHost } from '@kinegraph/core/node';
import type { NodeHost } from '@kinegraph/core/node';
import { FramePool } from '@kinegraph/core/plugin';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { madeMemory, pluginsWithWorkers } from './support/worker-plugin-source.js';

// Ten runs of a graph with two real workers on one platform, as a server has them: nothing of a run may be left.
// `npm run bench -- no-growth` does the same at length.

const RUNS = 10;
const FRAMES = 120;
/** More frames than this never live at once in the graph below, however fast its nodes are. */
const FRAMES_ALIVE = 80;

const GRAPH = parseGraph({
  kinegraph: 1,
  nodes: {
    source: { type: 'test.pooled', config: { count: FRAMES } },
    marker: { type: 'test.marker' },
    window: { type: 'core.buffer.window', config: { count: 30, strideCount: 5 } },
    reader: { type: 'test.window-reader' },
    windows: { type: 'core.sink.callback' },
    results: { type: 'core.sink.callback' },
  },
  wires: [
    ['source.frame', 'marker.frame'],
    ['marker.frame', 'window.in'],
    ['marker.frame', 'results.in'],
    ['window.out', 'reader.window'],
    ['reader.out', 'windows.in'],
  ],
});

let platform: NodeHost;
beforeAll(() => {
  platform = createNodeHost();
  for (const plugin of pluginsWithWorkers()) platform.host.add(plugin);
});
afterAll(async () => await platform[Symbol.asyncDispose]());

/** Runs the graph; with `stopAfter`, it is stopped at that result, with frames under way in every place. */
async function cycle(stopAfter?: number): Promise<WeakRef<Run>> {
  const { document } = GRAPH;
  if (document === undefined) throw new Error('The graph of this test is no graph.');
  let results = 0;
  const running = createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: '.',
    callbacks: {
      windows: () => {},
      results: () => {
        results += 1;
        if (results === stopAfter) void running.stop('drop');
      },
    },
  });
  await running.start();
  expect(await running.finished).toMatchObject({
    result: stopAfter === undefined ? 'completed' : 'stopped',
    shutdownFailures: [],
  });
  if (stopAfter === undefined) expect(results).toBe(FRAMES);
  madeMemory.length = 0;
  return new WeakRef(running);
}

/** What keeps the process awake, by kind. */
function handles(): readonly string[] {
  return process.getActiveResourcesInfo().toSorted();
}

describe('runs that start and stop on one platform', () => {
  it('leave no handle, no thread, no frame and no run behind', { timeout: 180_000 }, async () => {
    await cycle(); // what is made once for all runs
    await turn();
    const before = handles();
    const pool = platform.container.get(FramePool);
    const runs: WeakRef<Run>[] = [];
    for (let count = 0; count < RUNS; count += 1) {
      runs.push(await cycle(count % 2 === 0 ? undefined : 10 + count));
      expect(pool.inUse).toBe(0);
      // A handle closes in a later turn; one that leaks never goes.
      await vi.waitFor(() => expect(handles()).toEqual(before));
    }
    expect(pool.heldBytes).toBeLessThanOrEqual(FRAMES_ALIVE * 640 * 480 * 4);
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    await vi.waitFor(async () => {
      await turn();
      collectGarbage();
      expect(runs.filter((run) => run.deref() !== undefined)).toHaveLength(0);
    });
  });
});
