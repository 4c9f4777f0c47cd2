import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorCode } from '../base/index.js';
import { BYTES_PER_PIXEL, Frame, PlainPixelKernel, SlotFramePool } from '../vision/index.js';
import type { RawPixelFormat } from '../vision/index.js';
import { NodeImageCodec } from './image-codec.js';
import type { NodeImageCodecOptions } from './image-codec.js';
import { loadJpegTurbo } from './jpeg/jpeg-turbo.js';

const timing = { sequence: 7, timestampMs: 12.5, capturedAtMs: 99 };
const [WIDTH, HEIGHT] = [64, 48];

/** Left half red, right half blue, so that turning and scaling show. */
function picture(): Sharp {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let at = 0; at < pixels.length; at += 3) pixels[at + ((at / 3) % WIDTH < WIDTH / 2 ? 0 : 2)] = 255;
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

/** Middle grey all over, in one channel. */
function grey(): Sharp {
  const raw = { width: WIDTH, height: HEIGHT, channels: 1 } as const;
  return sharp(new Uint8Array(WIDTH * HEIGHT).fill(128), { raw }).toColourspace('b-w');
}

let jpeg: Uint8Array;
beforeAll(async () => {
  jpeg = await picture().jpeg({ quality: 95 }).toBuffer();
});

function pixelAt(frame: Frame, x: number, y: number): number[] {
  const channels = BYTES_PER_PIXEL[frame.format as RawPixelFormat];
  const at = (y * frame.width + x) * channels;
  return [...frame.data.subarray(at, at + channels)];
}

/** Near enough for lossy formats. */
function isNear(actual: readonly number[], wanted: readonly number[]): boolean {
  return (
    actual.length === wanted.length && actual.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) <= 12)
  );
}

/** A JPEG like `jpeg` whose frame header claims another size. */
function claiming(width: number, height: number): Uint8Array {
  const bytes = Buffer.from(jpeg);
  const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, at + 5);
  bytes.writeUInt16BE(width, at + 7);
  return bytes;
}

const turbo = loadJpegTurbo();
const decoders: readonly (readonly [string, NodeImageCodecOptions])[] = [
  ['jpeg-turbo first', { turbo }],
  ['jpeg-turbo and a kernel first', { turbo, kernel: new PlainPixelKernel() }],
  ['sharp alone', { turbo: undefined }],
];

it('has jpeg-turbo here, so that what follows tries both', () => {
  expect(turbo).toBeDefined();
});

