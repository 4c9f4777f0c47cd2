import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRun, parseGraph, resolveGraph } from '@kinegraph/core';
import type { RunOutcome } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import { Frame, FramePool } from '@kinegraph/core/plugin';
import type { PixelFormat } from '@kinegraph/core/plugin';
import { memoryPlugin, sourceOf } from '@kinegraph/core/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OnnxModelAnswer } from '../src/nodes/onnx-model/onnx-model-transform.js';
import { aPictureModel, channelMeans } from './support/onnx-models.js';

const plugin = fileURLToPath(new URL('..', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-onnx-model-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A frame to send: its size, and the one value of all its bytes. */
interface Picture {
  readonly width: number;
  readonly height: number;
  readonly value: number;
  readonly format?: PixelFormat;
}

/** Runs pictures > (a window >) onnx.model, in its worker, with a model file. */
async function run(
  pictures: readonly Picture[],
  config: object,
  window?: object,
): Promise<{ answers: (readonly number[])[]; failures: string[]; outcome: RunOutcome; startError?: unknown }> {
  await using platform = createNodeHost({ homeFolder: folder });
  const pool = platform.container.get(FramePool);
  function* frames(): Generator<Frame> {
    for (const [sequence, { width, height, value, format = 'rgba8' }] of pictures.entries()) {
      const memory = pool.acquire(width * height * 4);
      memory.bytes.fill(value);
      const timestampMs = sequence * 40;
      yield new Frame({ sequence, timestampMs, capturedAtMs: timestampMs, width, height, format }, memory);
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
  const nodes = {
    pictures: { type: 'test.pictures' },
    ...(window && { window: { type: 'core.buffer.window', config: window } }),
    net: { type: 'onnx.model', config },
    out: { type: 'core.sink.callback' },
  };
  const wires =
    window === undefined
      ? [['pictures.frame', 'net.in']]
      : [
          ['pictures.frame', 'window.in'],
          ['window.out', 'net.in'],
        ];
  const text = JSON.stringify({ kinegraph: 1, nodes, wires: [...wires, ['net.tensors', 'out.in']] });
  const { document, problems } = parseGraph(text);
  if (document === undefined) throw new Error(`the graph of the test is no graph: ${JSON.stringify(problems)}`);
  const answers: (readonly number[])[] = [];
  const graph = createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: folder,
    callbacks: {
      out: (value) => {
        answers.push(Array.from((value as OnnxModelAnswer).tensors['answer']?.data as Float32Array));
      },
    },
  });
  let startError: unknown;
  await graph.start().catch((error: unknown) => (startError = error));
  const outcome = await graph.finished;
  const failures = graph.snapshot().nodes.find(({ name }) => name === 'net')?.lastFault;
  expect(outcome.shutdownFailures).toEqual([]);
  expect(pool.inUse).toBe(0);
  return { answers, failures: failures === undefined ? [] : [failures.message], outcome, startError };
}

it('runs a model in a worker on frames of any size, and goes on after one that fails', async () => {
  const mean = { ...channelMeans, outputs: ['mean'] };
  const nodes = [
    mean,
    // 1 for what is not black, NaN for what is.
    { op: 'Div', inputs: ['mean', 'mean'], outputs: ['sign'] },
    { op: 'Mul', inputs: ['mean', 'sign'], outputs: ['answer'] },
  ];
  await writeFile(path.join(folder, 'means.onnx'), aPictureModel({ dims: [1, 3, 32, 32], nodes }));

  const { answers, failures, outcome } = await run(
    [
      { width: 1, height: 1, value: 255 },
      { width: 10_000, height: 10, value: 255 },
      { width: 4, height: 4, value: 0 },
      { width: 4, height: 4, value: 51 },
      { width: 4, height: 4, value: 0, format: 'jpeg' },
      { width: 10, height: 10_000, value: 102 },
    ],
    { model: path.join(folder, 'means.onnx'), resize: 'stretch' },
  );

  expect(outcome.result).toBe('completed');
  const expected = [1, 1, 0.2, 0.4];
  expect(answers.length).toBe(expected.length);
  for (const [index, value] of expected.entries()) {
    for (const channel of answers[index] ?? []) expect(channel).toBeCloseTo(value, 5);
  }
  expect(failures).toEqual([expect.stringMatching(/^Node "net" got a frame in the format "jpeg"/)]);
});

it('runs a model on windows of frames', async () => {
  await writeFile(path.join(folder, 'pairs.onnx'), aPictureModel({ dims: [2, 3, 2, 2], nodes: [channelMeans] }));
  const pictures = [0, 51, 102, 255].map((value) => ({ width: 6, height: 5, value }));

  const { answers, outcome } = await run(
    pictures,
    { model: path.join(folder, 'pairs.onnx'), resize: 'crop' },
    { count: 2, strideCount: 2 },
  );

  expect(outcome.result).toBe('completed');
  const rounded = answers.map((answer) => answer.map((value) => Math.round(value * 1000) / 1000));
  expect(rounded.at(-1)).toEqual([0.4, 0.4, 0.4, 1, 1, 1]);
});

it('does not start with a model that takes another shape, and says both', async () => {
  await writeFile(path.join(folder, 'large.onnx'), aPictureModel({ dims: [1, 3, 64, 64] }));

  const { startError, answers } = await run([{ width: 4, height: 4, value: 1 }], {
    model: path.join(folder, 'large.onnx'),
    width: 32,
    height: 32,
  });

  expect(String(startError)).toContain(
    'large.onnx" takes float32 [1, 3, 64, 64], but is given float32 [1, 3, 32, 32].',
  );
  expect(answers).toEqual([]);
});
