import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resampleLandmarks, sampleMs } from './resample.js';

const grid = { endMs: 1000, spanMs: 1000, count: 10, maxGapMs: 250 };
const point = (x: number): Float32Array => Float32Array.of(x, -x, 2 * x, 1);
const at = (timestampMs: number): { timestampMs: number; landmarks: Float32Array } => ({
  timestampMs,
  landmarks: point(timestampMs / 1000),
});
const xs = (values: Float32Array): number[] => [...values].filter((_, index) => index % 4 === 0);

describe('resampleLandmarks', () => {
  it('puts a steady movement on the grid whatever the rate it was seen at', () => {
    for (const rate of [5, 12, 24, 30, 60, 120]) {
      const sightings = Array.from({ length: 2 * rate }, (_, index) => at((index * 1000) / rate));
      const { values, seenCount } = resampleLandmarks(sightings, grid);
      expect(seenCount).toBe(10);
      xs(values).forEach((x, index) => expect(x).toBeCloseTo(sampleMs(grid, index) / 1000, 5));
    }
  });

  it('leaves gaps that are too wide to be filled, and marks them', () => {
    const { values, seen } = resampleLandmarks([at(100), at(200), at(600), at(1000)], grid);
    expect([...seen]).toEqual([1, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(xs(values).map((x) => Math.round(x * 10))).toEqual([1, 2, 0, 0, 0, 6, 0, 0, 0, 10]);
  });

  it('takes no part in what lies outside of the span, but for what leads into it', () => {
    const { seen } = resampleLandmarks([at(-500), at(1400)], grid);
    expect([...seen]).toEqual(Array.from({ length: 10 }, () => 0));
    expect(resampleLandmarks([at(0), at(140)], grid).seenCount).toBe(1);
  });

  it('counts sightings with a place that is not finite as none', () => {
    const broken = { timestampMs: 500, landmarks: Float32Array.of(0, Number.NaN, 0, 1) };
    const { values, seen } = resampleLandmarks([at(400), broken, at(600)], grid);
    expect(seen[4]).toBe(1);
    expect(xs(values)[4]).toBeCloseTo(0.5, 6);
    expect(resampleLandmarks([broken], grid)).toMatchObject({ seenCount: 0 });
  });

  it('counts sightings with fewer points than the others as none', () => {
    const short = { timestampMs: 500, landmarks: Float32Array.of(9, 9, 9) };
    const { values, seenCount } = resampleLandmarks([at(400), short, at(600)], grid);
    expect(seenCount).toBe(3);
    expect(xs(values)[4]).toBeCloseTo(0.5, 6);
  });

  it('answers nothing seen for no sightings', () => {
    expect(resampleLandmarks([], grid).seenCount).toBe(0);
  });

  it.each([
    [{ ...grid, count: 0 }, /at least 1 sample, not 0/],
    [{ ...grid, spanMs: 0 }, /more than 0 ms, not 0/],
  ])('refuses a grid that is none', (wrong, message) => {
    expect(() => resampleLandmarks([], wrong)).toThrow(message);
  });

  it('stays between what was seen, and finite', () => {
    const sightings = fc
      .array(fc.record({ ms: fc.double({ min: -200, max: 1200, noNaN: true }), x: fc.float({ min: -2, max: 2 }) }))
      .map((each) =>
        each
          .toSorted((a, b) => a.ms - b.ms)
          .map(({ ms, x }) => ({ timestampMs: ms, landmarks: Float32Array.of(x, x, x, 1) })),
      );
    fc.assert(
      fc.property(sightings, (seenAt) => {
        const { values, seen } = resampleLandmarks(seenAt, grid);
        const sound = seenAt.map(({ landmarks }) => landmarks[0] ?? 0).filter((x) => Number.isFinite(x));
        xs(values).forEach((x, index) => {
          if (seen[index] === 0) return;
          expect(x).toBeGreaterThanOrEqual(Math.min(...sound) - 1e-6);
          expect(x).toBeLessThanOrEqual(Math.max(...sound) + 1e-6);
        });
      }),
    );
  });
});
