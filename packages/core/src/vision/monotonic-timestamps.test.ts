import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MonotonicTimestamps } from './monotonic-timestamps.js';

describe('MonotonicTimestamps', () => {
  it('leaves increasing timestamps as they are', () => {
    const timestamps = new MonotonicTimestamps();
    expect([-5, 0, 33.4, 66.7].map((ms) => timestamps.next(ms))).toEqual([-5, 0, 33.4, 66.7]);
  });

  it('moves one that is late or equal 0.001 ms behind the last', () => {
    const timestamps = new MonotonicTimestamps();
    expect([100, 100, 40, 100.0015].map((ms) => timestamps.next(ms))).toEqual([
      100,
      100.001,
      expect.closeTo(100.002, 9),
      expect.closeTo(100.003, 9),
    ]);
  });

  it('takes one that is no number for late', () => {
    const timestamps = new MonotonicTimestamps();
    expect([Number.NaN, Infinity, 5, -Infinity].map((ms) => timestamps.next(ms))).toEqual([0, 0.001, 5, 5.001]);
  });

  it('increases strictly and stays finite for any input, however large', () => {
    const timestamp = fc.oneof(
      fc.double({ min: -1e3, max: 1e3 }),
      fc.double({ min: -(2 ** 53), max: 2 ** 53 }),
      fc.constantFrom(2 ** 43, 2 ** 53, 1.7e12, Number.NaN, Infinity, -Infinity),
    );
    fc.assert(
      fc.property(fc.array(timestamp, { minLength: 2 }), (inputs) => {
        const timestamps = new MonotonicTimestamps();
        let lastMs = -Infinity;
        for (const input of inputs) {
          const nextMs = timestamps.next(input);
          expect(nextMs).toBeGreaterThan(lastMs);
          expect(Number.isFinite(nextMs)).toBe(true);
          if (input > lastMs && Number.isFinite(input)) expect(nextMs).toBe(input);
          lastMs = nextMs;
        }
      }),
    );
  });
});
