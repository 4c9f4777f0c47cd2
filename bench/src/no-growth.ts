import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createRun, parseGraph, resolveGraph } from '@kinegraph/core';
import { createNodeHost, loadPluginSource } from '@kinegraph/core/node';
import { FramePool } from '@kinegraph/core/plugin';
import { median, type Benchmark, type Figure } from './benchmark.js';
import { collectGarbage } from './collect-garbage.js';
import { inlinePlugin, inlineSource } from './inline-plugin.js';
import { PooledSource } from './pooled-source.js';
import { runGraph } from './run-graph.js';
import { WORKER_NODES } from './worker-nodes.js';

const FRAMES = 100_000;
const SETTLED = 10_000;
const SAMPLE_EVERY = 2_500;
const CYCLES = 200;
/** Cycles until code is compiled and caches are filled. */
const WARM_CYCLES = 20;
const DANCE = fileURLToPath(new URL('../../examples/graphs/dance.kinegraph.json', import.meta.url));

/** Whether anything grows: memory over many frames, handles and heap over many runs. */
export const noGrowthBenchmark: Benchmark = {
  name: 'no-growth',
  title: `${FRAMES} frames of 640x480 through workers; ${CYCLES} starts and stops of the dance graph`,
  async run(tell): Promise<readonly Figure[]> {
    return [...(await manyFrames(tell)), ...(await manyRuns(tell))];
  },
};

/** Frames that a worker writes into and gives back, and windows of them that another worker reads. */
async function manyFrames(tell: (line: string) => void): Promise<readonly Figure[]> {
  const rssMb: number[] = [];
  let results = 0;
  const beganMs = performance.now();
  await runGraph({
    nodes: {
      source: { type: 'bench.pooled', config: { count: FRAMES, width: 640, height: 480, pauseMs: 0 } },
      marker: { type: 'bench.marker' },
      window: { type: 'core.buffer.window', config: { count: 30, strideCount: 15 } },
      reader: { type: 'bench.window-reader' },
      windows: { type: 'core.sink.null' },
      results: { type: 'core.sink.callback' },
    },
    wires: [
      ['source.frame', 'marker.frame'],
      ['marker.frame', 'window.in'],
      ['marker.frame', 'results.in'],
      ['window.out', 'reader.window'],
      ['reader.out', 'windows.in'],
    ],
    plugins: [
      inlinePlugin([inlineSource('bench.pooled', PooledSource)]),
      inlinePlugin(WORKER_NODES, {
        name: '@kinegraph/bench-workers',
        entryUrl: new URL('./worker-nodes.js', import.meta.url).href,
      }),
    ],
    callbacks: {
      results: () => {
        results += 1;
        if (results % SAMPLE_EVERY === 0) {
          collectGarbage();
          rssMb.push(process.memoryUsage.rss() / 2 ** 20);
        }
        if (results % SETTLED === 0) tell(`${results} frames: ${rssMb.at(-1)?.toFixed(1)} MiB`);
      },
    },
  });
  if (results !== FRAMES) throw new Error(`${FRAMES - results} of ${FRAMES} frames are missing.`);
  const settled = SETTLED / SAMPLE_EVERY;
  const before = Math.max(...rssMb.slice(0, settled));
  const after = rssMb.slice(settled);
  return [
    { what: 'frames through two workers', value: (FRAMES * 1000) / (performance.now() - beganMs), unit: 'frames/s' },
    { what: `memory (RSS) in the first ${SETTLED} frames, at most`, value: before, unit: 'MiB' },
    { what: 'memory (RSS) after that, at most', value: Math.max(...after), unit: 'MiB' },
    { what: 'growth, most to most', value: (Math.max(...after) / before - 1) * 100, unit: '%', target: { below: 5 } },
    {
      what: 'growth, last tenth to second tenth (medians)',
      value: (median(after.slice(-settled)) / median(after.slice(0, settled)) - 1) * 100,
      unit: '%',
      target: { below: 5 },
    },
  ];
}

