import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Frame, PlainPixelKernel, SlotFramePool, readImageHeader } from '../vision/index.js';
import type { PixelFormat, RawPixelFormat } from '../vision/index.js';
import { NodeImageCodec } from './image-codec.js';
import { NodeImageEncoder } from './image-encoder.js';
import { loadJpegTurbo } from './jpeg/jpeg-turbo.js';
import type { JpegTurbo } from './jpeg/jpeg-turbo.js';

const timing = { sequence: 7, timestampMs: 12.5, capturedAtMs: 99 };
const [width, height] = [96, 64];
const photo = new URL('../../../../../shared/images/bus.jpg', import.meta.url);

interface Setup {
  readonly pool: SlotFramePool;
  readonly encoder: NodeImageEncoder;
}
function setup(options: { turbo?: JpegTurbo | undefined; kernel?: PlainPixelKernel } = {}): Setup {
  const pool = new SlotFramePool();
  return { pool, encoder: new NodeImageEncoder({ codec: new NodeImageCodec(pool), pool, ...options }) };
}

/** A frame of one colour, in pooled memory. */
function rawFrame(pool: SlotFramePool, format: RawPixelFormat, colour: readonly number[]): Frame {
  const memory = pool.acquire(width * height * colour.length);
  for (let at = 0; at < memory.bytes.length; at += 1) memory.bytes[at] = colour[at % colour.length] ?? 0;
  return new Frame({ ...timing, width, height, format }, memory);
}

async function encodedFrame(format: PixelFormat & ('jpeg' | 'png' | 'webp')): Promise<Frame> {
  const picture = sharp({ create: { width, height, channels: 3, background: { r: 200, g: 60, b: 20 } } });
  return Frame.fromEncoded({ ...timing, width: 0, height: 0, format }, await picture.toFormat(format).toBuffer());
}

async function colourOf(bytes: Uint8Array): Promise<number[]> {
  const { data, info } = await sharp(bytes).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray(0, info.channels)];
}

const near = (wanted: readonly number[]) => (actual: readonly number[]) =>
  actual.length === wanted.length && actual.every((value, at) => Math.abs(value - (wanted[at] ?? 0)) <= 4);

const ways: readonly (readonly [string, Parameters<typeof setup>[0]])[] = [
  ['jpeg-turbo and a kernel', { kernel: new PlainPixelKernel() }],
  ['jpeg-turbo', {}],
  ['sharp alone', { turbo: undefined }],
];

