import { aHand, aPose, landmarksOf } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import { SinkRecorder } from './sink-recorder.js';

const HANDS = landmarksOf(aHand());
const NOBODY = landmarksOf();
const recorder = (sink?: string): SinkRecorder =>
  new SinkRecorder({ label: 'hello', source: 'a test', ...(sink === undefined ? {} : { sink }) });

describe('a recording from the sinks of a run', () => {
  it('is of the first sink that gets hands, from its first frame on, hands or not', () => {
    const recording = recorder();
    recording.push({ sink: 'hands', timestampMs: 0, value: NOBODY });
    recording.push({ sink: 'bodies', timestampMs: 5, value: landmarksOf(aPose()) });
    recording.push({ sink: 'signs', timestampMs: 7, value: { events: [] } });
    recording.push({ sink: 'hands', timestampMs: 10, value: HANDS });
    recording.push({ sink: 'smooth', timestampMs: 15, value: HANDS });
    recording.push({ sink: 'hands', timestampMs: 20, value: NOBODY });
    const { frames } = recording.take() ?? { frames: [] };
    expect(frames.map(({ timestampMs, hands }) => [timestampMs, hands.length])).toEqual([
      [0, 0],
      [10, 1],
      [20, 0],
    ]);
  });

  it('is of the sink that is named', () => {
    const recording = recorder('smooth');
    recording.push({ sink: 'hands', timestampMs: 0, value: HANDS });
    expect(recording.take()).toBeUndefined();
    recording.push({ sink: 'smooth', timestampMs: 5, value: HANDS });
    expect(recording.take()?.frames).toHaveLength(1);
  });

  it('without a hand is no take', () => {
    const recording = recorder();
    recording.push({ sink: 'hands', timestampMs: 0, value: NOBODY });
    expect([recording.frameCount, recording.take()]).toEqual([1, undefined]);
  });

  it('is full after ten minutes', () => {
    const recording = recorder();
    for (const timestampMs of [1000, 601_000]) recording.push({ sink: 'hands', timestampMs, value: HANDS });
    expect(recording.isFull).toBe(false);
    for (const timestampMs of [601_040, 601_080]) recording.push({ sink: 'hands', timestampMs, value: HANDS });
    expect([recording.isFull, recording.take()?.frames.length]).toEqual([true, 2]);
  });

  it('is full with 20,000 frames', () => {
    const recording = recorder();
    for (let frame = 0; frame < 19_999; frame += 1)
      recording.push({ sink: 'hands', timestampMs: frame * 2, value: NOBODY });
    expect(recording.isFull).toBe(false);
    recording.push({ sink: 'hands', timestampMs: 50_000, value: HANDS });
    expect(recording.isFull).toBe(true);
  });
});