/** What is left after a run. */
interface Rest {
  readonly handles: string;
  readonly heapMb: number;
  readonly rssMb: number;
}

/** The dance graph on one platform, as in a server: opened, run until its first results, stopped. */
async function manyRuns(tell: (line: string) => void): Promise<readonly Figure[]> {
  let hasResult = (): void => {};
  const lineWriters = {
    open: () => Promise.resolve({ write: async () => hasResult(), flush: async () => {}, close: async () => {} }),
  };
  await using platform = createNodeHost({}, { lineWriters });
  for (const name of ['@kinegraph/plugin-media', '@kinegraph/plugin-mediapipe'])
    platform.host.add(await loadPluginSource(name, { from: import.meta.dirname }));
  const { document, problems } = parseGraph(await readFile(DANCE, 'utf8'));
  if (document === undefined) throw new Error(problems[0]?.message);
  const pool = platform.container.get(FramePool);
  const rests: Rest[] = [];
  const cycleMs: number[] = [];
  for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
    const beganMs = performance.now();
    const first = new Promise<void>((resolve) => (hasResult = resolve));
    const run = createRun({
      graph: resolveGraph(document, platform.host.catalog),
      host: platform.host,
      platform: platform.container,
      baseFolder: dirname(DANCE),
    });
    await run.start();
    await Promise.race([first, run.finished]);
    await run.stop();
    const outcome = await run.finished;
    if (outcome.error !== undefined) throw outcome.error;
    if (pool.inUse !== 0) throw new Error(`After run ${cycle} there are ${pool.inUse} frames that nobody closed.`);
    cycleMs.push(performance.now() - beganMs);
    rests.push(await whatIsLeft());
    if (cycle % WARM_CYCLES === 0) tell(`${cycle} runs: ${toLine(rests.at(-1))}`);
  }
  const warm = rests[WARM_CYCLES - 1];
  const last = rests.at(-1);
  if (warm === undefined || last === undefined) throw new Error('There were too few runs.');
  const differing = rests.slice(WARM_CYCLES).filter(({ handles }) => handles !== warm.handles).length;
  const heapOf = (of: readonly Rest[]): number => median(of.map(({ heapMb }) => heapMb));
  const rssOf = (of: readonly Rest[]): number => median(of.map(({ rssMb }) => rssMb));
  const begin = rests.slice(WARM_CYCLES, 2 * WARM_CYCLES);
  const end = rests.slice(-WARM_CYCLES);
  return [
    { what: 'a run from start to stopped', value: median(cycleMs), unit: 'ms' },
    {
      what: `runs after which other handles were open (${warm.handles || 'none'})`,
      value: differing,
      unit: '',
      target: { below: 1 },
    },
    { what: 'heap after collection', value: heapOf(begin), unit: 'MiB' },
    {
      what: `heap, growth over ${CYCLES - 2 * WARM_CYCLES} runs`,
      value: (heapOf(end) / heapOf(begin) - 1) * 100,
      unit: '%',
      target: { below: 5 }, // what heap snapshots show to grow is compiled code
    },
    {
      what: `memory (RSS), growth over ${CYCLES - 2 * WARM_CYCLES} runs`,
      value: (rssOf(end) / rssOf(begin) - 1) * 100,
      unit: '%',
    },
  ];
}

function toLine(rest: Rest | undefined): string {
  return `${rest?.heapMb.toFixed(2)} MiB heap, ${rest?.rssMb.toFixed(0)} MiB in all, handles: ${rest?.handles || 'none'}`;
}

async function whatIsLeft(): Promise<Rest> {
  for (let count = 0; count < 3; count += 1) {
    await turn(); // handles are closed in a later turn
    collectGarbage();
  }
  const handles = process.getActiveResourcesInfo().toSorted().join(' ');
  const { heapUsed, rss } = process.memoryUsage();
  return { handles, heapMb: heapUsed / 2 ** 20, rssMb: rss / 2 ** 20 };
}
