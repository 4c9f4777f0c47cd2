import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BYTES_PER_PIXEL, Frame } from '../frame.js';
import type { RawPixelFormat } from '../frame.js';
import { ArenaFramePool } from '../frame-pool.js';
import { SharedArena } from '../memory/shared-arena.js';
import type { LetterboxOptions } from './letterbox.js';
import { PixelsMisfitError } from './pixel-image.js';
import type { PixelImage } from './pixel-image.js';
import type { PlanarOptions } from './planar-float.js';
import { PlainPixelKernel } from './plain-pixel-kernel.js';
import { WasmPixelKernel } from './wasm-pixel-kernel.js';

const arena = anArena();
const pool = new ArenaFramePool(arena);
const kernel = new WasmPixelKernel(arena);
const twin = new PlainPixelKernel();

function anArena(): SharedArena {
  const created = SharedArena.create(64 * 1024 ** 2);
  if (created === undefined) throw new Error('There is no shared memory here.');
  return created;
}

/** Pixels that differ from each other, and from run to run of a property. */
function anImage(width: number, height: number, format: RawPixelFormat, seed: number, data?: Uint8Array): PixelImage {
  const bytes = data ?? new Uint8Array(width * height * BYTES_PER_PIXEL[format]);
  let state = seed | 1;
  for (let at = 0; at < bytes.length; at += 1) {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    bytes[at] = state >>> 24;
  }
  return { width, height, format, data: bytes };
}

/** Bit by bit. The runner's own comparison takes a second for a whole frame. */
function expectSame(got: Uint8Array | Float32Array, expected: Uint8Array | Float32Array): void {
  const [left, right] = [got, expected].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  if (left === undefined || right === undefined || left.equals(right)) return;
  const at = got.findIndex((value, index) => !Object.is(value, expected[index]));
  expect({ at, value: got[at] }).toEqual({ at, value: expected[at] });
}

const side = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 70 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2, 3, 255, 256, 257, 600) }, // extreme shapes and reductions
);
const image = fc
  .tuple(side, side, fc.constantFrom('rgba8' as const, 'rgb8' as const, 'gray8' as const), fc.integer())
  .map(([width, height, format, seed]) => anImage(width, height, format, seed));
const letterboxing: fc.Arbitrary<LetterboxOptions> = fc.record(
  { anchor: fc.constantFrom('centre' as const, 'top-left' as const), fill: fc.nat(255) },
  { requiredKeys: [] },
);
const channelValues = (min: number, max: number): fc.Arbitrary<[number, number, number]> => {
  const value = fc.double({ min, max, noNaN: true });
  return fc.tuple(value, value, value);
};
const planar: fc.Arbitrary<PlanarOptions> = fc.record(
  {
    order: fc.constantFrom('rgb' as const, 'bgr' as const),
    mean: channelValues(0, 255),
    scale: channelValues(0.001, 1),
  },
  { requiredKeys: [] },
);

describe('the WebAssembly kernel and its twin', () => {
  it('resize to the same bytes', () => {
    fc.assert(
      fc.property(image, side, side, (source, width, height) => {
        const length = width * height * BYTES_PER_PIXEL[source.format as RawPixelFormat];
        const [expected, got] = [new Uint8Array(length), new Uint8Array(length).fill(99)];
        twin.resize(source, { width, height, data: expected });
        kernel.resize(source, { width, height, data: got });
        expectSame(got, expected);
      }),
      { numRuns: 300 },
    );
  });

  it('letterbox to the same bytes', () => {
    fc.assert(
      fc.property(image, side, side, letterboxing, (source, width, height, options) => {
        const length = width * height * BYTES_PER_PIXEL[source.format as RawPixelFormat];
        const [expected, got] = [new Uint8Array(length), new Uint8Array(length).fill(99)];
        const place = twin.letterbox(source, { width, height, data: expected }, options);
        expect(kernel.letterbox(source, { width, height, data: got }, options)).toEqual(place);
        expectSame(got, expected);
      }),
      { numRuns: 200 },
    );
  });

  it('make the same floats of pixels', () => {
    fc.assert(
      fc.property(image, planar, (source, options) => {
        const { width, height } = source;
        const [expected, got] = [new Float32Array(width * height * 3), new Float32Array(width * height * 3).fill(99)];
        twin.toPlanar(source, { width, height, data: expected }, options);
        kernel.toPlanar(source, { width, height, data: got }, options);
        expectSame(got, expected);
      }),
    );
  });

  it('make the same floats of letterboxed pixels', () => {
    fc.assert(
      fc.property(image, side, side, letterboxing, planar, (source, width, height, boxing, options) => {
        const [expected, got] = [new Float32Array(width * height * 3), new Float32Array(width * height * 3).fill(99)];
        const place = twin.letterboxToPlanar(source, { width, height, data: expected }, { ...boxing, ...options });
        const placed = kernel.letterboxToPlanar(source, { width, height, data: got }, { ...boxing, ...options });
        expect(placed).toEqual(place);
        expectSame(got, expected);
      }),
      { numRuns: 200 },
    );
  });

  it('agree on whole frames', () => {
    const source = anImage(1280, 721, 'rgba8', 7);
    const [expected, got] = [new Float32Array(640 * 640 * 3), new Float32Array(640 * 640 * 3)];
    twin.letterboxToPlanar(source, { width: 640, height: 640, data: expected });
    kernel.letterboxToPlanar(source, { width: 640, height: 640, data: got });
    expectSame(got, expected);
  });

  it('refuse the same', () => {
    const source = anImage(2, 2, 'rgba8', 1);
    for (const each of [twin, kernel]) {
      const data = new Uint8Array(16);
      expect(() => each.resize({ ...source, format: 'jpeg' }, { width: 2, height: 2, data })).toThrow(
        PixelsMisfitError,
      );
      expect(() => each.resize(source, { width: 3, height: 2, data })).toThrow(PixelsMisfitError);
      expect(() => each.letterbox(source, { width: 2, height: 2, data }, { fill: 256 })).toThrow(RangeError);
      expect(() => each.toPlanar(source, { width: 2, height: 2, data: new Float32Array(11) })).toThrow(
        PixelsMisfitError,
      );
    }
  });
});

