import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anInstance } from '../../../test/support/fake-instance.js';
import { MemoryWorkerLauncher } from '../../../test/support/memory-worker.js';
import { aTrace, aValue } from '../../../test/support/packets.js';
import { TimeLimitError, WriterLogger, deferred } from '../../base/index.js';
import type { Awaitable } from '../../base/index.js';
import type { PacketWindow, ProcessInfo } from '../../kinds/index.js';
import { WindowSnapshot } from '../../nodes/index.js';
import { VirtualClock, settle } from '../../testing/index.js';
import { Frame, SlotFramePool } from '../../vision/index.js';
import type { NodeInstance } from '../instances/node-instance.js';
import { WorkerInstance } from './worker-instance.js';

let pool: SlotFramePool;
let dropped: [string, number | undefined][];
let logged: [string, string, unknown][];
beforeEach(() => {
  pool = new SlotFramePool();
  dropped = [];
  logged = [];
});
afterEach(async () => {
  await settle();
  expect(pool.inUse).toBe(0);
});

/** A frame in shared memory whose first byte is `first`. */
function aSharedFrame(first = 0, timestampMs = 1): Frame {
  const memory = pool.acquire(2 * 2 * 4);
  memory.bytes[0] = first;
  return new Frame({ sequence: timestampMs, timestampMs, capturedAtMs: timestampMs, width: 2, height: 2, format: 'rgba8' }, memory);
}

interface Worker {
  readonly instance: WorkerInstance;
  readonly launcher: MemoryWorkerLauncher;
  readonly clock: VirtualClock;
  readonly abort: AbortController;
  call(value: unknown): Promise<unknown>;
}

function aWorker(launcher: MemoryWorkerLauncher): Worker {
  const [clock, abort] = [new VirtualClock(), new AbortController()];
  const instance = new WorkerInstance(
    launcher,
    { plugin: {}, pluginConfiguration: {}, identity: { name: 'hands', type: 'test.hands', runId: 'test' }, nodeKind: 'transform', config: {}, baseFolder: '.' },
    {
      logger: new WriterLogger((level, message, fields) => void logged.push([level, message, fields])),
      metrics: { drop: (cause, count) => void dropped.push([cause, count]) },
      clock,
    },
  );
  const info: ProcessInfo = { timestampMs: 1, trace: aTrace(1), signal: abort.signal };
  return { instance, launcher, clock, abort, call: (value) => instance.invoke(value, info) };
}

async function opened(invoke: (value: unknown, info: ProcessInfo) => Awaitable<unknown>, life: Partial<NodeInstance> = {}): Promise<Worker> {
  const worker = aWorker(new MemoryWorkerLauncher(() => anInstance(invoke, life)));
  await worker.instance.open(worker.abort.signal);
  return worker;
}

