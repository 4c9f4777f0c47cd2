import { Histogram } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { RECENT_BOUNDS, timesSince } from './recent-times.js';

it('tells percentiles of what came since, whatever was before', () => {
  const histogram = new Histogram();
  for (let index = 0; index < 10_000; index += 1) histogram.observe(200);
  const before = histogram.summary(RECENT_BOUNDS);
  for (let index = 1; index <= 100; index += 1) histogram.observe(index);
  const { count, p50, p95, p99 } = timesSince(before, histogram.summary(RECENT_BOUNDS));
  expect(count).toBe(100);
  expect(Math.abs((p50 ?? 0) / 50 - 1)).toBeLessThan(0.06);
  expect(Math.abs((p95 ?? 0) / 95 - 1)).toBeLessThan(0.06);
  expect(Math.abs((p99 ?? 0) / 99 - 1)).toBeLessThan(0.06);
});

it('tells of all where nothing was before, or where the node counts anew', () => {
  const [old, fresh] = [new Histogram(), new Histogram()];
  for (let index = 0; index < 50; index += 1) old.observe(1000);
  for (let index = 0; index < 3; index += 1) fresh.observe(4);
  const now = fresh.summary(RECENT_BOUNDS);
  expect(timesSince(old.summary(RECENT_BOUNDS), now)).toEqual(timesSince(undefined, now));
  expect(timesSince(undefined, now).count).toBe(3);
});

it('tells nothing of nothing', () => {
  const idle = new Histogram().summary(RECENT_BOUNDS);
  expect(timesSince(idle, idle)).toEqual({ count: 0, p50: null, p95: null, p99: null });
});
