import { seededRandom } from '@kinegraph/core/testing';
import { expect, it } from 'vitest';
import { BackOff } from './back-off.js';

const bounds = { firstMs: 500, longestMs: 60_000 };

it('doubles its bound up to the longest, and begins anew after a success', () => {
  const backOff = new BackOff(bounds, () => 1);
  expect(Array.from({ length: 9 }, () => backOff.next())).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
  ]);
  backOff.reset();
  expect(backOff.next()).toBe(500);
});

it('spreads waits over all of the bound, and never knocks without a pause', () => {
  const random = seededRandom(7);
  const fourth = Array.from({ length: 2000 }, () => {
    const backOff = new BackOff(bounds, random);
    return [backOff.next(), backOff.next(), backOff.next(), backOff.next()][3] ?? 0;
  });
  expect(Math.min(...fourth)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...fourth)).toBeLessThanOrEqual(4000);
  for (const part of [0.25, 0.5, 0.75])
    expect(fourth.filter((waitMs) => waitMs < part * 4000).length / 2000).toBeCloseTo(part, 1);
  expect(new BackOff(bounds, () => 0).next()).toBe(100);
});

it('waits between half the longest and all of it where haste is of no use', () => {
  expect([new BackOff(bounds, () => 0).longest(), new BackOff(bounds, () => 1).longest()]).toEqual([60_000, 30_000]);
});
