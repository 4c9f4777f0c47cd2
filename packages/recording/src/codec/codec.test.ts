import { aHand, landmarksOf } from '@kinegraph/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotRecordableError } from '../errors.js';
import {
  decodeCompressedImage,
  decodeValueMessage,
  encodeCompressedImage,
  encodeValueMessage,
  floatText,
  isLandmarks,
  valueText,
  type Place,
} from './index.js';
import { doubleText } from './number-text.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const places: fc.Arbitrary<Place> = fc.record({
  timestampMs: finite,
  capturedAtMs: finite,
  clockOffsetMs: finite,
  sequence: fc.maxSafeNat(),
  source: fc.string({ unit: 'grapheme' }),
});

/** Any bits of a float32, as they are drawn evenly. */
const anyFloat = fc
  .integer({ min: 0, max: 0xffff_ffff })
  .map((bits) => new Float32Array(Uint32Array.of(bits).buffer)[0] ?? 0);

function roundTrip(value: unknown, landmarks = false): unknown {
  const place = { timestampMs: 1, capturedAtMs: 2, clockOffsetMs: 3, sequence: 4, source: 's' };
  return decodeValueMessage(encodeValueMessage(place, value, landmarks), landmarks).value;
}

describe('numbers as text', () => {
  it('give any float32 back, in no more than nine digits', () => {
    fc.assert(
      fc.property(anyFloat, (value) => {
        const text = floatText(value);
        const read: unknown = JSON.parse(text);
        expect(Object.is(Math.fround(Number(read)), value)).toBe(true);
        if (!Number.isInteger(value))
          expect(text.replace(/e.*$|[-.]|^0+|"/g, '').replace(/^0+/, '').length).toBeLessThan(10);
      }),
      { numRuns: 2000 },
    );
  });

  it('give any double back, minus zero too', () => {
    fc.assert(
      fc.property(finite, (value) => Object.is(JSON.parse(doubleText(value)), value)),
      { numRuns: 1000 },
    );
    expect(Object.is(JSON.parse(doubleText(-0)), -0)).toBe(true);
  });

  it.each([
    [0.1, '0.1'],
    [-0, '-0'],
    [1e-45, '1.401298e-45'],
    [16_777_216, '16777216'],
  ])('write %s shortly', (value, text) => {
    expect(floatText(Math.fround(value))).toBe(text);
  });
});

describe('values as messages', () => {
  it('give landmarks back with every bit, and draw them as rows', () => {
    const points = fc.array(anyFloat, { minLength: 84, maxLength: 84 }).map((items) => Float32Array.from(items));
    fc.assert(
      fc.property(points, places, (image, place) => {
        const value = landmarksOf({ ...aHand({ trackId: 3, handedness: 'left' }), image });
        expect(isLandmarks(value)).toBe(true);
        const message = encodeValueMessage(place, value, true);
        const read = decodeValueMessage(message, true);
        expect(read).toEqual({ ...place, value });
        for (const key of ['timestampMs', 'capturedAtMs', 'clockOffsetMs'] as const)
          expect(Object.is(read[key], place[key])).toBe(true);
        const track = (read.value as ReturnType<typeof landmarksOf>).tracks[0];
        expect([...(track?.image ?? [])].every((number, at) => Object.is(number, image[at]))).toBe(true);
        const json = JSON.parse(new TextDecoder().decode(message)) as { value: { tracks: { image: unknown[][] }[] } };
        expect(json.value.tracks[0]?.image[20]).toHaveLength(4);
      }),
      { numRuns: 30 },
    );
  });

  it('give every plain value back, whatever its keys are', () => {
    const key = fc.oneof(fc.constantFrom('$', '$$', '$x', 'image', 'world', '__proto__', 'toString'), fc.string());
    const { tree } = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.double(),
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.bigInt(),
        fc.float32Array(),
        fc.float64Array(),
        fc.uint8Array(),
        fc.int16Array(),
        fc.bigInt64Array(),
      ),
      tree: fc.oneof(
        { maxDepth: 4 },
        tie('leaf'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.array(fc.tuple(key, tie('tree')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), (value, landmarks) => {
        expect(roundTrip(value, landmarks)).toStrictEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a function', { deep: [() => 1] }, 'the value.deep[] is of type function'],
    ['a Map', new Map(), 'the value is a Map'],
    ['a symbol', [Symbol('x')], 'of type symbol'],
    ['a time that is none', 'place', 'timestampMs is NaN'],
  ])('refuse %s with its place', (_what, value, sentence) => {
    const timestampMs = value === 'place' ? Number.NaN : 0;
    const place = { timestampMs, capturedAtMs: 0, clockOffsetMs: 0, sequence: 0, source: '' };
    expect(() => encodeValueMessage(place, value, false)).toThrow(NotRecordableError);
    expect(() => encodeValueMessage(place, value, false)).toThrow(sentence);
  });

  it('refuse a circle instead of the end of the stack', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(() => valueText(circle, false)).toThrow('more than 64 levels deep');
  });

  it('are told from noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(() => decodeValueMessage(bytes, true)).toThrow();
      }),
    );
  });
});

describe('frames as messages', () => {
  it('give any bytes, size and place back', () => {
    const sizes = fc.integer({ min: 0, max: 0xffff_ffff });
    fc.assert(
      fc.property(
        places,
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('jpeg', 'png', 'webp'),
        sizes,
        sizes,
        fc.bigInt({ min: 0n, max: 2n ** 63n }),
        (place, data, format, width, height, logTime) => {
          const frame = { ...place, data, format, width, height } as const;
          const read = decodeCompressedImage(encodeCompressedImage(frame, logTime));
          expect({ ...read, data: [...read.data] }).toEqual({ ...frame, data: [...data] });
          expect(Object.is(read.timestampMs, place.timestampMs)).toBe(true);
        },
      ),
    );
  });

  it('are told from noise, and from images of other programs', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(() => decodeCompressedImage(bytes)).toThrow();
      }),
    );
    const place = { timestampMs: 1, capturedAtMs: 1, clockOffsetMs: 0, sequence: 1, source: 'camera' };
    const ours = encodeCompressedImage(
      { ...place, format: 'jpeg', width: 4, height: 3, data: Uint8Array.of(1, 2, 3) },
      12n,
    );
    expect(() => decodeCompressedImage(ours.subarray(0, ours.byteLength - 20))).toThrow();
  });
});
