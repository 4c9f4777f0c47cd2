import { seededRandom } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import { BackOff } from './back-off.js';

const waits = (backOff: BackOff, count: number): number[] => Array.from({ length: count }, () => backOff.next());

describe('BackOff', () => {
  it('doubles from one second to thirty', () => {
    expect(waits(new BackOff(() => 0), 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('takes up to a quarter away by chance, differently for each camera', () => {
    const [one, other] = [new BackOff(seededRandom(1)), new BackOff(seededRandom(2))];
    const mine = waits(one, 6);
    expect(mine).not.toEqual(waits(other, 6));
    for (const [index, full] of [1000, 2000, 4000, 8000, 16_000, 30_000].entries()) {
      expect(mine[index]).toBeLessThanOrEqual(full);
      expect(mine[index]).toBeGreaterThanOrEqual(full * 0.75);
    }
  });

  it('begins again after a reset', () => {
    const backOff = new BackOff(() => 0);
    waits(backOff, 4);
    backOff.reset();
    expect(waits(backOff, 2)).toEqual([1000, 2000]);
  });

  it('knows the longest wait without climbing to it', () => {
    const backOff = new BackOff(() => 0.5);
    expect(backOff.longest()).toBe(26_250);
    expect(backOff.next()).toBe(875);
  });
});
