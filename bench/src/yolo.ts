import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Frame } from '@kinegraph/core/plugin';
import { loadPluginSource } from '@kinegraph/core/node';
import type { GraphNode, PluginSource } from '@kinegraph/core';
import { CandidateTable, Selection, keepBest, selectCandidates } from '@kinegraph/plugin-yolo/decode';
import type { PoseLayout } from '@kinegraph/plugin-yolo/decode';
import type { BareOnnxLoop } from './bare-onnx-worker.js';
import type { BareYoloLoop } from './bare-yolo-worker.js';
import { median, type Benchmark, type Figure } from './benchmark.js';
import { collectGarbage } from './collect-garbage.js';
import { memorySource, type ClipFrame } from './clip-frames.js';
import { inlinePlugin, inlineSource } from './inline-plugin.js';
import { runGraph } from './run-graph.js';

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));
const PHOTO = `${SHARED}images/bus.jpg`;
const ROUNDS = 3;
const FRAMES = 200;
const WASM_RUNS = 40;
const MANY_FRAMES = 20_000;
const SAMPLE_EVERY = 500;
const CANDIDATES = 8_400;
const PASSING = 300;

/** What `yolo.pose` adds to the network itself. Needs real weights beside the repository: see packages/plugin-yolo/README.md. */
export const yoloBenchmark: Benchmark = {
  name: 'yolo',
  title: `yolo.pose against the bare session.run, same networks, one thread each, ${ROUNDS} rounds in turn`,
  async run(tell, { minutes }): Promise<readonly Figure[]> {
    const figures = [nonMaximumSuppression()];
    const models = ([256, 320] as const).map((size) => ({ size, model: `${SHARED}models/yolov8n-pose-${size}.onnx` }));
    const missing = [PHOTO, ...models.map(({ model }) => model)].filter((file) => !existsSync(file));
    if (missing.length > 0) {
      tell(`left out all but NMS, since there is no ${missing.join(', ')}`);
      return figures;
    }
    const photo = await photoFrame();
    for (const { size, model } of models) figures.push(...(await againstBare(size, model, photo, tell)));
    const [{ model }] = models as [(typeof models)[0]];
    figures.push(...(await noGrowth(model, photo, minutes === undefined ? MANY_FRAMES : 500 * 60 * minutes, tell)));
    return figures;
  },
};

async function againstBare(
  size: number,
  model: string,
  photo: ClipFrame,
  tell: (line: string) => void,
): Promise<readonly Figure[]> {
  const rates: Record<'bare' | 'node' | 'one' | 'two' | 'wasm', number[]> = {
    bare: [],
    node: [],
    one: [],
    two: [],
    wasm: [],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.bare.push(
      await rateOf('./bare-onnx-worker.js', { model, size, runs: FRAMES, on: 'native' } satisfies BareOnnxLoop),
    );
    rates.node.push(await rateOf('./bare-yolo-worker.js', { model, photo, runs: FRAMES } satisfies BareYoloLoop));
    rates.one.push(await graphRate(model, photo, 1));
    rates.two.push(await graphRate(model, photo, 2));
    rates.wasm.push(
      await rateOf('./bare-onnx-worker.js', { model, size, runs: WASM_RUNS, on: 'wasm' } satisfies BareOnnxLoop),
    );
    tell(
      `${size} px, round ${round + 1} of ${ROUNDS}: ${Object.entries(rates)
        .map(([name, all]) => `${name} ${(all.at(-1) ?? 0).toFixed(1)}/s`)
        .join(', ')}`,
    );
  }
  const ratio = (over: readonly number[], under: readonly number[]): number =>
    median(over.map((value, index) => value / (under[index] ?? Number.NaN)));
  return [
    { what: `${size} px: bare session.run`, value: 1000 / median(rates.bare), unit: 'ms' },
    { what: `${size} px: source > yolo.pose > sink, for each frame`, value: 1000 / median(rates.one), unit: 'ms' },
    { what: `${size} px: yolo.pose by itself, for each frame`, value: 1000 / median(rates.node), unit: 'ms' },
    {
      what: `${size} px: yolo.pose by itself / bare`,
      value: ratio(rates.bare, rates.node),
      unit: 'times',
      target: { below: 1.15 },
    },
    { what: `${size} px: graph / bare`, value: ratio(rates.bare, rates.one), unit: 'times' },
    {
      what: `${size} px: two nodes in two workers / one`,
      value: ratio(rates.two, rates.one),
      unit: 'times',
      target: { atLeast: 1.8 },
    },
    {
      what: `${size} px: bare session.run of onnxruntime-web (WASM) / native`,
      value: ratio(rates.bare, rates.wasm),
      unit: 'times',
    },
  ];
}

async function rateOf(file: string, loop: object): Promise<number> {
  const worker = new Worker(new URL(file, import.meta.url), { workerData: loop });
  const [perSecond] = (await once(worker, 'message')) as [number];
  await worker.terminate();
  return perSecond;
}

/** Frames a second of so many sources, each with a node of its own, all together. */
async function graphRate(model: string, photo: ClipFrame, sources: number): Promise<number> {
  const frames = repeated(photo, FRAMES);
  const names = Array.from({ length: sources }, (_, index) => `pose-${index}`);
  const timesMs: number[][] = names.map(() => []);
  await runGraph({
    nodes: Object.fromEntries(
      names.flatMap((name): [string, GraphNode][] => [
        [`${name}-source`, { type: 'bench.memory' }],
        [name, { type: 'yolo.pose', config: { model } }],
        [`${name}-people`, { type: 'core.sink.callback' }],
      ]),
    ),
    wires: names.flatMap((name) => [
      [`${name}-source.frame`, `${name}.frame`] as const,
      [`${name}.people`, `${name}-people.in`] as const,
    ]),
    plugins: await pluginsFor(frames),
    callbacks: Object.fromEntries(
      names.map((name, index) => [`${name}-people`, () => void timesMs[index]?.push(performance.now())]),
    ),
  });
  // From when all have begun until the first has ended: only then do they share the machine.
  const beganMs = Math.max(...timesMs.map((times) => times[5] ?? Number.NaN));
  const endedMs = Math.min(...timesMs.map((times) => times.at(-1) ?? Number.NaN));
  const results = timesMs.flat().filter((atMs) => atMs > beganMs && atMs <= endedMs).length;
  return (results * 1000) / (endedMs - beganMs);
}

