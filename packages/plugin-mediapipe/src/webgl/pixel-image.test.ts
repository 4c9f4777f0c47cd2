import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPixelImage, writeRgba, type PixelImage } from './pixel-image.js';

const sizes = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) });
const CHANNELS = { rgba8: 4, rgb8: 3, gray8: 1 } as const;

/** The definition of what `writeRgba` does, one pixel at a time. */
function expected(image: PixelImage): number[] {
  const channels = image.format === 'rgba8' ? 4 : image.format === 'rgb8' ? 3 : 1;
  return Array.from({ length: image.width * image.height }, (_, pixel) => {
    const sample = (channel: number): number => image.data[pixel * channels + channel] ?? -1;
    if (channels === 4) return [sample(0), sample(1), sample(2), sample(3)];
    return channels === 3 ? [sample(0), sample(1), sample(2), 255] : [sample(0), sample(0), sample(0), 255];
  }).flat();
}

describe('writeRgba', () => {
  it.each(['rgba8', 'rgb8', 'gray8'] as const)('writes %s as RGBA at the offset and touches nothing else', (format) => {
    fc.assert(
      fc.property(sizes, fc.nat(10), fc.nat(5), fc.integer(), (size, offset, spare, seed) => {
        const data = Uint8Array.from(
          { length: size.width * size.height * CHANNELS[format] + spare },
          (_, at) => (at * 31 + seed) & 0xff,
        );
        const image = { ...size, format, data };
        const length = size.width * size.height * 4;
        const target = new Uint8Array(offset + length + 3).fill(0xaa);
        writeRgba(image, target, offset);
        expect([...target]).toEqual([...Array<number>(offset).fill(0xaa), ...expected(image), 0xaa, 0xaa, 0xaa]);
      }),
    );
  });

  it('reads a view of shared memory', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(12), 4, 8).fill(7);
    const target = new Uint8Array(8);
    writeRgba({ width: 2, height: 1, format: 'rgba8', data: shared }, target, 0);
    expect([...target]).toEqual(Array(8).fill(7));
  });

  it('refuses an image with too few bytes and a target that is too short', () => {
    expect(() =>
      writeRgba({ width: 2, height: 2, format: 'rgb8', data: new Uint8Array(11) }, new Uint8Array(16), 0),
    ).toThrow('An image of 2x2 rgb8 needs 12 bytes but has 11.');
    expect(() =>
      writeRgba({ width: 1, height: 1, format: 'gray8', data: new Uint8Array(1) }, new Uint8Array(4), 1),
    ).toThrow(RangeError);
  });
});

describe('isPixelImage', () => {
  it('tells pixels from other things', () => {
    expect(
      [{ width: 1, height: 1, format: 'gray8', data: new Uint8Array(1) }, {}, null, 3, { data: [] }].map(isPixelImage),
    ).toEqual([true, false, false, false, false]);
  });
});
