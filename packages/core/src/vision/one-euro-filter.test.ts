import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OneEuroFilter, lowPassWeight } from './one-euro-filter.js';

const parameters = { minCutoffHz: 1, beta: 0.1, derivateCutoffHz: 1 };
const FRAME_MS = 1000 / 30;

/** What the filter's authors publish, beside the repository where a developer has put it. */
const reference = new URL('../../../../../shared/landmarks/one-euro-groundtruth.csv', import.meta.url);
const lacking = existsSync(reference) ? '' : ' (skipped: there is no ../shared/landmarks/one-euro-groundtruth.csv)';

describe('OneEuroFilter', () => {
  it.skipIf(lacking !== '')(`answers the authors' reference signal to 1e-4${lacking}`, () => {
    const rows = readFileSync(reference, 'utf8').trim().split('\n').slice(1);
    const filter = new OneEuroFilter();
    let largest = 0;
    for (const row of rows) {
      const [, , noisy = Number.NaN, filtered = Number.NaN] = row.split(',').map(Number);
      largest = Math.max(largest, Math.abs(filter.next(noisy, 1000 / 120, parameters) - filtered));
    }
    expect(rows).toHaveLength(1200);
    expect(largest).toBeLessThan(1e-4);
  });

  it('follows the equations of the paper, with the speed taken against the filtered value', () => {
    const filter = new OneEuroFilter();
    filter.next(0, 0, parameters);
    const weightOf = (cutoffHz: number): number => 1 / (1 + 1 / (2 * Math.PI * cutoffHz) / (1 / 30));
    const speed = weightOf(1) * 30;
    const first = weightOf(1 + 0.1 * speed);
    expect(filter.next(1, FRAME_MS, parameters)).toBeCloseTo(first, 12);
    const nextSpeed = speed + weightOf(1) * ((1 - first) * 30 - speed); // not (1 - 1) * 30
    const second = first + weightOf(1 + 0.1 * nextSpeed) * (1 - first);
    expect(filter.next(1, FRAME_MS, parameters)).toBeCloseTo(second, 12);
  });

  it('counts speed in sizes: what is twice as large and moves twice as far is smoothed alike', () => {
    const [near, far] = [new OneEuroFilter(), new OneEuroFilter()];
    for (const value of [0, 0.1, 0.5, 0.4]) {
      expect(near.next(2 * value, FRAME_MS, parameters, 2)).toBeCloseTo(
        2 * far.next(value, FRAME_MS, parameters, 1),
        12,
      );
    }
  });

  it('trusts a value in part or not at all, and ignores what is not finite', () => {
    const filter = new OneEuroFilter();
    expect(filter.next(Number.NaN, 0, parameters)).toBeNaN();
    expect(filter.next(1, 0, parameters)).toBe(1);
    expect(filter.next(5, FRAME_MS, parameters, 1, 0)).toBe(1);
    expect(filter.next(Infinity, FRAME_MS, parameters)).toBe(1);
    const [whole, half] = [new OneEuroFilter(), new OneEuroFilter()];
    for (const filters of [whole, half]) filters.next(0, 0, { ...parameters, beta: 0 });
    const full = whole.next(1, FRAME_MS, { ...parameters, beta: 0 });
    expect(half.next(1, FRAME_MS, { ...parameters, beta: 0 }, 1, 0.5)).toBeCloseTo(full / 2, 12);
  });

  it('forgets on reset', () => {
    const filter = new OneEuroFilter();
    filter.next(0, 0, parameters);
    filter.next(1, FRAME_MS, parameters);
    filter.reset();
    expect(filter.next(7, FRAME_MS, parameters)).toBe(7);
    const fresh = new OneEuroFilter();
    fresh.next(7, 0, parameters);
    expect(filter.next(8, FRAME_MS, parameters)).toBe(fresh.next(8, FRAME_MS, parameters));
  });
});

it('lowPassWeight is near 0 for short times and near 1 for long ones', () => {
  expect(lowPassWeight(1, 1e-6)).toBeCloseTo(0, 6);
  expect(lowPassWeight(1, 1e9)).toBeCloseTo(1, 6);
  expect(lowPassWeight(1 / (2 * Math.PI), 1000)).toBeCloseTo(0.5, 12);
});