describe('frames in the arena', () => {
  function aPooledFrame(width: number, height: number, seed: number): Frame {
    const memory = pool.acquire(width * height * 4);
    anImage(width, height, 'rgba8', seed, memory.bytes);
    return new Frame({ sequence: 0, timestampMs: 0, capturedAtMs: 0, width, height, format: 'rgba8' }, memory);
  }

  it('are read and written where they are, with no copy and no memory but for tables', () => {
    const [width, height] = [1200, 900];
    using frame = aPooledFrame(width, height, 3);
    const target = pool.acquire(700 * 600 * 4);
    const ownArena = arena.byteLength;
    const expected = new Uint8Array(700 * 600 * 4);
    twin.resize(frame, { width: 700, height: 600, data: expected });

    const fresh = new WasmPixelKernel(arena); // has no scratch yet
    fresh.resize(frame, { width: 700, height: 600, data: target.bytes });
    expectSame(target.bytes, expected);
    // Frame and target take 6 MB; a copy of either would have grown the arena by more than the least it grows by.
    expect(arena.byteLength - ownArena).toBe(1024 ** 2);

    fresh.resize(
      { width, height, format: 'rgba8', data: new Uint8Array(frame.data) },
      { width: 700, height: 600, data: expected },
    );
    expect(arena.byteLength - ownArena).toBeGreaterThan(frame.data.length); // what a copy costs
    target.release();
  });

  it('are not touched beside their bytes', () => {
    const around = [pool.acquire(4096), pool.acquire(61 * 37 * 3 * 4), pool.acquire(4096)];
    const [before, target, after] = around;
    if (before === undefined || target === undefined || after === undefined) throw new Error('three were acquired');
    for (const { bytes } of around) bytes.fill(171);
    using frame = aPooledFrame(301, 127, 5);
    const copy = new Uint8Array(frame.data);
    const data = new Float32Array(target.bytes.buffer, target.bytes.byteOffset, 61 * 37 * 3);
    kernel.letterboxToPlanar(frame, { width: 61, height: 37, data });
    kernel.resize(frame, { width: 61, height: 37, data: target.bytes.subarray(0, 61 * 37 * 4) });
    for (const { bytes } of [before, after]) expect(bytes.every((byte) => byte === 171)).toBe(true);
    expectSame(frame.data, copy);
    for (const memory of around) memory.release();
  });

  it('stay readable after the arena has grown', () => {
    using frame = aPooledFrame(64, 48, 9);
    const taken = pool.acquire(12 * 1024 ** 2); // makes the arena grow, and its buffer a new object
    expect(taken.bytes.buffer).not.toBe(frame.data.buffer);
    const [expected, got] = [new Uint8Array(33 * 17 * 4), new Uint8Array(33 * 17 * 4)];
    twin.resize(frame, { width: 33, height: 17, data: expected });
    kernel.resize(frame, { width: 33, height: 17, data: got });
    expectSame(got, expected);
    taken.release();
  });

  it('give floats in place, which can be given back once', () => {
    const floats = kernel.allocateFloats(16 * 16 * 3);
    expect(floats.data.byteOffset % 64).toBe(0);
    expect(arena.offsetOf(floats.data)).toBe(floats.data.byteOffset);
    kernel.toPlanar(anImage(16, 16, 'rgb8', 4), { width: 16, height: 16, data: floats.data });
    const expected = new Float32Array(16 * 16 * 3);
    twin.toPlanar(anImage(16, 16, 'rgb8', 4), { width: 16, height: 16, data: expected });
    expect([...floats.data]).toEqual([...expected]);
    floats[Symbol.dispose]();
    floats[Symbol.dispose]();
    using first = kernel.allocateFloats(16);
    using second = kernel.allocateFloats(16);
    expect(first.data.byteOffset).not.toBe(second.data.byteOffset);
    for (const each of [kernel, new PlainPixelKernel()])
      for (const length of [-1, 0.5, Number.NaN]) expect(() => each.allocateFloats(length)).toThrow(RangeError);
  });

  it('keep the tables of the sizes used last, and no more', () => {
    const source = anImage(40, 30, 'rgba8', 2);
    const resizeTo = (width: number): void =>
      kernel.resize(source, { width, height: 40, data: new Uint8Array(width * 40 * 4) });
    for (let width = 41; width < 80; width += 1) resizeTo(width);
    const settled = arena.byteLength;
    for (let round = 0; round < 20; round += 1) for (let width = 41; width < 80; width += 1) resizeTo(width);
    expect(arena.byteLength).toBe(settled);
  });
});
