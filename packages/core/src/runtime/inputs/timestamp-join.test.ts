import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualTarget } from '../../../test/support/manual-target.js';
import { aFramePacket } from '../../../test/support/packets.js';
import type { Packet } from '../../kinds/index.js';
import { FrameLedger, skipPacketOf, valuePacketOf } from '../../testing/index.js';
import { Outlet } from '../wires/outlet.js';
import { DROP_UNMATCHED, TimestampJoin } from './timestamp-join.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

/** A join of ports `a`, `b`, ... with an outlet before each. */
function joinOf(target: ManualTarget, portCount: number): { join: TimestampJoin; outlets: readonly Outlet[] } {
  const names = Array.from({ length: portCount }, (_, index) => String.fromCodePoint(97 + index));
  const join = new TimestampJoin(names, target);
  const outlets = names.map((name) => {
    const outlet = new Outlet();
    const consumer = join.consumers.get(name);
    if (consumer !== undefined) outlet.connect(consumer);
    return outlet;
  });
  return { join, outlets };
}

describe('TimestampJoin', () => {
  it('calls the node once all ports have a packet of one timestamp', () => {
    const target = new ManualTarget();
    const {
      outlets: [a, b],
    } = joinOf(target, 2);
    a?.offer(valuePacketOf('left', 1));
    expect(target.calls).toEqual([]);
    b?.offer(valuePacketOf('right', 1));
    expect(target.calls).toEqual([[1, { a: 'left', b: 'right' }]]);
  });

  it('holds up a port that is ahead', () => {
    const target = new ManualTarget();
    const {
      join,
      outlets: [a, b],
    } = joinOf(target, 2);
    a?.offer(valuePacketOf('first', 1));
    expect(a?.offer(valuePacketOf('second', 2))).toBe(false);
    b?.offer(valuePacketOf('first', 1));
    expect(a?.holds).toBe(false);
    join.clear();
  });

  it('waits for nothing that a wire has passed on before it was laid', () => {
    const target = new ManualTarget();
    const join = new TimestampJoin(['a', 'b'], target);
    const [ahead, behind] = [new Outlet(), new Outlet()];
    ahead.offer(valuePacketOf('missed', 12));
    behind.offer(valuePacketOf('missed', 9));
    for (const [name, outlet] of [
      ['a', ahead],
      ['b', behind],
    ] as const) {
      const consumer = join.consumers.get(name);
      if (consumer !== undefined) outlet.connect(consumer);
    }
    expect(target.startMs).toBe(9); // what comes out is later than that
    for (const timestampMs of [10, 11, 12]) expect(behind.offer(valuePacketOf('alone', timestampMs))).toBe(true);
    behind.offer(valuePacketOf('right', 13));
    expect(target.calls).toEqual([10, 11, 12].map((timestampMs) => [timestampMs, 'skip']));
    ahead.offer(valuePacketOf('left', 13));
    expect(target.calls.at(-1)).toEqual([13, { a: 'left', b: 'right' }]);
  });

  it('lets a packet go whose partner will never come, and counts it', () => {
    const target = new ManualTarget();
    const {
      outlets: [a, b],
    } = joinOf(target, 2);
    a?.offer(aFramePacket(ledger, 1));
    b?.offer(aFramePacket(ledger, 2));
    expect(target.calls).toEqual([[1, 'skip']]);
    expect(target.figures.snapshot().dropped).toEqual({ [DROP_UNMATCHED]: 1 });
    a?.offer(aFramePacket(ledger, 2));
    expect(target.calls).toEqual([
      [1, 'skip'],
      [2, { a: 2, b: 2 }],
    ]);
  });

  it('makes a skip of a timestamp that one port skips, without counting a drop', () => {
    const target = new ManualTarget();
    const {
      outlets: [a, b],
    } = joinOf(target, 2);
    a?.offer(aFramePacket(ledger, 1));
    b?.offer(skipPacketOf(1));
    expect(target.calls).toEqual([[1, 'skip']]);
    expect(target.figures.snapshot().dropped).toEqual({});
  });

  it('goes on with what waits once the node is free', () => {
    const target = new ManualTarget(0);
    const {
      join,
      outlets: [a, b],
    } = joinOf(target, 2);
    for (const outlet of [a, b]) outlet?.offer(aFramePacket(ledger, 1));
    expect(target.calls).toEqual([]);
    target.free();
    join.nodeReady();
    expect(target.calls).toEqual([[1, { a: 1, b: 1 }]]);
  });

  it('ends once when all ports have ended, with nothing held back', () => {
    const target = new ManualTarget(1);
    const {
      join,
      outlets: [a, b],
    } = joinOf(target, 2);
    for (const outlet of [a, b])
      for (const timestampMs of [1, 2]) if (outlet?.holds === false) outlet.offer(aFramePacket(ledger, timestampMs));
    a?.end();
    b?.end();
    expect(target.ends).toBe(0);
    target.free();
    join.nodeReady();
    expect([target.calls.length, target.ends]).toEqual([2, 1]);
  });

  it('drops what one port brings after another has ended', () => {
    const target = new ManualTarget();
    const {
      outlets: [a, b],
    } = joinOf(target, 2);
    a?.end();
    for (const timestampMs of [1, 2, 3]) expect(b?.offer(aFramePacket(ledger, timestampMs))).toBe(true);
    b?.end();
    expect(target.calls).toEqual([
      [1, 'skip'],
      [2, 'skip'],
      [3, 'skip'],
    ]);
    expect([target.figures.snapshot().dropped, target.ends]).toEqual([{ unmatched: 3 }, 1]);
  });

  it('takes nothing more once it was cleared', () => {
    const target = new ManualTarget();
    const {
      join,
      outlets: [a],
    } = joinOf(target, 2);
    a?.offer(aFramePacket(ledger, 1));
    join.clear();
    expect(ledger.open).toBe(0);
    expect(a?.offer(aFramePacket(ledger, 2))).toBe(false);
    a?.discard();
  });

  it('calls the node for exactly the timestamps that all ports bring a value for, in order, and never hangs', () => {
    /** For each port: what it brings at each of a few timestamps. */
    const stream = fc.array(fc.constantFrom('value', 'skip', 'nothing'), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(stream, { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.nat({ max: 5 }), { maxLength: 200 }),
        (ports, places, interleaving) => {
          const target = new ManualTarget(places);
          const { join, outlets } = joinOf(target, ports.length);
          const streams = ports.map((port) => {
            const packets = port.flatMap((what, timestampMs): Packet[] => {
              if (what === 'nothing') return [];
              return [what === 'skip' ? skipPacketOf(timestampMs) : aFramePacket(ledger, timestampMs)];
            });
            return { packets, ended: false };
          });
          const busy = { count: 0, seen: 0 };

          /** One thing that may happen now; false when it may not. */
          const act = (choice: number): boolean => {
            const outlet = outlets[choice];
            const port = streams[choice];
            if (outlet === undefined || port === undefined) {
              if (busy.seen === target.calls.length) return false;
              busy.seen += 1;
              target.free();
              join.nodeReady();
              return true;
            }
            if (outlet.holds || port.ended) return false;
            const packet = port.packets.shift();
            if (packet === undefined) {
              port.ended = true;
              outlet.end();
            } else outlet.offer(packet);
            return true;
          };

          for (const choice of interleaving) act(choice);
          for (let moved = true; moved;) moved = [0, 1, 2, 3, 4].some((choice) => act(choice));

          const at = (timestampMs: number): readonly (string | undefined)[] => ports.map((port) => port[timestampMs]);
          const expected = Array.from({ length: 8 }, (_, timestampMs) => timestampMs)
            .filter((timestampMs) => at(timestampMs).some((what) => what !== 'nothing'))
            .map((timestampMs) => {
              if (at(timestampMs).some((what) => what !== 'value')) return [timestampMs, 'skip'];
              return [timestampMs, Object.fromEntries([...join.consumers.keys()].map((name) => [name, timestampMs]))];
            });
          const unmatched = Array.from({ length: 8 }, (_, timestampMs) => at(timestampMs))
            .filter((row) => row.includes('nothing'))
            .reduce((sum, row) => sum + row.filter((what) => what === 'value').length, 0);
          expect(target.calls).toEqual(expected);
          expect(target.figures.snapshot().dropped['unmatched'] ?? 0).toBe(unmatched);
          expect(target.ends).toBe(1);
          expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a TimestampJoin with idle inputs', () => {
  it('does not wait for what an idle input cannot bring, until it is told that more may come', () => {
    const target = new ManualTarget();
    const {
      join,
      outlets: [a, b],
    } = joinOf(target, 2);
    const idle = (port: string, isIdle: boolean): void => join.consumers.get(port)?.idle(isIdle);
    a?.offer(aFramePacket(ledger, 1));
    idle('b', true);
    expect([target.calls, target.figures.snapshot().dropped]).toEqual([[[1, 'skip']], { unmatched: 1 }]);
    expect(target.areIdle).toBe(false);
    idle('a', true);
    expect(target.areIdle).toBe(true);
    idle('a', false);
    idle('b', false);
    expect(target.areIdle).toBe(false);
    a?.offer(valuePacketOf('left', 2));
    expect(target.calls).toHaveLength(1); // it waits for its partner again
    b?.offer(valuePacketOf('right', 2));
    expect(target.calls[1]).toEqual([2, { a: 'left', b: 'right' }]);
  });
});
