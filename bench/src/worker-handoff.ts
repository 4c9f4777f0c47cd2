import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { deferred, injectable, type Frame } from '@kinegraph/core/plugin';
import { median, type Benchmark, type Figure } from './benchmark.js';
import { inlineExtractor, inlinePlugin, inlineSource } from './inline-plugin.js';
import { PooledSource, type PooledSourceConfig } from './pooled-source.js';
import { runGraph } from './run-graph.js';
import { WORKER_NODES, machineMs, type Visit } from './worker-nodes.js';

/** Frames until the code is compiled as in a run that has gone on for a minute or two. */
const WARM_UP = 4000;
const COUNT = 500;
const ROUNDS = 3;
const VGA = { width: 640, height: 480, count: WARM_UP + COUNT, rushed: WARM_UP };
/** What a camera of 60 frames a second leaves between two frames, less what the nodes take. */
const PAUSE_MS = 16;

/** When each frame was handed over, by sequence, on the machine's clock. */
const handedOverMs: number[] = [];

/** Settles when the answer to the frame before has come home. */
let home = deferred<void>();

/** The node before the worker: it holds each frame until the worker rests, and what it answers is handed over at once. */
@injectable()
class Stamp {
  async extract(frame: Frame): Promise<Frame> {
    await home.promise;
    home = deferred();
    handedOverMs[frame.sequence] = machineMs();
    return frame;
  }
}

const plugins = [
  inlinePlugin([inlineSource('bench.pooled', PooledSource), inlineExtractor('bench.stamp', Stamp)]),
  inlinePlugin(WORKER_NODES, {
    name: '@kinegraph/bench-workers',
    entryUrl: new URL('./worker-nodes.js', import.meta.url).href,
  }),
];

/** Milliseconds for each frame: from the source to the node in the worker, and from there to the node behind it. */
interface Times {
  readonly there: readonly number[];
  readonly back: readonly number[];
}

/** What it costs to hand frames to a node in a worker: the time until the node is called, by the clock that all threads share. */
export const workerHandoffBenchmark: Benchmark = {
  name: 'worker-handoff',
  title: 'a frame from the node before it to a node in a worker, through the runtime',
  async run(tell): Promise<readonly Figure[]> {
    const bare: Times[] = [];
    const paced: Times[] = [];
    const rushed: Times[] = [];
    const small: Times[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      bare.push(await bareTimes());
      paced.push(await timesOf({ ...VGA, pauseMs: PAUSE_MS }));
      rushed.push(await timesOf({ ...VGA, pauseMs: 0 }));
      small.push(await timesOf({ ...VGA, width: 16, height: 16, pauseMs: 0 }));
      tell(`round ${round} of ${ROUNDS}: ${(middle(paced.slice(-1), 'there') * 1000).toFixed(0)} µs to the worker`);
    }
    return [
      { what: 'bare postMessage of such a frame, paced', value: middle(bare, 'there'), unit: 'ms' },
      { what: '640x480, paced: to the worker', value: middle(paced, 'there'), unit: 'ms' },
      { what: '640x480, paced: to the worker, p99', value: p99(paced, 'there'), unit: 'ms' },
      { what: '640x480, paced: answer back', value: middle(paced, 'back'), unit: 'ms' },
      {
        what: '640x480, one after the other: to the worker',
        value: middle(rushed, 'there'),
        unit: 'ms',
        target: { below: 0.15 },
      },
      {
        what: '640x480, one after the other: answer back',
        value: middle(rushed, 'back'),
        unit: 'ms',
        target: { below: 0.15 },
      },
      { what: '16x16, one after the other: to the worker', value: middle(small, 'there'), unit: 'ms' },
      {
        what: '640x480 beside 16x16: more time (a copy takes 0.1 ms or more)',
        value: middle(rushed, 'there') - middle(small, 'there'),
        unit: 'ms',
        target: { below: 0.03 },
      },
    ];
  },
};

function middle(rounds: readonly Times[], way: keyof Times): number {
  return median(rounds.flatMap((times) => times[way]));
}

function p99(rounds: readonly Times[], way: keyof Times): number {
  const sorted = rounds.flatMap((times) => times[way]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}

async function timesOf(config: PooledSourceConfig): Promise<Times> {
  const there: number[] = [];
  const back: number[] = [];
  handedOverMs.length = 0;
  home = deferred();
  home.resolve();
  await runGraph({
    nodes: {
      source: { type: 'bench.pooled', config: { ...config } },
      stamp: { type: 'bench.stamp' },
      visitor: { type: 'bench.visitor' },
      results: { type: 'core.sink.callback' },
    },
    wires: [
      ['source.frame', 'stamp.frame'],
      ['stamp.out', 'visitor.frame'],
      ['visitor.out', 'results.in'],
    ],
    plugins,
    callbacks: {
      results: (value) => {
        const { sequence, cameMs, leftMs } = value as Visit;
        back.push(machineMs() - leftMs);
        there.push(cameMs - (handedOverMs[sequence] ?? Number.NaN));
        home.resolve();
      },
    },
  });
  if (there.length !== config.count) throw new Error(`${config.count - there.length} answers are missing.`);
  return { there: there.slice(WARM_UP), back: back.slice(WARM_UP) };
}

/** The same way without a runtime: what the platform itself takes. */
async function bareTimes(): Promise<Times> {
  const worker = new Worker(new URL('./bare-handoff-worker.js', import.meta.url));
  const bytes = new Uint8Array(new SharedArrayBuffer(640 * 480 * 4));
  const there: number[] = [];
  const back: number[] = [];
  for (let sequence = 0; sequence < WARM_UP + COUNT; sequence += 1) {
    if (sequence >= WARM_UP) await wait(PAUSE_MS);
    const answer = once(worker, 'message');
    const sentMs = machineMs();
    worker.postMessage({ sequence, bytes });
    const [cameMs] = (await answer) as [number];
    back.push(machineMs() - cameMs);
    there.push(cameMs - sentMs);
  }
  worker.postMessage('leave');
  await once(worker, 'exit');
  return { there: there.slice(WARM_UP), back: back.slice(WARM_UP) };
}
