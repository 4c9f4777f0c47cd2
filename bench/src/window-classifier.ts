import { median, type Benchmark, type Figure } from './benchmark.js';
import { clipFrames } from './clip-frames.js';
import { handsRate, type Beside } from './hands-beside-signs.js';
import { inlinePlugin, inlineSource } from './inline-plugin.js';
import { PooledSource } from './pooled-source.js';
import { runGraph } from './run-graph.js';
import { WORKER_NODES } from './worker-nodes.js';

const ROUNDS = 3;
const SECONDS = 5;
const EXTRACTOR_MS = 15;
const CLASSIFIER_MS = 300;
/** Rates of single rounds differ by a tenth on shared cores. */
const HANDS_ROUNDS = 8;

const plugins = [
  inlinePlugin([inlineSource('bench.pooled', PooledSource, true)]),
  inlinePlugin(WORKER_NODES, {
    name: '@kinegraph/bench-workers',
    entryUrl: new URL('./worker-nodes.js', import.meta.url).href,
  }),
];

/** Whether a slow classifier of windows slows the extractor beside it. Both hold a worker of their own. */
export const windowClassifierBenchmark: Benchmark = {
  name: 'window-classifier',
  title: `an extractor of ${EXTRACTOR_MS} ms, with and without a classifier of ${CLASSIFIER_MS} ms on windows of 30 behind it`,
  async run(tell): Promise<readonly Figure[]> {
    const figures: Figure[] = [];
    for (const [name, pauseMs] of [
      ['camera of up to 30/s', 1000 / 30],
      ['camera faster than the extractor', 5],
    ] as const) {
      const alone: number[] = [];
      const beside: number[] = [];
      const classified: number[] = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        alone.push((await rates(pauseMs, false)).extracted);
        const both = await rates(pauseMs, true);
        beside.push(both.extracted);
        classified.push(both.classified);
        tell(
          `${name}, round ${round} of ${ROUNDS}: ${alone.at(-1)?.toFixed(2)}/s alone, ${both.extracted.toFixed(2)}/s beside`,
        );
      }
      figures.push(
        { what: `${name}: extraction alone`, value: median(alone), unit: 'results/s' },
        { what: `${name}: extraction beside the classifier`, value: median(beside), unit: 'results/s' },
        {
          what: `${name}: beside / alone`,
          value: median(beside.map((rate, index) => rate / (alone[index] ?? Number.NaN))),
          unit: '',
          target: { atLeast: 0.98 },
        },
        { what: `${name}: classifications (limit 3.33)`, value: median(classified), unit: 'results/s' },
      );
    }
    return [...figures, ...(await besideSigns(tell))];
  },
};

/** The same with MediaPipe's hands, and the default model of signs behind them. */
async function besideSigns(tell: (line: string) => void): Promise<readonly Figure[]> {
  const frames = await clipFrames(1000, 17_000);
  const rates: Record<Beside, number[]> = { nothing: [], signs: [], slow: [] };
  for (let round = 1; round <= HANDS_ROUNDS; round += 1) {
    // They take turns, the first one another each round, so that a drifting machine is fair to all.
    const kinds = Object.keys(rates) as Beside[];
    for (const at of kinds.keys()) {
      const kind = kinds[(at + round) % kinds.length] ?? 'nothing';
      rates[kind].push(await handsRate(frames, kind));
    }
    tell(
      `mediapipe.hands, round ${round} of ${HANDS_ROUNDS}: ${kinds.map((kind) => `${kind} ${rates[kind].at(-1)?.toFixed(1)}/s`).join(', ')}`,
    );
  }
  // As many frames in each round: the ratio of the times for all of them.
  const seconds = (kind: Beside): number => rates[kind].reduce((sum, rate) => sum + 1 / rate, 0);
  const ratio = (kind: Beside): number => seconds('nothing') / seconds(kind);
  return [
    { what: 'mediapipe.hands alone', value: median(rates.nothing), unit: 'frames/s' },
    {
      what: 'mediapipe.hands beside windows, signs.classifier and signs.decoder',
      value: median(rates.signs),
      unit: 'frames/s',
    },
    { what: 'beside the signs / alone', value: ratio('signs'), unit: '', target: { atLeast: 0.98 } },
    {
      what: `beside a classifier of ${CLASSIFIER_MS} ms / alone`,
      value: ratio('slow'),
      unit: '',
      target: { atLeast: 0.98 },
    },
  ];
}

async function rates(pauseMs: number, withClassifier: boolean): Promise<{ extracted: number; classified: number }> {
  const extracted: number[] = [];
  const classified: number[] = [];
  const classifier = {
    window: { type: 'core.buffer.window', config: { count: 30, strideCount: 5 } },
    newest: { type: 'core.buffer.latest' },
    classifier: { type: 'bench.occupied-classifier', config: { serviceMs: CLASSIFIER_MS } },
    classified: { type: 'core.sink.callback' },
  };
  await runGraph({
    nodes: {
      camera: { type: 'bench.pooled', config: { count: 1_000_000, width: 640, height: 480, pauseMs } },
      latest: { type: 'core.buffer.latest' },
      extractor: { type: 'bench.occupied-extractor', config: { serviceMs: EXTRACTOR_MS } },
      extracted: { type: 'core.sink.callback' },
      ...(withClassifier ? classifier : {}),
    },
    wires: [
      ['camera.frame', 'latest.in'],
      ['latest.out', 'extractor.frame'],
      ['extractor.out', 'extracted.in'],
      ...(withClassifier
        ? ([
            ['extractor.out', 'window.in'],
            ['window.out', 'newest.in'],
            ['newest.out', 'classifier.window'],
            ['classifier.out', 'classified.in'],
          ] as const)
        : []),
    ],
    plugins,
    callbacks: {
      extracted: () => void extracted.push(performance.now()),
      ...(withClassifier ? { classified: () => void classified.push(performance.now()) } : {}),
    },
    durationMs: SECONDS * 1000,
  });
  return { extracted: perSecond(extracted), classified: perSecond(classified) };
}

function perSecond(times: readonly number[]): number {
  return ((times.length - 1) * 1000) / ((times.at(-1) ?? Number.NaN) - (times[0] ?? Number.NaN));
}
