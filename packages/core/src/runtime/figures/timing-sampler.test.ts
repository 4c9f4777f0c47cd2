import { describe, expect, it } from 'vitest';
import { TimingSampler } from './timing-sampler.js';

/** Packets `stepMs` apart from `fromMs`: how many of `count` were timed. */
function timed(sampler: TimingSampler, count: number, stepMs: number, fromMs = 0): number {
  let total = 0;
  let wrong = 0;
  for (let index = 0; index < count; index += 1) {
    const announced = sampler.timesNext;
    const taken = sampler.take();
    if (taken !== announced) wrong += 1;
    if (!taken) continue;
    sampler.timedAt(fromMs + index * stepMs);
    total += 1;
  }
  expect(wrong).toBe(0);
  return total;
}

describe('TimingSampler', () => {
  it('times every packet of a camera, and of two hundred of them', () => {
    expect(timed(new TimingSampler(), 1000, 33)).toBe(1000);
    expect(timed(new TimingSampler(), 3000, 5)).toBe(3000);
  });

  it('times about a thousand a second where ten thousand come', () => {
    const total = timed(new TimingSampler(), 100_000, 0.1); // ten seconds
    expect(total).toBeGreaterThan(2_000);
    expect(total).toBeLessThan(14_000);
  });

  it('times every 256th of a million', () => {
    expect(timed(new TimingSampler(), 1_000_000, 0.001)).toBeLessThan(1_000_000 / 256 + 1_500);
  });

  it('goes on with every packet after a burst', () => {
    const sampler = new TimingSampler();
    timed(sampler, 100_000, 0.001);
    timed(sampler, 256, 33, 1_000); // one of these is timed and sees that the burst is over
    expect(timed(sampler, 300, 33, 10_000)).toBeGreaterThanOrEqual(299);
  });

  it('times all or none where that is asked for', () => {
    expect([timed(new TimingSampler('all'), 5000, 0), timed(new TimingSampler('none'), 5000, 0)]).toEqual([5000, 0]);
  });
});
