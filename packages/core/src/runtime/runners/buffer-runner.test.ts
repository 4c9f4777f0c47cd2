import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualConsumer } from '../../../test/support/manual-consumer.js';
import { aFramePacket } from '../../../test/support/packets.js';
import type { NodeMetrics, Packet, PacketBuffer } from '../../kinds/index.js';
import { closePacket } from '../../kinds/index.js';
import {
  FifoBuffer,
  FifoBufferConfig,
  LatestBuffer,
  LatestBufferConfig,
  RingBuffer,
  RingBufferConfig,
  WindowBuffer,
  WindowBufferConfig,
} from '../../nodes/index.js';
import { FrameLedger, VirtualClock, skipPacketOf } from '../../testing/index.js';
import { NodeFigures } from '../figures/node-figures.js';
import { Outlet } from '../wires/outlet.js';
import { BufferRunner } from './buffer-runner.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

interface BufferUnderTest {
  readonly runner: BufferRunner;
  readonly figures: NodeFigures;
  readonly clock: VirtualClock;
  /** Before the buffer. */
  readonly source: Outlet;
  /** Behind it. */
  readonly out: ManualConsumer;
  readonly failures: unknown[];
  /** Offers frames of these timestamps one after the other, as far as they are taken; answers how many were. */
  feed(...timestampsMs: number[]): number;
}

function run(make: (metrics: NodeMetrics) => PacketBuffer): BufferUnderTest {
  const clock = new VirtualClock();
  const figures = new NodeFigures('buffer', 'test.buffer', false, clock);
  const failures: unknown[] = [];
  const runner = new BufferRunner({
    name: 'buffer',
    buffer: make(figures),
    inputPort: 'in',
    outputPort: 'out',
    figures,
    clock,
    events: {
      packetFailed: (_node, error) => void failures.push(error),
      nodeFailed: (_node, error) => void failures.push(error),
    },
  });
  const out = new ManualConsumer();
  runner.outputs.get('out')?.connect(out);
  const source = new Outlet();
  source.connect(runner);
  return {
    runner,
    figures,
    clock,
    source,
    out,
    failures,
    feed(...timestampsMs) {
      let taken = 0;
      for (const timestampMs of timestampsMs) {
        if (source.holds || !source.offer(aFramePacket(ledger, timestampMs))) break;
        taken += 1;
      }
      return taken;
    },
  };
}

const latest =
  (config: Partial<LatestBufferConfig> = {}) =>
  (metrics: NodeMetrics) =>
    new LatestBuffer(LatestBufferConfig.parse(config), metrics);
const fifo =
  (config: Partial<FifoBufferConfig> = {}) =>
  (metrics: NodeMetrics) =>
    new FifoBuffer(FifoBufferConfig.parse(config), metrics);
const ring =
  (config: Partial<RingBufferConfig> = {}) =>
  () =>
    new RingBuffer(RingBufferConfig.parse(config));
const windows =
  (config: Partial<WindowBufferConfig> = {}) =>
  (metrics: NodeMetrics) =>
    new WindowBuffer(
      WindowBufferConfig.parse(config),
      metrics,
      { name: 'window' },
      { inputs: {}, outputs: {} },
    ) as PacketBuffer;