describe('WorkerInstance', () => {
  it('asks its node and answers what it answers', async () => {
    const { instance, call, launcher } = await opened((value, { timestampMs, trace }) => ({ value, timestampMs, trace }));
    expect(await call({ points: new Float32Array([1, 2]) })).toEqual({ value: { points: new Float32Array([1, 2]) }, timestampMs: 1, trace: aTrace(1) });
    expect(await call(undefined)).toMatchObject({ timestampMs: 1 });
    await instance.close();
    expect(launcher.worker.terminations).toBe(0);
  });

  it('passes flush and reconfigure on', async () => {
    const calls: unknown[] = [];
    const { instance } = await opened(() => 1, {
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
    const { instance, call, abort } = aWorker(launcher);
    await instance.open(abort.signal);
    await call(1);
    expect(logged).toEqual([['warn', 'odd frame', { score: 0.5, hook: expect.stringContaining('=>') as string }]]);
    expect(dropped).toEqual([['too-small', 2], ['too-dark', 1]]);
    await instance.close();
  });

  describe('with frames', () => {
    it('lends the very memory, and has it back when the call is over', async () => {
      let seen: Uint8Array | undefined;
      const { instance, call } = await opened((frame) => {
        seen = (frame as Frame).data;
        return seen[0];
      });
      const frame = aSharedFrame(7);
      expect(await call(frame)).toBe(7);
      frame.data[1] = 99; // another thread's view is another object of the same memory
      expect(seen?.[1]).toBe(99);
      expect([pool.inUse, frame.closed]).toEqual([1, false]); // the caller's own
      frame.close();
      expect(pool.inUse).toBe(0);
      await instance.close();
    });

    it('lends frames of several inputs', async () => {
      const { instance, call } = await opened((inputs) => {
        const { a, b } = inputs as { a: Frame; b: Frame };
        return [a.data[0], b.data[0]];
      });
      const [a, b] = [aSharedFrame(1), aSharedFrame(2)];
      expect(await call({ a, b, note: 'x' })).toEqual([1, 2]);
      a.close();
      b.close();
      await instance.close();
    });

    it('lends the frames of a window, which stays a window', async () => {
      const { instance, call } = await opened((value) => {
        const window = value as PacketWindow<Frame>;
        return [window.startMs, window.endMs, ...window.packets.map((packet) => packet.value.data[0])];
      });
      const window = new WindowSnapshot([aValue(1, aSharedFrame(5, 1)), aValue(2, aSharedFrame(6, 2))]);
      expect(await call(window)).toEqual([1, 2, 5, 6]);
      expect(pool.inUse).toBe(2);
      window.close();
      await instance.close();
    });

    it('copies memory that cannot be shared', async () => {
      const { instance, call } = await opened((frame) => (frame as Frame).data[0]);
      const frame = Frame.fromEncoded({ sequence: 1, timestampMs: 1, capturedAtMs: 1, width: 0, height: 0, format: 'jpeg' }, new Uint8Array([9]));
      expect(await call(frame)).toBe(9);
      expect(frame.data[0]).toBe(9);
      await instance.close();
    });

    it('gets an answer that is its input back as the same memory', async () => {
      const { instance, call, launcher } = await opened((frame) => frame);
      const frame = aSharedFrame(3);
      const answer = (await call(frame)) as Frame;
      expect(answer.data.buffer).toBe(frame.data.buffer);
      frame.close();
      expect([pool.inUse, answer.data[0]]).toEqual([1, 3]);
      await instance.close(); // the answer belongs to this thread now, with or without the worker
      expect([pool.inUse, answer.data[0]]).toEqual([1, 3]);
      answer.close();
      expect(launcher.worker.reports.filter(({ kind }) => kind === 'give-back')).toEqual([]);
    });

    it('gets an answer back that holds its input, with the timestamp that the node gave it', async () => {
      const { instance, call } = await opened((inputs) => ({ image: (inputs as { image: Frame }).image.restamp(77), boxes: [1] }));
      const image = aSharedFrame(3);
      const answer = (await call({ image, mask: 5 })) as { image: Frame; boxes: number[] };
      image.close();
      expect([answer.image.timestampMs, answer.image.data[0], answer.boxes]).toEqual([77, 3, [1]]);
      answer.image.close();
      await instance.close();
    });

    it('stays an owner while the node keeps a clone', async () => {
      let kept: Frame | undefined;
      const { instance, call } = await opened((frame) => {
        kept?.close();
        kept = (frame as Frame).clone();
        return frame;
      }, { close: () => kept?.close() });
      const frame = aSharedFrame(3);
      const answer = (await call(frame)) as Frame;
      answer.close();
      frame.close();
      await settle();
      expect(pool.inUse).toBe(1); // the clone in the worker
      const next = aSharedFrame(4);
      ((await call(next)) as Frame).close();
      next.close();
      await settle();
      expect(pool.inUse).toBe(1);
      await instance.close();
      await settle();
      expect(pool.inUse).toBe(0);
    });

    it('owns frames made in the worker until it closes them', async () => {
      const workerPool = new SlotFramePool();
      const { instance, call } = await opened(() => {
        const memory = workerPool.acquire(16);
        memory.bytes[0] = 42;
        return { crops: [undefined, new Frame({ sequence: 0, timestampMs: 0, capturedAtMs: 0, width: 2, height: 2, format: 'rgba8' }, memory)] };
      });
      const { crops } = (await call(1)) as { crops: [undefined, Frame] };
      expect([crops[1].data[0], workerPool.inUse]).toEqual([42, 1]);
      crops[1].close();
      await settle();
      expect(workerPool.inUse).toBe(0);
      await instance.close();
    });

    it('has its frames back where the node throws', async () => {
      const { instance, call } = await opened(() => {
        throw new TimeLimitError({ what: 'Inference', limitMs: 5 });
      });
      const frame = aSharedFrame();
      await expect(call(frame)).rejects.toMatchObject({ name: 'TimeLimitError', code: 'CORE_TIME_LIMIT', data: { what: 'Inference', limitMs: 5 } });
      frame.close();
      expect(pool.inUse).toBe(0);
      await instance.close();
    });

    it('has its frames back where the answer cannot travel', async () => {
      const { instance, call } = await opened((frame) => ({ frame, callback: () => {} }));
      const frame = aSharedFrame();
      await expect(call(frame)).rejects.toMatchObject({ code: 'RUN_ANSWER_NOT_POSTABLE' });
      frame.close();
      await settle();
      expect(pool.inUse).toBe(0);
      expect(await call(1).catch((error: unknown) => error)).toMatchObject({ code: 'RUN_ANSWER_NOT_POSTABLE' });
      await instance.close();
    });

    it('keeps its frames where the input cannot travel', async () => {
      const { instance, call } = await opened(() => 1);
      const frame = aSharedFrame();
      await expect(call({ frame, callback: () => {} })).rejects.toMatchObject({
        code: 'RUN_INPUT_NOT_POSTABLE',
        message: expect.stringContaining('"hands"') as string,
      });
      frame.close();
      expect(pool.inUse).toBe(0);
      await instance.close();
    });
  });

  describe('whose worker goes away', () => {
    it('rejects the calls under way, takes its frames back and refuses further calls', async () => {
      const { instance, call, launcher } = await opened(() => new Promise(() => {}));
      const frame = aSharedFrame();
      const lost = expect(call(frame)).rejects.toMatchObject({ code: 'RUN_WORKER_GONE', cause: { message: 'out of memory' } });
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
      const worker = aWorker(new MemoryWorkerLauncher(() => anInstance(() => 1, { open: () => new Promise(() => {}) })));
      const failed = expect(worker.instance.open(worker.abort.signal)).rejects.toMatchObject({ code: 'RUN_WORKER_GONE' });
      await settle();
      worker.launcher.worker.exit();
      await failed;
      await worker.instance.close();
    });
  });

  describe('that opens', () => {
    it('tells why the node could not be made, and still lets the worker leave', async () => {
      const worker = aWorker(new MemoryWorkerLauncher(() => Promise.reject(new RangeError('no such model'))));
      await expect(worker.instance.open(worker.abort.signal)).rejects.toMatchObject({ name: 'RangeError', message: 'no such model' });
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
            open: (signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gave up')))),
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
      const { instance, call, abort } = await opened(
        (_value, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gave up')))),
      );
      const failed = expect(call(1)).rejects.toThrow('gave up');
      await settle();
      abort.abort();
      await failed;
      await instance.close();
    });

    it('ends a worker whose call goes on regardless', async () => {
      const { instance, call, abort, clock, launcher } = await opened(() => new Promise(() => {}));
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

    it('leaves a worker alone that came to rest in time', async () => {
      const answer = deferred<number>();
      const { instance, call, abort, clock, launcher } = await opened(() => answer.promise);
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
      expect(logged).toMatchObject([['warn', 'A worker did not leave by itself and was ended.', {}]]);
    });

    it('ends a worker whose node never closes', async () => {
      const { instance, clock, launcher } = await opened(() => 1, { close: () => new Promise(() => {}) });
      const closed = expect(instance.close()).rejects.toMatchObject({ code: 'RUN_WORKER_GONE' });
      await clock.advance(3_000);
      await closed;
      expect(launcher.worker.terminations).toBe(1);
    });

    it('passes on how closing fails, after the worker has left', async () => {
      const { instance, launcher } = await opened(() => 1, { close: () => Promise.reject(new Error('cannot release')) });
      await expect(instance.close()).rejects.toThrow('cannot release');
      expect([launcher.worker.isGone, launcher.worker.terminations]).toEqual([true, 0]);
    });

    it('closes without ever having opened', async () => {
      const { instance } = aWorker(new MemoryWorkerLauncher(() => anInstance(() => 1)));
      await instance.close();
    });
  });
});
