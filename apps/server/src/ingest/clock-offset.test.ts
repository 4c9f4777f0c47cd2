import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClockOffset } from './clock-offset.js';

describe('ClockOffset', () => {
  it('is off by no more than half of the shortest way there and back', () => {
    const journeys = fc.array(fc.record({ there: fc.nat(400), back: fc.nat(400) }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(journeys, fc.integer({ min: -1e9, max: 1e9 }), (trips, aheadMs) => {
        const offset = new ClockOffset();
        let nowMs = 1000;
        for (const { there, back } of trips) {
          const clientMs = nowMs + there + aheadMs;
          offset.answered(nowMs, clientMs, nowMs + there + back);
          nowMs += there + back + 10;
        }
        const error = Math.abs(offset.frameAt(0, nowMs) - -aheadMs);
        expect(error).toBeLessThanOrEqual(offset.uncertaintyMs + 1e-6);
        expect(offset.uncertaintyMs).toBe(Math.min(...trips.map(({ there, back }) => there + back)) / 2);
      }),
    );
  });

  it('takes the quickest frame for one that travelled in no time, while no ping was answered', () => {
    const offset = new ClockOffset();
    const ages = [50, 20, 35].map((delayMs, index) => {
      const capturedAtMs = 9000 + index * 33;
      const nowMs = capturedAtMs - 5000 + delayMs;
      return nowMs - (capturedAtMs + offset.frameAt(capturedAtMs, nowMs));
    });
    expect(ages).toEqual([0, 0, 15]);
  });

  it('forgets the quickest frame after a while, for clocks drift', () => {
    const offset = new ClockOffset();
    offset.frameAt(0, 10);
    for (let nowMs = 40; nowMs < 70_000; nowMs += 100) offset.frameAt(nowMs - 30, nowMs);
    expect(offset.frameAt(100_000, 100_030)).toBe(30);
  });

  it('passes answers over that cannot be true', () => {
    const offset = new ClockOffset();
    offset.answered(100, 5, 90);
    offset.answered(100, Number.NaN, 110);
    expect(offset.uncertaintyMs).toBe(Number.POSITIVE_INFINITY);
  });
});
