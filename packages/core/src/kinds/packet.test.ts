import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aFramePacket } from '../../test/support/packets.js';
import { FrameLedger, aTrace, skipPacketOf, valuePacketOf } from '../testing/index.js';
import type { Frame } from '../vision/index.js';
import { ageMs, clonePacket, cloneValue, cloneValues, closePacket, closeValue, valuesOf } from './packet.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => expect([ledger.open, ledger.overReleased]).toEqual([0, 0]));

describe('ageMs', () => {
  it('is the time since capture, by the clock of the run', () => {
    expect(ageMs(aTrace({ sequence: 100, capturedAtMs: 100 }), 130)).toBe(30);
  });

  it("brings the sender's clock to that of the run", () => {
    expect(ageMs({ ...aTrace({ capturedAtMs: 1000 }), clockOffsetMs: -900 }, 130)).toBe(30);
  });
});

describe('clonePacket', () => {
  it('makes a second owner of a frame, with the same place in the stream', () => {
    const packet = aFramePacket(ledger, 5);
    const clone = clonePacket(packet);
    expect(clone).toMatchObject({ timestampMs: 5, trace: packet.trace, skip: false });
    expect(clone.value).not.toBe(packet.value);
    closePacket(packet);
    expect((clone.value as Frame).closed).toBe(false);
    closePacket(clone);
  });

  it.each([
    ['a skip', skipPacketOf(1)],
    ['a value without owners', valuePacketOf({ angle: 3 }, 1)],
    ['null', valuePacketOf(null, 1)],
  ])('answers %s itself', (_what, packet) => {
    expect(clonePacket(packet)).toBe(packet);
    closePacket(packet);
  });
});

describe('values with owners', () => {
  it('are cloned and closed by their own methods', () => {
    let owners = 1;
    const value = {
      clone() {
        owners += 1;
        return value;
      },
      close() {
        owners -= 1;
      },
    };
    closeValue(cloneValue(value));
    closeValue(value);
    expect(owners).toBe(0);
  });

  it.each([
    [undefined],
    [null],
    [5],
    ['text'],
    [[1, 2]],
    [
      {
        close: () => {
          throw new Error('not an owned value');
        },
      },
    ],
    [{ close: 1, clone: 2 }],
  ])('are none of %o, which is shared', (value) => {
    expect(cloneValue(value)).toBe(value);
    closeValue(value);
  });
});

describe('What a node is called with or answers', () => {
  const owned = { clone: () => owned, close: () => {} };

  it.each<[what: string, value: unknown, values: readonly unknown[]]>([
    ['values by port name', { a: 1, b: owned }, [1, owned]],
    ['nothing by port name', {}, []],
    ['nothing', undefined, [undefined]],
    ['a number', 5, [5]],
    ['a list, which is one value', [[1, 2]], [[[1, 2]]]],
    ['an object of a class', new Float32Array(2), [new Float32Array(2)]],
    ['a value that has owners, though it is a plain object', owned, [owned]],
  ])('is told as values: %s', (_what, value, values) => {
    expect(valuesOf(value)).toEqual(values);
  });

  it('gets second owners in the same form', () => {
    const frame = ledger.frame();
    const [single, byPort] = [cloneValues(frame), cloneValues({ a: frame, b: 'text', c: frame })];
    const { a, b, c } = byPort as { a: Frame; b: string; c: Frame };
    expect([b, new Set([frame, single, a, c]).size, ledger.open]).toEqual(['text', 4, 4]);
    for (const value of [frame, single, a, c]) closeValue(value);
  });
});
