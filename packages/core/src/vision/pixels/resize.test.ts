import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFrame } from '../../testing/frames.js';
import { PixelsMisfitError } from './pixel-image.js';
import type { PixelImage } from './pixel-image.js';
import { resizePixels } from './resize.js';
import { planResize } from './resize-plan.js';

function grey(width: number, height: number, sampleAt: (x: number, y: number) => number): PixelImage {
  const data = Uint8Array.from({ length: width * height }, (_, at) => sampleAt(at % width, Math.floor(at / width)));
  return { width, height, format: 'gray8', data };
}

function resize(source: PixelImage, width: number, height: number): number[] {
  const data = new Uint8Array((width * height * source.data.length) / (source.width * source.height));
  resizePixels(source, { width, height, data });
  return [...data];
}

/** Bilinear between pixel centres in floating point, written down from its definition. */
function bilinearByDefinition({ width, height, data }: PixelImage, toWidth: number, toHeight: number): number[] {
  const at = (x: number, y: number): number =>
    data[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)] ?? Number.NaN;
  return Array.from({ length: toWidth * toHeight }, (_, index) => {
    const x = (((index % toWidth) + 0.5) * width) / toWidth - 0.5;
    const y = ((Math.floor(index / toWidth) + 0.5) * height) / toHeight - 0.5;
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [rightShare, bottomShare] = [x - left, y - top];
    return (
      (at(left, top) * (1 - rightShare) + at(left + 1, top) * rightShare) * (1 - bottomShare) +
      (at(left, top + 1) * (1 - rightShare) + at(left + 1, top + 1) * rightShare) * bottomShare
    );
  });
}

describe('resizePixels', () => {
  it('halves four pixels to their mean, rounded', () => {
    expect(
      resize(
        grey(4, 2, (x, y) => x * 10 + y),
        2,
        1,
      ),
    ).toEqual([6, 26]);
  });

  it('halves only the axis that is reduced', () => {
    expect(
      resize(
        grey(4, 2, (x, y) => x * 10 + y * 100),
        2,
        2,
      ),
    ).toEqual([5, 25, 105, 125]);
    expect(
      resize(
        grey(2, 4, (x, y) => x * 100 + y * 10),
        2,
        2,
      ),
    ).toEqual([5, 105, 25, 125]);
  });

  it('looks at every pixel of a large reduction', () => {
    const source = grey(64, 64, (x, y) => (x === 37 && y === 11 ? 255 : 0));
    expect(resize(source, 2, 2).map((sample) => sample > 0)).toEqual([false, false, false, false]); // 255 / 1024
    expect(resize(source, 8, 8).filter((sample) => sample > 0)).toEqual([4]); // 255 / 64
  });

  it('keeps pixels as they are where the size stays', () => {
    const source = grey(5, 3, (x, y) => x * 50 + y);
    expect(resize(source, 5, 3)).toEqual([...source.data]);
  });

  it('spreads a single pixel, row or column', () => {
    expect(
      resize(
        grey(1, 1, () => 77),
        3,
        2,
      ),
    ).toEqual(Array<number>(6).fill(77));
    expect(
      resize(
        grey(1, 2, (_, y) => y * 100),
        2,
        4,
      ),
    ).toEqual([0, 0, 25, 25, 75, 75, 100, 100]);
    expect(
      resize(
        grey(2, 1, (x) => x * 100),
        4,
        2,
      ),
    ).toEqual([0, 25, 75, 100, 0, 25, 75, 100]);
  });

  it.each([
    ['rgb8', 3],
    ['rgba8', 4],
  ] as const)('resizes each channel of %s as if it were alone', (format, channels) => {
    const [width, height] = [13, 9];
    const data = Uint8Array.from({ length: width * height * channels }, (_, at) => (at * 7919) % 251);
    const all = resize({ width, height, format, data }, 6, 7);
    for (let channel = 0; channel < channels; channel += 1) {
      const alone = grey(width, height, (x, y) => data[(y * width + x) * channels + channel] ?? 0);
      expect(all.filter((_, at) => at % channels === channel)).toEqual(resize(alone, 6, 7));
    }
  });

  it('is bilinear between pixel centres while no axis is reduced 2x, to 1.5 of 255', () => {
    const side = fc.integer({ min: 1, max: 24 });
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.infiniteStream(fc.nat(255)),
        (width, height, toWidth, toHeight, samples) => {
          fc.pre(width < 2 * toWidth && height < 2 * toHeight);
          const source = grey(width, height, () => samples.next().value as number);
          const expected = bilinearByDefinition(source, toWidth, toHeight);
          for (const [index, sample] of resize(source, toWidth, toHeight).entries())
            // Up to 1 because rows are weighed in 128ths, and half of one for rounding to whole samples.
            expect(Math.abs(sample - (expected[index] ?? Number.NaN))).toBeLessThanOrEqual(1.51);
        },
      ),
    );
  });

  it('keeps an even colour, and a slope in its place, at any reduction', () => {
    const side = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(side, side, fc.nat(255), (from, to, colour) => {
        expect(
          new Set(
            resize(
              grey(from, 3, () => colour),
              to,
              2,
            ),
          ),
        ).toEqual(new Set([colour]));
        const slope = resize(
          grey(from, 1, (x) => x),
          to,
          1,
        );
        // Away from the edges, where sampling stops at the last centre, a slope tells where its samples were taken.
        for (const [index, sample] of slope.entries()) {
          const place = ((index + 0.5) * from) / to - 0.5;
          const reach = Math.max(1, from / to);
          if (place < reach || place > from - 1 - reach) continue;
          expect(Math.abs(sample - place)).toBeLessThanOrEqual(1.5);
        }
      }),
    );
  });

  it('refuses encoded frames and lengths that do not fit, and says what would', () => {
    const target = { width: 2, height: 2, data: new Uint8Array(4) };
    using encoded = aFrame({ format: 'jpeg' });
    expect(() => resizePixels(encoded, target)).toThrow(PixelsMisfitError);
    expect(() => resizePixels({ ...grey(2, 2, () => 0), width: 3 }, target)).toThrow('exactly 6 values');
    expect(() =>
      resizePixels(
        grey(2, 2, () => 0),
        { ...target, data: new Uint8Array(5) },
      ),
    ).toThrow('exactly 4 values');
    expect(() =>
      resizePixels(
        grey(2, 2, () => 0),
        { width: 0, height: 2, data: new Uint8Array(0) },
      ),
    ).toThrow(expect.objectContaining({ code: 'CORE_PIXELS_MISFIT' }));
  });
});

describe('planResize', () => {
  it('halves from 2x on and leaves less than 2x to bilinear sampling', () => {
    expect(planResize(1280, 720, 640, 360)).toMatchObject({
      halvings: [{ width: 640, height: 360 }],
      bilinear: undefined,
    });
    expect(planResize(640, 480, 512, 384).halvings).toEqual([]);
    expect(planResize(1281, 100, 640, 80).halvings).toEqual([
      { width: 641, height: 100, halvesX: true, halvesY: false },
    ]);
    expect(planResize(4000, 3000, 500, 1200).halvings.map(({ width, height }) => [width, height])).toEqual([
      [2000, 1500],
      [1000, 1500],
      [500, 1500],
    ]);
  });
});
