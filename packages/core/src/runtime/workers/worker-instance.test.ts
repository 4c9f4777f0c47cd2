import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aWorker, anOpenWorker } from '../../../test/support/worker-under-test.js';
import { anInstance } from '../../../test/support/fake-instance.js';
import { MemoryWorkerLauncher } from '../../../test/support/memory-worker.js';
import { deferred, sleep } from '../../base/index.js';
import { settle, aTrace } from '../../testing/index.js';
import type { WorkerReport } from './protocol.js';
import { Frame, SlotFramePool } from '../../vision/index.js';

let pool: SlotFramePool;
beforeEach(() => {
  pool = new SlotFramePool();
});
afterEach(async () => {
  await settle();
  expect(pool.inUse).toBe(0);
});

/** A frame in shared memory whose first byte is `first`. */
function aSharedFrame(first = 0, timestampMs = 1): Frame {
  const memory = pool.acquire(2 * 2 * 4);
  memory.bytes[0] = first;
  return new Frame(
    { sequence: timestampMs, timestampMs, capturedAtMs: timestampMs, width: 2, height: 2, format: 'rgba8' },
    memory,
  );
}

describe('WorkerInstance', () => {
  it('asks its node and answers what it answers', async () => {
    const { instance, call, launcher } = await anOpenWorker((value, { timestampMs, trace }) => ({
      value,
      timestampMs,
      trace,
    }));
    expect(await call({ points: new Float32Array([1, 2]) })).toEqual({
      value: { points: new Float32Array([1, 2]) },
      timestampMs: 1,
      trace: aTrace({ sequence: 1, capturedAtMs: 1 }),
    });
    expect(await call(undefined)).toMatchObject({ timestampMs: 1 });
    await instance.close();
    expect(launcher.worker.terminations).toBe(0);
  });

  it('brings home what its node counts and measures, few messages for many figures', async () => {
    const launcher = new MemoryWorkerLauncher(({ metrics }) =>
      anInstance((value) => {
        for (let time = 0; time < 100; time += 1) metrics.count('sent');
        metrics.gauge('queue_bytes', Number(value));
      }),
    );
    const { instance, call, abort, metrics } = aWorker(launcher);
    await instance.open(abort.signal);
    for (let packet = 1; packet <= 5; packet += 1) await call(packet);
    await instance.flush();
    await settle();
    expect([metrics.counters, metrics.gauges]).toEqual([{ sent: 500 }, { queue_bytes: 5 }]);
    await call(Number.NaN);
    await instance.close();
    expect([metrics.counters, metrics.gauges]).toEqual([{ sent: 600 }, { queue_bytes: Number.NaN }]);
    expect(launcher.worker.reports.filter(({ kind }) => kind === 'figures').length).toBeLessThan(8);
  });

  it('makes a figure that cannot be kept an error of the packet', async () => {
    const launcher = new MemoryWorkerLauncher(({ metrics }) => anInstance(() => metrics.count('Sent!')));
    const { instance, call, abort } = aWorker(launcher);
    await instance.open(abort.signal);
    await expect(call(1)).rejects.toMatchObject({ code: 'RUN_NODE_FIGURE' });
    await instance.close();
  });

  it.each<[what: string, message: unknown, told: string]>([
    [
      'a second answer',
      { kind: 'answer', call: 2, value: { a: 1 }, loans: [] },
      'an object with "a" to a packet that it had',
    ],
    [
      'an error after the answer',
      { kind: 'fault', call: 2, error: { name: 'Error', code: 'X', message: 'no' }, loans: [] },
      'an error to a packet that it had answered before',
    ],
    ['text', 'hello', 'a string from its worker'],
    ['null', null, 'null from its worker'],
    ['an answer without its loans', { kind: 'answer', call: 3 }, 'an object with "kind", "call" from its worker'],
  ])('tells of %s by the name of its node, and goes on', async (_what, message, told) => {
    const { instance, call, launcher, logged, dropped } = await anOpenWorker((value) => value);
    expect(await call(1)).toBe(1);
    launcher.worker.onMessage(message as WorkerReport);
    expect(dropped).toEqual([['stray-answer', undefined]]);
    const [line] = logged;
    expect(line).toMatchObject([
      'warn',
      expect.stringContaining(`Node "hands" answered ${told}`),
      { error: { code: 'RUN_BAD_ANSWER' } },
    ]);
    expect(await call(2)).toBe(2);
    await instance.close();
  });

  const lent = { kind: 'kinegraph.lent-frame' };
  it.each<[what: string, message: unknown]>([
    ['an error that is null', { kind: 'fault', call: 2, error: null, loans: [] }],
    ['a frame without its bytes', { kind: 'answer', call: 2, value: lent, loans: [] }],
    ['a frame in an arena that is not there', { kind: 'answer', call: 2, value: { ...lent, bytes: {} }, loans: [] }],
    ['a window without its packets', { kind: 'answer', call: 2, value: { kind: 'kinegraph.window' }, loans: [] }],
  ])('tells of %s in place of its answer, and takes the answer itself', async (_what, message) => {
    const answer = deferred<number>();
    const { instance, call, launcher, logged, dropped } = await anOpenWorker(() => answer.promise);
    const called = call(1);
    await settle();
    launcher.worker.onMessage(message as WorkerReport);
    expect(dropped).toEqual([['stray-answer', undefined]]);
    expect(logged).toMatchObject([
      ['warn', expect.stringMatching(/^Node "hands" answered an object .* from its worker/), {}],
    ]);
    answer.resolve(7);
    expect(await called).toBe(7);
    await instance.close();
  });

  it('passes flush and reconfigure on', async () => {
    const calls: unknown[] = [];
    const { instance } = await anOpenWorker(() => 1, {
      flush: () => void calls.push('flush'),
      reconfigure: (config) => {
        calls.push(config);
        return true;
      },
    });
    await instance.flush();
    expect(await instance.reconfigure({ threshold: 0.5 })).toBe(true);
    expect(calls).toEqual(['flush', { threshold: 0.5 }]);
    await instance.close();
  });

  it('brings log lines and drop counts home, whatever fields they have', async () => {
    const launcher = new MemoryWorkerLauncher(({ logger, metrics }) =>
      anInstance(() => {
        logger.warn('odd frame', { score: 0.5, hook: () => {} });
        metrics.drop('too-small', 2);
        metrics.drop('too-dark');
      }),
    );
    const { instance, call, abort, logged, dropped } = aWorker(launcher);
    await instance.open(abort.signal);
    await call(1);
    expect(logged).toEqual([['warn', 'odd frame', { score: 0.5, hook: expect.stringContaining('=>') as string }]]);
    expect(dropped).toEqual([
      ['too-small', 2],
      ['too-dark', 1],
    ]);
    await instance.close();
  });

  describe('whose worker goes away', () => {
    it('rejects the calls under way, takes its frames back and refuses further calls', async () => {
      const { instance, call, launcher } = await anOpenWorker(() => new Promise(() => {}));
      const frame = aSharedFrame();
      const lost = expect(call(frame)).rejects.toMatchObject({
        code: 'RUN_WORKER_GONE',
        cause: { message: 'out of memory' },
      });
      frame.close();
      await settle();
      expect(pool.inUse).toBe(1);
      launcher.worker.exit(new Error('out of memory'));
      await lost;
      expect(pool.inUse).toBe(0);
      await expect(call(1)).rejects.toMatchObject({ code: 'RUN_WORKER_GONE' });
      await instance.flush();
      await instance.close();
      expect(launcher.worker.terminations).toBe(0);
    });

    it('rejects the opening under way', async () => {
      const worker = aWorker(
        new MemoryWorkerLauncher(() => anInstance(() => 1, { open: () => new Promise(() => {}) })),
      );
      const failed = expect(worker.instance.open(worker.abort.signal)).rejects.toMatchObject({
        code: 'RUN_WORKER_GONE',
      });
      await settle();
      worker.launcher.worker.exit();
      await failed;
      await worker.instance.close();
    });
  });

  describe('that opens', () => {
    it('tells why the node could not be made, and still lets the worker leave', async () => {
      const worker = aWorker(new MemoryWorkerLauncher(() => Promise.reject(new RangeError('no such model'))));
      await expect(worker.instance.open(worker.abort.signal)).rejects.toMatchObject({
        name: 'RangeError',
        message: 'no such model',
      });
      await worker.instance.close();
      expect(worker.launcher.worker.terminations).toBe(0);
    });

    it('starts no worker once its signal has fired', async () => {
      const worker = aWorker(new MemoryWorkerLauncher(() => anInstance(() => 1)));
      worker.abort.abort();
      await expect(worker.instance.open(worker.abort.signal)).rejects.toMatchObject({ code: 'CORE_ABORTED' });
      expect(worker.launcher.workers).toEqual([]);
      await worker.instance.close();
    });

    it('tells the node when its signal fires', async () => {
      const worker = aWorker(
        new MemoryWorkerLauncher(() =>
          anInstance(() => 1, {
            open: (signal) =>
              new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gave up')))),
          }),
        ),
      );
      const failed = expect(worker.instance.open(worker.abort.signal)).rejects.toThrow('gave up');
      await settle();
      worker.abort.abort();
      await failed;
      await worker.instance.close();
    });
  });

  describe('that comes to rest', () => {
    it('fires the signal of the call under way when the run no longer waits', async () => {
      const { instance, call, abort } = await anOpenWorker(
        (_value, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gave up')))),
      );
      const failed = expect(call(1)).rejects.toThrow('gave up');
      await settle();
      abort.abort();
      await failed;
      await instance.close();
    });

    it('ends a worker whose call goes on regardless', async () => {
      const { instance, call, abort, clock, launcher } = await anOpenWorker(() => new Promise(() => {}));
      const frame = aSharedFrame();
      const lost = expect(call(frame)).rejects.toMatchObject({ code: 'RUN_WORKER_GONE' });
      frame.close();
      abort.abort();
      await clock.advance(1_999);
      expect(launcher.worker.terminations).toBe(0);
      await clock.advance(1);
      await lost;
      expect(launcher.worker.terminations).toBe(1);
      await instance.close();
      expect(clock.pendingCount).toBe(0);
    });

    it('ends a worker that is still opening, which is nothing to warn of', async () => {
      const worker = aWorker(
        new MemoryWorkerLauncher(() => anInstance(() => 1, { open: () => new Promise(() => {}) })),
      );
      const failed = expect(worker.instance.open(worker.abort.signal)).rejects.toMatchObject({
        code: 'RUN_WORKER_GONE',
      });
      await settle();
      worker.abort.abort();
      await worker.clock.advance(2_000);
      await failed;
      expect(worker.launcher.worker.terminations).toBe(1);
      expect(worker.logged.map(([level, message]) => [level, message])).toEqual([
        ['info', 'A worker was still opening when its run was given up and was ended.'],
      ]);
      await worker.instance.close();
    });

    it.each([false, true])('lets it flush and close for longer than a call may hang (native: %s)', async (isNative) => {
      const done: string[] = [];
      const { instance, abort, clock, launcher } = await anOpenWorker(
        () => 1,
        {
          flush: () => sleep(clock, 3_000).then(() => void done.push('flushed')),
          close: () => sleep(clock, 2_900).then(() => void done.push('closed')),
        },
        isNative,
      );
      abort.abort();
      const flushed = instance.flush();
      await clock.advance(3_000);
      await flushed;
      const closed = instance.close();
      await clock.advance(2_900);
      await closed;
      expect(done).toEqual(['flushed', 'closed']);
      expect([launcher.worker.terminations, launcher.worker.isAbandoned, clock.pendingCount]).toEqual([0, false, 0]);
    });

    it('leaves a worker alone that came to rest in time', async () => {
      const answer = deferred<number>();
      const { instance, call, abort, clock, launcher } = await anOpenWorker(() => answer.promise);
      const called = call(1);
      abort.abort();
      answer.resolve(5);
      expect(await called).toBe(5);
      await clock.advance(10_000);
      await instance.close();
      expect([launcher.worker.terminations, clock.pendingCount]).toEqual([0, 0]);
    });

    it('ends a worker that does not leave', async () => {
      const worker = aWorker(new MemoryWorkerLauncher(() => anInstance(() => 1), false));
      await worker.instance.open(worker.abort.signal);
      const closed = worker.instance.close();
      await worker.clock.advance(3_000);
      await closed;
      expect(worker.launcher.worker.terminations).toBe(1);
      expect(worker.logged).toMatchObject([['warn', 'A worker did not leave by itself and was ended.', {}]]);
    });

    it('ends a worker whose node never closes', async () => {
      const { instance, clock, launcher } = await anOpenWorker(() => 1, { close: () => new Promise(() => {}) });
      const closed = expect(instance.close()).rejects.toMatchObject({ code: 'RUN_WORKER_GONE' });
      await clock.advance(3_000);
      await closed;
      expect(launcher.worker.terminations).toBe(1);
    });

    it('passes on how closing fails, after the worker has left', async () => {
      const { instance, launcher } = await anOpenWorker(() => 1, {
        close: () => Promise.reject(new Error('cannot release')),
      });
      await expect(instance.close()).rejects.toThrow('cannot release');
      expect([launcher.worker.isGone, launcher.worker.terminations]).toEqual([true, 0]);
    });

    it('closes without ever having opened', async () => {
      const { instance } = aWorker(new MemoryWorkerLauncher(() => anInstance(() => 1)));
      await instance.close();
    });
  });
});
