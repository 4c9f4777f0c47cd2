import { VirtualClock } from '@kinegraph/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { StallWatch } from './stall-watch.js';

let clock: VirtualClock;
let stalls: number[];
let watch: StallWatch;

beforeEach(() => {
  clock = new VirtualClock();
  stalls = [];
  watch = new StallWatch(clock, () => stalls.push(clock.nowMs()));
});

async function frames(count: number, periodMs: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await clock.advance(periodMs);
    watch.frame(clock.nowMs());
  }
}

describe('StallWatch', () => {
  it('notices after two seconds, for a camera of usual rate', async () => {
    await frames(20, 33);
    await clock.advance(10_000);
    expect(stalls).toEqual([20 * 33 + 2000]);
  });

  it('notices after three periods of a slow camera', async () => {
    await frames(5, 3000);
    stalls.length = 0; // after the first frame alone, its rate was not known
    await clock.advance(8999);
    expect(stalls).toEqual([]);
    await clock.advance(1);
    expect(stalls).toEqual([5 * 3000 + 9000]);
  });

  it('notices again when frames had come in between', async () => {
    await frames(2, 33);
    await clock.advance(5000);
    await frames(2, 33);
    await clock.advance(20_000);
    expect(stalls).toHaveLength(2);
  });

  it('keeps one timer, and none when it is disposed', async () => {
    await frames(50, 33);
    expect(clock.pendingCount).toBe(1);
    watch[Symbol.dispose]();
    expect(clock.pendingCount).toBe(0);
    await clock.advance(10_000);
    expect(stalls).toEqual([]);
  });
});
