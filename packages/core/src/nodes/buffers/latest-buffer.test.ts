import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

  it('[BUF6] a skip waits where nothing waits, and gives way to a newer skip and to a value', () => {
    const metrics = new CountingMetrics();
    const buffer = new LatestBuffer({ admit: 'newest' }, metrics);
    buffer.push(skipPacketOf(0), busy());
    buffer.push(skipPacketOf(10), busy());
    expect([buffer.take(), buffer.take()]).toEqual([skipPacketOf(10), undefined]);
    buffer.push(skipPacketOf(20), busy());
    buffer.push(valuePacketOf('value', 30), busy());
    buffer.push(skipPacketOf(40), busy());
    expect([buffer.take()?.value, buffer.take(), metrics.droppedTotal]).toEqual(['value', undefined, 0]);
  });

  it('[BUF10] [BUF11] [BUF12] answers as a naive model does, for any sequence', () => {
    const step = fc.record({ action: fc.constantFrom('value', 'skip', 'take'), consumerReady: fc.boolean() });
    fc.assert(
      fc.property(fc.constantFrom('newest', 'fresh'), fc.array(step, { maxLength: 60 }), (admit, steps) => {
        const metrics = new CountingMetrics();
        const buffer = new LatestBuffer({ admit }, metrics);
        let model: Packet | undefined;
        const dropped = { replaced: 0, busy: 0 };
        for (const [nowMs, { action, consumerReady }] of steps.entries()) {
          if (action === 'take') {
            expect(buffer.take()).toEqual(model);
            model = undefined;
          } else if (action === 'skip') {
            buffer.push(skipPacketOf(nowMs), { nowMs, consumerReady });
            if (model?.skip !== false) model = skipPacketOf(nowMs);
          } else {
            buffer.push(valuePacketOf(nowMs, nowMs), { nowMs, consumerReady });
            if (admit === 'fresh' && !consumerReady) dropped.busy += 1;
            else {
              if (model?.skip === false) dropped.replaced += 1;
              model = valuePacketOf(nowMs, nowMs);
            }
          }
          expect(buffer.size).toBe(model === undefined ? 0 : 1);
          expect({ replaced: 0, busy: 0, ...metrics.dropped }).toEqual(dropped);
        }
      }),
    );
  });
});