describe.each(ways)('NodeImageEncoder with %s', (_ways, options) => {
  it.each([
    ['rgba8', [200, 60, 20, 255], [200, 60, 20]],
    ['rgba8', [200, 60, 20, 0], [200, 60, 20]],
    ['rgb8', [10, 90, 220], [10, 90, 220]],
    ['gray8', [77], [77, 77, 77]],
  ] as const)('encodes %s %j and gives the frame back', async (format, colour, wanted) => {
    const { pool, encoder } = setup(options);
    const frame = rawFrame(pool, format, colour);
    const encoding = encoder.encode(frame, { quality: 90 });
    frame.close();
    const { bytes, ...size } = await encoding;
    expect(size).toEqual({ width, height });
    expect(readImageHeader(bytes)).toEqual({ format: 'jpeg', width, height });
    expect(await colourOf(bytes)).toSatisfy(near(wanted));
    expect(pool.inUse).toBe(0);
  });

  it('reduces to the short side and never enlarges', async () => {
    const { pool, encoder } = setup(options);
    using frame = rawFrame(pool, 'rgba8', [200, 60, 20, 255]);
    const small = await encoder.encode(frame, { quality: 90, shortSide: 32 });
    const same = await encoder.encode(frame, { quality: 90, shortSide: 500 });
    expect([small, same].map(({ width: x, height: y }) => [x, y])).toEqual([
      [48, 32],
      [width, height],
    ]);
    expect(readImageHeader(small.bytes)).toMatchObject({ width: 48, height: 32 });
    expect(await colourOf(small.bytes)).toSatisfy(near([200, 60, 20]));
    expect(pool.inUse).toBe(1);
  });

  it('weighs quality', async () => {
    const { pool, encoder } = setup(options);
    using frame = rawFrame(pool, 'rgb8', [1, 2, 3]);
    for (let at = 0; at < frame.data.length; at += 1) frame.data[at] = (at * at * 7919) & 255;
    const sizes = await Promise.all(
      [1, 50, 100].map(async (quality) => (await encoder.encode(frame, { quality })).bytes.length),
    );
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(new Set(sizes).size).toBe(3);
  });

  it('answers a JPEG with its own bytes, whatever the quality', async () => {
    const { encoder } = setup(options);
    using frame = await encodedFrame('jpeg');
    const image = await encoder.encode(frame, { quality: 1 });
    expect(image).toMatchObject({ width, height });
    expect(image.bytes).toBe(frame.data);
    expect((await encoder.encode(frame, { quality: 1, shortSide: height })).bytes).toBe(frame.data);
  });

  it('copies the bytes of a JPEG in pooled memory, which will hold others', async () => {
    const { pool, encoder } = setup(options);
    using source = await encodedFrame('jpeg');
    const memory = pool.acquire(source.data.length);
    memory.bytes.set(source.data);
    const frame = new Frame(source, memory);
    const { bytes } = await encoder.encode(frame, { quality: 80 });
    memory.bytes.fill(0);
    frame.close();
    expect(bytes).toEqual(Uint8Array.from(source.data));
  });

  it('reduces a JPEG that is larger than asked for, and decodes other formats', async () => {
    const { pool, encoder } = setup(options);
    using jpeg = await encodedFrame('jpeg');
    const small = await encoder.encode(jpeg, { quality: 90, shortSide: 32 });
    expect(readImageHeader(small.bytes)).toEqual({ format: 'jpeg', width: 48, height: 32 });
    for (const format of ['png', 'webp'] as const) {
      using frame = await encodedFrame(format);
      const image = await encoder.encode(frame, { quality: 90 });
      expect(readImageHeader(image.bytes)).toEqual({ format: 'jpeg', width, height });
      expect(await colourOf(image.bytes)).toSatisfy(near([200, 60, 20]));
    }
    expect(pool.inUse).toBe(0);
  });

  it.each([
    [{ quality: 0 }, 'quality 0'],
    [{ quality: 101 }, 'quality 101'],
    [{ quality: 79.5 }, 'quality 79.5'],
    [{ quality: Number.NaN }, 'quality NaN'],
    [{ quality: 80, shortSide: 0 }, 'short side of 0'],
    [{ quality: 80, shortSide: 1.5 }, 'short side of 1.5'],
  ])('refuses %j with a sentence', async (preview, words) => {
    const { pool, encoder } = setup(options);
    using frame = rawFrame(pool, 'gray8', [1]);
    await expect(encoder.encode(frame, preview)).rejects.toThrow(words);
    await expect(encoder.encode(frame, preview)).rejects.toBeInstanceOf(RangeError);
    expect(pool.inUse).toBe(1);
  });

  it('tells what no JPEG can hold, and what is no picture', async () => {
    const { encoder } = setup(options);
    const long = Frame.fromEncoded({ ...timing, width: 70_000, height: 1, format: 'gray8' }, new Uint8Array(70_000));
    await expect(encoder.encode(long, { quality: 80 })).rejects.toMatchObject({
      code: 'IMAGE_NOT_ENCODED',
      message:
        'Frame 7 of 70000x1 pixels (gray8) cannot be made a JPEG: JPEG has at most 65500 a side. Ask for a smaller one.',
    });
    const broken = Frame.fromEncoded({ ...timing, width: 64, height: 64, format: 'rgb8' }, new Uint8Array(5));
    await expect(encoder.encode(broken, { quality: 80 })).rejects.toMatchObject({ code: 'IMAGE_NOT_ENCODED' });
    const text = Frame.fromEncoded({ ...timing, width: 0, height: 0, format: 'jpeg' }, new Uint8Array(5));
    await expect(encoder.encode(text, { quality: 80 })).rejects.toMatchObject({ code: 'IMAGE_UNKNOWN_FORMAT' });
  });

  it.skipIf(!existsSync(photo))(
    `encodes a photograph so that it stays itself${existsSync(photo) ? '' : ' (skipped: there is no ../shared/images/bus.jpg)'}`,
    async () => {
      const { pool, encoder } = setup(options);
      const file = readFileSync(photo);
      using frame = await new NodeImageCodec(pool).decodeBytes(file, timing, { format: 'rgb8', shortSide: 405 });
      const { bytes } = await encoder.encode(frame, { quality: 90 });
      const again = await sharp(bytes).raw().toBuffer();
      const error = again.reduce((sum, value, at) => sum + Math.abs(value - (frame.data[at] ?? 0)), 0) / again.length;
      expect(error).toBeLessThan(4);
      expect(bytes.length).toBeLessThan(frame.data.length / 5);
    },
  );
});

it('has jpeg-turbo here, so that the first two of these differ from the third', () => {
  expect(loadJpegTurbo()).toBeDefined();
});
