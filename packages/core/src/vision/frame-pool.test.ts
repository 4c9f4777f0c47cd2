import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameMemory } from './frame.js';
import { FramePoolExhaustedError, SlotFramePool } from './frame-pool.js';

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

  it('tells of a release without an owner', () => {
    const memory = new SlotFramePool().acquire(1);
    memory.release();
    expect(() => memory.release()).toThrow(RangeError);
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
