import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { BYTES_PER_PIXEL, readJpegTraits } from '../../vision/index.js';
import { loadJpegTurbo } from './jpeg-turbo.js';
import type { JpegTurbo, RawPixels } from './jpeg-turbo.js';

const [width, height] = [161, 97];
/** A slope in each colour: every pixel tells where it lies. */
const slopes = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
  const [x, y] = [((at / 3) | 0) % width, ((at / 3) | 0) / width];
  return at % 3 === 0 ? x : at % 3 === 1 ? y * 2 : 200 - x;
});
const FORMATS = ['rgba8', 'rgb8', 'gray8'] as const;

let jpeg: Uint8Array;
let turbo: JpegTurbo;
beforeAll(async () => {
  jpeg = await sharp(slopes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
  const loaded = loadJpegTurbo();
  if (loaded === undefined) throw new Error('jpeg-turbo has no binary for this platform.');
  turbo = loaded;
});

/** Room for a picture in the middle of shared memory, with guards around it. */
function guardedTarget(format: RawPixels['format']): { target: RawPixels; guards: () => Set<number> } {
  const length = width * height * BYTES_PER_PIXEL[format];
  const all = new Uint8Array(new SharedArrayBuffer(length + 2 * 4096 + 5)).fill(0xa5);
  const data = new Uint8Array(all.buffer, 4096 + 5, length);
  const guards = (): Set<number> => new Set([...all.subarray(0, 4096 + 5), ...all.subarray(4096 + 5 + length)]);
  return { target: { data, width, height, format }, guards };
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
}

describe('JpegTurbo', () => {
  it.each(FORMATS)('decodes to %s in the middle of shared memory and writes nowhere else', async (format) => {
    const { target, guards } = guardedTarget(format);
    await turbo.decode(jpeg, target);
    expect(guards()).toEqual(new Set([0xa5]));
    const image = sharp(jpeg);
    const wanted = await (format === 'rgba8' ? image.ensureAlpha() : format === 'gray8' ? image.grayscale() : image)
      .raw()
      .toBuffer();
    // Its fast transform differs from the exact one by rounding; grey is weighed otherwise by sharp.
    expect(meanDifference(target.data, wanted)).toBeLessThan(format === 'gray8' ? 12 : 1);
  });

  it('reads from shared memory at any offset', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(jpeg.length + 7), 7);
    shared.set(jpeg);
    const [a, b] = [guardedTarget('rgb8').target, guardedTarget('rgb8').target];
    await Promise.all([turbo.decode(shared, a), turbo.decode(jpeg, b)]);
    expect(a.data).toEqual(b.data);
  });

  it('keeps within the target when the file holds more than it was asked for', async () => {
    const { target, guards } = guardedTarget('rgb8');
    const larger = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#123456' } })
      .jpeg()
      .toBuffer();
    await expect(turbo.decode(larger, target)).rejects.toThrow();
    expect(guards()).toEqual(new Set([0xa5]));
  });

  it('rejects a file with another shape of the same area, which would come out skewed', async () => {
    const { target } = guardedTarget('rgb8');
    await expect(turbo.decode(jpeg, { ...target, width: height, height: width })).rejects.toThrow('161x97');
  });

  it('rejects a cut file, half of which libjpeg would fill with grey', async () => {
    const { target } = guardedTarget('rgb8');
    await expect(turbo.decode(jpeg.subarray(0, jpeg.length >> 1), target)).rejects.toThrow();
  });

  it.each([
    ['a target too small', { data: new Uint8Array(9), width, height }],
    ['no pixels', { data: new Uint8Array(0), width: 0, height: 4 }],
    ['a size whose bytes overflow an int', { data: new Uint8Array(0), width: 32_768, height: 32_768 }],
    ['a size that is no number', { data: new Uint8Array(0), width: Number.NaN, height: 1 }],
  ])('never reaches the binding with %s', async (_name, pixels) => {
    await expect(turbo.decode(jpeg, { ...pixels, format: 'rgba8' })).rejects.toBeInstanceOf(RangeError);
    await expect(turbo.encode({ ...pixels, format: 'rgba8' }, 80)).rejects.toBeInstanceOf(RangeError);
  });

  it.each(FORMATS)('encodes %s to what any decoder reads', async (format) => {
    const { target } = guardedTarget(format);
    await turbo.decode(jpeg, target);
    const [good, poor] = await Promise.all([turbo.encode(target, 95), turbo.encode(target, 30)]);
    expect(poor.length).toBeLessThan(good.length);
    expect(readJpegTraits(good)).toMatchObject({ width, height, components: format === 'gray8' ? 1 : 3 });
    const image = sharp(good).toColourspace(format === 'gray8' ? 'b-w' : 'srgb');
    const data = await image.raw().toBuffer();
    const wanted = format === 'rgba8' ? target.data.filter((_, at) => at % 4 !== 3) : target.data;
    expect(meanDifference(data, wanted)).toBeLessThan(2);
  });

  it('gives each encoding memory of its own, whatever is encoded next', async () => {
    const { target } = guardedTarget('rgb8');
    await turbo.decode(jpeg, target);
    const first = await turbo.encode(target, 90);
    const before = Uint8Array.from(first);
    target.data.fill(0);
    await turbo.encode(target, 90);
    expect(first).toEqual(before);
    expect(first.buffer.byteLength).toBe(first.length);
  });
});
