import { Frame, FramePool, PlainPixelKernel, WorkerLauncher, createRun, resolveGraph } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import { inject, injectable } from '@kinegraph/core/plugin';
import { memoryPlugin } from '@kinegraph/core/testing';
import { expect, it } from 'vitest';
import { inRepository } from './support/kinegraph.js';

const [WIDTH, HEIGHT] = [1200, 900];
const FRAMES = 3;

function paint(bytes: Uint8Array, sequence: number): void {
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (at * 7919 + sequence * 31) % 251;
}

@injectable()
class Painted {
  #sequence = 0;
  constructor(@inject(FramePool) private readonly pool: FramePool) {}
  read(): Frame | undefined {
    const sequence = this.#sequence;
    if (sequence === FRAMES) return undefined;
    this.#sequence += 1;
    const memory = this.pool.acquire(WIDTH * HEIGHT * 4);
    paint(memory.bytes, sequence);
    const info = { sequence, timestampMs: sequence, capturedAtMs: 0, width: WIDTH, height: HEIGHT } as const;
    return new Frame({ ...info, format: 'rgba8' }, memory);
  }
}

it('runs the pixel kernel of a worker on the pooled frames of the main thread, in place', async () => {
  await using platform = createNodeHost();
  const source = await memoryPlugin({
    packageJson: {
      contributes: {
        nodes: [
          {
            type: 'painted.source',
            typeVersion: 1,
            kind: 'source',
            title: 'Painted',
            inputs: {},
            outputs: { frame: { type: 'frame' } },
            config: './empty.json',
          },
        ],
      },
    },
    files: { './empty.json': '{"type":"object","properties":{},"additionalProperties":false}' },
    module: { activate: ({ nodes }) => nodes.register('painted.source', Painted) },
  });
  expect(platform.host.add(source).problems).toEqual([]);
  await addPlugins(platform.host, [inRepository('apps/server/test/fixtures/plugin-in-workers')], {
    from: import.meta.dirname,
  });
  const tapped: Frame[] = [];
  const results: unknown[] = [];
  const run = createRun({
    graph: resolveGraph(
      {
        kinegraph: 1,
        nodes: {
          source: { type: 'painted.source' },
          node: { type: 'in-workers.shrink' },
          tap: { type: 'core.sink.callback' },
          results: { type: 'core.sink.callback' },
        },
        wires: [
          ['node.out', 'results.in'],
          ['source.frame', 'node.frame'],
          ['source.frame', 'tap.in'],
        ],
      },
      platform.host.catalog,
    ),
    host: platform.host,
    platform: platform.container,
    baseFolder: '.',
    callbacks: {
      tap: (value) => void (value instanceof Frame && tapped.push(value.clone())),
      results: (value) => void results.push(value),
    },
  });
  await run.start();
  expect(await run.finished).toMatchObject({ result: 'completed' });

  expect(results).toEqual(tapped.map(({ data }) => ({ kernel: 'WasmPixelKernel', offset: data.byteOffset })));
  for (const { data, sequence } of tapped) {
    const before = new Uint8Array(data.length);
    paint(before, sequence);
    const expected = new Uint8Array(data.length / 4);
    new PlainPixelKernel().resize(
      { width: WIDTH, height: HEIGHT / 2, format: 'rgba8', data: before.subarray(0, data.length / 2) },
      { width: WIDTH / 2, height: HEIGHT / 2, data: expected },
    );
    expect(Buffer.from(data.slice(data.length / 2, (data.length * 3) / 4)).equals(Buffer.from(expected))).toBe(true);
  }
  // One page is the arena's first, the rest is the pool's and what the worker's kernel took: tables, but no copy.
  const arena = platform.container.get<WorkerLauncher>(WorkerLauncher).arena;
  const pool = platform.container.get<FramePool>(FramePool);
  expect((arena?.byteLength ?? 0) - pool.heldBytes - 65_536).toBeLessThanOrEqual(1024 ** 2);
  for (const frame of tapped) frame.close();
  expect(pool.inUse).toBe(0);
});
