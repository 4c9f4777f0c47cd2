import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anOpenWorker } from '../../../test/support/worker-under-test.js';
import { TimeLimitError } from '../../base/index.js';
import type { PacketWindow } from '../../kinds/index.js';
import { WindowSnapshot } from '../../nodes/index.js';
import { settle, valuePacketOf } from '../../testing/index.js';
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
  describe('with frames', () => {
    it('lends the very memory, and has it back when the call is over', async () => {
      let seen: Uint8Array | undefined;
      const { instance, call } = await anOpenWorker((frame) => {
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
      const { instance, call } = await anOpenWorker((inputs) => {
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
      const { instance, call } = await anOpenWorker((value) => {
        const window = value as PacketWindow<Frame>;
        return [window.startMs, window.endMs, ...window.packets.map((packet) => packet.value.data[0])];
      });
      const window = new WindowSnapshot([valuePacketOf(aSharedFrame(5, 1), 1), valuePacketOf(aSharedFrame(6, 2), 2)]);
      expect(await call(window)).toEqual([1, 2, 5, 6]);
      expect(pool.inUse).toBe(2);
      window.close();
      await instance.close();
    });

    it('copies memory that cannot be shared', async () => {
      const { instance, call } = await anOpenWorker((frame) => (frame as Frame).data[0]);
      const frame = Frame.fromEncoded(
        { sequence: 1, timestampMs: 1, capturedAtMs: 1, width: 0, height: 0, format: 'jpeg' },
        new Uint8Array([9]),
      );
      expect(await call(frame)).toBe(9);
      expect(frame.data[0]).toBe(9);
      await instance.close();
    });

    it('gets an answer that is its input back as the same memory', async () => {
      const { instance, call, launcher } = await anOpenWorker((frame) => frame);
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
      const { instance, call } = await anOpenWorker((inputs) => ({
        image: (inputs as { image: Frame }).image.restamp(77),
        boxes: [1],
      }));
      const image = aSharedFrame(3);
      const answer = (await call({ image, mask: 5 })) as { image: Frame; boxes: number[] };
      image.close();
      expect([answer.image.timestampMs, answer.image.data[0], answer.boxes]).toEqual([77, 3, [1]]);
      answer.image.close();
      await instance.close();
    });

    it('stays an owner while the node keeps a clone', async () => {
      let kept: Frame | undefined;
      const { instance, call } = await anOpenWorker(
        (frame) => {
          kept?.close();
          kept = (frame as Frame).clone();
          return frame;
        },
        { close: () => kept?.close() },
      );
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
      const { instance, call } = await anOpenWorker(() => {
        const memory = workerPool.acquire(16);
        memory.bytes[0] = 42;
        return {
          crops: [
            undefined,
            new Frame({ sequence: 0, timestampMs: 0, capturedAtMs: 0, width: 2, height: 2, format: 'rgba8' }, memory),
          ],
        };
      });
      const { crops } = (await call(1)) as { crops: [undefined, Frame] };
      expect([crops[1].data[0], workerPool.inUse]).toEqual([42, 1]);
      crops[1].close();
      await settle();
      expect(workerPool.inUse).toBe(0);
      await instance.close();
    });

    it('gets a frame that is answered twice, its own or its input, as one frame twice', async () => {
      const workerPool = new SlotFramePool();
      const { instance, call } = await anOpenWorker((input) => {
        if (input instanceof Frame)
          return { a: input, b: [input], window: new WindowSnapshot([valuePacketOf(input, 1)]) };
        const info = { sequence: 0, timestampMs: 0, capturedAtMs: 0, width: 2, height: 2, format: 'rgba8' } as const;
        const made = new Frame(info, workerPool.acquire(16));
        return { a: made, b: [made], window: new WindowSnapshot([valuePacketOf(made, 1)]) };
      });
      const frame = aSharedFrame(3);
      for (const input of [1, frame]) {
        const lender = input === frame ? pool : workerPool;
        const { a, b, window } = (await call(input)) as { a: Frame; b: [Frame]; window: PacketWindow<Frame> };
        expect([b[0] === a, window.packets[0]?.value === a]).toEqual([true, true]);
        const second = a.clone();
        a.close();
        await settle();
        expect(lender.inUse).toBe(1); // its other owner still reads it
        second.close();
        if (input === frame) frame.close();
        await settle();
        expect(lender.inUse).toBe(0);
      }
      await instance.close();
    });

    it('has its frames back where the node throws', async () => {
      const { instance, call } = await anOpenWorker(() => {
        throw new TimeLimitError({ what: 'Inference', limitMs: 5 });
      });
      const frame = aSharedFrame();
      await expect(call(frame)).rejects.toMatchObject({
        name: 'TimeLimitError',
        code: 'CORE_TIME_LIMIT',
        data: { what: 'Inference', limitMs: 5 },
      });
      frame.close();
      expect(pool.inUse).toBe(0);
      await instance.close();
    });

    it('has its frames back where the answer cannot travel', async () => {
      const { instance, call } = await anOpenWorker((frame) => ({ frame, callback: () => {} }));
      const frame = aSharedFrame();
      await expect(call(frame)).rejects.toMatchObject({ code: 'RUN_ANSWER_NOT_POSTABLE' });
      frame.close();
      await settle();
      expect(pool.inUse).toBe(0);
      expect(await call(1).catch((error: unknown) => error)).toMatchObject({ code: 'RUN_ANSWER_NOT_POSTABLE' });
      await instance.close();
    });

    it('keeps its frames where the input cannot travel', async () => {
      const { instance, call } = await anOpenWorker(() => 1);
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
});
