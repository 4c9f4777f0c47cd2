import { SlotFramePool } from '@kinegraph/core/plugin';
import { expect, it } from 'vitest';
import { CameraMemory } from './frame-memory.js';

it('takes memory of the pool, and a place of its own while the pool is full', () => {
  const pool = new SlotFramePool(1_000_000);
  const memory = new CameraMemory(pool);
  const held = memory.allocate(800_000);
  const spare = memory.allocate(800_000);
  expect([memory.isSpare(held), memory.isSpare(spare), spare.bytes.length]).toEqual([false, true, 800_000]);
  held.release();
  spare.release();
  const again = memory.allocate(800_000);
  expect([memory.isSpare(again), pool.inUse]).toEqual([false, 1]);
  again.release();
});

it('tells everything else', () => {
  expect(() => new CameraMemory(new SlotFramePool(1000)).allocate(-1)).toThrow(RangeError);
});
