import { describe, expect, it } from 'vitest';
import { HeldTimes } from './held-times.js';

describe('HeldTimes', () => {
  it('tells when a packet came in, once', () => {
    const held = new HeldTimes();
    held.cameIn(1, 100);
    held.cameIn(2, 200);
    expect([held.goesOut(1), held.goesOut(2), held.goesOut(2)]).toEqual([100, 200, Number.NaN]);
  });

  it('forgets what was let go before', () => {
    const held = new HeldTimes();
    for (const timestampMs of [1, 2, 3]) held.cameIn(timestampMs, timestampMs * 100);
    expect([held.goesOut(2), held.goesOut(1), held.goesOut(3)]).toEqual([200, Number.NaN, 300]);
  });

  it('does not grow where nothing ever goes out', () => {
    const held = new HeldTimes();
    for (let index = 0; index < 2_000; index += 1) held.cameIn(index, index);
    expect([held.goesOut(900), held.goesOut(1_500)]).toEqual([Number.NaN, 1_500]);
  });
});
