import { describe, expect, it } from 'vitest';
import { deferred } from '../../base/index.js';
import { VirtualClock, settle } from '../../testing/index.js';
import { OrderedShutdown } from './ordered-shutdown.js';
import type { ShutdownPhase } from './ordered-shutdown.js';

describe('OrderedShutdown', () => {
  it('runs the phases in order, whatever the order of adding, and the steps of one phase together', async () => {
    const order: string[] = [];
    const shutdown = new OrderedShutdown(new VirtualClock());
    const gate = deferred<void>();
    const add = (id: string, phase: ShutdownPhase, wait?: Promise<void>): void =>
      shutdown.add({
        id,
        phase,
        timeoutMs: 100,
        async run() {
          order.push(`${id} begins`);
          await wait;
          order.push(`${id} ends`);
        },
      });
    add('release', 'release');
    add('flush', 'flushSinks');
    add('camera', 'stopSources', gate.promise);
    add('file', 'stopSources');
    add('drain', 'drain');
    const done = shutdown.run();
    await settle();
    expect(order).toEqual(['camera begins', 'file begins', 'file ends']);
    gate.resolve();
    expect(await done).toEqual([]);
    expect(order.slice(3)).toEqual([
      'camera ends',
      'drain begins',
      'drain ends',
      'flush begins',
      'flush ends',
      'release begins',
      'release ends',
    ]);
  });

  it('runs only once', async () => {
    let runs = 0;
    const shutdown = new OrderedShutdown(new VirtualClock());
    shutdown.add({ id: 'step', phase: 'release', timeoutMs: 1, run: () => Promise.resolve(void (runs += 1)) });
    expect(await shutdown.run()).toBe(await shutdown.run());
    expect(runs).toBe(1);
  });

  it('goes on after steps that throw, reject or overrun, and names them', async () => {
    const clock = new VirtualClock();
    const shutdown = new OrderedShutdown(clock);
    let released = false;
    shutdown.add({
      id: 'a',
      phase: 'stopSources',
      timeoutMs: 10,
      run: () => {
        throw new Error('thrown');
      },
    });
    shutdown.add({ id: 'b', phase: 'stopSources', timeoutMs: 10, run: () => Promise.reject(new Error('rejected')) });
    shutdown.add({ id: 'c', phase: 'stopSources', timeoutMs: 10, run: () => new Promise<void>(() => {}) });
    shutdown.add({ id: 'd', phase: 'release', timeoutMs: 10, run: () => Promise.resolve(void (released = true)) });
    const done = shutdown.run();
    await clock.advance(10);
    const failures = await done;
    expect(failures.map(({ code, data }) => [code, data.step, data.phase])).toEqual([
      ['RUN_SHUTDOWN_STEP', 'a', 'stopSources'],
      ['RUN_SHUTDOWN_STEP', 'b', 'stopSources'],
      ['RUN_SHUTDOWN_STEP', 'c', 'stopSources'],
    ]);
    expect(failures[2]?.message).toBe(
      'Step "c" of shutdown phase stopSources failed: Step "c" took longer than its limit of 10 ms.',
    );
    expect([released, clock.pendingCount]).toEqual([true, 0]);
  });
});
