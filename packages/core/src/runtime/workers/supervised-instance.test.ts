import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anInstance } from '../../../test/support/fake-instance.js';
import { MemoryWorkerLauncher } from '../../../test/support/memory-worker.js';
import { aSupervised } from '../../../test/support/supervised-under-test.js';
import { deferred } from '../../base/index.js';
import { settle } from '../../testing/index.js';
import { Frame, SlotFramePool } from '../../vision/index.js';

let pool: SlotFramePool;
beforeEach(() => {
  pool = new SlotFramePool();
});
afterEach(async () => {
  await settle();
  expect(pool.inUse).toBe(0);
});

function aSharedFrame(): Frame {
  return new Frame(
    { sequence: 1, timestampMs: 1, capturedAtMs: 1, width: 2, height: 2, format: 'rgba8' },
    pool.acquire(2 * 2 * 4),
  );
}

const forever = (): Promise<never> => new Promise(() => {});

describe('SupervisedInstance', () => {
  it('answers nothing at once while its worker is down, and is back after 0.2 s', async () => {
    const { instance, call, clock, launcher, health, dropped } = await aSupervised(() => 7);
    expect(await call(1)).toBe(7);
    launcher.worker.exit(new Error('out of memory'));
    await settle();
    expect(instance.isDown).toBe(true);
    expect(instance.invoke(1, call.info)).toBeUndefined(); // no promise: nobody waits a turn for it
    expect(dropped).toEqual([['worker-down', 1]]);
    await clock.advance(199);
    expect(launcher.workers).toHaveLength(1);
    await clock.advance(1);
    expect(launcher.workers).toHaveLength(2);
    expect(await call(1)).toBe(7);
    expect(health).toMatchObject([
      ['restarting', { code: 'RUN_WORKER_GONE', cause: { message: 'out of memory' } }],
      ['open', undefined],
    ]);
    await instance.close();
    expect(clock.pendingCount).toBe(0);
  });

  it('loses only the packet that the worker had', async () => {
    const { instance, call, clock, launcher } = await aSupervised(forever);
    const frame = aSharedFrame();
    const lost = expect(call(frame)).rejects.toMatchObject({ code: 'RUN_WORKER_GONE' });
    frame.close();
    await settle();
    launcher.worker.exit();
    await lost;
    expect(pool.inUse).toBe(0);
    await clock.advance(200);
    expect(instance.isDown).toBe(false);
    await instance.close();
  });

  it('costs one packet, not a worker, where the node throws', async () => {
    const { instance, call, launcher, health } = await aSupervised((value) => {
      if (value === 1) throw new RangeError('no good');
      return value;
    });
    await expect(call(1)).rejects.toThrow('no good');
    expect(await call(2)).toBe(2);
    expect([launcher.workers.length, health]).toEqual([1, []]);
    await instance.close();
  });

  it('quarantines a node that hangs on every packet, though its watchdog lets five restarts take minutes', async () => {
    const { instance, call, clock, health } = await aSupervised(forever);
    for (let generation = 0; generation < 6; generation += 1) {
      const lost = expect(call(1)).rejects.toMatchObject({ code: 'RUN_WATCHDOG' });
      await clock.advance(60_000); // the watchdog of 10 s, then the back-off, then a rest
      await lost;
    }
    expect(clock.nowMs()).toBe(360_000);
    expect(health.at(-1)).toMatchObject(['quarantined', { code: 'RUN_QUARANTINED', cause: { code: 'RUN_WATCHDOG' } }]);
    await instance.close();
  });

  it('does not quarantine a node that hangs now and then', async () => {
    const { instance, call, clock, health } = await aSupervised((value) => (value === 'hang' ? forever() : value));
    for (let generation = 0; generation < 12; generation += 1) {
      expect(await call(1)).toBe(1);
      const lost = expect(call('hang')).rejects.toMatchObject({ code: 'RUN_WATCHDOG' });
      await clock.advance(60_000);
      await lost;
    }
    expect(health.map(([state]) => state)).not.toContain('quarantined');
    await instance.close();
  });

  it('quarantines after five restarts in a minute, and tells why', async () => {
    const { instance, call, clock, launcher, health, restartsAtMs } = await aSupervised(() => 1);
    for (const delayMs of [200, 400, 800, 1_600, 3_200]) {
      launcher.worker.exit(new Error('segfault'));
      await settle();
      await clock.advance(delayMs);
      expect(instance.isDown).toBe(false);
    }
    expect(restartsAtMs()).toEqual([0, 200, 600, 1_400, 3_000, 6_200]);
    launcher.worker.exit(new Error('segfault'));
    await settle();
    expect(health.at(-1)).toMatchObject([
      'quarantined',
      { code: 'RUN_QUARANTINED', data: { node: 'hands', restarts: 5 } },
    ]);
    await clock.advance(600_000);
    expect(launcher.workers).toHaveLength(6);
    expect(instance.invoke(1, call.info)).toBeUndefined();
    expect(await instance.reconfigure({ threshold: 1 })).toBe(false); // only a restart of the node helps
    await instance.flush();
    await instance.close();
    expect(clock.pendingCount).toBe(0);
  });

  it('goes on with longer delays where a restarted worker does not open', async () => {
    let isBroken = false;
    const launcher = new MemoryWorkerLauncher(() =>
      isBroken ? Promise.reject(new Error('no such model')) : anInstance(() => 1),
    );
    const { instance, clock, health, restartsAtMs } = await aSupervised(launcher);
    isBroken = true;
    launcher.worker.exit();
    await settle();
    await clock.advance(600);
    isBroken = false;
    await clock.advance(800);
    expect(restartsAtMs()).toEqual([0, 200, 600, 1_400]);
    expect(health.map(([state, reason]) => [state, (reason as Error | undefined)?.message])).toMatchObject([
      ['restarting', expect.stringContaining('has ended by itself')],
      ['restarting', 'no such model'],
      ['restarting', 'no such model'],
      ['open', undefined],
    ]);
    await instance.close();
  });

  it('starts again with the configuration that was taken over last', async () => {
    const { instance, clock, launcher } = await aSupervised(() => 1, { reconfigure: () => true });
    expect(await instance.reconfigure({ threshold: 0.7 })).toBe(true);
    launcher.worker.exit();
    await settle();
    await clock.advance(200);
    expect(launcher.worker.spec.config).toEqual({ threshold: 0.7 });
    launcher.worker.exit();
    await settle();
    expect(await instance.reconfigure({ threshold: 0.8 })).toBe(true); // the worker to come gets it
    await clock.advance(400);
    expect(launcher.worker.spec.config).toEqual({ threshold: 0.8 });
    await instance.close();
  });

  describe('whose worker overruns its watchdog', () => {
    it('asks it to give up and leave, and ends it only where it does not', async () => {
      const polite = await aSupervised(
        (_value, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gave up')))),
      );
      const lost = expect(polite.call(1)).rejects.toMatchObject({ code: 'RUN_WATCHDOG', data: { limitMs: 10_000 } });
      await polite.clock.advance(10_000);
      await lost;
      await settle();
      const [first] = polite.launcher.workers;
      expect([first?.isGone, first?.terminations]).toEqual([true, 0]);
      await polite.instance.close();

      const deaf = await aSupervised(forever);
      const frame = aSharedFrame();
      const alsoLost = expect(deaf.call(frame)).rejects.toMatchObject({ code: 'RUN_WATCHDOG' });
      frame.close();
      await deaf.clock.advance(10_000);
      await alsoLost;
      expect(deaf.launcher.worker.terminations).toBe(0);
      await deaf.clock.advance(1_000);
      expect(deaf.launcher.workers.map(({ terminations }) => terminations)).toEqual([1, 0]);
      expect([pool.inUse, deaf.instance.isDown]).toEqual([0, false]);
      await deaf.instance.close();
    });

    it('replaces it where it does not take a configuration over, and goes on with the one it had', async () => {
      const { instance, call, clock, launcher, health } = await aSupervised(() => 1, { reconfigure: forever });
      const refused = expect(instance.reconfigure({ threshold: 0.7 })).rejects.toMatchObject({
        code: 'RUN_WATCHDOG',
        message: expect.stringContaining('has not taken over another configuration within 10000 ms') as string,
      });
      await clock.advance(9_999);
      expect(health).toEqual([]);
      await clock.advance(1);
      await refused;
      await clock.advance(1_000); // to leave by itself
      expect(launcher.workers.map(({ terminations, spec }) => [terminations, spec.config])).toEqual([
        [1, {}],
        [0, {}],
      ]);
      expect(await call(1)).toBe(1);
      await instance.close();
    });

    it('quarantines one that hangs on every packet, though it takes configurations over in between', async () => {
      const { instance, call, clock, health } = await aSupervised(forever, { reconfigure: () => true });
      for (let generation = 0; generation < 6; generation += 1) {
        expect(await instance.reconfigure({ generation })).toBe(true);
        const lost = expect(call(1)).rejects.toMatchObject({ code: 'RUN_WATCHDOG' });
        await clock.advance(60_000);
        await lost;
      }
      expect(health.at(-1)?.[0]).toBe('quarantined');
      await instance.close();
    });

    it('does not let time pass for packets that were answered', async () => {
      const { instance, call, clock, launcher } = await aSupervised(() => 1);
      for (let packet = 0; packet < 5; packet += 1) {
        expect(await call(1)).toBe(1);
        await clock.advance(9_000);
      }
      expect([launcher.workers.length, clock.pendingCount]).toEqual([1, 0]);
      await instance.close();
    });

    it('closes an answer that comes too late', async () => {
      const late = deferred<void>();
      const { instance, call, clock, launcher } = await aSupervised(async (value) => {
        await late.promise;
        return value;
      });
      const frame = aSharedFrame();
      const lost = expect(call(frame)).rejects.toMatchObject({ code: 'RUN_WATCHDOG' });
      frame.close();
      await clock.advance(10_000);
      await lost;
      late.resolve();
      await settle();
      await settle();
      expect([pool.inUse, launcher.workers[0]?.terminations]).toEqual([0, 0]);
      await instance.close();
    });

    it('leaves a native worker to itself, reports it, and goes on with another', async () => {
      const back = deferred<void>();
      const { instance, call, clock, launcher, logged } = await aSupervised(() => back.promise, {}, true);
      const frame = aSharedFrame();
      const lost = expect(call(frame)).rejects.toMatchObject({ code: 'RUN_WATCHDOG' });
      frame.close();
      await clock.advance(11_000);
      await lost;
      const [hung, next] = launcher.workers;
      expect([hung?.isAbandoned, hung?.terminations, next?.isAbandoned]).toEqual([true, 0, false]);
      expect(logged.filter(([level]) => level === 'error')).toMatchObject([
        ['error', expect.stringContaining('hangs in native code'), {}],
      ]);
      expect(pool.inUse).toBe(1); // it may still read the frame
      back.resolve();
      await settle();
      await settle();
      expect([pool.inUse, hung?.isGone]).toEqual([0, true]); // back at last, it was asked to leave
      await instance.close();
    });
  });

  describe('that comes to rest', () => {
    it('starts no worker any more once the run stops', async () => {
      const { instance, clock, abort, launcher } = await aSupervised(() => 1);
      launcher.worker.exit();
      await settle();
      abort.abort();
      await instance.close();
      await clock.advance(60_000);
      expect([launcher.workers.length, clock.pendingCount]).toEqual([1, 0]);
    });

    it('closes while a worker waits to be started, without a signal', async () => {
      const { instance, clock, launcher } = await aSupervised(() => 1);
      launcher.worker.exit();
      await settle();
      await instance.close();
      expect([launcher.workers.length, clock.pendingCount]).toEqual([1, 0]);
    });

    it('closes while a restarted worker opens', async () => {
      let opens = 0;
      const { instance, clock, launcher } = await aSupervised(() => 1, {
        open: (signal) => {
          opens += 1;
          if (opens === 1) return;
          return new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(new Error('gave up'))),
          );
        },
      });
      launcher.worker.exit();
      await settle();
      await clock.advance(200);
      await instance.close();
      expect(launcher.workers.map(({ isGone }) => isGone)).toEqual([true, true]);
      expect(clock.pendingCount).toBe(0);
    });

    it('reports a native worker that hangs, instead of ending it', async () => {
      const { instance, clock, launcher } = await aSupervised(() => 1, { close: forever }, true);
      const failed = expect(instance.close()).rejects.toMatchObject({ code: 'RUN_WORKER_HUNG' });
      await clock.advance(3_000);
      await failed;
      expect([launcher.worker.isAbandoned, launcher.worker.terminations]).toEqual([true, 0]);
    });
  });

  it('does not start a worker again whose first opening fails', async () => {
    const launcher = new MemoryWorkerLauncher(() => Promise.reject(new Error('no such model')));
    await expect(aSupervised(launcher)).rejects.toThrow('no such model');
    expect(launcher.workers).toHaveLength(1);
  });
});
