import { createRun, parseGraph, resolveGraph } from '@kinegraph/core';
import type { GraphDocument, ResultCallback, Run } from '@kinegraph/core';
import { createNodeHost } from '@kinegraph/core/node';
import type { NodeHost } from '@kinegraph/core/node';
import { FramePool } from '@kinegraph/core/plugin';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { madeMemory, pluginsWithWorkers } from './support/worker-plugin-source.js';

// Real worker threads and plugins: a change that never comes to its end does not take the run with it.

beforeEach(() => {
  madeMemory.length = 0;
});

/** A source before a node in a worker before a callback; with `also`, a node that looks on at the source's frames. */
function graph(also: Record<string, string> = {}): GraphDocument {
  const names = Object.keys(also);
  const { document, problems } = parseGraph({
    kinegraph: 1,
    nodes: {
      source: { type: 'test.pooled', config: { count: 1e9 } },
      node: { type: 'test.stubborn', config: { gain: 1 } },
      results: { type: 'core.sink.callback' },
      ...Object.fromEntries(names.map((name) => [name, { type: also[name] }])),
    },
    wires: [
      ['source.frame', 'node.frame'],
      ['node.out', 'results.in'],
      ...names.map((name) => ['source.frame', `${name}.frame`]),
    ],
  });
  if (document === undefined) throw new Error(problems[0]?.message);
  return document;
}

async function startedOn(platform: NodeHost, results: ResultCallback, stalled?: Promise<void>): Promise<Run> {
  for (const plugin of pluginsWithWorkers(stalled)) expect(platform.host.add(plugin)).toMatchObject({ problems: [] });
  const run = createRun({
    graph: resolveGraph(graph(), platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: '.',
    callbacks: { results },
    limits: { watchdogMs: 1_000, changeMs: 1_500 },
  });
  await run.start();
  return run;
}

const SOON = { timeout: 20_000, interval: 5 };

describe('a change that never comes to its end', { timeout: 60_000 }, () => {
  it('is refused where a node in a worker does not come back from it, and another worker goes on', async () => {
    await using platform = createNodeHost();
    const threads = new Set<unknown>();
    const run = await startedOn(platform, (threadId) => void threads.add(threadId));
    await vi.waitFor(() => expect(threads.size).toBe(1), SOON);
    await expect(run.set('node', 'gain', 2)).rejects.toMatchObject({ code: 'RUN_WATCHDOG' });
    await vi.waitFor(() => expect(threads.size).toBe(2), SOON);
    expect(run.graph.nodes.find(({ name }) => name === 'node')?.config).toEqual({ gain: 1 });
    expect(await run.stop()).toMatchObject({ result: 'stopped', shutdownFailures: [] });
    expect(platform.container.get(FramePool).inUse).toBe(0);
  });

  it('is given up where the code of a new node does not load, and the run goes on until it is stopped', async () => {
    await using platform = createNodeHost();
    let results = 0;
    let loads = (): void => {};
    const stalled = new Promise<void>((resolve) => (loads = resolve));
    const run = await startedOn(platform, () => void (results += 1), stalled);
    await expect(run.apply(graph({ aside: 'test.stalled' }))).rejects.toMatchObject({ code: 'CORE_TIME_LIMIT' });
    const before = results;
    await vi.waitFor(() => expect(results).toBeGreaterThan(before + 10), SOON);
    expect(await run.stop()).toMatchObject({ result: 'stopped', shutdownFailures: [] });
    expect(platform.container.get(FramePool).inUse).toBe(0);
    loads(); // the platform waits for it before it goes
  });
});
