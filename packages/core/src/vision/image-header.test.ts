import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ImageError } from './image-error.js';
import { endsEarly, readImageHeader } from './image-header.js';

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const uint16 = (value: number): number[] => [value >> 8, value & 255];
const uint32 = (value: number): number[] => [...uint16(value >>> 16), ...uint16(value & 0xffff)];

function jpeg(width: number, height: number, before: readonly number[] = []): Uint8Array {
  return Uint8Array.from([0xff, 0xd8, ...before, 0xff, 0xc0, ...uint16(17), 8, ...uint16(height), ...uint16(width), 3]);
}
function png(width: number, height: number): Uint8Array {
  return Uint8Array.from([
    0x89,
    ...ascii('PNG'),
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    ...uint32(13),
    ...ascii('IHDR'),
    ...uint32(width),
    ...uint32(height),
    8,
    2,
  ]);
}
function webp(chunk: string, ...body: number[]): Uint8Array {
  return Uint8Array.from([...ascii('RIFF'), 100, 0, 0, 0, ...ascii('WEBP'), ...ascii(chunk), 80, 0, 0, 0, ...body]);
}

describe('readImageHeader', () => {
  it('reads a JPEG whose frame header comes after other segments, fill bytes and a thumbnail', () => {
    const thumbnail = [0xff, 0xd8, 0xff, 0xc0, ...uint16(17), 8, ...uint16(9), ...uint16(9)];
    const app1 = [0xff, 0xe1, ...uint16(2 + thumbnail.length), ...thumbnail];
    const tables = [0xff, 0xff, 0xff, 0xc4, ...uint16(3), 0];
    expect(readImageHeader(jpeg(640, 480, [...app1, ...tables]))).toEqual({ format: 'jpeg', width: 640, height: 480 });
  });

  it('reads PNG and the three kinds of WebP', () => {
    expect(readImageHeader(png(70_000, 3))).toEqual({ format: 'png', width: 70_000, height: 3 });
    expect(readImageHeader(webp('VP8X', 0, 0, 0, 0, 0xff, 0x3f, 0, 1, 0, 0))).toEqual({
      format: 'webp',
      width: 0x4000,
      height: 2,
    });
    expect(readImageHeader(webp('VP8 ', 0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x41))).toEqual({
      format: 'webp',
      width: 640,
      height: 480,
    });
    const bits = (639 | (479 << 14)) >>> 0;
    expect(readImageHeader(webp('VP8L', 0x2f, bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, bits >>> 24))).toEqual(
      {
        format: 'webp',
        width: 640,
        height: 480,
      },
    );
  });

  it('reads a view that does not begin at the start of its buffer', () => {
    const padded = Uint8Array.from([1, 2, 3, ...png(5, 6)]);
    expect(readImageHeader(padded.subarray(3))).toEqual({ format: 'png', width: 5, height: 6 });
  });

  it.each([
    ['a JPEG without a frame header', Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 8, 1]), 'IMAGE_BROKEN'],
    ['a JPEG of height 0', jpeg(640, 0), 'IMAGE_BROKEN'],
    ['a JPEG segment of length 0', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]), 'IMAGE_BROKEN'],
    ['a PNG of width 0', png(0, 4), 'IMAGE_BROKEN'],
    ['a WebP without a size', webp('ANIM', 0, 0, 0, 0, 0, 0), 'IMAGE_BROKEN'],
    ['a JPEG of 4 bytes', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]), 'IMAGE_TRUNCATED'],
    ['nothing', new Uint8Array(), 'IMAGE_EMPTY'],
    ['a GIF', Uint8Array.from(ascii('GIF89a')), 'IMAGE_UNKNOWN_FORMAT'],
  ])('refuses %s', (_name, bytes, code) => {
    expect(() => readImageHeader(bytes)).toThrow(expect.objectContaining({ name: 'ImageError', code }));
  });

  it('reads any bytes to a size of at least 1x1 or an ImageError', () => {
    const starts = [
      jpeg(640, 480).subarray(0, 3),
      png(1, 1).subarray(0, 16),
      webp('VP8X').subarray(0, 16),
      new Uint8Array(),
    ];
    const bytes = fc
      .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }))
      .map(([start, rest]) => Uint8Array.from([...start, ...rest]));
    const markers = fc
      .array(fc.constantFrom(0xff, 0xd8, 0xd0, 0x01, 0xe0, 0, 2, 3), { maxLength: 200 })
      .map((list) => Uint8Array.from([0xff, 0xd8, 0xff, ...list]));
    fc.assert(
      fc.property(fc.oneof(bytes, markers), (candidate) => {
        try {
          const { width, height } = readImageHeader(candidate);
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
        } catch (error) {
          expect(error).toBeInstanceOf(ImageError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('readImageHeader, of real files', () => {
  const [width, height] = [161, 97];
  const picture = sharp({ create: { width, height, channels: 4, background: { r: 9, g: 99, b: 199, alpha: 0.5 } } });
  const kinds = {
    'baseline JPEG': { format: 'jpeg', encode: () => picture.clone().jpeg() },
    'progressive JPEG': { format: 'jpeg', encode: () => picture.clone().jpeg({ progressive: true }) },
    'JPEG with metadata': { format: 'jpeg', encode: () => picture.clone().withMetadata({ density: 300 }).jpeg() },
    PNG: { format: 'png', encode: () => picture.clone().png() },
    'lossy WebP': { format: 'webp', encode: () => picture.clone().removeAlpha().webp() },
    'lossless WebP': { format: 'webp', encode: () => picture.clone().webp({ lossless: true }) },
    'WebP with alpha': { format: 'webp', encode: () => picture.clone().webp({ quality: 50 }) },
  } as const;
  const files = new Map<string, Uint8Array>();
  beforeAll(async () => {
    for (const [kind, { encode }] of Object.entries(kinds)) files.set(kind, await encode().toBuffer());
  });

  it.each(Object.entries(kinds))('reads a %s', (kind, { format }) => {
    expect(readImageHeader(files.get(kind) ?? new Uint8Array())).toEqual({ format, width, height });
  });

  it.each(Object.keys(kinds))('tells a %s cut inside its header, at any byte, by that', (kind) => {
    const file = files.get(kind) ?? new Uint8Array();
    let headerEnds = false;
    for (let length = 1; length <= file.length; length += 1) {
      try {
        expect(readImageHeader(file.subarray(0, length))).toMatchObject({ width, height });
        headerEnds = true; // from here on every longer piece has the size
      } catch (error) {
        expect([length, headerEnds, error]).toEqual([
          length,
          false,
          expect.objectContaining({ name: 'ImageError', code: 'IMAGE_TRUNCATED' }),
        ]);
      }
    }
    expect(headerEnds).toBe(true);
  });

  it('reads them with any bytes changed to a size of at least 1x1 or an ImageError', () => {
    const hit = fc.record({ at: fc.nat(200), value: fc.nat(255) });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(kinds)),
        fc.array(hit, { minLength: 1, maxLength: 6 }),
        (kind, hits) => {
          const bytes = Uint8Array.from(files.get(kind) ?? []);
          for (const { at, value } of hits) bytes[at % bytes.length] = value;
          try {
            const header = readImageHeader(bytes);
            expect(Math.min(header.width, header.height)).toBeGreaterThanOrEqual(1);
          } catch (error) {
            expect(error).toBeInstanceOf(ImageError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('endsEarly', () => {
  it('finds the end marker of a JPEG, padding behind it included', () => {
    expect(endsEarly(Uint8Array.from([0xff, 0xd8, 1, 2, 0xff, 0xd9, 0, 0, 0]), 'jpeg')).toBe(false);
    expect(endsEarly(Uint8Array.from([0xff, 0xd8, 1, 2, 0xff]), 'jpeg')).toBe(true);
  });

  it('asks a PNG for its last chunk and a WebP for its length', () => {
    expect(endsEarly(png(1, 1), 'png')).toBe(true);
    expect(endsEarly(Uint8Array.from([...png(1, 1), 0, 0, 0, 0, ...ascii('IEND'), 1, 2, 3, 4]), 'png')).toBe(false);
    expect(endsEarly(webp('VP8X'), 'webp')).toBe(true);
    expect(endsEarly(Uint8Array.from([...webp('VP8X'), ...new Uint8Array(88)]), 'webp')).toBe(false);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom('jpeg', 'png', 'webp'),
        (bytes, format) => typeof endsEarly(bytes, format) === 'boolean',
      ),
    );
  });
});
