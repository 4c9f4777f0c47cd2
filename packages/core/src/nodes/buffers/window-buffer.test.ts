import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePacket } from '../../kinds/index.js';
import type { Packet, PacketWindow } from '../../kinds/index.js';
import {
  CountingMetrics,
  FrameLedger,
  describeBufferContract,
  skipPacketOf,
  valuePacketOf,
} from '../../testing/index.js';
import { WindowBuffer, WindowBufferConfig } from './window-buffer.js';

function windowOf(config: Partial<WindowBufferConfig>, metrics = new CountingMetrics()): WindowBuffer {
  return new WindowBuffer(WindowBufferConfig.parse(config), metrics, { name: 'window' }, { inputs: {}, outputs: {} });
}

/** Timestamps inside a snapshot. */
function seen(packet: Packet<PacketWindow> | undefined): number[] | undefined {
  return packet?.value?.packets.map(({ timestampMs }) => timestampMs);
}

/** Pushes a value at each timestamp and takes what comes out at once. */
function run(buffer: WindowBuffer, timestamps: readonly number[]): (number[] | undefined)[] {
  return timestamps.map((timestampMs) => {
    buffer.push(valuePacketOf(timestampMs, timestampMs));
    return seen(buffer.take());
  });
}

describeBufferContract(
  'core.buffer.window, by count',
  (metrics) => windowOf({ count: 4, strideCount: 3, whole: false }, metrics as CountingMetrics),
  {
    passesValues: false,
  },
);
describeBufferContract(
  'core.buffer.window, by time',
  (metrics) => windowOf({ spanMs: 35, strideMs: 20 }, metrics as CountingMetrics),
  {
    passesValues: false,
  },
);

describe('core.buffer.window', () => {
  it('[BUF41] [BUF42] [BUF43] emits the last packets each stride, once the window was filled', () => {
    expect(run(windowOf({ count: 3, strideCount: 2 }), [0, 10, 20, 30, 40, 50])).toEqual([
      undefined,
      undefined,
      [0, 10, 20],
      undefined,
      [20, 30, 40],
      undefined,
    ]);
  });

  it('[BUF43] emits from the first packet on where part of a window will do', () => {
    expect(run(windowOf({ count: 3, whole: false }), [0, 10, 20, 30])).toEqual([
      [0],
      [0, 10],
      [0, 10, 20],
      [10, 20, 30],
    ]);
  });

  it('[BUF41] [BUF42] goes by stream time where a span and a stride in ms are given', () => {
    expect(run(windowOf({ spanMs: 100, strideMs: 100, whole: false }), [0, 40, 80, 100, 140, 199, 200, 500])).toEqual([
      [0],
      undefined,
      undefined,
      [0, 40, 80, 100],
      undefined,
      undefined,
      [100, 140, 199, 200],
      [500],
    ]);
  });

  it('[BUF40] replaces a snapshot that nobody has taken, and never holds up its producer', () => {
    const metrics = new CountingMetrics();
    const buffer = windowOf({ count: 2, whole: false }, metrics);
    for (const timestampMs of [0, 10, 20]) {
      expect(buffer.accepting).toBe(true);
      buffer.push(valuePacketOf(timestampMs, timestampMs));
    }
    expect([seen(buffer.take()), buffer.take(), metrics.dropped]).toEqual([[10, 20], undefined, { replaced: 2 }]);
  });

  it('[BUF6] a skip never takes the place of a snapshot', () => {
    const buffer = windowOf({ count: 2, whole: false });
    buffer.push(skipPacketOf(0));
    expect(buffer.take()).toEqual(skipPacketOf(0));
    buffer.push(valuePacketOf('a', 10));
    buffer.push(skipPacketOf(20));
    expect([seen(buffer.take()), buffer.take()]).toEqual([[10], undefined]);
  });

  it('[BUF42] [BUF44] a snapshot has time and trace of its newest packet and owners of its own', () => {
    const ledger = new FrameLedger();
    const buffer = windowOf({ count: 2 });
    const packets = [0, 33].map((timestampMs) => valuePacketOf(ledger.frame({ timestampMs }), timestampMs));
    for (const packet of packets) buffer.push(packet);
    const snapshot = buffer.take() as Packet<PacketWindow>;
    expect(snapshot).toMatchObject({ timestampMs: 33, trace: packets[1]?.trace, value: { startMs: 0, endMs: 33 } });
    const second = snapshot.value?.clone();
    buffer.clear();
    expect(ledger.open).toBe(4);
    closePacket(snapshot);
    expect(second?.packets.map(({ value }) => (value as { closed: boolean }).closed)).toEqual([false, false]);
    second?.close();
    expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
  });

  it('[BUF41] [BUF42] holds what a naive filter of all packets would, for any times', () => {
    const config = fc.record({
      count: fc.integer({ min: 1, max: 6 }),
      spanMs: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
      strideCount: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(
        config,
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }),
        ({ count, spanMs, strideCount }, gaps) => {
          const buffer = windowOf({ count, strideCount, whole: false, ...(spanMs === undefined ? {} : { spanMs }) });
          const all: number[] = [];
          for (const [index, gap] of gaps.entries()) {
            const timestampMs = (all.at(-1) ?? 0) + gap;
            all.push(timestampMs);
            const expected = all.slice(-count).filter((earlier) => timestampMs - earlier <= (spanMs ?? Infinity));
            expect(run(buffer, [timestampMs])).toEqual([index % strideCount === 0 ? expected : undefined]);
          }
        },
      ),
    );
  });
});