async function noGrowth(
  model: string,
  photo: ClipFrame,
  frames: number,
  tell: (line: string) => void,
): Promise<readonly Figure[]> {
  const [rssMb, heapMb]: [number[], number[]] = [[], []];
  let results = 0;
  await runGraph({
    nodes: {
      source: { type: 'bench.memory' },
      pose: { type: 'yolo.pose', config: { model } },
      people: { type: 'core.sink.callback' },
    },
    wires: [
      ['source.frame', 'pose.frame'],
      ['pose.people', 'people.in'],
    ],
    plugins: await pluginsFor(repeated(photo, frames)),
    callbacks: {
      people: () => {
        results += 1;
        if (results % SAMPLE_EVERY !== 0) return;
        collectGarbage();
        const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
        rssMb.push(rss / 2 ** 20);
        heapMb.push((heapUsed + arrayBuffers) / 2 ** 20);
        if (results % (10 * SAMPLE_EVERY) === 0) tell(`${results} frames: ${rssMb.at(-1)?.toFixed(1)} MiB`);
      },
    },
  });
  return [
    ...growth('memory (RSS) of source, worker and model', rssMb, frames),
    ...growth('heap and array buffers of the main thread', heapMb, frames),
  ];
}

function growth(what: string, samples: readonly number[], frames: number): readonly Figure[] {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const second = median(samples.slice(tenth, 2 * tenth));
  const last = median(samples.slice(-tenth));
  return [
    { what: `${what}, second tenth of ${frames} frames`, value: second, unit: 'MiB' },
    {
      what: 'growth, last tenth to second tenth (medians)',
      value: (last / second - 1) * 100,
      unit: '%',
      target: { below: 5 },
    },
  ];
}

async function pluginsFor(frames: readonly ClipFrame[]): Promise<readonly PluginSource[]> {
  return [
    inlinePlugin([inlineSource('bench.memory', memorySource(frames))]),
    await loadPluginSource('@kinegraph/plugin-yolo', { from: import.meta.dirname }),
  ];
}

/** The photo as RGBA, decoded beforehand. */
async function photoFrame(): Promise<ClipFrame> {
  let photo: ClipFrame | undefined;
  await runGraph({
    nodes: {
      photo: { type: 'media.source.images', config: { path: PHOTO } },
      keep: { type: 'core.sink.callback' },
    },
    wires: [['photo.frame', 'keep.in']],
    plugins: [await loadPluginSource('@kinegraph/plugin-media', { from: import.meta.dirname })],
    callbacks: {
      keep: (value) => {
        if (!(value instanceof Frame)) return;
        const { width, height, data } = value;
        const bytes = new Uint8Array(new SharedArrayBuffer(data.length));
        bytes.set(data);
        photo = { width, height, timestampMs: 0, bytes };
      },
    },
  });
  if (photo === undefined) throw new Error(`${PHOTO} gave no frame.`);
  return photo;
}

function repeated(photo: ClipFrame, count: number): readonly ClipFrame[] {
  return Array.from({ length: count }, (_, index) => ({ ...photo, timestampMs: index * 33 }));
}

/** The answer of a network of one class and 17 points at 640 px, of which some candidates pass. */
function nonMaximumSuppression(): Figure {
  const channels = 4 + 1 + 17 * 3;
  const layout: PoseLayout = {
    form: 'channels-first',
    batch: 1,
    candidates: CANDIDATES,
    classes: 1,
    points: 17,
    valuesPerPoint: 3,
    pointsAt: 5,
    channelStride: CANDIDATES,
    candidateStride: 1,
  };
  const output = new Float32Array(channels * CANDIDATES);
  let seed = 1;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let row = 0; row < CANDIDATES; row += 1) {
    const isPassing = row % (CANDIDATES / PASSING) === 0;
    // Some thirty people, each found about ten times.
    const person = Math.floor((row * 31) / CANDIDATES);
    output[row] = 40 + (person % 8) * 75 + random() * 10;
    output[CANDIDATES + row] = 80 + Math.floor(person / 8) * 150 + random() * 10;
    output[2 * CANDIDATES + row] = 60 + random() * 5;
    output[3 * CANDIDATES + row] = 140 + random() * 5;
    output[4 * CANDIDATES + row] = isPassing ? 0.3 + random() * 0.6 : random() * 0.2;
  }
  const table = new CandidateTable(CANDIDATES);
  const selection = new Selection(CANDIDATES);
  const timesMs: number[] = [];
  for (let run = 0; run < 2_000; run += 1) {
    const beganMs = performance.now();
    selectCandidates(output, layout, 0.25, table);
    keepBest(table, 0.7, 300, selection);
    timesMs.push(performance.now() - beganMs);
  }
  if (table.count !== PASSING) throw new Error(`${table.count} candidates passed instead of ${PASSING}.`);
  return {
    what: `NMS of ${CANDIDATES} candidates of which ${PASSING} pass, and the filter before it`,
    value: median(timesMs.slice(200)),
    unit: 'ms',
    target: { below: 1 },
  };
}
