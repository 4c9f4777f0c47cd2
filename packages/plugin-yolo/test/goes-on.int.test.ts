import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRun, resolveGraph, silentLogger } from '@kinegraph/core';
import type { GraphDocument, Landmarks } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import { Frame, FramePool } from '@kinegraph/core/plugin';
import { memoryPlugin, sourceOf } from '@kinegraph/core/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layoutOf } from './support/model-output.js';
import type { PlainCandidate } from './support/model-output.js';
import { aPoseModel } from './support/pose-model.js';

const plugin = fileURLToPath(new URL('..', import.meta.url));
const person: PlainCandidate = {
  box: [32, 32, 16, 16],
  scores: [0.9],
  points: Array.from({ length: 17 }, (_, point) => [16 + point, 32, 0.5] as const),
};
/** Reaches a confidence of 0.25 in bright frames alone. */
const broken: PlainCandidate = { ...person, box: [Number.NaN, 32, 16, 16], scores: [0.4] };

/** Frames by size and brightness. */
const PICTURES = [
  { width: 64, height: 64, value: 128 },
  { width: 64, height: 64, value: 255 },
  { width: 1, height: 1, value: 128 },
  { width: 320, height: 240, value: 255 },
  { width: 10_000, height: 10, value: 128 },
  { width: 64, height: 64, value: 128 },
] as const;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-yolo-goes-on-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each([1, 2])('a run goes on after frames that fail, with frames of any size, in %d workers', async (concurrency) => {
  const layout = layoutOf({ form: 'channels-first', classes: 1, points: 17, valuesPerPoint: 3, candidates: 60 });
  await writeFile(path.join(folder, 'pose.onnx'), aPoseModel({ layout, candidates: [person, broken] }));
  await using platform = createNodeHost({ homeFolder: folder }, { logger: silentLogger });
  const pool = platform.container.get(FramePool);
  function* frames(): Generator<Frame> {
    for (const [sequence, { width, height, value }] of PICTURES.entries()) {
      const memory = pool.acquire(width * height * 4);
      memory.bytes.fill(value);
      const timestampMs = sequence * 40;
      yield new Frame({ sequence, timestampMs, capturedAtMs: timestampMs, width, height, format: 'rgba8' }, memory);
    }
  }
  const source = {
    type: 'test.pictures',
    typeVersion: 1,
    kind: 'source',
    title: 'Pictures',
    outputs: { frame: { type: 'frame' } },
  };
  platform.host.add(
    await memoryPlugin({
      packageJson: { contributes: { nodes: [source] } },
      module: { activate: (context) => context.nodes.register('test.pictures', sourceOf(frames())) },
    }),
  );
  await addPlugins(platform.host, [plugin], { from: plugin });
  const document: GraphDocument = {
    kinegraph: 1,
    nodes: {
      pictures: { type: 'test.pictures' },
      pose: { type: 'yolo.pose', config: { model: './pose.onnx' }, concurrency },
      out: { type: 'core.sink.callback' },
    },
    wires: [
      ['pictures.frame', 'pose.frame'],
      ['pose.people', 'out.in'],
    ],
  };
  const got: { timestampMs: number; frameWidth: number; people: number }[] = [];
  const run = createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: folder,
    callbacks: {
      out: (value, { timestampMs }) => {
        const { frameWidth, tracks } = value as Landmarks;
        got.push({ timestampMs, frameWidth, people: tracks.length });
      },
    },
  });
  await run.start();
  const outcome = await run.finished;

  expect(outcome).toMatchObject({ result: 'completed', shutdownFailures: [] });
  expect(got).toEqual([
    { timestampMs: 0, frameWidth: 64, people: 1 },
    { timestampMs: 80, frameWidth: 1, people: 1 },
    { timestampMs: 160, frameWidth: 10_000, people: 1 },
    { timestampMs: 200, frameWidth: 64, people: 1 },
  ]);
  const pose = run.snapshot().nodes.find(({ name }) => name === 'pose');
  expect(pose).toMatchObject({ failed: 2, lastFault: { code: 'YOLO_ANSWER' } });
  expect(pool.inUse).toBe(0);
});
