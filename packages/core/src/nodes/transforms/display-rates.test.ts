import { describe, expect, it } from 'vitest';
import {
  aHand,
  aProcessInfo,
  createTestRun,
  describeStatelessTransformContract,
  landmarksOf,
  nodeOf,
  sinkInto,
  sourceOf,
  valuePacketOf,
} from '../../testing/index.js';
import type { Collected } from '../../testing/index.js';
import type { NodeClass, Transform } from '../../kinds/index.js';
import type { Landmarks, Timed } from '../../vision/index.js';
import { WindowBuffer, WindowBufferConfig } from '../buffers/window-buffer.js';
import { WindowSnapshot } from '../buffers/window-snapshot.js';
import { Extrapolate, ExtrapolateConfig } from './extrapolate.js';
import { Interpolate, InterpolateConfig } from './interpolate.js';

/** A hand whose wrist lies at as many thousandths of the frame's width as milliseconds have passed. */
const handAt = (timestampMs: number): Landmarks => landmarksOf(aHand({ centre: [timestampMs / 1000, 0.8] }));
const windowOf = (...timesMs: readonly number[]): WindowSnapshot<Landmarks> =>
  new WindowSnapshot(timesMs.map((timestampMs) => valuePacketOf(handAt(timestampMs), timestampMs)));
const placeOf = (value: Landmarks | undefined): number => (value?.tracks[0]?.image[0] ?? Number.NaN) * 1000;

const interpolate = (delayMs: number): Interpolate => new Interpolate(InterpolateConfig.parse({ delayMs }));
const extrapolate = (maxMs = 60): Extrapolate => new Extrapolate(ExtrapolateConfig.parse({ maxMs }));

for (const [name, make] of [
  ['core.transform.interpolate', () => interpolate(50)],
  ['core.transform.extrapolate', () => extrapolate()],
] as const) {
  describeStatelessTransformContract(name, make, [
    { at: undefined, window: windowOf() },
    { at: undefined, window: windowOf(100) },
    { at: undefined, window: windowOf(0, 100, 200) },
  ]);
  describe(name, () => {
    it('has nothing to show before there is a result, and the only one as it is', () => {
      const [only] = windowOf(100).packets;
      expect(make().transform({ at: 0, window: windowOf() }, aProcessInfo(100))).toBeUndefined();
      expect(make().transform({ at: 0, window: windowOf(100) }, aProcessInfo(170))).toEqual(only?.value);
    });
  });
}

describe('core.transform.interpolate', () => {
  it('shows where everything was a delay ago, between the two results around that time', () => {
    const window = windowOf(0, 100, 200, 300);
    const places = [50, 130, 200, 260, 350, 420].map((ms) =>
      placeOf(interpolate(50).transform({ at: 0, window }, aProcessInfo(ms))),
    );
    for (const [index, place] of [0, 80, 150, 210, 300, 300].entries()) expect(places[index]).toBeCloseTo(place, 3);
  });

  it('takes its delay over live', () => {
    const node = interpolate(50);
    expect(node.reconfigure({ delayMs: 70 })).toBe(true);
    expect(placeOf(node.transform({ at: 0, window: windowOf(0, 100) }, aProcessInfo(100)))).toBeCloseTo(30, 3);
  });
});

describe('core.transform.extrapolate', () => {
  it('shows where everything will be, going by the last two results, 60 ms ahead at most', () => {
    const window = windowOf(0, 100, 200);
    const places = [200, 230, 260, 500].map((ms) =>
      placeOf(extrapolate().transform({ at: 0, window }, aProcessInfo(ms))),
    );
    for (const [index, place] of [200, 230, 260, 260].entries()) expect(places[index]).toBeCloseTo(place, 3);
  });

  it('takes its limit over live', () => {
    const node = extrapolate();
    expect(node.reconfigure({ maxMs: 10 })).toBe(true);
    expect(placeOf(node.transform({ at: 0, window: windowOf(0, 100) }, aProcessInfo(150)))).toBeCloseTo(110, 3);
  });
});

/** What is shown at 100 frames a second of a hand of which every sixth frame gives a result, by way of the node. */
async function shownBy(
  nodeClass: NodeClass,
  config: Readonly<Record<string, unknown>>,
): Promise<Collected<Landmarks>[]> {
  const shown: Collected<Landmarks>[] = [];
  const timed = (timestampMs: number): Timed => ({ sequence: timestampMs, timestampMs, capturedAtMs: timestampMs });
  const ticks = Array.from({ length: 60 }, (_, index) => timed((index + 1) * 10));
  const run = createTestRun({
    nodes: {
      camera: { kind: 'source', nodeClass: sourceOf(ticks, 10) },
      hands: {
        kind: 'transform',
        nodeClass: nodeOf((): Transform<Timed, Landmarks> => ({
          transform: ({ timestampMs }) => (timestampMs % 60 === 0 ? handAt(timestampMs) : undefined),
        })),
      },
      window: { kind: 'buffer', nodeClass: WindowBuffer, config: WindowBufferConfig.parse({ count: 4, whole: false }) },
      node: { kind: 'transform', nodeClass, config, inputs: ['at', 'window'], sync: 'latest' },
      out: { kind: 'sink', nodeClass: sinkInto(shown) },
    },
    wires: [
      ['camera.out', 'hands.in'],
      ['hands.out', 'window.in'],
      ['window.out', 'node.window'],
      ['camera.out', 'node.at'],
      ['node.out', 'out.in'],
    ],
  });
  expect(await run.finish()).toMatchObject({ result: 'completed' });
  return shown;
}

describe('in a run', () => {
  it.each([
    ['core.transform.interpolate', Interpolate, { delayMs: 70 }, -70],
    ['core.transform.extrapolate', Extrapolate, { maxMs: 60 }, 0],
  ] as const)('%s gives a value for every frame, moving evenly', async (_name, nodeClass, config, shiftMs) => {
    const shown = await shownBy(nodeClass, config);
    expect(shown.length).toBeGreaterThan(50);
    for (const { value, timestampMs } of shown.filter((result) => result.timestampMs > 200))
      expect(placeOf(value)).toBeCloseTo(timestampMs + shiftMs, 2);
  });
});
