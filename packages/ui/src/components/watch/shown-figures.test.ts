import type { NodeNow } from '@kinegraph/core/protocol';
import { expect, it } from 'vitest';
import { easedFigures, shortCount, threeDigits } from './shown-figures.js';

const times = (p50: number | null, p95 = p50, count = p50 === null ? 0 : 10) => ({ count, p50, p95, p99: p95 });
const figures = (perSecond: number | null, work: number | null, handOver: number | null = null): NodeNow => ({
  ...{ name: 'hands', state: 'open', in: 1, out: 1, skipped: 0, failed: 0, dropped: { late: 3, full: 2 }, perSecond },
  ...{ workMs: times(work), waitMs: times(null), handOverMs: times(handOver) },
});

it('moves towards what is, and comes to it', () => {
  let shown = easedFigures(undefined, figures(10, 20));
  expect(shown.perSecond).toBe(10);
  shown = easedFigures(shown, figures(20, 20));
  expect(shown.perSecond).toBe(14);
  for (let step = 0; step < 30; step += 1) shown = easedFigures(shown, figures(20, 20));
  expect(shown.perSecond).toBe(20);
  expect(shown.workMs).toEqual([20, 20]);
  expect(easedFigures(shown, figures(null, 20)).perSecond).toBeNull();
});

it('shows how long packets lie in a node that works on none, and drops of all causes', () => {
  const { workMs, waitMs, dropped } = easedFigures(undefined, figures(5, null, 33));
  expect([workMs, waitMs, dropped]).toEqual([[33, 33], [null, null], 5]);
});

it('writes numbers in as many letters as have room', () => {
  expect([0, 0.4242, 8.31, 9.996, 21.44, 99.96, 1204].map((value) => threeDigits(value))).toEqual([
    ...['0.00', '0.42', '8.31', '10.0', '21.4', '100', '1204'],
  ]);
  expect(threeDigits(null)).toBe('–');
  expect([7, 999, 12_340, 4_100_000].map((count) => shortCount(count))).toEqual(['7', '999', '12.3k', '4.10M']);
});
