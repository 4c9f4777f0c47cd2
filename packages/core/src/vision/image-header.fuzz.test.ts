import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { FUZZ_LIMIT_MS, expectTrue, fuzz, readOrRefused } from '../../../../test/support/fuzz.js';
import { mutatedBytes } from '../../../../test/support/mutations.js';
import type { Random } from '../../../../test/support/mutations.js';
import { ImageError } from './image-error.js';
import { endsEarly, readImageHeader } from './image-header.js';
import { countScans, readJpegTraits } from './jpeg-header.js';

const seeds: Uint8Array[] = [];
/** Markers of JPEG, chunks of PNG and WebP, and what Exif begins with. */
const tokens = [
  ...[0x00, 0x01, 0xc0, 0xc2, 0xc4, 0xc8, 0xd0, 0xd8, 0xd9, 0xda, 0xe1, 0xff].map((marker) => [0xff, marker]),
  ...[
    [0xff, 0xe0, 0, 2],
    [0xff, 0xe1, 0xff, 0xff],
    [0xff, 0xc0, 0, 17, 8, 0, 1, 0, 1, 3],
    Array.from({ length: 64 }, () => 0xff),
  ],
  ...['RIFF', 'WEBP', 'VP8 ', 'VP8L', 'VP8X', 'IHDR', 'IEND', 'Exif\0\0', 'MM\0*', 'II*\0'].map((text) =>
    Array.from(text, (letter) => letter.charCodeAt(0)),
  ),
].map((bytes) => Uint8Array.from(bytes));

beforeAll(async () => {
  const picture = sharp({
    create: { width: 21, height: 13, channels: 4, background: { r: 9, g: 99, b: 199, alpha: 0.5 } },
  });
  const files = [
    picture.clone().jpeg(),
    picture.clone().jpeg({ progressive: true }),
    picture.clone().withMetadata({ orientation: 6 }).jpeg(),
    picture.clone().png(),
    picture.clone().removeAlpha().webp(),
    picture.clone().webp({ lossless: true }),
    picture.clone().webp({ quality: 50 }),
  ];
  for (const file of files) seeds.push(Uint8Array.from(await file.toBuffer()).subarray(0, 1200));
});

const make = (random: Random): Uint8Array => mutatedBytes(random, seeds, tokens);

describe('A hundred thousand damaged pictures', { timeout: FUZZ_LIMIT_MS }, () => {
  it('have a size of at least 1x1, or are refused by their error, in as many steps as they have bytes at most', () => {
    let read = 0;
    fuzz({
      make,
      attempt: (bytes) => {
        const header = readOrRefused(() => readImageHeader(bytes), ImageError);
        if (header === undefined) return;
        read += 1;
        expectTrue(Number.isInteger(header.width) && header.width >= 1 && header.width <= 0xffff_ffff, 'a width');
        expectTrue(Number.isInteger(header.height) && header.height >= 1 && header.height <= 0xffff_ffff, 'a height');
        expectTrue(typeof endsEarly(bytes, header.format) === 'boolean', 'it ends, or does not');
      },
      // A step for each fill byte, four for each segment, which has four bytes; the end of a JPEG is looked for in 1024.
      mostSteps: (bytes) => bytes.length + Math.min(bytes.length, 1024) + 64,
    });
    expect(read).toBeGreaterThan(10_000);
  });

  it('tell the traits of a JPEG, or nothing, and its scans', () => {
    let read = 0;
    fuzz({
      make,
      attempt: (bytes) => {
        const traits = readJpegTraits(bytes);
        const scans = countScans(bytes, traits?.scanOffset ?? 0, 100);
        expectTrue(scans <= 100, 'counting ends');
        if (traits === undefined) return;
        read += 1;
        expectTrue(Math.min(traits.width, traits.height) >= 1, 'a size');
        expectTrue(bytes[traits.scanOffset + 1] === 0xda, 'the offset of a scan');
        expectTrue(
          traits.isOneScan || scans > 0 || traits.scanOffset + 2 > bytes.length,
          'a scan that begins is counted',
        );
        const header = readImageHeader(bytes);
        expectTrue(header.width === traits.width && header.height === traits.height, 'one size for both readers');
      },
      // Both readers, and one search for each 0xFF.
      mostSteps: (bytes) => 4 * bytes.length + 64,
    });
    expect(read).toBeGreaterThan(5_000);
  });
});
