import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateMeter } from './rate-meter.js';

/** A meter that began at 0 and sees one event at each of `timesMs`: its answer at a moment. */
function metered(timesMs: readonly number[]): (nowMs: number) => number {
  return (nowMs) => {
    const meter = new RateMeter();
    meter.begin(0, 0);
    const seen = timesMs.filter((atMs) => atMs <= nowMs);
    for (const [count, atMs] of seen.entries()) meter.mark(atMs, count);
    return meter.perSecond(nowMs, seen.length);
  };
}

const every = (stepMs: number, untilMs: number): number[] =>
  Array.from({ length: Math.floor(untilMs / stepMs) }, (_, index) => (index + 1) * stepMs);

describe('RateMeter', () => {
  it('tells nothing before it began and in the first second', () => {
    expect(new RateMeter().perSecond(9_000, 0)).toBeNaN();
    expect(metered(every(100, 900))(999)).toBeNaN();
  });

  it('takes what it saw since it began while the window is not full', () => {
    expect(metered(every(100, 1000))(1000)).toBe(10);
    expect(metered([900])(2000)).toBe(0.5);
  });

  it('tells 30 a second of a steady stream', () => {
    expect(metered(every(1000 / 30, 60_000))(60_000)).toBeCloseTo(30, 0);
  });

  it('follows a change within the window', () => {
    const slower = [...every(20, 10_000), ...every(100, 6_000).map((atMs) => atMs + 10_000)];
    expect(metered(slower)(16_000)).toBeCloseTo(10, 0);
  });

  it('falls to nothing when nothing comes', () => {
    const rate = metered(every(100, 10_000));
    expect(rate(12_000)).toBeLessThan(7);
    expect(rate(14_900)).toBeLessThan(1.5);
    expect([rate(15_300), rate(100_000)]).toEqual([0, 0]);
  });

  it('counts events that are rarer than the window', () => {
    const rate = metered([3_000, 9_000]);
    expect([rate(7_000), rate(8_900), rate(10_000)]).toEqual([0.2, 0, 0.2]);
  });

  it('begins anew', () => {
    const meter = new RateMeter();
    meter.begin(0, 0);
    meter.mark(100, 0);
    meter.begin(5_000, 1);
    meter.mark(5_500, 1);
    expect(meter.perSecond(6_000, 2)).toBe(1);
  });

  it('is never off by more than the events of one mark', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 6_000 }), (steps, restMs) => {
        let atMs = 0;
        const times = steps.map((step) => (atMs += step));
        const nowMs = atMs + restMs;
        fc.pre(nowMs >= 1_000);
        const windowMs = Math.max(0, nowMs - 5_000);
        const spanMs = nowMs - windowMs;
        const within = (fromMs: number): number => times.filter((time) => time > fromMs).length;
        const least = (within(windowMs + 250) * 1000) / spanMs;
        const most = (within(windowMs - 250) * 1000) / (spanMs - Math.min(250, windowMs));
        const rate = metered(times)(nowMs);
        expect(rate).toBeGreaterThanOrEqual(least - 0.21);
        expect(rate).toBeLessThanOrEqual(most + 0.21);
      }),
    );
  });
});
