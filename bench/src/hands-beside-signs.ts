import type { GraphNode, PluginSource } from '@kinegraph/core';
import { loadPluginSource } from '@kinegraph/core/node';
import { memorySource, type ClipFrame } from './clip-frames.js';
import { inlinePlugin, inlineSource } from './inline-plugin.js';
import { runGraph } from './run-graph.js';
import { WORKER_NODES } from './worker-nodes.js';

/** What reads the windows of hands. */
export type Beside = 'nothing' | 'signs' | 'slow';

const WINDOW: GraphNode = {
  type: 'core.buffer.window',
  config: { resample: 30, strideMs: 100, whole: false },
};
const SLOW_MS = 300;

/**
 * How many frames a second MediaPipe's hands get through, every frame in order: alone; with windows, the default model and the
 * decoder behind them; with a classifier that takes 300 ms for each window.
 */
export async function handsRate(frames: readonly ClipFrame[], beside: Beside): Promise<number> {
  let [firstMs, lastMs, results] = [0, 0, 0];
  const behind: Record<Beside, { nodes: Record<string, GraphNode>; wires: (readonly [string, string])[] }> = {
    nothing: { nodes: {}, wires: [] },
    signs: {
      nodes: {
        window: WINDOW,
        classifier: { type: 'signs.classifier' },
        decoder: { type: 'signs.decoder' },
        signs: { type: 'core.sink.null' },
      },
      wires: [
        ['hands.hands', 'window.in'],
        ['window.out', 'classifier.in'],
        ['classifier.classification', 'decoder.classification'],
        ['decoder.events', 'signs.in'],
      ],
    },
    slow: {
      nodes: {
        window: WINDOW,
        classifier: { type: 'bench.occupied-classifier', config: { serviceMs: SLOW_MS } },
        signs: { type: 'core.sink.null' },
      },
      wires: [
        ['hands.hands', 'window.in'],
        ['window.out', 'classifier.window'],
        ['classifier.out', 'signs.in'],
      ],
    },
  };
  const { nodes, wires } = behind[beside];
  await runGraph({
    nodes: {
      source: { type: 'bench.memory' },
      hands: { type: 'mediapipe.hands', config: { model: 'lite', numHands: 1 } },
      results: { type: 'core.sink.callback' },
      ...nodes,
    },
    wires: [['source.frame', 'hands.frame'], ['hands.hands', 'results.in'], ...wires],
    plugins: await plugins(frames),
    callbacks: {
      results: () => {
        lastMs = performance.now();
        if (results === 0) firstMs = lastMs;
        results += 1;
      },
    },
  });
  if (results !== frames.length) throw new Error(`${frames.length - results} of ${frames.length} results are missing.`);
  return ((results - 1) * 1000) / (lastMs - firstMs);
}

async function plugins(frames: readonly ClipFrame[]): Promise<PluginSource[]> {
  const from = import.meta.dirname;
  return [
    inlinePlugin([inlineSource('bench.memory', memorySource(frames))]),
    inlinePlugin(WORKER_NODES, {
      name: '@kinegraph/bench-workers',
      entryUrl: new URL('./worker-nodes.js', import.meta.url).href,
    }),
    await loadPluginSource('@kinegraph/plugin-mediapipe', { from }),
    await loadPluginSource('@kinegraph/plugin-sign-classifier', { from }),
  ];
}
