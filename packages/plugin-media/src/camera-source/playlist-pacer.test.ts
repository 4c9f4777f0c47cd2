import { VirtualClock } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import { PlaylistPacer } from './playlist-pacer.js';

const { signal } = new AbortController();

/** When each frame of the stream times was let through. */
async function pace(clock: VirtualClock, pacer: PlaylistPacer, streamMs: readonly number[]): Promise<number[]> {
  const passed: number[] = [];
  const all = (async () => {
    for (const ms of streamMs) {
      await pacer.untilDue(ms, signal);
      passed.push(clock.nowMs());
    }
  })();
  await clock.advance(60_000);
  await all;
  return passed;
}

describe('PlaylistPacer', () => {
  it('spreads a segment over nearly its length', async () => {
    const clock = new VirtualClock();
    const times = await pace(clock, new PlaylistPacer(clock), [7000, 7101, 7202, 7303]);
    expect(times.map((ms) => Math.round(ms))).toEqual([0, 100, 200, 300]);
  });

  it('lets frames of a late segment through from its arrival on', async () => {
    const clock = new VirtualClock();
    const pacer = new PlaylistPacer(clock);
    await pace(clock, pacer, [0, 101]);
    const began = clock.nowMs(); // a minute later
    expect((await pace(clock, pacer, [202, 303])).map((ms) => Math.round(ms - began))).toEqual([0, 100]);
  });

  it('does not wait for a stream whose times have jumped', async () => {
    const clock = new VirtualClock();
    const times = await pace(clock, new PlaylistPacer(clock), [0, 3_600_000, 3_600_101, 0, 101]);
    expect(times.map((ms) => Math.round(ms))).toEqual([0, 0, 100, 100, 200]);
  });

  it('can be aborted while it waits', async () => {
    const clock = new VirtualClock();
    const pacer = new PlaylistPacer(clock);
    const abort = new AbortController();
    await pacer.untilDue(0, abort.signal);
    const waiting = pacer.untilDue(5000, abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    expect(clock.pendingCount).toBe(0);
  });
});
