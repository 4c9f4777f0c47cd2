import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram.js';

/** Half a bucket, the most that a quantile may be off. */
const ERROR = 0.045;

describe('Histogram', () => {
  it('answers NaN while it is empty', () => {
    const { count, ...figures } = new Histogram().summary();
    expect(count).toBe(0);
    expect(Object.values(figures).every((figure) => Number.isNaN(figure))).toBe(true);
  });

  it('keeps count, mean and extremes exactly', () => {
    const histogram = new Histogram();
    for (const value of [4, 1, 7]) histogram.observe(value);
    expect(histogram.summary()).toMatchObject({ count: 3, mean: 4, min: 1, max: 7 });
  });

  it('leaves NaN out', () => {
    const histogram = new Histogram();
    histogram.observe(Number.NaN);
    expect(histogram.count).toBe(0);
  });

  it('takes values outside of its range without losing count', () => {
    const histogram = new Histogram();
    for (const value of [-5, 0, 1e-9, 1e12, Number.POSITIVE_INFINITY]) histogram.observe(value);
    expect(histogram.count).toBe(5);
    expect(histogram.quantile(0)).toBeLessThanOrEqual(0.0011);
    expect(histogram.quantile(1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('stays within its error of the true quantile', () => {
    const values = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (observed, q) => {
        const histogram = new Histogram();
        for (const value of observed) histogram.observe(value);
        const sorted = observed.toSorted((a, b) => a - b);
        const truth = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN;
        expect(Math.abs(histogram.quantile(q) - truth)).toBeLessThanOrEqual(truth * ERROR);
      }),
    );
  });

  it('never answers a quantile outside of what was observed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (observed, q) => {
          const histogram = new Histogram();
          for (const value of observed) histogram.observe(value);
          const answer = histogram.quantile(q);
          expect(answer).toBeGreaterThanOrEqual(Math.min(...observed));
          expect(answer).toBeLessThanOrEqual(Math.max(...observed));
        },
      ),
    );
  });
});
