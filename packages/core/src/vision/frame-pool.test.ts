import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameMemory } from './frame.js';
import { ArenaFramePool, FramePoolExhaustedError, SlotFramePool } from './frame-pool.js';
import { SharedArena } from './memory/shared-arena.js';

describe('SlotFramePool', () => {
  it('gives slots of the length asked for, in shared memory', () => {
    const memory = new SlotFramePool().acquire(1000);
    expect(memory.bytes.length).toBe(1000);
    expect(memory.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('uses a slot again once its last owner has gone', () => {
    const pool = new SlotFramePool();
    const first = pool.acquire(1000);
    first.retain();
    first.release();
    expect(pool.acquire(1000).bytes.buffer).not.toBe(first.bytes.buffer);
    first.release();
    expect(pool.acquire(900).bytes).toMatchObject({ length: 900, buffer: first.bytes.buffer });
    expect([pool.inUse, pool.heldBytes]).toEqual([2, 8192]);
  });

  it('refuses to grow past its limit, and drops free slots of other sizes before it does', () => {
    const pool = new SlotFramePool(16_384);
    const large = pool.acquire(12_000);
    expect(() => pool.acquire(8000)).toThrow(FramePoolExhaustedError);
    large.release();
    expect(pool.acquire(8000).bytes.length).toBe(8000);
    expect(pool.heldBytes).toBe(8192);
  });

  it('gives exactly the bytes asked for, none included', () => {
    const pool = new SlotFramePool();
    for (const byteLength of [0, 1, 4095, 4096, 4097, 640 * 480 * 4]) {
      expect(pool.acquire(byteLength).bytes.length).toBe(byteLength);
    }
  });

  it('names its figures when it refuses, and goes on when slots come back', () => {
    const pool = new SlotFramePool(8192);
    const held = [pool.acquire(4096), pool.acquire(4096)];
    expect(() => pool.acquire(10)).toThrow(
      expect.objectContaining({
        code: 'CORE_FRAME_POOL_EXHAUSTED',
        data: { inUse: 2, heldBytes: 8192, limitBytes: 8192, askedBytes: 10 },
      }),
    );
    held[0]?.release();
    expect(pool.acquire(10).bytes.length).toBe(10);
  });

  it('trims what is free, leaves what is in use untouched and takes it back all the same', () => {
    const pool = new SlotFramePool();
    const kept = pool.acquire(4096);
    kept.bytes.fill(7);
    pool.acquire(8192).release();
    pool.trim();
    expect([pool.heldBytes, pool.inUse]).toEqual([4096, 1]);
    expect(kept.bytes.every((byte) => byte === 7)).toBe(true);
    kept.release();
    expect(pool.acquire(4096).bytes.buffer).toBe(kept.bytes.buffer);
  });

  it('refuses owners of a slot that nobody owns, and never lists it twice for them', () => {
    const pool = new SlotFramePool();
    const memory = pool.acquire(1);
    memory.release();
    for (const misuse of [() => memory.retain(), () => memory.release(), () => memory.release()]) {
      expect(misuse).toThrow(RangeError);
    }
    expect(pool.inUse).toBe(0);
    expect(pool.acquire(1).bytes.buffer).not.toBe(pool.acquire(1).bytes.buffer);
  });

  it.each([-1, 0.5, Number.NaN, Infinity])('refuses %s bytes and is none the worse for it', (byteLength) => {
    const pool = new SlotFramePool();
    expect(() => pool.acquire(byteLength)).toThrow(RangeError);
    expect([pool.heldBytes, pool.inUse]).toEqual([0, 0]);
  });

  it('counts no memory that the machine did not give', () => {
    const pool = new SlotFramePool(Number.MAX_SAFE_INTEGER);
    expect(() => pool.acquire(2 ** 52)).toThrow(RangeError);
    expect([pool.heldBytes, pool.inUse]).toEqual([0, 0]);
  });

  it('never gives one slot to two, keeps within its limit and has nothing in use once all are released', () => {
    const step = fc.oneof(fc.record({ take: fc.integer({ min: 1, max: 9000 }) }), fc.record({ giveBack: fc.nat(20) }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const limit = 64 * 1024;
        const pool = new SlotFramePool(limit);
        const taken: FrameMemory[] = [];
        for (const next of steps) {
          if ('giveBack' in next) taken.splice(next.giveBack % Math.max(1, taken.length), 1)[0]?.release();
          else {
            try {
              taken.push(pool.acquire(next.take));
            } catch (error) {
              expect(error).toBeInstanceOf(FramePoolExhaustedError);
            }
          }
          expect(new Set(taken.map(({ bytes }) => bytes.buffer)).size).toBe(taken.length);
          expect(pool.inUse).toBe(taken.length);
          expect(pool.heldBytes).toBeLessThanOrEqual(limit);
        }
        for (const memory of taken) memory.release();
        expect(pool.inUse).toBe(0);
        pool.trim();
        expect(pool.heldBytes).toBe(0);
      }),
    );
  });
});

describe('ArenaFramePool', () => {
  function aPool(limitBytes: number): { pool: ArenaFramePool; arena: SharedArena } {
    const arena = SharedArena.create(limitBytes);
    if (arena === undefined) throw new Error('There is no shared memory here.');
    return { arena, pool: new ArenaFramePool(arena, limitBytes) };
  }

  it('gives exactly the bytes asked for, side by side in the arena, aligned for any kernel', () => {
    const { pool, arena } = aPool(8 * 1024 ** 2);
    for (const byteLength of [0, 1, 4095, 4096, 4097, 640 * 480 * 4]) {
      const { bytes } = pool.acquire(byteLength);
      expect([bytes.length, arena.offsetOf(bytes), bytes.byteOffset % 4096]).toEqual([byteLength, bytes.byteOffset, 0]);
      expect(bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
    expect([pool.inUse, pool.heldBytes]).toEqual([6, 2 * 1024 ** 2]);
  });

  it('uses bytes again once their last owner has gone, for frames of any size', () => {
    const { pool } = aPool(1024 ** 2);
    const large = pool.acquire(1024 ** 2);
    const { byteOffset } = large.bytes;
    large.retain();
    large.release();
    expect(() => pool.acquire(1)).toThrow(FramePoolExhaustedError);
    large.release();
    const halves = [pool.acquire(512 * 1024), pool.acquire(512 * 1024)];
    expect(halves.map(({ bytes }) => bytes.byteOffset)).toEqual([byteOffset, byteOffset + 512 * 1024]);
    for (const half of halves) half.release();
    expect(pool.acquire(1024 ** 2).bytes.byteOffset).toBe(byteOffset);
  });

  it('names its figures when it refuses', () => {
    const { pool } = aPool(1024 ** 2);
    pool.acquire(600_000);
    expect(() => pool.acquire(600_000)).toThrow(
      expect.objectContaining({
        code: 'CORE_FRAME_POOL_EXHAUSTED',
        data: { inUse: 1, heldBytes: 1024 ** 2, limitBytes: 1024 ** 2, askedBytes: 600_000 },
      }),
    );
  });

  it("refuses owners of bytes that nobody owns, also once they are another frame's", () => {
    const { pool } = aPool(1024 ** 2);
    const old = pool.acquire(100);
    old.release();
    const young = pool.acquire(100);
    expect(young.bytes.byteOffset).toBe(old.bytes.byteOffset);
    for (const misuse of [() => old.retain(), () => old.release()]) expect(misuse).toThrow(RangeError);
    expect(pool.inUse).toBe(1);
    young.release();
    expect(pool.inUse).toBe(0);
  });

  it.each([-1, 0.5, Number.NaN, Infinity])('refuses %s bytes and is none the worse for it', (byteLength) => {
    const { pool } = aPool(1024 ** 2);
    expect(() => pool.acquire(byteLength)).toThrow(RangeError);
    expect([pool.heldBytes, pool.inUse]).toEqual([0, 0]);
  });

  it('keeps what was written to a frame while others come, go and make the arena grow', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 700_000 }), drop: fc.nat(9) })), (steps) => {
        const { pool } = aPool(6 * 1024 ** 2);
        const live: { memory: FrameMemory; mark: number }[] = [];
        for (const [index, { bytes, drop }] of steps.entries()) {
          try {
            const memory = pool.acquire(bytes);
            memory.bytes.fill(index % 251);
            live.push({ memory, mark: index % 251 });
          } catch (error) {
            expect(error).toBeInstanceOf(FramePoolExhaustedError);
          }
          for (const { memory, mark } of live) {
            const { bytes: kept } = memory;
            expect([kept[0], kept[kept.length >> 1], kept.at(-1)]).toEqual([mark, mark, mark]);
          }
          if (drop < live.length) live.splice(drop, 1)[0]?.memory.release();
        }
        expect(pool.inUse).toBe(live.length);
      }),
      { numRuns: 30 },
    );
  });
});
