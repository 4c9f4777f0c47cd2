import { expect, it } from 'vitest';
import type { NodeClass, Transform } from '../../kinds/index.js';
import { aHand, createTestRun, landmarksOf, nodeOf, sinkInto, sourceOf } from '../../testing/index.js';
import type { Collected, TestNode } from '../../testing/index.js';
import { TrackAssigner } from '../../vision/index.js';
import type { Landmarks, Timed } from '../../vision/index.js';
import { WindowBuffer, WindowBufferConfig } from '../buffers/window-buffer.js';
import { EmaConfig, EmaSmoother } from './ema.js';
import { OneEuroConfig, OneEuroSmoother } from './one-euro.js';

/** What a camera sees: a hand on its way through the frame, at a height of its own. */
interface Stream {
  readonly name: string;
  readonly intervalMs: number;
  readonly height: number;
}
const STREAMS: readonly Stream[] = [
  { name: 'one', intervalMs: 33, height: 0.6 },
  { name: 'two', intervalMs: 20, height: 0.9 },
];

/** Finds the hand of a stream in each of its frames, with an identity. */
const extractorOf = ({ height }: Stream): NodeClass =>
  nodeOf((): Transform<Timed, Landmarks> => {
    const tracks = new TrackAssigner();
    return {
      transform({ timestampMs }) {
        const hand = aHand({ centre: [0.3 + 0.3 * Math.sin(timestampMs / 200), height] });
        const [trackId = 0] = tracks.assign([hand], timestampMs);
        return landmarksOf({ ...hand, trackId });
      },
    };
  });

/** The smoothed results of each stream, of a run of them all. */
async function resultsOf(
  streams: readonly Stream[],
  smoother: Pick<TestNode, 'nodeClass' | 'config'>,
): Promise<Map<string, (readonly [number, unknown])[]>> {
  const results = new Map(streams.map(({ name }) => [name, [] as Collected[]]));
  const nodes: Record<string, TestNode> = {};
  const wires: [string, string][] = [];
  for (const stream of streams) {
    const { name, intervalMs } = stream;
    const frames = Array.from({ length: 60 }, (_, sequence): Timed => ({
      sequence,
      timestampMs: sequence * intervalMs,
      capturedAtMs: sequence * intervalMs,
    }));
    nodes[`${name}-camera`] = { kind: 'source', nodeClass: sourceOf(frames, intervalMs) };
    nodes[`${name}-hands`] = { kind: 'transform', nodeClass: extractorOf(stream) };
    nodes[`${name}-smoother`] = { kind: 'smoother', ...smoother };
    nodes[`${name}-window`] = {
      kind: 'buffer',
      nodeClass: WindowBuffer,
      config: WindowBufferConfig.parse({ count: 5, whole: false }),
    };
    nodes[`${name}-out`] = { kind: 'sink', nodeClass: sinkInto(results.get(name) ?? []) };
    for (const [from, to] of [
      ['camera', 'hands'],
      ['hands', 'smoother'],
      ['smoother', 'window'],
      ['window', 'out'],
    ])
      wires.push([`${name}-${from}.out`, `${name}-${to}.in`]);
  }
  expect(await createTestRun({ nodes, wires }).finish()).toMatchObject({ result: 'completed' });
  return new Map(
    [...results].map(([name, collected]) => [name, collected.map(({ timestampMs, value }) => [timestampMs, value])]),
  );
}

it.each([
  ['core.smoother.one-euro', { nodeClass: OneEuroSmoother, config: OneEuroConfig.parse({}) }],
  ['core.smoother.ema', { nodeClass: EmaSmoother, config: EmaConfig.parse({}) }],
])(
  'two streams of one process, both with a track 1, go through tracks, %s and windows as each does alone',
  async (_name, smoother) => {
    const together = await resultsOf(STREAMS, smoother);
    for (const stream of STREAMS) {
      const alone = await resultsOf([stream], smoother);
      expect(alone.get(stream.name)).toHaveLength(60);
      expect(together.get(stream.name)).toEqual(alone.get(stream.name));
    }
  },
);