describe.each(decoders)('NodeImageCodec with %s', (_decoders, options) => {
  function setup(): { pool: SlotFramePool; codec: NodeImageCodec } {
    const pool = new SlotFramePool();
    return { pool, codec: new NodeImageCodec(pool, options) };
  }

  it.each(['jpeg', 'png', 'webp'] as const)('decodes %s to each raw format', async (format) => {
    const { pool, codec } = setup();
    const bytes = await picture().toFormat(format, { quality: 95 }).toBuffer();
    const wanted = { rgba8: [255, 0, 0, 255], rgb8: [255, 0, 0] } as const;
    for (const raw of ['rgba8', 'rgb8'] as const) {
      using frame = await codec.decodeBytes(bytes, timing, { format: raw });
      expect(frame).toMatchObject({ ...timing, width: WIDTH, height: HEIGHT, format: raw });
      expect(frame.data.length).toBe(WIDTH * HEIGHT * BYTES_PER_PIXEL[raw]);
      expect(pixelAt(frame, 4, 20)).toSatisfy((pixel: number[]) => isNear(pixel, wanted[raw]));
    }
    using gray = await codec.decodeBytes(bytes, timing, { format: 'gray8' });
    expect(gray.data.length).toBe(WIDTH * HEIGHT);
    expect(pixelAt(gray, 4, 20)).toSatisfy((pixel: number[]) => isNear(pixel, [76])); // red, then blue, as BT.601 has them
    expect(pixelAt(gray, 60, 20)).toSatisfy((pixel: number[]) => isNear(pixel, [29]));
    expect(pool.inUse).toBe(1);
  });

  it.each([
    ['CMYK', () => picture().toColourspace('cmyk').jpeg()],
    ['grey', () => picture().grayscale().jpeg()],
    ['16 bits', () => picture().toColourspace('rgb16').png()],
    ['transparent', () => picture().ensureAlpha(0.5).webp()],
  ])('decodes %s images to 8-bit RGBA', async (_name, make) => {
    const { codec } = setup();
    using frame = await codec.decodeBytes(await make().toBuffer(), timing, { format: 'rgba8' });
    expect(frame.data.length).toBe(WIDTH * HEIGHT * 4);
  });

  it.each([
    ['a grey JPEG', () => grey().jpeg({ quality: 95 }), [128, 128, 128, 255]],
    ['a grey PNG of 16 bits', () => grey().toColourspace('grey16').png(), [128, 128, 128, 255]],
    ['a colour PNG of 16 bits', () => picture().toColourspace('rgb16').png(), [255, 0, 0, 255]],
    ['a PNG with a palette', () => picture().png({ palette: true }), [255, 0, 0, 255]],
    ['a half transparent PNG', () => picture().ensureAlpha(0.5).png(), [255, 0, 0, 128]],
    ['a half transparent grey PNG', () => grey().ensureAlpha(0.5).png(), [128, 128, 128, 128]],
  ])('keeps the colours of %s', async (_name, make, wanted) => {
    const { codec } = setup();
    const bytes = await make().toBuffer();
    using rgba = await codec.decodeBytes(bytes, timing, { format: 'rgba8' });
    expect(pixelAt(rgba, 4, 20)).toSatisfy((pixel: number[]) => isNear(pixel, wanted), `near ${wanted.join()}`);
    using rgb = await codec.decodeBytes(bytes, timing, { format: 'rgb8', shortSide: 24 });
    expect(pixelAt(rgb, 2, 10)).toSatisfy((pixel: number[]) => isNear(pixel, wanted.slice(0, 3)));
    using gray = await codec.decodeBytes(bytes, timing, { format: 'gray8' });
    expect(gray.data.length).toBe(WIDTH * HEIGHT);
  });

  it('gives no slot away when the pool is full, and says so by the code of the pool', async () => {
    const pool = new SlotFramePool(4096);
    const codec = new NodeImageCodec(pool, options);
    await expect(codec.decodeBytes(jpeg, timing, { format: 'rgba8' })).rejects.toMatchObject({
      code: 'CORE_FRAME_POOL_EXHAUSTED',
    });
    expect([pool.inUse, pool.heldBytes]).toEqual([0, 0]);
  });

  it('refuses a frame that is closed already', async () => {
    const { codec } = setup();
    const frame = Frame.fromEncoded({ ...timing, width: 0, height: 0, format: 'jpeg' }, jpeg);
    frame.close();
    await expect(codec.decode(frame, { format: 'rgba8' })).rejects.toMatchObject({ code: 'CORE_FRAME_CLOSED' });
  });

  it('decodes several images at once, each into its own memory', async () => {
    const { pool, codec } = setup();
    const decode = (): Promise<Frame> => codec.decodeBytes(jpeg, timing, { format: 'rgba8' });
    const frames = await Promise.all(Array.from({ length: 8 }, decode));
    for (const frame of frames) expect(frame.data).toEqual(frames[0]?.data);
    for (const [index, { data }] of frames.entries()) data.fill(index);
    expect(frames.map(({ data }) => [data[0], data.at(-1)])).toEqual(frames.map((_, index) => [index, index]));
    for (const frame of frames) frame.close();
    expect(pool.inUse).toBe(0);
  });

  it('puts the pixels into shared memory and gives the slot back when the frame is closed', async () => {
    const { pool, codec } = setup();
    const frame = await codec.decodeBytes(jpeg, timing, { format: 'rgba8' });
    expect(frame.data.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(pool.inUse).toBe(1);
    frame.close();
    expect(pool.inUse).toBe(0);
  });

  it('reduces to the short side and never enlarges', async () => {
    const { codec } = setup();
    using small = await codec.decodeBytes(jpeg, timing, { format: 'rgba8', shortSide: 24 });
    using same = await codec.decodeBytes(jpeg, timing, { format: 'rgba8', shortSide: 48 });
    using larger = await codec.decodeBytes(jpeg, timing, { format: 'rgba8', shortSide: 100 });
    expect([small, same, larger].map(({ width, height }) => [width, height])).toEqual([
      [32, 24],
      [64, 48],
      [64, 48],
    ]);
    expect(pixelAt(small, 2, 12)).toSatisfy((pixel: number[]) => isNear(pixel, [255, 0, 0, 255]));
    expect(pixelAt(small, 30, 12)).toSatisfy((pixel: number[]) => isNear(pixel, [0, 0, 255, 255]));
  });

  it('turns pictures upright as their EXIF orientation says', async () => {
    const { codec } = setup();
    const turned = await picture().withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer(); // 90 degrees clockwise
    using frame = await codec.decodeBytes(turned, timing, { format: 'rgba8' });
    expect([frame.width, frame.height]).toEqual([HEIGHT, WIDTH]);
    expect(pixelAt(frame, 24, 4)).toSatisfy((pixel: number[]) => isNear(pixel, [255, 0, 0, 255])); // left became top
  });

  it('decodes an encoded frame in shared memory and leaves it to its owner', async () => {
    const { pool, codec } = setup();
    const memory = pool.acquire(jpeg.length);
    memory.bytes.set(jpeg);
    using encoded = new Frame({ ...timing, width: 0, height: 0, format: 'jpeg' }, memory);
    using frame = await codec.decode(encoded, { format: 'rgb8' });
    expect(frame).toMatchObject({ ...timing, width: WIDTH, height: HEIGHT });
    expect(encoded.closed).toBe(false);
  });

  it('refuses a JPEG 20,000 pixels wide from its header, taking no memory', async () => {
    const { pool, codec } = setup();
    await expect(codec.decodeBytes(claiming(20_000, 48), timing, { format: 'rgba8' })).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: 'The JPEG claims 20000x48 pixels; allowed: 16384 a side and 64 megapixels. Reduce it before sending.',
    });
    await expect(codec.decodeBytes(claiming(16_000, 16_000), timing, { format: 'rgba8' })).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
    expect(pool.heldBytes).toBe(0);
  });

  it('refuses damaged data that would decode to half a picture', async () => {
    const { pool, codec } = setup();
    await expect(codec.decodeBytes(claiming(640, 480), timing, { format: 'rgba8' })).rejects.toMatchObject({
      code: 'IMAGE_BROKEN',
    });
    expect(pool.inUse).toBe(0);
  });

  it.each([
    ['0 bytes', () => new Uint8Array(), 'IMAGE_EMPTY', 'The image has 0 bytes. Send the whole file.'],
    [
      'text',
      () => new TextEncoder().encode('hello'),
      'IMAGE_UNKNOWN_FORMAT',
      'The image starts with the bytes 68 65 6c 6c, which is neither JPEG, PNG nor WebP. Send one of these.',
    ],
  ])('answers %s with one clear sentence', async (_name, bytes, code, message) => {
    const { codec } = setup();
    await expect(codec.decodeBytes(bytes(), timing, { format: 'rgba8' })).rejects.toMatchObject({ code, message });
  });

  it.each(['jpeg', 'png', 'webp'] as const)('tells a cut %s by its own code wherever it is cut', async (format) => {
    const { pool, codec } = setup();
    const bytes = await picture().toFormat(format).toBuffer();
    const cuts = [20, 40, 100, bytes.length >> 1, bytes.length - 20].filter((length) => length < bytes.length - 10);
    for (const length of cuts) {
      const outcome = codec.decodeBytes(bytes.subarray(0, length), timing, { format: 'rgba8' });
      await expect(outcome, `${length} of ${bytes.length} bytes`).rejects.toMatchObject({
        name: 'ImageError',
        code: 'IMAGE_TRUNCATED',
      });
    }
    expect(pool.inUse).toBe(0);
  });

  it('tells a JPEG cut anywhere in its picture, whatever the size asked for, and takes no memory', async () => {
    const { pool, codec } = setup();
    const progressive = await picture().jpeg({ progressive: true }).toBuffer();
    const cut = fc.record({
      file: fc.constantFrom(jpeg, progressive),
      share: fc.double({ min: 0, max: 0.98, noNaN: true }),
      shortSide: fc.constantFrom(undefined, 6, 24),
    });
    await fc.assert(
      fc.asyncProperty(cut, async ({ file, share, shortSide }) => {
        const bytes = file.subarray(0, Math.max(1, Math.floor(file.length * share)));
        const wanted = { format: 'rgba8' as const, ...(shortSide === undefined ? {} : { shortSide }) };
        await expect(codec.decodeBytes(bytes, timing, wanted)).rejects.toMatchObject({ code: 'IMAGE_TRUNCATED' });
        expect(pool.heldBytes).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('answers garbled bytes with a frame or an ImageError, never with anything else', async () => {
    const { pool, codec } = setup();
    const damage = fc.array(fc.record({ at: fc.nat(jpeg.length - 1), value: fc.nat(255) }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(damage, async (hits) => {
        const bytes = Uint8Array.from(jpeg);
        for (const { at, value } of hits) bytes[at] = value;
        try {
          (await codec.decodeBytes(bytes, timing, { format: 'rgba8', shortSide: 24 })).close();
        } catch (error) {
          expect(errorCode(error)).toMatch(/^IMAGE_/);
        }
        expect(pool.inUse).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
