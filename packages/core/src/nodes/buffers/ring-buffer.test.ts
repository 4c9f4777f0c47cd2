import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePacket } from '../../kinds/index.js';
import { FrameLedger, describeBufferContract, skipPacketOf, valuePacketOf } from '../../testing/index.js';
import { RingBuffer } from './ring-buffer.js';

describeBufferContract('core.buffer.ring', () => new RingBuffer({ capacity: 3 }));

describe('core.buffer.ring', () => {
  it('[BUF30] passes each packet on and makes the producer wait while one has not been taken', () => {
    const ring = new RingBuffer({ capacity: 2 });
    for (const packet of [valuePacketOf('a', 0), skipPacketOf(10), valuePacketOf('b', 20)]) {
      expect(ring.accepting).toBe(true);
      ring.push(packet);
      expect([ring.accepting, ring.size]).toEqual([false, 1]);
      expect(ring.take()).toBe(packet);
    }
  });

  it('[BUF31] has no index before the first value, and skips have none', () => {
    const ring = new RingBuffer({ capacity: 2 });
    ring.push(skipPacketOf(0));
    expect([ring.oldestIndex, ring.latestIndex, ring.get(0), ring.get(-1)]).toEqual([0, -1, undefined, undefined]);
  });

  it('[BUF32] keeps a frame open for looking back after its consumer has closed it, until it leaves the ring', () => {
    const ledger = new FrameLedger();
    const ring = new RingBuffer({ capacity: 1 });
    for (const timestampMs of [0, 33]) {
      ring.push(valuePacketOf(ledger.frame({ timestampMs }), timestampMs));
      const passed = ring.take();
      if (passed !== undefined) closePacket(passed);
      expect(ledger.open).toBe(1);
      expect(ring.get(ring.latestIndex)?.value).toMatchObject({ timestampMs, closed: false });
    }
    ring.clear();
    expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
  });

  it('[BUF31] answers every index as a list of all values would', () => {
    const step = fc.constantFrom('value', 'value', 'skip');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
        const ring = new RingBuffer({ capacity });
        const all: number[] = [];
        for (const [timestampMs, action] of steps.entries()) {
          if (action === 'value') all.push(timestampMs);
          ring.push(action === 'value' ? valuePacketOf(timestampMs, timestampMs) : skipPacketOf(timestampMs));
          ring.take();
          expect(ring.latestIndex).toBe(all.length - 1);
          expect(ring.oldestIndex).toBe(Math.max(0, all.length - capacity));
          for (let index = -2; index < all.length + 2; index += 1) {
            expect(ring.get(index)?.value).toBe(index >= all.length - capacity ? all[index] : undefined);
          }
        }
      }),
    );
  });
});
