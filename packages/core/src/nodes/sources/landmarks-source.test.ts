import { describe, expect, it } from 'vitest';
import { Inlets, SkeletonUnknownError, StreamItem } from '../../kinds/index.js';
import type { LandmarksReceiver } from '../../kinds/index.js';
import { aHand, createTestRun, settle, sinkInto } from '../../testing/index.js';
import type { Collected, TestRun } from '../../testing/index.js';
import type { Landmarks, TrackedLandmarks } from '../../vision/index.js';
import { LandmarksSource, LandmarksSourceConfig } from './landmarks-source.js';
import { OpenInlets } from './open-inlets.js';

interface Started extends TestRun {
  readonly inlets: OpenInlets;
  readonly arrived: Collected<Landmarks>[];
  /** Sends the tracks as a frame that was captured now, by a clock that is 70 s ahead. */
  send(sequence: number, tracks: readonly TrackedLandmarks[], ageMs?: number): Promise<void>;
  readonly receiver: LandmarksReceiver;
}

async function created(config: object = {}, serviceMs = 0) {
  const inlets = new OpenInlets();
  const arrived: Collected<Landmarks>[] = [];
  const test = createTestRun({
    nodes: {
      hands: { kind: 'source', nodeClass: LandmarksSource, live: true, config: LandmarksSourceConfig.parse(config) },
      out: { kind: 'sink', nodeClass: sinkInto(arrived, serviceMs) },
    },
    wires: [['hands.out', 'out.in']],
    bind: (platform) => void platform.bind(Inlets).toConstantValue(inlets),
  });
  return { ...test, inlets, arrived };
}

async function started(serviceMs = 0): Promise<Started> {
  const test = await created({}, serviceMs);
  await test.run.start();
  await settle();
  const receiver = test.inlets.find('test', 'hands');
  if (receiver?.takes !== 'landmarks') throw new Error('The source is not open.');
  const send: Started['send'] = async (sequence, tracks, ageMs = 0) => {
    const capturedAtMs = test.clock.nowMs() - ageMs + 70_000;
    const value = { frameWidth: 640, frameHeight: 480, tracks };
    receiver.push(new StreamItem({ sequence, capturedAtMs, timestampMs: Number.NaN }, value), -70_000);
    await settle();
  };
  return { ...test, receiver, send };
}

const idsOf = (test: Started): number[][] =>
  test.arrived.map(({ value }) => value.tracks.map(({ trackId }) => trackId));
const unnamed = (x: number, more: Parameters<typeof aHand>[0] = {}): TrackedLandmarks =>
  aHand({ trackId: 0, centre: [x, 0.6], size: 0.3, ...more });

describe('core.source.landmarks', () => {
  it('takes its skeleton only, and says how many points that has', async () => {
    const test = await started();
    expect(test.receiver.skeleton).toEqual({ id: 'hand-21', points: 21 });
    await test.run.stop();
    expect(test.inlets.find('test', 'hands')).toBeUndefined();
  });

  it('does not start for a skeleton that nobody defines', async () => {
    const test = await created({ skeleton: 'wing-9' });
    await expect(test.run.start()).rejects.toMatchObject({ cause: expect.any(SkeletonUnknownError) });
  });

  it('gives landmarks their capture time on the clock of the run, and their age', async () => {
    const test = await started();
    await test.clock.advance(1000);
    await test.send(5, [aHand({ trackId: 8 })], 40);
    expect(test.arrived).toMatchObject([{ sequence: 5, timestampMs: 960, ageMs: 40 }]);
    expect(test.node('hands').connection?.state).toBe('live');
    await test.clock.advance(2000);
    expect(test.node('hands').connection?.state).toBe('stalled');
    await test.run.stop();
  });

  it('leaves what names its tracks as it is', async () => {
    const test = await started();
    const tracks = [aHand({ trackId: 8 }), aHand({ trackId: 3 })];
    await test.send(0, tracks);
    expect(test.arrived[0]?.value).toEqual({ frameWidth: 640, frameHeight: 480, tracks });
    await test.run.stop();
  });

  it('follows tracks without a name from frame to frame, in whatever order they come', async () => {
    const test = await started();
    const frames = [
      [unnamed(0.2), unnamed(0.8)],
      [unnamed(0.78), unnamed(0.22)],
      [unnamed(0.24)],
      [unnamed(0.76), unnamed(0.26)],
    ];
    for (const [sequence, tracks] of frames.entries()) {
      await test.clock.advance(33);
      await test.send(sequence, tracks);
    }
    expect(idsOf(test)).toEqual([[1, 2], [2, 1], [1], [2, 1]]);
    await test.run.stop();
  });

  it('does not let one guess at the side turn a hand that it follows', async () => {
    const test = await started();
    for (const [sequence, handedness] of (['left', 'right', 'left'] as const).entries()) {
      await test.clock.advance(33);
      await test.send(sequence, [unnamed(0.5, { handedness })]);
    }
    expect(test.arrived.map(({ value }) => value.tracks[0]?.handedness)).toEqual(['left', 'left', 'left']);
    await test.run.stop();
  });

  it('keeps only the newest while nobody takes them, and counts the others', async () => {
    const test = await started(100);
    for (let sequence = 0; sequence < 5; sequence += 1) await test.send(sequence, []);
    await test.clock.advance(250);
    expect(test.arrived.map(({ sequence }) => sequence)).toEqual([0, 4]);
    expect(test.node('hands').dropped).toEqual({ replaced: 3 });
    await test.run.stop();
  });

  it('takes nothing once it is closed', async () => {
    const test = await started();
    await test.run.stop();
    await test.send(1, []);
    test.receiver.connected(true);
    expect([test.arrived, test.receiver.isOpen]).toEqual([[], false]);
  });
});
