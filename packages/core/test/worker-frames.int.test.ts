import { createRun, parseGraph, resolveGraph } from '@kinegraph/core';
import type { GraphNode, Logger, ResultCallback } from '@kinegraph/core';
import { createNodeHost } from '@kinegraph/core/node';
import { Frame, FramePool, WriterLogger } from '@kinegraph/core/plugin';
import type { LogFields } from '@kinegraph/core/plugin';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PAW } from './support/hands-graph.js';
import { madeMemory, pluginsWithWorkers } from './support/worker-plugin-source.js';

// Real worker threads: a frame's bytes are never copied on the way there and back.

beforeEach(() => {
  madeMemory.length = 0;
});

async function run(
  nodes: Record<string, GraphNode>,
  wires: readonly (readonly [string, string])[],
  results: ResultCallback,
  meanwhile: () => Promise<void> = async () => {},
  development?: { readonly logger: Logger },
): Promise<void> {
  await using platform = createNodeHost(development === undefined ? {} : { development: true }, development);
  for (const plugin of pluginsWithWorkers()) expect(platform.host.add(plugin)).toMatchObject({ problems: [] });
  const { document, problems } = parseGraph({
    kinegraph: 1,
    skeletons: [PAW],
    nodes: { ...nodes, results: { type: 'core.sink.callback' } },
    wires,
  });
  if (document === undefined) throw new Error(problems[0]?.message);
  const running = createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: '.',
    callbacks: { results },
  });
  await running.start();
  await meanwhile();
  expect(await running.finished).toMatchObject({ result: 'completed', shutdownFailures: [] });
  expect(platform.container.get(FramePool).inUse).toBe(0);
}

describe('a frame that goes to a node in a worker', { timeout: 60_000 }, () => {
  it('is read and written there and here at the same time: it is the same memory', async () => {
    const answers: unknown[] = [];
    await run(
      { source: { type: 'test.pooled', config: { count: 1 } }, listener: { type: 'test.listener' } },
      [
        ['source.frame', 'listener.frame'],
        ['listener.out', 'results.in'],
      ],
      (value) => void answers.push(value),
      async () => {
        const bytes = madeMemory[0]?.bytes;
        if (bytes === undefined) throw new Error('The source has made no frame.');
        const cells = new Int32Array(bytes.buffer, bytes.byteOffset, 3);
        // The worker writes while it holds the frame, long after the message was sent, and the other way round.
        await vi.waitFor(() => expect(Atomics.load(cells, 0)).toBe(1), { timeout: 20_000, interval: 1 });
        Atomics.store(cells, 1, 42);
        Atomics.notify(cells, 1);
        await vi.waitFor(() => expect(Atomics.load(cells, 2)).toBe(43), { timeout: 20_000, interval: 1 });
      },
    );
    expect(answers).toEqual([{ outcome: 'ok', heard: 42 }]);
  });

  it('comes back as the very memory that its source took from the pool, through two workers', async () => {
    const seen: { first: number | undefined; isSame: boolean }[] = [];
    await run(
      {
        source: { type: 'test.pooled', config: { count: 50 } },
        one: { type: 'test.marker' },
        two: { type: 'test.marker' },
      },
      [
        ['source.frame', 'one.frame'],
        ['one.frame', 'two.frame'],
        ['two.frame', 'results.in'],
      ],
      (value, { sequence }) => {
        if (!(value instanceof Frame)) throw new TypeError('The marker answers frames.');
        seen.push({ first: value.data[0], isSame: value.memory === madeMemory[sequence] });
      },
    );
    expect(seen).toEqual(Array.from({ length: 50 }, () => ({ first: 2, isSame: true })));
  });

  it('is whole for every consumer where it comes back at two outputs at once', async () => {
    const seen: [first: number, second: number | undefined][] = [];
    await run(
      {
        source: { type: 'test.pooled', config: { count: 60 } },
        marker: { type: 'test.marker' },
        doubler: { type: 'test.doubler' },
        late: { type: 'core.buffer.fifo', config: { capacity: 8, whenFull: 'block' } },
        aside: { type: 'core.sink.null' },
      },
      [
        ['source.frame', 'marker.frame'],
        ['marker.frame', 'doubler.frame'],
        ['doubler.left', 'aside.in'],
        ['doubler.right', 'late.in'],
        ['late.out', 'results.in'],
      ],
      async (value, { sequence }) => {
        if (!(value instanceof Frame)) throw new TypeError('The doubler answers frames.');
        await new Promise((resolve) => setTimeout(resolve, 2)); // the other owner has closed it by now
        seen.push([sequence, value.data[0]]);
      },
    );
    expect(seen).toEqual(Array.from({ length: 60 }, (_, sequence) => [sequence, 1]));
  });

  it('is told of in development where the node keeps it, with the place', async () => {
    const warnings: { readonly message: string; readonly fields: LogFields }[] = [];
    const logger = new WriterLogger((level, message, fields) => {
      if (level === 'warn') warnings.push({ message, fields });
    });
    await run(
      { source: { type: 'test.pooled', config: { count: 3 } }, keeper: { type: 'test.keeper' } },
      [
        ['source.frame', 'keeper.frame'],
        ['keeper.out', 'results.in'],
      ],
      () => {},
      async () => {},
      { logger },
    );
    expect(warnings).toEqual([
      {
        message: expect.stringMatching(/^3 frames were not closed by node "keeper"\. .* Taken at .*keepFrame/),
        fields: expect.objectContaining({ node: 'keeper' }),
      },
    ]);
  });

  it('is shared in windows too: what a window holds is read in place by a worker', async () => {
    const windows: unknown[] = [];
    await run(
      {
        source: { type: 'test.pooled', config: { count: 12 } },
        marker: { type: 'test.marker' },
        window: { type: 'core.buffer.window', config: { count: 4, strideCount: 4 } },
        keep: { type: 'core.buffer.fifo' },
        reader: { type: 'test.window-reader' },
      },
      [
        ['source.frame', 'marker.frame'],
        ['marker.frame', 'window.in'],
        ['window.out', 'keep.in'],
        ['keep.out', 'reader.window'],
        ['reader.out', 'results.in'],
      ],
      (value) => void windows.push(value),
    );
    expect(windows).toEqual([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ]);
  });
});

describe('a node in a worker', { timeout: 60_000 }, () => {
  it('finds the skeletons of its graph and of the core, and knows the types at its ports', async () => {
    const answers: unknown[] = [];
    await run(
      { source: { type: 'test.pooled', config: { count: 1 } }, node: { type: 'test.skeletons' } },
      [
        ['source.frame', 'node.frame'],
        ['node.out', 'results.in'],
      ],
      (value) => void answers.push(value),
    );
    const ports = { inputs: { frame: 'frame' }, outputs: { out: 'any' } };
    expect(answers).toEqual([{ paw: PAW.points, hand: 21, ports, isMain: false }]);
  });
});
