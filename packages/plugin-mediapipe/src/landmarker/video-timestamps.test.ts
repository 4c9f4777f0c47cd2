import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VideoTimestamps } from './video-timestamps.js';

/** How MediaPipe reads its timestamps: whole microseconds, cut off. */
const microseconds = (ms: number): number => Math.trunc(ms * 1000);

describe('VideoTimestamps', () => {
  it('keeps times to the microsecond where they increase by at least one', () => {
    const times = [0, 33.333, 33.334, 66.667, 86_400_000.001, 86_400_000.002];
    const clock = new VideoTimestamps();
    expect(times.map((time) => microseconds(clock.next(time)))).toEqual([
      0, 33_333, 33_334, 66_667, 86_400_000_001, 86_400_000_002,
    ]);
  });

  it('increases strictly in whole microseconds for any times at all', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e12, noNaN: true }), { minLength: 2 }), (times) => {
        const clock = new VideoTimestamps();
        const given = times.map((time) => microseconds(clock.next(time)));
        expect(given.every((time, index) => index === 0 || time > (given[index - 1] ?? 0))).toBe(true);
      }),
    );
  });

  it('goes on a microsecond later after a time that is equal or earlier', () => {
    const clock = new VideoTimestamps();
    expect([100, 100, 50, 200].map((time) => microseconds(clock.next(time)))).toEqual([
      100_000, 100_001, 100_002, 200_000,
    ]);
  });
});
