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

  it('has one offset for what was captured at one moment, whatever it has learnt meanwhile', () => {
    const steps = fc.record({
      capturedAtMs: fc.integer({ min: 0, max: 9000 }),
      roundTripMs: fc.integer({ min: 1, max: 300 }),
      isFrame: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30 }), (events) => {
        const offset = new ClockOffset();
        const told = new Map<number, number>();
        let [newestMs, nowMs] = [-1, 20_000];
        for (const { capturedAtMs, roundTripMs, isFrame } of events) {
          nowMs += 7;
          if (!isFrame) {
            offset.answered(nowMs - roundTripMs, nowMs, nowMs);
            continue;
          }
          const offsetMs = offset.frameAt(capturedAtMs, nowMs);
          if (capturedAtMs > newestMs || told.has(capturedAtMs))
            expect(offsetMs).toBe(told.get(capturedAtMs) ?? offsetMs);
          if (capturedAtMs > newestMs) newestMs = capturedAtMs;
          told.set(capturedAtMs, offsetMs);
        }
      }),
    );
  });

  it('begins anew with a clock that has jumped back', () => {
    const offset = new ClockOffset();
    offset.answered(0, 5000, 0);
    expect(offset.frameAt(1_000_000, 1_000_000)).toBe(-5000);
    for (let answer = 0; answer < 12; answer += 1) offset.answered(1_000_100, 100, 1_000_100);
    expect([100, 50, 133].map((capturedAtMs) => offset.frameAt(capturedAtMs, 1_000_150))).toEqual([1e6, 1e6, 1e6]);
  });

  it('passes answers over that cannot be true', () => {
    const offset = new ClockOffset();
    offset.answered(100, 5, 90);
    offset.answered(100, Number.NaN, 110);
    expect(offset.uncertaintyMs).toBe(Number.POSITIVE_INFINITY);
  });
});
