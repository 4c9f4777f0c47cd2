import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WindowSnapshot } from '../nodes/index.js';
import { FrameLedger, aHand, landmarksOf, valuePacketOf } from '../testing/index.js';
import type { Landmarks } from '../vision/index.js';
import { toJson } from './to-json.js';

describe('toJson', () => {
  it('writes landmarks as rows of x, y, z, visibility', () => {
    const track = { ...aHand(), image: Float32Array.of(0.25, 0.5, -0.125, 1, 0, 1, 2, 0.75) };
    const json = toJson(landmarksOf(track), 5) as Landmarks;
    expect(json.tracks[0]?.image).toEqual([
      [0.25, 0.5, -0.125, 1],
      [0, 1, 2, 0.75],
    ]);
    expect(json).toMatchObject({ frameWidth: 640, frameHeight: 480, tracks: [{ skeleton: 'hand-21', trackId: 1 }] });
  });

  it('leaves other lists of numbers flat', () => {
    expect(toJson({ weights: Float32Array.of(1, 2, 3, 4), image: Float64Array.of(1, 2, 3) }, 5)).toEqual({
      weights: [1, 2, 3, 4],
      image: [1, 2, 3],
    });
  });

  it('writes small numbers of tensors with 7 digits, and whole ones as they are, as text where JSON would lose digits', () => {
    const tensor = (type: string, data: Float32Array | Float64Array | BigInt64Array): unknown => {
      const json = toJson({ type, dims: [data.length], data }, 2) as { data: unknown };
      return json.data;
    };
    expect(tensor('float32', Float32Array.of(1.25e-7, 0.1, 1e-30, 123456.75, 16_777_215, NaN, Infinity))).toEqual([
      1.25e-7,
      0.1,
      1e-30,
      123456.8,
      16_777_215,
      null,
      null,
    ]);
    expect(tensor('float64', Float64Array.of(-1.23456789e-12, 2 ** 53, 0))).toEqual([-1.234568e-12, 2 ** 53, 0]);
    const most = BigInt(Number.MAX_SAFE_INTEGER);
    expect(tensor('int64', BigInt64Array.of(most, most + 2n, -(2n ** 63n), 3n))).toEqual([
      Number.MAX_SAFE_INTEGER,
      '9007199254740993',
      '-9223372036854775808',
      3,
    ]);
    expect(toJson({ count: 2n ** 60n, few: 2n }, 5)).toEqual({ count: '1152921504606846976', few: 2 });
  });

  it('writes tensors with all their elements, whatever the type, but large ones only by their size', () => {
    const data = Float32Array.of(0.1, Number.NaN);
    const tensors = {
      scores: { type: 'float32', dims: [1, 2], data },
      labels: { type: 'int64', dims: [2], data: BigInt64Array.of(3n, -4n) },
      mask: { type: 'bool', dims: [1], data: Uint8Array.of(1) },
      scalar: { type: 'uint8', dims: [], data: Uint8Array.of(7) },
      map: { type: 'float32', dims: [101, 100], data: new Float32Array(10_100) },
    };
    expect(toJson({ tensors }, 5)).toEqual({
      tensors: {
        scores: { type: 'float32', dims: [1, 2], data: [0.1, null] },
        labels: { type: 'int64', dims: [2], data: [3, -4] },
        mask: { type: 'bool', dims: [1], data: [1] },
        scalar: { type: 'uint8', dims: [], data: [7] },
        map: { type: 'float32', dims: [101, 100], elements: 10_100 },
      },
    });
  });

  it('rounds to the digits asked for', () => {
    expect([0, 2, 5].map((digits) => toJson(12.3456789, digits))).toEqual([12, 12.35, 12.34568]);
    expect(toJson(Float32Array.of(0.1), 5)).toEqual([0.1]); // not 0.10000000149011612
  });

  it.each([Number.NaN, Infinity, -Infinity])('writes null for %s, which JSON does not have', (odd) => {
    expect(toJson({ degrees: { elbow: odd }, image: Float32Array.of(odd, 0, 0, 1) }, 5)).toEqual({
      degrees: { elbow: null },
      image: [[null, 0, 0, 1]],
    });
  });

  it('says of a frame only what it is, and leaves it open', () => {
    const ledger = new FrameLedger();
    using frame = ledger.frame({ width: 640, height: 480, format: 'rgb8' }, new Uint8Array(8));
    expect(toJson({ frame }, 5)).toEqual({ frame: { width: 640, height: 480, format: 'rgb8' } });
    expect(ledger.open).toBe(1);
  });

  it('writes a window as its packets, oldest first', () => {
    const window = new WindowSnapshot<unknown>([valuePacketOf({ score: 0.123456 }, 10), valuePacketOf('b', 20)]);
    expect(toJson(window, 2)).toEqual({
      packets: [
        { timestampMs: 10, value: { score: 0.12 } },
        { timestampMs: 20, value: 'b' },
      ],
    });
  });

  it('says of other bytes only how many they are', () => {
    expect(toJson({ mask: new Uint8Array(12), depth: new Uint16Array(12) }, 5)).toEqual({
      mask: { bytes: 12 },
      depth: { bytes: 24 },
    });
  });

  it('leaves out what JSON cannot say and keeps the rest', () => {
    const value = { text: 'ä', yes: true, nothing: null, count: 12n, call: () => 1, symbol: Symbol('x') };
    expect(JSON.parse(JSON.stringify(toJson(value, 5)))).toEqual({ text: 'ä', yes: true, nothing: null, count: 12 });
  });

  it('keeps every finite number within half a unit of its last digit, however large', () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(1e308));
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 10 }), (value, digits) => {
        const json = toJson(value, digits);
        expect(typeof json).toBe('number');
        const tolerance = 0.5 / 10 ** digits + Math.abs(value) * 1e-15;
        expect(Math.abs(Number(json) - value)).toBeLessThanOrEqual(tolerance);
      }),
    );
  });

  it('keeps the shape of any JSON value, and changes nothing that it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const before = structuredClone(value);
        expect(shapeOf(toJson(value, 3))).toEqual(shapeOf(value));
        expect(value).toEqual(before);
      }),
    );
  });

  it('tells a value that contains itself down to 64 levels', () => {
    const value: { inner?: unknown } = {};
    value.inner = value;
    expect(JSON.stringify(toJson(value, 2)).split('inner').length - 1).toBe(64);
  });
});

/** A value with every number in it taken for the same. */
function shapeOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' ? 0 : item)));
}
