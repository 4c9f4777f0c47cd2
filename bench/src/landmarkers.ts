import { loadPluginSource } from '@kinegraph/core/node';
import type { GraphNode } from '@kinegraph/core';
import { bareLoop, bundleOf } from './bare-landmarkers.js';
import { median, type Benchmark, type Figure } from './benchmark.js';
import { clipFrames, memorySource, type ClipFrame } from './clip-frames.js';
import { inlinePlugin, inlineSource } from './inline-plugin.js';
import { runGraph } from './run-graph.js';

const ROUNDS = 5;
const HANDS_FULL: GraphNode = { type: 'mediapipe.hands', config: { model: 'full', numHands: 1 } };
const HANDS_LITE: GraphNode = { type: 'mediapipe.hands', config: { model: 'lite', numHands: 1 } };
const POSE_LITE: GraphNode = { type: 'mediapipe.pose', config: { model: 'lite' } };

/** What the graph takes away from MediaPipe's own speed. The candidates take turns, so that a drifting machine is fair to all. */
export const landmarkerBenchmark: Benchmark = {
  name: 'landmarkers',
  title: `graphs against MediaPipe's bare loop, same frames (640x480), ${ROUNDS} rounds in turn`,
  async run(tell): Promise<readonly Figure[]> {
    const frames = await clipFrames(1000, 6000);
    const rates: Record<'bareFull' | 'full' | 'lite' | 'pose' | 'both', number[]> = {
      bareFull: [],
      full: [],
      lite: [],
      pose: [],
      both: [],
    };
    const bundle = await bundleOf('mediapipe.hands.full');
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.bareFull.push(await bareLoop({ task: 'hands', bundle, frames }));
      rates.full.push(await graphRate(frames, { hands: HANDS_FULL }));
      rates.lite.push(await graphRate(frames, { hands: HANDS_LITE }));
      rates.pose.push(await graphRate(frames, { pose: POSE_LITE }));
      rates.both.push(await graphRate(frames, { hands: HANDS_LITE, pose: POSE_LITE }));
      tell(
        `round ${round + 1} of ${ROUNDS}: ${Object.entries(rates)
          .map(([name, all]) => `${name} ${(all.at(-1) ?? 0).toFixed(1)}/s`)
          .join(', ')}`,
      );
    }
    // Ratios within each round: what slows the machine down slows both sides.
    const ratio = (over: readonly number[], under: readonly number[]): number =>
      median(over.map((value, index) => value / (under[index] ?? Number.NaN)));
    const slower = rates.lite.map((lite, index) => Math.min(lite, rates.pose[index] ?? Number.NaN));
    return [
      { what: 'bare HandLandmarker loop (full, one hand)', value: median(rates.bareFull), unit: 'frames/s' },
      { what: 'graph: source > hands (full, one hand) > sink', value: median(rates.full), unit: 'frames/s' },
      { what: 'graph / bare loop', value: ratio(rates.full, rates.bareFull), unit: '', target: { atLeast: 0.95 } },
      { what: 'graph: hands (lite) alone', value: median(rates.lite), unit: 'frames/s' },
      { what: 'graph: pose (lite) alone', value: median(rates.pose), unit: 'frames/s' },
      { what: 'graph: hands and pose (lite) in parallel, joined', value: median(rates.both), unit: 'frames/s' },
      { what: 'in parallel / slower one alone', value: ratio(rates.both, slower), unit: '', target: { atLeast: 0.9 } },
    ];
  },
};

async function graphRate(
  frames: readonly ClipFrame[],
  extractors: Readonly<Partial<Record<'hands' | 'pose', GraphNode>>>,
): Promise<number> {
  let firstMs = 0;
  let lastMs = 0;
  let results = 0;
  const names = Object.keys(extractors);
  const isJoined = names.length > 1;
  await runGraph({
    nodes: {
      source: { type: 'bench.memory' },
      ...extractors,
      ...(isJoined ? { join: { type: 'core.transform.join' } } : {}),
      sink: { type: 'core.sink.callback' },
    },
    wires: [
      ...names.map((name) => ['source.frame', `${name}.frame`] as const),
      ...(isJoined
        ? ([
            ['hands.hands', 'join.a'],
            ['pose.pose', 'join.b'],
            ['join.out', 'sink.in'],
          ] as const)
        : names.map((name) => [`${name}.${name}`, 'sink.in'] as const)),
    ],
    plugins: [
      inlinePlugin([inlineSource('bench.memory', memorySource(frames))]),
      await loadPluginSource('@kinegraph/plugin-mediapipe', { from: import.meta.dirname }),
    ],
    callbacks: {
      sink: () => {
        lastMs = performance.now();
        if (results === 0) firstMs = lastMs;
        results += 1;
      },
    },
  });
  if (results !== frames.length) throw new Error(`${frames.length - results} of ${frames.length} results are missing.`);
  return ((results - 1) * 1000) / (lastMs - firstMs);
}
