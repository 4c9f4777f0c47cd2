import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram, HistogramBounds } from './histogram.js';

/** Half a bucket, the most that a quantile may be off. */
const ERROR = 0.045;

describe('Histogram', () => {
  it('answers NaN while it is empty', () => {
    const { count, sum, ...figures } = new Histogram().summary();
    expect([count, sum]).toEqual([0, 0]);
    expect(Object.values(figures).every((figure) => Number.isNaN(figure))).toBe(true);
  });

  it('keeps count, mean and extremes exactly', () => {
    const histogram = new Histogram();
    for (const value of [4, 1, 7]) histogram.observe(value);
    expect(histogram.summary()).toMatchObject({ count: 3, mean: 4, min: 1, max: 7, sum: 12 });
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

describe('The counts of a histogram up to bounds', () => {
  /** 2 µs to 268 s, each double the one before. */
  const bounds = new HistogramBounds(Array.from({ length: 28 }, (_, power) => 2 ** (power + 1) / 1000));

  it('are exact for whatever was observed, on an edge or beside it', () => {
    const onEdge = fc.integer({ min: 1, max: 28 }).map((power) => 0.001 * 2 ** power);
    const value = fc.oneof(fc.double({ min: -1, max: 1e6, noNaN: true }), onEdge);
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (observed) => {
        const histogram = new Histogram();
        for (const one of observed) histogram.observe(one);
        // The edge itself, as the clock would give it: a bound's decimal form may be a rounding away from it.
        const edges = bounds.values.map((_, index) => 0.001 * 2 ** (index + 1));
        expect(histogram.upTo(bounds)).toEqual(edges.map((edge) => observed.filter((one) => one <= edge).length));
      }),
    );
  });

  it('come with a summary only where they are asked for', () => {
    const histogram = new Histogram();
    for (const value of [0.5, 3, 3, 9]) histogram.observe(value);
    expect(histogram.summary(new HistogramBounds([1.024, 4.096]))).toMatchObject({ count: 4, upTo: [1, 3] });
    expect(histogram.summary()).not.toHaveProperty('upTo');
  });

  it.each([
    [[5]],
    [[0.001]],
    [[0.001 * 2 ** 30]],
    [[-1]],
    [[Number.NaN]],
    [[Number.POSITIVE_INFINITY]],
    [[4.096, 2.048]],
    [[4.096, 4.096]],
  ])('are refused for %j, where they could only be guessed', (values) => {
    expect(() => new HistogramBounds(values)).toThrow(RangeError);
  });
});
