import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveMemory } from './live-memory.js';
import { Playback } from './playback.js';
import type { PlaybackPosition } from './playback.js';

function remembering(times: readonly number[]): LiveMemory {
  const memory = new LiveMemory({ spanMs: 10_000, bytes: 1e6 });
  times.forEach((capturedAtMs, sequence) => memory.addPicture({ sequence, capturedAtMs, jpeg: new Uint8Array(1) }));
  return memory;
}

const commands = fc.array(
  fc.oneof(
    fc.record({ is: fc.constant('step' as const), by: fc.integer({ min: -5, max: 5 }) }),
    fc.record({ is: fc.constant('seek' as const), by: fc.integer({ min: -100, max: 1100 }) }),
    fc.record({ is: fc.constant('index' as const), by: fc.integer({ min: -5, max: 50 }) }),
  ),
);

describe('Looking at the last seconds', () => {
  it('stays among the moments whatever is asked for, and steps by one', () => {
    const sets = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sets, commands, (set, list) => {
        const times = set.toSorted((a, b) => a - b);
        const playback = new Playback(remembering(times));
        expect(playback.freeze()).toBe(true);
        for (const { is, by } of list) {
          const before = playback.position;
          if (is === 'step') playback.step(by);
          else if (is === 'seek') playback.seek(by);
          else playback.seekIndex(by);
          const { index, count, atMs, fromMs, toMs } = playback.position;
          expect([count, atMs, fromMs, toMs]).toEqual([times.length, times[index], times[0], times.at(-1)]);
          if (is === 'step') expect(index).toBe(Math.min(count - 1, Math.max(0, before.index + by)));
          if (is === 'seek') {
            const nearest = Math.min(...times.map((time) => Math.abs(time - by)));
            expect(Math.abs((atMs ?? Number.NaN) - by)).toBe(nearest);
          }
        }
      }),
    );
  });

  it('freezes at what was shown, holds the memory, and tells of each position once', () => {
    const memory = remembering([0, 40, 80, 120]);
    const told: PlaybackPosition[] = [];
    const playback = new Playback(memory, (position) => told.push(position));
    expect(playback.position).toMatchObject({ isFrozen: false, atMs: undefined });
    playback.freeze(79);
    expect([memory.isHeld, playback.position.atMs]).toEqual([true, 80]);
    playback.freeze(0); // it is frozen already
    playback.step(1);
    playback.step(1); // there is no more
    playback.resume();
    playback.resume();
    expect(told.map(({ isFrozen, atMs }) => [isFrozen, atMs])).toEqual([
      [true, 80],
      [true, 120],
      [false, undefined],
    ]);
    expect([memory.isHeld, memory.moments()]).toEqual([false, []]);
  });

  it('steps back from what was shown where it is live', () => {
    const playback = new Playback(remembering([0, 40, 80, 120]));
    playback.step(-1, 80);
    expect(playback.position).toMatchObject({ isFrozen: true, atMs: 40, index: 1, count: 4, fromMs: 0, toMs: 120 });
  });

  it('does nothing where there is nothing to look at', () => {
    const playback = new Playback(remembering([]));
    expect(playback.freeze()).toBe(false);
    playback.step(1);
    playback.seek(5);
    expect(playback.position.isFrozen).toBe(false);
  });
});