describe('BufferRunner', () => {
  describe.each([
    ['latest', latest()],
    ['latest (fresh)', latest({ admit: 'fresh' })],
    ['fifo', fifo()],
    ['fifo (drop-oldest)', fifo({ whenFull: 'drop-oldest' })],
    ['ring', ring()],
  ] as const)('with %s', (_name, make) => {
    it('passes packets straight through to a consumer that is ready', async () => {
      const { runner, out, feed, figures } = run(make);
      out.allow(3);
      expect(feed(1, 2, 3)).toBe(3);
      expect(out.values).toEqual([1, 2, 3]);
      expect(figures.snapshot()).toMatchObject({ in: 3, out: 3, dropped: {} });
      await runner.close();
    });

    it('passes skips on in their place', async () => {
      const { runner, out, feed, source, figures } = run(make);
      out.allow(3);
      feed(1);
      source.offer(skipPacketOf(2));
      feed(3);
      expect(out.values).toEqual([1, 'skip', 3]);
      expect(figures).toMatchObject({ in: 2, out: 2, skipped: 1 });
      await runner.close();
    });

    it('ends at once when it is empty', async () => {
      const { runner, out, source, figures } = run(make);
      source.end();
      await runner.ended;
      expect([out.ends, figures.state]).toEqual([1, 'ended']);
    });

    it('closes all it holds when it is halted, and takes nothing more', async () => {
      const { runner, out, source, feed } = run(make);
      feed(1, 2);
      runner.halt();
      await runner.ended;
      expect(runner.ready).toBe(false);
      out.allow(9);
      source.discard();
      await runner.close();
      expect(ledger.open).toBe(0);
    });
  });

  it('latest: hands over the newest once its consumer is ready, and ends behind it', async () => {
    const { runner, out, source, feed, figures } = run(latest());
    expect(feed(1, 2, 3)).toBe(3);
    source.end();
    expect(out.ends).toBe(0);
    out.allow();
    await runner.ended;
    expect([out.values, out.ends]).toEqual([[3], 1]);
    expect(figures.snapshot().dropped).toEqual({ replaced: 2 });
  });

  it('latest (fresh): lets go what came while the consumer was busy, and tells joins how far it is', () => {
    const { out, feed, figures } = run(latest({ admit: 'fresh' }));
    feed(1, 2);
    out.allow(2);
    expect(out.values).toEqual(['skip']);
    feed(3);
    expect([out.values, out.timestampsMs]).toEqual([
      ['skip', 3],
      [2, 3],
    ]);
    expect(figures.snapshot().dropped).toEqual({ busy: 2 });
  });

  it('fifo: holds its producer up when it is full, and lets it go on with the first place', () => {
    const { runner, out, source, feed } = run(fifo({ capacity: 2 }));
    expect(feed(1, 2, 3)).toBe(2);
    expect([runner.ready, source.holds]).toEqual([false, true]);
    out.allow();
    expect([out.values, runner.ready, source.holds]).toEqual([[1], false, false]);
    out.allow(5);
    expect(out.values).toEqual([1, 2, 3]);
  });

  it('fifo: everything that waits leaves before the end', async () => {
    const { runner, out, source, feed } = run(fifo());
    feed(1, 2, 3);
    source.end();
    out.allow(2);
    expect(out.ends).toBe(0);
    out.allow();
    await runner.ended;
    expect([out.values, out.ends]).toEqual([[1, 2, 3], 1]);
  });

  it('fifo: lets go what is past its deadline when its turn comes, and still ends', async () => {
    const { runner, out, source, feed, clock, figures } = run(fifo({ deadlineMs: 5 }));
    feed(1, 2, 30);
    source.end();
    await clock.advance(20);
    out.allow(9);
    await runner.ended;
    expect(out.values.filter((value) => value !== 'skip')).toEqual([30]);
    expect([figures.snapshot().dropped, out.ends]).toEqual([{ 'too-old': 2 }, 1]);
  });

  it('ring: holds its producer up like a wire, and keeps frames for looking back until it is closed', async () => {
    const { runner, out, source, feed } = run(ring({ capacity: 2 }));
    out.allow(3);
    expect(feed(1, 2, 3, 4, 5)).toBe(4);
    expect([out.values, source.holds]).toEqual([[1, 2, 3], true]);
    out.allow(9);
    expect([out.values, ledger.open]).toEqual([[1, 2, 3, 4, 5], 2]);
    await runner.close();
    expect(ledger.open).toBe(0);
  });

  it('window: never holds its producer up and hands over snapshots', async () => {
    const { runner, out, source, feed, figures } = run(windows({ count: 3, strideCount: 2 }));
    const lengths: number[] = [];
    out.onAccept = (packet: Packet) => {
      if (!packet.skip) lengths.push((packet.value as { packets: readonly unknown[] }).packets.length);
    };
    out.allow(99);
    expect(feed(1, 2, 3, 4, 5, 6, 7)).toBe(7);
    source.end();
    await runner.ended;
    expect(lengths).toEqual([3, 3, 3]);
    expect(out.timestampsMs).toEqual(out.timestampsMs.toSorted((a, b) => a - b));
    expect(figures.out).toBe(3);
    await runner.close();
  });

  it.each([
    ['fifo (drop-newest)', fifo({ capacity: 1, whenFull: 'drop-newest' })],
    ['fifo (drop-oldest)', fifo({ capacity: 1, whenFull: 'drop-oldest' })],
    ['latest', latest()],
    ['latest (fresh)', latest({ admit: 'fresh' })],
    ['window', windows({ count: 4, strideCount: 3 })],
  ] as const)('%s: the newest timestamp reaches joins, whatever was let go', async (_name, make) => {
    const { runner, out, feed } = run(make);
    feed(1, 2, 3, 4);
    out.allow(99);
    expect(out.timestampsMs.at(-1)).toBe(4);
    await runner.close();
  });

  /** A plugin's buffer whose author did not think of joins: it drops every second packet without a word. */
  class ForgetfulBuffer implements PacketBuffer {
    readonly accepting = true;
    #kept: Packet | undefined;
    get size(): number {
      return this.#kept === undefined ? 0 : 1;
    }
    push(packet: Packet): void {
      if (packet.timestampMs % 2 === 0) closePacket(packet);
      else {
        this.clear();
        this.#kept = packet;
      }
    }
    take(): Packet | undefined {
      const kept = this.#kept;
      this.#kept = undefined;
      return kept;
    }
    clear(): void {
      if (this.#kept !== undefined) closePacket(this.#kept);
      this.#kept = undefined;
    }
  }

  it('tells joins of timestamps that a buffer has let go without a word', () => {
    const { out, feed, source } = run(() => new ForgetfulBuffer());
    feed(1, 2);
    out.allow();
    expect([out.values, out.timestampsMs]).toEqual([[1], [1]]);
    out.allow();
    expect([out.values, out.timestampsMs]).toEqual([
      [1, 'skip'],
      [1, 2],
    ]);
    out.allow(9);
    feed(3, 4);
    source.end();
    expect([out.values, out.timestampsMs, out.ends]).toEqual([[1, 'skip', 3, 'skip'], [1, 2, 3, 4], 1]);
  });

  it.each(['push', 'take', 'accepting', 'end'] as const)(
    'ends its stream and tells its run when the %s of a buffer throws',
    async (member) => {
      class BrokenBuffer extends ForgetfulBuffer {
        end(): void {}
      }
      Object.defineProperty(BrokenBuffer.prototype, member, {
        get: () => {
          throw new Error('broken buffer');
        },
      });
      const { runner, out, source, feed, failures, figures } = run(() => {
        const buffer = new BrokenBuffer();
        if (member === 'accepting') Reflect.deleteProperty(buffer, member);
        return buffer;
      });
      out.allow(9);
      feed(1, 3);
      if (!source.holds) source.end();
      await runner.ended;
      expect(failures).toMatchObject([{ message: 'broken buffer' }]);
      expect([out.ends, figures.state]).toEqual([1, 'failed']);
      source.discard();
      await runner.close().catch(() => {});
    },
  );
});
