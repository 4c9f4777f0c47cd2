import { describe, expect, it } from 'vitest';
import { EventLoopBreather, sleep } from '../base/index.js';
import { VirtualClock } from './virtual-clock.js';

describe('VirtualClock', () => {
  it('stands still until it is moved', async () => {
    const clock = new VirtualClock();
    let fired = false;
    clock.schedule(0, () => (fired = true));
    expect([clock.nowMs(), fired, clock.nextDueMs]).toEqual([0, false, 0]);
    await clock.advance(0);
    expect([clock.nowMs(), fired, clock.nextDueMs]).toEqual([0, true, undefined]);
  });

  it('calls timers in due order, at their time, those of one time as they were set', async () => {
    const clock = new VirtualClock();
    const calls: [string, number][] = [];
    for (const [name, delayMs] of [
      ['c', 30],
      ['a', 10],
      ['b1', 20],
      ['b2', 20],
      ['late', 31],
    ] as const) {
      clock.schedule(delayMs, () => calls.push([name, clock.nowMs()]));
    }
    await clock.advance(30);
    expect(calls).toEqual([
      ['a', 10],
      ['b1', 20],
      ['b2', 20],
      ['c', 30],
    ]);
    expect([clock.nowMs(), clock.pendingCount]).toEqual([30, 1]);
  });

  it('forgets a timer that is disposed of', async () => {
    const clock = new VirtualClock();
    let fired = false;
    clock.schedule(5, () => (fired = true))[Symbol.dispose]();
    await clock.advance(10);
    expect([fired, clock.pendingCount]).toEqual([false, 0]);
  });

  it('comes to timers that a timer sets in motion, also behind a pause for the event loop', async () => {
    const clock = new VirtualClock();
    const times: number[] = [];
    const loop = async (): Promise<void> => {
      using breather = new EventLoopBreather();
      for (let turn = 0; turn < 5; turn += 1) {
        await sleep(clock, 10);
        await breather.breathe();
        times.push(clock.nowMs());
      }
    };
    const done = loop();
    await clock.advance(50);
    await done;
    expect(times).toEqual([10, 20, 30, 40, 50]);
  });
});
