import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePacket } from '../../kinds/index.js';
import type { Packet } from '../../kinds/index.js';
import {
  CountingMetrics,
  FrameLedger,
  describeBufferContract,
  skipPacketOf,
  valuePacketOf,
} from '../../testing/index.js';
import { LatestBuffer } from './latest-buffer.js';

const busy = (nowMs = 0) => ({ nowMs, consumerReady: false });
const ready = (nowMs = 0) => ({ nowMs, consumerReady: true });

describeBufferContract('core.buffer.latest, newest', (metrics) => new LatestBuffer({ admit: 'newest' }, metrics));
describeBufferContract('core.buffer.latest, fresh', (metrics) => new LatestBuffer({ admit: 'fresh' }, metrics));

describe('core.buffer.latest', () => {
  it('[BUF10] closes and counts the waiting frame when a newer one comes', () => {
    const metrics = new CountingMetrics();
    const ledger = new FrameLedger();
    const buffer = new LatestBuffer({ admit: 'newest' }, metrics);
    const [first, second] = [ledger.frame(), ledger.frame()];
    buffer.push(valuePacketOf(first, 0), busy());
    buffer.push(valuePacketOf(second, 33), busy());
    expect([first.closed, second.closed, buffer.accepting, buffer.size]).toEqual([true, false, true, 1]);
    expect(metrics.dropped).toEqual({ replaced: 1 });
    expect(buffer.take()?.value).toBe(second);
  });

  it('[BUF12] fresh drops what comes while the consumer is busy, and takes over a live change', () => {
    const metrics = new CountingMetrics();
    const buffer = new LatestBuffer({ admit: 'fresh' }, metrics);
    buffer.push(valuePacketOf('while busy', 0), busy());
    expect(metrics.dropped).toEqual({ busy: 1 });
    buffer.push(valuePacketOf('while ready', 33), ready());
    expect(buffer.take()?.value).toBe('while ready');
    expect(buffer.reconfigure({ admit: 'newest' })).toBe(true);
    buffer.push(valuePacketOf('waits now', 66), busy());
    expect(buffer.take()?.value).toBe('waits now');
  });

  it('[BUF5] a dropped newest frame goes on as a skip with its own timestamp and trace', () => {
    const buffer = new LatestBuffer({ admit: 'fresh' }, new CountingMetrics());
    const packet = valuePacketOf('dropped', 33);
    buffer.push(packet, busy());
    expect(buffer.take()).toEqual({ timestampMs: 33, trace: packet.trace, skip: true, value: undefined });
    expect(buffer.take()).toBeUndefined();
  });

  it('[BUF6] a skip waits behind the value, a newer skip replaces it, a newer value replaces both', () => {
    const metrics = new CountingMetrics();
    const buffer = new LatestBuffer({ admit: 'newest' }, metrics);
    buffer.push(valuePacketOf('a', 0), busy());
    buffer.push(skipPacketOf(10), busy());
    buffer.push(skipPacketOf(20), busy());
    expect([buffer.take()?.value, buffer.take()?.timestampMs, buffer.take()]).toEqual(['a', 20, undefined]);
    buffer.push(skipPacketOf(30), busy());
    buffer.push(valuePacketOf('b', 40), busy());
    expect([buffer.take()?.value, buffer.take()]).toEqual(['b', undefined]);
    expect(metrics.droppedTotal).toBe(0);
  });

  it('[BUF10] [BUF11] [BUF12] answers as a naive model does, for any sequence', () => {
    const step = fc.record({ action: fc.constantFrom('value', 'skip', 'take'), consumerReady: fc.boolean() });
    fc.assert(
      fc.property(fc.constantFrom('newest', 'fresh'), fc.array(step, { maxLength: 60 }), (admit, steps) => {
        const metrics = new CountingMetrics();
        const buffer = new LatestBuffer({ admit }, metrics);
        let model: Packet[] = []; // what is to come out, in order
        const dropped = { replaced: 0, busy: 0 };
        for (const [nowMs, { action, consumerReady }] of steps.entries()) {
          if (action === 'take') expect(buffer.take()).toEqual(model.shift());
          else if (action === 'skip' || (admit === 'fresh' && !consumerReady)) {
            const packet = action === 'skip' ? skipPacketOf(nowMs) : valuePacketOf(nowMs, nowMs);
            if (action === 'value') dropped.busy += 1;
            model = [...model.filter(({ skip }) => !skip), skipPacketOf(nowMs)];
            buffer.push(packet, { nowMs, consumerReady });
          } else {
            dropped.replaced += model.filter(({ skip }) => !skip).length;
            model = [valuePacketOf(nowMs, nowMs)];
            buffer.push(valuePacketOf(nowMs, nowMs), { nowMs, consumerReady });
          }
          expect(buffer.size).toBe(model.length);
          expect({ replaced: 0, busy: 0, ...metrics.dropped }).toEqual(dropped);
        }
        for (const packet of model) closePacket(packet);
      }),
    );
  });
});
