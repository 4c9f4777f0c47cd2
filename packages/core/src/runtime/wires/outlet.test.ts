import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualConsumer } from '../../../test/support/manual-consumer.js';
import { aFramePacket } from '../../../test/support/packets.js';
import type { OwnedValue } from '../../kinds/index.js';
import { FrameLedger, valuePacketOf } from '../../testing/index.js';
import { Outlet } from './outlet.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

function outletTo(...consumers: ManualConsumer[]): Outlet {
  const outlet = new Outlet();
  for (const consumer of consumers) outlet.connect(consumer);
  return outlet;
}

describe('Outlet', () => {
  it('hands a packet over at once when its consumer is ready', () => {
    const consumer = new ManualConsumer(1);
    const outlet = outletTo(consumer);
    expect(outlet.ready).toBe(true);
    expect(outlet.offer(aFramePacket(ledger, 1))).toBe(true);
    expect([consumer.values, outlet.holds, outlet.ready]).toEqual([[1], false, false]);
  });

  it('keeps a packet until its consumer is ready, then says that it has gone', () => {
    const consumer = new ManualConsumer();
    const outlet = outletTo(consumer);
    let handedOver = 0;
    outlet.onHandedOver = () => (handedOver += 1);
    expect(outlet.offer(aFramePacket(ledger, 1))).toBe(false);
    expect([outlet.holds, handedOver, ledger.open]).toEqual([true, 0, 1]);
    consumer.allow();
    expect([consumer.values, outlet.holds, handedOver]).toEqual([[1], false, 1]);
  });

  it('refuses a second packet while one waits', () => {
    const outlet = outletTo(new ManualConsumer());
    outlet.offer(aFramePacket(ledger, 1));
    expect(() => outlet.offer(valuePacketOf('too early', 2))).toThrow('while another one waits');
    outlet.discard();
  });

  it('hands over only when all consumers are ready, in the same turn', () => {
    const [first, second, third] = [new ManualConsumer(1), new ManualConsumer(), new ManualConsumer()];
    const outlet = outletTo(first, second, third);
    outlet.offer(aFramePacket(ledger, 1));
    second.allow();
    expect([first.values, second.values, third.values]).toEqual([[], [], []]);
    third.allow();
    expect([first.values, second.values, third.values]).toEqual([[1], [1], [1]]);
  });

  it('clones for all consumers but the last', () => {
    const consumers = [new ManualConsumer(1), new ManualConsumer(1), new ManualConsumer(1)];
    const seen: unknown[] = [];
    for (const consumer of consumers) consumer.onAccept = (packet) => seen.push(packet.value);
    const packet = aFramePacket(ledger, 1);
    outletTo(...consumers).offer(packet);
    expect(seen[2]).toBe(packet.value);
    expect(new Set(seen).size).toBe(3);
    expect(ledger.made).toBe(1); // the bytes are shared
  });

  it('shares values without owners instead of cloning them', () => {
    const value = { angle: 1 };
    const seen: unknown[] = [];
    const consumers = [new ManualConsumer(1), new ManualConsumer(1)];
    for (const consumer of consumers) consumer.onAccept = (packet) => seen.push(packet.value);
    outletTo(...consumers).offer(valuePacketOf(value, 1));
    expect(seen[0]).toBe(value);
    expect(seen[1]).toBe(value);
  });

  it('puts a newer packet in the place of the waiting one', () => {
    const consumer = new ManualConsumer();
    const outlet = outletTo(consumer);
    const old = aFramePacket(ledger, 1);
    outlet.offer(old);
    expect(outlet.replace(aFramePacket(ledger, 2))).toBe(old);
    old.value.close();
    consumer.allow(2);
    expect(consumer.values).toEqual([2]);
  });

  it('closes what waits when it is discarded, and hands nothing over later', () => {
    const consumer = new ManualConsumer();
    const outlet = outletTo(consumer);
    outlet.offer(aFramePacket(ledger, 1));
    outlet.discard();
    expect([ledger.open, outlet.holds]).toEqual([0, false]);
    consumer.allow();
    expect(consumer.values).toEqual([]);
  });

  it('ends at once where nothing waits, and only once', () => {
    const consumer = new ManualConsumer();
    const outlet = outletTo(consumer);
    outlet.end();
    outlet.end();
    consumer.allow();
    expect(consumer.ends).toBe(1);
  });

  it('ends after the packet that waits', () => {
    const consumer = new ManualConsumer();
    const outlet = outletTo(consumer);
    outlet.offer(aFramePacket(ledger, 1));
    outlet.end();
    expect(consumer.ends).toBe(0);
    consumer.allow();
    expect([consumer.values, consumer.ends]).toEqual([[1], 1]);
  });

  it('ends at once where the packet that its end waited for is discarded', () => {
    const consumer = new ManualConsumer();
    const outlet = outletTo(consumer);
    outlet.offer(aFramePacket(ledger, 1));
    outlet.end();
    outlet.discard();
    expect([consumer.values, consumer.ends]).toEqual([[], 1]);
  });

  it('closes packets that no wire takes away', () => {
    const outlet = new Outlet();
    expect(outlet.ready).toBe(true);
    expect(outlet.offer(aFramePacket(ledger, 1))).toBe(true);
    expect(ledger.open).toBe(0);
    outlet.end();
  });

  it('tells an idle producer that all consumers are ready', () => {
    const [first, second] = [new ManualConsumer(), new ManualConsumer()];
    const outlet = outletTo(first, second);
    let idle = 0;
    outlet.onIdle = () => (idle += 1);
    first.allow();
    expect(idle).toBe(0);
    second.allow();
    expect(idle).toBe(1);
  });

  it('hands over to every consumer before it listens to one that is ready again', () => {
    const [first, second] = [new ManualConsumer(1), new ManualConsumer(2)];
    const outlet = outletTo(first, second);
    const order: string[] = [];
    // The first consumer is done while it is still being handed the packet, as a synchronous node is.
    first.onAccept = () => {
      order.push('first');
      first.allow();
    };
    second.onAccept = () => order.push('second');
    outlet.onIdle = () => order.push(outlet.holds ? 'idle with a packet' : 'idle');
    outlet.offer(aFramePacket(ledger, 1));
    expect(order).toEqual(['first', 'second']);
    expect(outlet.ready).toBe(true);
  });

  it('hands on as a skip what cannot be cloned, instead of stopping the stream', () => {
    const broken: OwnedValue = {
      clone: () => {
        throw new Error('gone');
      },
      close: () => {},
    };
    const [first, second] = [new ManualConsumer(1), new ManualConsumer(1)];
    const outlet = outletTo(first, second);
    const faults: unknown[] = [];
    outlet.onFault = (error) => faults.push(error);
    outlet.offer(valuePacketOf(broken, 1));
    expect([first.values, second.values]).toEqual([['skip'], ['skip']]);
    expect(faults).toHaveLength(1);
  });

  describe('whose consumers change', () => {
    it('keeps what comes while it is held for the consumers that it has then', () => {
      const [leaving, coming] = [new ManualConsumer(1), new ManualConsumer(1)];
      const outlet = outletTo(leaving);
      outlet.hold();
      expect([outlet.ready, outlet.offer(aFramePacket(ledger, 1))]).toEqual([false, false]);
      outlet.disconnect(leaving);
      outlet.connect(coming);
      expect(coming.values).toEqual([]);
      outlet.release();
      expect([leaving.values, coming.values, outlet.held]).toEqual([[], [1], false]);
    });

    it('does not wait for a consumer that has left, and lets go what nobody takes any more', () => {
      const [slow, fast] = [new ManualConsumer(), new ManualConsumer(2)];
      const outlet = outletTo(slow, fast);
      outlet.offer(aFramePacket(ledger, 1));
      for (const [leaving, sequence] of [[slow, 1] as const, [fast, 2] as const]) {
        outlet.hold();
        if (sequence === 2) outlet.offer(aFramePacket(ledger, 2));
        outlet.disconnect(leaving);
        outlet.release();
      }
      slow.allow(); // is heard by nobody
      expect([slow.values, fast.values, ledger.open]).toEqual([[], [1], 0]);
    });

    it('tells its end after it was held, and to those that come later at once', () => {
      const [first, late] = [new ManualConsumer(), new ManualConsumer()];
      const outlet = outletTo(first);
      outlet.hold();
      outlet.end();
      expect(first.ends).toBe(0);
      outlet.release();
      outlet.connect(late);
      expect([first.ends, late.ends]).toEqual([1, 1]);
    });
  });
});
