import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode } from '../base/index.js';
import { BYTES_PER_PIXEL, readImageHeader } from '../vision/index.js';
import type { FrameMemory, FramePool, RawPixelFormat } from '../vision/index.js';
import { NodeImageCodec } from './image-codec.js';

const photo = new URL('../../../../../shared/images/bus.jpg', import.meta.url);
const lacking = existsSync(photo) ? '' : ' (without a photograph: there is no ../shared/images/bus.jpg)';
const timing = { sequence: 1, timestampMs: 1, capturedAtMs: 1 };

/** Slots between guards, so that a decoder that writes beside its slot is found out. */
class GuardedPool implements FramePool {
  inUse = 0;
  heldBytes = 0;
  readonly #slots: { readonly all: Uint8Array; readonly length: number }[] = [];

  acquire(length: number): FrameMemory {
    const all = new Uint8Array(new SharedArrayBuffer(length + 2 * GUARD)).fill(0xa5);
    this.#slots.push({ all, length });
    this.inUse += 1;
    let owners = 1;
    return {
      bytes: new Uint8Array(all.buffer, GUARD, length),
      retain: () => void (owners += 1),
      release: () => {
        owners -= 1;
        if (owners === 0) this.inUse -= 1;
      },
    };
  }

  /** Bytes outside the slots that somebody has changed, since the last look. */
  touched(): number {
    let count = 0;
    for (const { all, length } of this.#slots.splice(0)) {
      for (const guard of [all.subarray(0, GUARD), all.subarray(GUARD + length)]) {
        for (const byte of guard) if (byte !== 0xa5) count += 1;
      }
    }
    return count;
  }
}
const GUARD = 2048;

type Damage =
  | { readonly kind: 'set' | 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'remove' | 'repeat'; readonly at: number; readonly length: number }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'cut'; readonly at: number };

/** A share of the file, or a byte of its header. */
const place = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.nat(700) },
);
const side = fc.oneof(fc.nat(1200), fc.constantFrom(0, 1, 8, 4096, 16_384, 32_768, 65_500, 65_535));
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('set' as const, 'insert' as const),
    at: place,
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 6 }),
      fc
        .tuple(fc.constant(0xff), fc.constantFrom(0, 0xc0, 0xc2, 0xc4, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xe1, 0xff))
        .map((marker) => Uint8Array.from(marker)),
    ),
  }),
  fc.record({
    kind: fc.constantFrom('remove' as const, 'repeat' as const),
    at: place,
    length: fc.integer({ min: 1, max: 300 }),
  }),
  fc.record({ kind: fc.constant('size' as const), width: side, height: side }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
);

function damaged(file: Uint8Array, what: Damage): Uint8Array {
  if (what.kind === 'size') {
    const bytes = Buffer.from(file);
    const start = Math.max(bytes.indexOf(Buffer.from([0xff, 0xc0])), bytes.indexOf(Buffer.from([0xff, 0xc2])));
    if (start === -1 || start + 9 > bytes.length) return bytes;
    bytes.writeUInt16BE(what.height, start + 5);
    bytes.writeUInt16BE(what.width, start + 7);
    return bytes;
  }
  const at = Math.min(file.length, what.at <= 1 ? Math.floor(what.at * file.length) : what.at);
  const [before, after] = [file.subarray(0, at), file.subarray(at)];
  if (what.kind === 'cut') return before;
  if ('bytes' in what) {
    const overwritten = what.kind === 'set' ? what.bytes.length : 0;
    return Buffer.concat([before, what.bytes, after.subarray(overwritten)]);
  }
  if (what.kind === 'remove') return Buffer.concat([before, after.subarray(what.length)]);
  return Buffer.concat([before, after.subarray(0, what.length), after]);
}

describe(`NodeImageCodec, given damaged JPEGs${lacking}`, () => {
  const pool = new GuardedPool();
  const codec = new NodeImageCodec(pool);
  const files: Uint8Array[] = [];
  const noise = (): Sharp =>
    sharp({
      create: {
        width: 131,
        height: 77,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 120, sigma: 50 },
      },
    });

  beforeAll(async () => {
    files.push(await noise().jpeg({ quality: 85 }).toBuffer());
    files.push(await noise().jpeg({ quality: 60, progressive: true }).toBuffer());
    files.push(await noise().toColourspace('b-w').jpeg().toBuffer());
    files.push(
      await noise()
        .withExif({ IFD0: { Copyright: 'nobody' } })
        .jpeg({ chromaSubsampling: '4:4:4' })
        .toBuffer(),
    );
    if (lacking === '') files.push(await sharp(readFileSync(photo)).resize(202).jpeg().toBuffer());
  });

  afterAll(() => {
    expect(pool.inUse).toBe(0);
  });

  it('answers with a frame of the size in the header or an ImageError, and writes nowhere but into its slot', async () => {
    const attempt = fc.record({
      file: fc.nat(),
      hits: fc.array(damage, { minLength: 1, maxLength: 2 }),
      format: fc.constantFrom<RawPixelFormat>('rgba8', 'rgb8', 'gray8'),
    });
    await fc.assert(
      fc.asyncProperty(attempt, async ({ file, hits, format }) => {
        const bytes = hits.reduce(damaged, files[file % files.length] ?? new Uint8Array());
        try {
          using frame = await codec.decodeBytes(bytes, timing, { format });
          const { width, height } = readImageHeader(bytes);
          // Damage may make Exif ask for turning.
          expect([
            [width, height],
            [height, width],
          ]).toContainEqual([frame.width, frame.height]);
          expect(frame.data.length).toBe(width * height * BYTES_PER_PIXEL[format]);
        } catch (error) {
          expect(errorCode(error), String(error)).toMatch(/^IMAGE_/);
        }
        expect(pool.inUse).toBe(0);
        expect(pool.touched()).toBe(0);
      }),
      { numRuns: 600 },
    );
    // Each of the ways was gone, or the files would prove little.
    const { turbo, turboGaveUp, sharp: bySharp, failed } = codec.counts;
    expect(Math.min(turbo, turboGaveUp, bySharp, failed)).toBeGreaterThan(0);
  }, 60_000);

  it('does not trust one size and decode another where a second frame header hides in the first one', async () => {
    const [file] = files;
    const bytes = Buffer.from(file ?? []);
    const start = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    const header = Buffer.from(bytes.subarray(start, start + 19));
    header.writeUInt16BE(32_768, 5);
    header.writeUInt16BE(32_768, 7);
    // libjpeg skips FF 00 and would go on with the header inside; a reader that takes it for a segment sees the one behind.
    const disguise = Buffer.from([0xff, 0x00, 0x00, 2 + header.length]);
    const hidden = Buffer.concat([bytes.subarray(0, start), disguise, header, bytes.subarray(start)]);
    await expect(codec.decodeBytes(hidden, timing, { format: 'rgba8' })).rejects.toMatchObject({ name: 'ImageError' });
    expect(pool.touched()).toBe(0);
  });
});
