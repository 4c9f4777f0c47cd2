import { setImmediate as turn } from 'node:timers/promises';
import {
  Frame,
  SlotFramePool,
  createRun,
  resolveGraph,
  type FrameSource,
  type GraphDocument,
  type RunOutcome,
} from '@kinegraph/core';
import { injectable } from '@kinegraph/core/plugin';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import { memoryPlugin } from '@kinegraph/core/testing';
import { expect, it } from 'vitest';
import { inRepository } from './support/kinegraph.js';

const FRAMES = 40;

interface Collected {
  readonly sequence: number;
  readonly value: unknown;
}

interface Ended {
  readonly outcome: RunOutcome;
  readonly results: readonly Collected[];
  /** First byte of each frame of the source after its last owner in a worker had gone. */
  readonly signatures: readonly number[];
  /** Frames of the source that somebody still owns. */
  readonly unreturned: number;
}

/** Runs source > node > callback, the node in real workers. */
async function runInWorker(node: GraphDocument['nodes'][string]): Promise<Ended> {
  const pool = new SlotFramePool();
  const tapped: Frame[] = [];

  @injectable()
  class Numbered implements FrameSource {
    #sequence = 0;
    read(): Frame | undefined {
      if (this.#sequence === FRAMES) return undefined;
      const sequence = this.#sequence;
      this.#sequence += 1;
      const memory = pool.acquire(2 * 2 * 4);
      memory.bytes.fill(0);
      return new Frame(
        { sequence, timestampMs: sequence, capturedAtMs: 0, width: 2, height: 2, format: 'rgba8' },
        memory,
      );
    }
  }

  await using platform = createNodeHost();
  const source = await memoryPlugin({
    packageJson: {
      contributes: {
        nodes: [
          {
            type: 'numbered.source',
            typeVersion: 1,
            kind: 'source',
            title: 'Numbered',
            inputs: {},
            outputs: { frame: { type: 'frame' } },
            config: './empty.json',
          },
        ],
      },
    },
    files: { './empty.json': '{"type":"object","properties":{},"additionalProperties":false}' },
    module: { activate: ({ nodes }) => nodes.register('numbered.source', Numbered) },
  });
  expect(platform.host.add(source).problems).toEqual([]);
  const [added] = await addPlugins(platform.host, [inRepository('apps/server/test/fixtures/plugin-in-workers')], {
    from: import.meta.dirname,
  });
  expect(added?.problems).toEqual([]);
  const results: Collected[] = [];
  const run = createRun({
    graph: resolveGraph(
      {
        kinegraph: 1,
        nodes: {
          source: { type: 'numbered.source' },
          node,
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
      results: (value, { sequence }) =>
        void results.push({ sequence, value: value instanceof Frame ? [...value.data] : value }),
    },
  });
  await run.start();
  const outcome = await run.finished;
  await turn(); // loans on their way back
  const signatures = tapped.map((frame) => frame.data[0] ?? -1);
  for (const frame of tapped) frame.close();
  return { outcome, results, signatures, unreturned: pool.inUse };
}

const inOrder = Array.from({ length: FRAMES }, (_, sequence) => sequence);

it('runs two instances in two workers at once and keeps the order, on memory that is not copied', async () => {
  const { outcome, results, signatures, unreturned } = await runInWorker({ type: 'in-workers.sign', concurrency: 2 });
  expect(outcome).toMatchObject({ result: 'completed', shutdownFailures: [] });
  expect(results.map(({ sequence }) => sequence)).toEqual(inOrder);
  const threads = results.map(({ value }) => (value as { threadId: number }).threadId);
  expect(new Set(threads).size).toBe(2);
  expect(signatures).toEqual(threads); // what a worker wrote stands in the main thread's frame
  expect(unreturned).toBe(0);
});

it('takes frames that are made in a worker', async () => {
  const { outcome, results, unreturned } = await runInWorker({ type: 'in-workers.paint' });
  expect(outcome.result).toBe('completed');
  expect(results.map(({ value }) => value)).toEqual(
    inOrder.map((sequence) => Array.from({ length: 16 }, () => sequence)),
  );
  expect(unreturned).toBe(0);
});

it('loses only the packet at which a node in a worker throws', async () => {
  const { outcome, results, unreturned } = await runInWorker({ type: 'in-workers.moody', config: { throwAt: 5 } });
  expect(outcome.result).toBe('completed');
  expect(results.map(({ sequence }) => sequence)).toEqual(inOrder.filter((sequence) => sequence !== 5));
  expect(outcome.snapshot.nodes.find(({ name }) => name === 'node')).toMatchObject({
    failed: 1,
    lastFault: { message: 'no good at frame 5' },
  });
  expect(unreturned).toBe(0);
});

it('survives a worker that goes away, names the node and gives every frame back', async () => {
  const { outcome, unreturned } = await runInWorker({ type: 'in-workers.moody', config: { exitAt: 5 } });
  const node = outcome.snapshot.nodes.find(({ name }) => name === 'node');
  expect(node?.lastFault?.code).toBe('RUN_WORKER_GONE');
  expect(node?.lastFault?.message).toContain('"node"');
  expect(node?.out).toBe(5);
  expect(unreturned).toBe(0);
});
