import { describe, expect, it } from 'vitest';
import { LEAST_FRAMES_PER_SECOND, MOST_FRAMES_PER_SECOND, RateAdvisor } from './rate-advisor.js';

/** A camera that follows the advice, before a graph that comes to so many results a second. */
function settle(cameraFps: number, graphFps: (second: number) => number, seconds: number): number[] {
  const advisor = new RateAdvisor();
  let advisedFps = Number.POSITIVE_INFINITY;
  return Array.from({ length: seconds }, (_, second) => {
    const frames = Math.round(Math.min(cameraFps, advisedFps));
    const used = Math.min(frames, graphFps(second));
    advisedFps = advisor.observe({ frames, used, intervalMs: 1000 }) ?? advisedFps;
    return Math.min(cameraFps, advisedFps);
  });
}

describe('RateAdvisor', () => {
  it('brings a sender down to a little more than its frames come to', () => {
    const rates = settle(60, () => 25, 12);
    for (const rate of rates.slice(2)) {
      expect(rate).toBeGreaterThanOrEqual(25);
      expect(rate).toBeLessThanOrEqual(40);
    }
  });

  it('lets a sender be whose frames all come to results', () => {
    expect(settle(30, () => 100, 10)).toEqual(Array.from({ length: 10 }, () => 30));
  });

  it.each([10, 25, 38, 50, 60])('comes to rest before a graph of %d frames a second', (fps) => {
    const rates = settle(120, () => fps, 20).slice(5);
    expect(new Set(rates).size).toBe(1);
  });

  it('finds out that the graph has become faster', () => {
    const rates = settle(60, (second) => (second < 10 ? 12 : 100), 25);
    expect(rates[9]).toBeLessThan(20);
    expect(rates.at(-1)).toBe(60);
  });

  it('starves nobody, and asks for no more than can be', () => {
    const none = new RateAdvisor();
    expect(none.observe({ frames: 60, used: 0, intervalMs: 1000 })).toBe(LEAST_FRAMES_PER_SECOND);
    expect(none.observe({ frames: 0, used: 0, intervalMs: 1000 })).toBeUndefined();
    const all = new RateAdvisor();
    all.observe({ frames: 10, used: 1, intervalMs: 1000 });
    let last: number | undefined;
    for (let index = 0; index < 30; index += 1)
      last = all.observe({ frames: 500, used: 500, intervalMs: 1000 }) ?? last;
    expect(last).toBe(MOST_FRAMES_PER_SECOND);
  });

  it('says nothing of changes that are not worth a message', () => {
    const advisor = new RateAdvisor();
    expect(advisor.observe({ frames: 60, used: 20, intervalMs: 1000 })).toBe(24);
    expect(advisor.observe({ frames: 24, used: 19.6, intervalMs: 1000 })).toBeUndefined();
  });
});
