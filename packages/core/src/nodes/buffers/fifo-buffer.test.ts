import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CountingMetrics, describeBufferContract, skipPacketOf, valuePacketOf } from '../../testing/index.js';
import { FifoBuffer, FifoBufferConfig } from './fifo-buffer.js';

const at = (nowMs: number) => ({ nowMs, consumerReady: false });

/** A buffer into which the given values were pushed 10 ms apart, a negative one as a skip. */
function filled(
  config: Partial<FifoBufferConfig>,
  values: readonly number[] = [],
): { buffer: FifoBuffer; metrics: CountingMetrics } {
  const metrics = new CountingMetrics();
  const buffer = new FifoBuffer(FifoBufferConfig.parse(config), metrics);
  for (const [index, value] of values.entries()) {
    const ms = index * 10;
    buffer.push(value < 0 ? skipPacketOf(ms) : valuePacketOf(value, ms), at(ms));
  }
  return { buffer, metrics };
}

/** Everything that waits: values, and `skip <timestamp>`. */
function drain(buffer: FifoBuffer, nowMs = 0): unknown[] {
  const taken: unknown[] = [];
  for (let packet = buffer.take(nowMs); packet !== undefined; packet = buffer.take(nowMs))
    taken.push(packet.skip ? `skip ${packet.timestampMs}` : packet.value);
  return taken;
}

for (const whenFull of ['block', 'drop-oldest', 'drop-newest'] as const) {
  for (const deadlineMs of [undefined, 25]) {
    const config = FifoBufferConfig.parse({ capacity: 3, whenFull, deadlineMs });
    describeBufferContract(
      `core.buffer.fifo, ${whenFull}, deadline ${deadlineMs}`,
      (metrics) => new FifoBuffer(config, metrics),
    );
  }
}

describe('core.buffer.fifo', () => {
  it('[BUF20] keeps packets in order, skips among them', () => {
    const { buffer } = filled({ capacity: 4 }, [1, -1, 2, 3]);
    expect(drain(buffer)).toEqual([1, 'skip 10', 2, 3]);
  });

  it('[BUF21] block stops accepting when full and drops nothing', () => {
    const { buffer, metrics } = filled({ capacity: 2 }, [1]);
    expect(buffer.accepting).toBe(true);
    buffer.push(valuePacketOf(2, 10), at(10));
    expect(buffer.accepting).toBe(false);
    buffer.take(10);
    expect([buffer.accepting, metrics.droppedTotal]).toEqual([true, 0]);
  });

  it('[BUF22] drop-oldest keeps the newest, drop-newest the oldest', () => {
    const oldest = filled({ capacity: 2, whenFull: 'drop-oldest' }, [1, 2, 3, 4]);
    expect([drain(oldest.buffer), oldest.metrics.dropped]).toEqual([[3, 4], { overflow: 2 }]);
    const newest = filled({ capacity: 2, whenFull: 'drop-newest' }, [1, 2, 3, 4]);
    expect([drain(newest.buffer), newest.metrics.dropped]).toEqual([[1, 2], { overflow: 2 }]);
  });

  it('[BUF23] drops what is older than the deadline when its turn comes', () => {
    const { buffer, metrics } = filled({ deadlineMs: 50 }, [1, 2, 3]); // captured at 0, 10, 20
    expect(buffer.take(60)?.value).toBe(2); // 50 ms old: in time
    expect(drain(buffer, 100)).toEqual([]);
    expect(metrics.dropped).toEqual({ 'too-old': 2 });
  });

  it('[BUF23] a full buffer drops what is too old before it refuses anything', () => {
    const { buffer, metrics } = filled({ capacity: 2, whenFull: 'drop-newest', deadlineMs: 50 }, [1, 2]);
    buffer.push(valuePacketOf(3, 55), at(55));
    expect([drain(buffer, 55), metrics.dropped]).toEqual([[2, 3], { 'too-old': 1 }]);
  });

  it('[BUF24] gives up a waiting skip before any value', () => {
    for (const whenFull of ['drop-oldest', 'drop-newest'] as const) {
      const { buffer, metrics } = filled({ capacity: 2, whenFull }, [1, -1, 2]);
      expect([drain(buffer), metrics.droppedTotal]).toEqual([[1, 2], 0]);
    }
  });

  it('[BUF25] takes over a smaller capacity by its policy', () => {
    const shrunk = (whenFull: FifoBufferConfig['whenFull']): unknown[] => {
      const { buffer } = filled({ capacity: 4, whenFull }, [1, 2, -1, 3]);
      expect(buffer.reconfigure({ capacity: 2, whenFull })).toBe(true);
      expect(buffer.accepting).toBe(whenFull !== 'block');
      return drain(buffer);
    };
    expect([shrunk('drop-oldest'), shrunk('drop-newest'), shrunk('block')]).toEqual([
      [2, 3],
      [1, 2],
      [1, 2, 'skip 20', 3],
    ]);
  });

  it('[BUF20] [BUF22] [BUF23] hands over the values that a naive model does, for any sequence', () => {
    const step = fc.record({
      action: fc.constantFrom('value', 'value', 'take'),
      passedMs: fc.integer({ min: 1, max: 30 }),
    });
    const config = fc.record({
      capacity: fc.integer({ min: 1, max: 5 }),
      whenFull: fc.constantFrom('block' as const, 'drop-oldest' as const, 'drop-newest' as const),
      deadlineMs: fc.option(fc.integer({ min: 1, max: 80 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(config, fc.array(step, { maxLength: 60 }), ({ capacity, whenFull, deadlineMs = Infinity }, steps) => {
        const metrics = new CountingMetrics();
        const buffer = new FifoBuffer(
          FifoBufferConfig.parse({ capacity, whenFull, ...(deadlineMs === Infinity ? {} : { deadlineMs }) }),
          metrics,
        );
        let model: number[] = []; // capture times of what waits
        const dropped = { overflow: 0, 'too-old': 0 };
        let nowMs = 0;
        const expire = (): void => {
          const inTime = model.filter((capturedMs) => nowMs - capturedMs <= deadlineMs);
          dropped['too-old'] += model.length - inTime.length;
          model = inTime;
        };
        for (const { action, passedMs } of steps) {
          nowMs += passedMs;
          if (action === 'value') {
            expect(buffer.accepting).toBe(whenFull !== 'block' || model.length < capacity);
            if (!buffer.accepting) continue;
            buffer.push(valuePacketOf(nowMs, nowMs), at(nowMs));
            if (model.length >= capacity) expire();
            if (model.length >= capacity) {
              dropped.overflow += 1;
              if (whenFull === 'drop-oldest') model = [...model.slice(1), nowMs];
            } else model.push(nowMs);
          } else {
            const taken = buffer.take(nowMs);
            // The model's queue is in order of capture, so all that is too old stands before the first in time.
            expire();
            expect(taken?.skip === false ? taken.value : undefined).toBe(model.shift());
          }
          expect({ overflow: 0, 'too-old': 0, ...metrics.dropped }).toEqual(dropped);
        }
      }),
    );
  });
});
