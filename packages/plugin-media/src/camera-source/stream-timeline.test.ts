import { seededRandom } from '@kinegraph/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamTimeline } from './stream-timeline.js';

/** Places `count` frames; `streamMs` and `delayMs` say where frame n stands in the stream and how long it travelled. */
function place(
  timeline: StreamTimeline,
  count: number,
  takenMs: (index: number) => number,
  streamMs: (index: number) => number | undefined,
  delayMs: (index: number) => number,
): { placed: number; taken: number; arrived: number }[] {
  return Array.from({ length: count }, (_, index) => {
    const [taken, arrived] = [takenMs(index), takenMs(index) + delayMs(index)];
    return { placed: timeline.place(streamMs(index), arrived), taken, arrived };
  });
}

/** Standard deviation of the distances between neighbours. */
function deviation(times: readonly number[]): number {
  const steps = times.slice(1).map((ms, index) => ms - (times[index] ?? ms));
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  return Math.sqrt(steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / steps.length);
}

describe('StreamTimeline', () => {
  it('spaces frames as the camera stamped them, however unevenly they come', () => {
    const random = seededRandom(7);
    const timeline = new StreamTimeline();
    timeline.beginConnection();
    const taken = (index: number): number => 5000 + index * 33;
    const frames = place(
      timeline,
      300,
      taken,
      (index) => index * 33,
      (index) => (index === 0 ? 10 : 10 + 30 * random()),
    );
    expect(deviation(frames.map(({ placed }) => placed))).toBeLessThan(
      deviation(frames.map(({ arrived }) => arrived)) / 5,
    );
    for (const { placed, arrived } of frames) expect(placed).toBeLessThanOrEqual(arrived);
  });

  it('keeps the spacing through a pause of 450 ms that ends in a burst', () => {
    const timeline = new StreamTimeline();
    timeline.beginConnection();
    const taken = (index: number): number => index * 30;
    const delay = (index: number): number => (index < 50 || index >= 65 ? 5 : 5 + (65 - index) * 30);
    const frames = place(timeline, 100, taken, taken, delay);
    for (const { placed, taken: takenMs } of frames) expect(Math.abs(placed - takenMs - 5)).toBeLessThan(15);
  });

  it('follows a camera that stamps 30 frames a second and takes 29.7', () => {
    const timeline = new StreamTimeline();
    timeline.beginConnection();
    const frames = place(
      timeline,
      30_000,
      (index) => (index * 1000) / 29.7,
      (index) => (index * 1000) / 30,
      () => 0,
    );
    const worst = Math.max(...frames.map(({ placed, taken }) => Math.abs(placed - taken)));
    expect(worst).toBeLessThan(1);
  });

  it('goes on counting up when a reconnected stream begins again at zero', () => {
    const timeline = new StreamTimeline();
    timeline.beginConnection();
    place(
      timeline,
      10,
      (index) => 90_000 + index * 40,
      (index) => 70_000 + index * 40,
      () => 0,
    );
    timeline.beginConnection();
    const after = place(
      timeline,
      3,
      (index) => 93_000 + index * 40,
      (index) => index * 40,
      () => 0,
    );
    expect(after.map(({ placed }) => placed)).toEqual([93_000, 93_040, 93_080]);
  });

  it('takes a new place when the stream jumps within a connection', () => {
    const timeline = new StreamTimeline();
    timeline.beginConnection();
    const streamMs = (index: number): number => index * 40 + (index < 5 ? 0 : index < 10 ? 3_600_000 : -50_000);
    const frames = place(
      timeline,
      15,
      (index) => index * 40,
      streamMs,
      () => 0,
    );
    for (const { placed, taken } of frames) expect(Math.abs(placed - taken)).toBeLessThan(1);
  });

  it('counts frames without times as taken when they came', () => {
    const frames = place(
      new StreamTimeline(),
      3,
      (index) => index * 33,
      () => undefined,
      () => 4,
    );
    expect(frames.map(({ placed }) => placed)).toEqual([4, 37, 70]);
  });

  it('never goes back and never into the future, whatever the stream says', () => {
    const step = fc.record({
      waitMs: fc.double({ min: 0.01, max: 5000, noNaN: true }),
      streamMs: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      isNew: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const timeline = new StreamTimeline();
        let [nowMs, lastMs] = [0, Number.NEGATIVE_INFINITY];
        for (const { waitMs, streamMs, isNew } of steps) {
          nowMs += waitMs;
          if (isNew) timeline.beginConnection();
          const placed = timeline.place(streamMs, nowMs);
          expect(placed).toBeGreaterThan(lastMs);
          expect(placed).toBeLessThanOrEqual(nowMs + 0.001);
          lastMs = placed;
        }
      }),
    );
  });
});
