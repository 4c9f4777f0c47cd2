import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualTarget } from '../../../test/support/manual-target.js';
import { aFramePacket } from '../../../test/support/packets.js';
import { FrameLedger, skipPacketOf, valuePacketOf } from '../../testing/index.js';
import type { Consumer } from '../wires/consumer.js';
import { DROP_NO_PARTNER, LatestJoin } from './latest-join.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

function joinOf(target: ManualTarget, ...others: string[]): { join: LatestJoin; port: (name: string) => Consumer } {
  const join = new LatestJoin(['first', ...others], target);
  return {
    join,
    port(name) {
      const consumer = join.consumers.get(name);
      if (consumer === undefined) throw new Error(`No port ${name}`);
      return consumer;
    },
  };
}

describe('LatestJoin', () => {
  it('pairs each packet of the first input with the newest of the others', () => {
    const target = new ManualTarget();
    const { join, port } = joinOf(target, 'other');
    port('other').accept(aFramePacket(ledger, 1));
    port('first').accept(aFramePacket(ledger, 10));
    port('first').accept(aFramePacket(ledger, 11));
    port('other').accept(aFramePacket(ledger, 2));
    port('other').accept(aFramePacket(ledger, 3));
    port('first').accept(aFramePacket(ledger, 12));
    expect(target.calls).toEqual([
      [10, { first: 10, other: 1 }],
      [11, { first: 11, other: 1 }],
      [12, { first: 12, other: 3 }],
    ]);
    join.clear();
  });

  it('never holds up the others', () => {
    const target = new ManualTarget(0);
    const { join, port } = joinOf(target, 'other');
    for (const timestampMs of [1, 2, 3]) {
      expect(port('other').ready).toBe(true);
      port('other').accept(aFramePacket(ledger, timestampMs));
    }
    expect([port('first').ready, ledger.open]).toEqual([false, 1]);
    join.clear();
  });

  it('drops packets of the first input until every other one has brought a value', () => {
    const target = new ManualTarget();
    const { join, port } = joinOf(target, 'b', 'c');
    port('b').accept(aFramePacket(ledger, 1));
    port('first').accept(aFramePacket(ledger, 10));
    port('c').accept(aFramePacket(ledger, 2));
    port('first').accept(aFramePacket(ledger, 11));
    expect(target.calls).toEqual([
      [10, 'skip'],
      [11, { first: 11, b: 1, c: 2 }],
    ]);
    expect(target.figures.snapshot().dropped).toEqual({ [DROP_NO_PARTNER]: 1 });
    join.clear();
  });

  it('passes skips of the first input on and takes no notice of those of the others', () => {
    const target = new ManualTarget();
    const { port, join } = joinOf(target, 'other');
    port('other').accept(valuePacketOf('kept', 1));
    port('other').accept(skipPacketOf(2));
    port('first').accept(skipPacketOf(10));
    port('first').accept(valuePacketOf('x', 11));
    expect(target.calls).toEqual([
      [10, 'skip'],
      [11, { first: 'x', other: 'kept' }],
    ]);
    join.clear();
  });

  it('ends with its first input, whatever the others do', () => {
    const target = new ManualTarget();
    const { join, port } = joinOf(target, 'other');
    port('other').accept(aFramePacket(ledger, 1));
    port('other').end();
    port('first').accept(aFramePacket(ledger, 10));
    expect(target.ends).toBe(0);
    port('first').end();
    port('first').end();
    expect(target.ends).toBe(1);
    join.clear();
  });

  it('goes on taking from the others after its end, and keeps nothing', () => {
    const target = new ManualTarget();
    const { join, port } = joinOf(target, 'other');
    port('other').accept(aFramePacket(ledger, 1));
    port('first').end();
    join.clear();
    expect(port('other').ready).toBe(true); // else its producer, and all that hangs on it, would stand still
    port('other').accept(aFramePacket(ledger, 2));
    expect(ledger.open).toBe(0);
  });

  it('goes on with what another join held at ports of the same name', () => {
    const target = new ManualTarget();
    const former = joinOf(target, 'b', 'c');
    former.port('b').accept(aFramePacket(ledger, 1));
    former.port('c').accept(aFramePacket(ledger, 2));
    const held = former.join.takeHeld(new Set(['first', 'c']));
    former.join.clear();
    expect([[...held.keys()], ledger.open]).toEqual([['c'], 1]);
    const join = new LatestJoin(['first', 'c'], target, held);
    join.consumers.get('first')?.accept(aFramePacket(ledger, 10));
    expect(target.calls).toEqual([[10, { first: 10, c: 2 }]]);
    join.clear();
  });

  it('closes what it is to go on with where it has no such port', () => {
    const former = joinOf(new ManualTarget(), 'b');
    former.port('b').accept(aFramePacket(ledger, 1));
    const join = new LatestJoin(['b', 'first'], new ManualTarget(), former.join.takeHeld(new Set(['b'])));
    expect(ledger.open).toBe(0);
    join.clear();
  });

  it('gives each pair the newest value before it, in any interleaving', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (fromFirst) => {
        const target = new ManualTarget();
        const { join, port } = joinOf(target, 'other');
        const expected: unknown[] = [];
        let newest: number | undefined;
        for (const [timestampMs, isFirst] of fromFirst.entries()) {
          port(isFirst ? 'first' : 'other').accept(aFramePacket(ledger, timestampMs));
          if (!isFirst) newest = timestampMs;
          else expected.push([timestampMs, newest === undefined ? 'skip' : { first: timestampMs, other: newest }]);
        }
        expect(target.calls).toEqual(expected);
        join.clear();
        expect(ledger.open).toBe(0);
      }),
    );
  });
});
