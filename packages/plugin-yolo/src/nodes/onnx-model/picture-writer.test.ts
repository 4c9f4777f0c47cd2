import { PlainPixelKernel, boxFromLetterbox } from '@kinegraph/core/plugin';
import type { RawPixelFormat } from '@kinegraph/core/plugin';
import { elementArrayClass, fromFloat16Bits } from '@kinegraph/onnx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OnnxModelConfig } from './config.js';
import { PICTURE_TYPES } from './picture-plan.js';
import type { PictureType } from './picture-plan.js';
import { PictureWriter } from './picture-writer.js';
import type { PictureArray } from './picture-writer.js';

const kernel = new PlainPixelKernel();
const BYTES = { rgba8: 4, rgb8: 3, gray8: 1 } as const;

interface Case {
  readonly config: Partial<OnnxModelConfig>;
  readonly type: PictureType;
  readonly format: RawPixelFormat;
  readonly width: number;
  readonly height: number;
  readonly seed: readonly number[];
}

const aCase: fc.Arbitrary<Case> = fc.record({
  config: fc.record(
    {
      layout: fc.constantFrom('nchw' as const, 'nhwc' as const),
      colour: fc.constantFrom('rgb' as const, 'bgr' as const, 'gray' as const),
      scale: fc.constantFrom(1, 1 / 255, 1 / 127.5),
      mean: fc.constantFrom<OnnxModelConfig['mean']>([0], [1], [0.485, 0.456, 0.406]),
      std: fc.constantFrom<OnnxModelConfig['std']>([1], [2], [0.229, 0.224, 0.225]),
    },
    { requiredKeys: [] },
  ),
  type: fc.constantFrom<PictureType>(...PICTURE_TYPES),
  format: fc.constantFrom<RawPixelFormat>('rgba8', 'rgb8', 'gray8'),
  width: fc.integer({ min: 1, max: 6 }),
  height: fc.integer({ min: 1, max: 6 }),
  seed: fc.array(fc.nat({ max: 255 }), { minLength: 144, maxLength: 144 }),
});

/** What a picture that needs no resizing becomes, as the documentation has it: (sample * scale - mean) / std. */
function reference({ config, type, format, width, height, seed }: Case): number[] {
  const whole = OnnxModelConfig.parse({ model: 'm', ...config });
  const isWhole = type.includes('int');
  const scale = whole.scale ?? (isWhole ? 1 : 1 / 255);
  const sampleOf = (pixel: number, channel: number): number => {
    const at = pixel * BYTES[format];
    if (format === 'gray8') return seed[at] ?? 0;
    if (whole.colour !== 'gray') return seed[at + channel] ?? 0;
    return Math.round(0.299 * (seed[at] ?? 0) + 0.587 * (seed[at + 1] ?? 0) + 0.114 * (seed[at + 2] ?? 0));
  };
  const order = whole.colour === 'gray' ? [0] : whole.colour === 'rgb' ? [0, 1, 2] : [2, 1, 0];
  const valueOf = (pixel: number, channel: number): number => {
    const value =
      (sampleOf(pixel, channel) * scale - (whole.mean[channel] ?? whole.mean[0])) /
      (whole.std[channel] ?? whole.std[0]);
    if (!isWhole) return value;
    const bits = Number(/\d+/.exec(type)?.[0]);
    const [least, most] = type.startsWith('u') ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
    return Math.min(Math.max(Math.round(value), least), most);
  };
  const pixels = Array.from({ length: width * height }, (_, pixel) => pixel);
  return whole.layout === 'nchw'
    ? order.flatMap((channel) => pixels.map((pixel) => valueOf(pixel, channel)))
    : pixels.flatMap((pixel) => order.map((channel) => valueOf(pixel, channel)));
}

function writerOf(config: Partial<OnnxModelConfig>, width: number, height: number, type: PictureType = 'float32') {
  const whole = OnnxModelConfig.parse({ model: 'm', ...config });
  const channels = whole.colour === 'gray' ? 1 : 3;
  return new PictureWriter(kernel, { type, width, height, channels }, whole);
}

function zeros(type: PictureType, length: number): PictureArray {
  return new (elementArrayClass(type) as new (length: number) => PictureArray)(length);
}

describe('a picture written as a tensor', () => {
  it('has every sample in its place, scaled, less the mean, divided by the deviation', () => {
    fc.assert(
      fc.property(
        aCase,
        fc.constantFrom('letterbox', 'stretch', 'crop'),
        fc.nat({ max: 5 }),
        (each, resize, before) => {
          const { config, type, format, width, height, seed } = each;
          const writer = writerOf({ ...config, resize }, width, height, type);
          const data = Uint8Array.from(seed.slice(0, width * height * BYTES[format]));
          const target = zeros(type, before + writer.length + 2).fill(7);

          writer.write({ width, height, format, data }, target, before);

          const numbers = Array.from(target, (value) => (type === 'float16' ? fromFloat16Bits(value) : value));
          const expected = reference(each);
          const tolerance = type === 'float16' ? 2e-3 : type.startsWith('float') ? 1e-5 : 1;
          for (const [index, value] of expected.entries()) {
            const found = numbers[before + index] ?? Number.NaN;
            // Whole numbers may fall to either side of a half.
            if (Math.abs(found - value) > tolerance * Math.max(1, Math.abs(value)))
              expect({ index, found }).toEqual(value);
          }
          const untouched = type === 'float16' ? fromFloat16Bits(7) : 7;
          expect([...numbers.slice(0, before), ...numbers.slice(-2)]).toEqual(
            Array.from({ length: before + 2 }, () => untouched),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives the same numbers by the kernel and by the table', () => {
    const data = Uint8Array.from({ length: 4 * 16 * 16 }, (_, index) => (index * 37) % 256);
    const image = { width: 16, height: 16, format: 'rgba8', data } as const;
    const config = { mean: [0.485, 0.456, 0.406] as [number, number, number], std: [0.3] as [number] };
    const planar = new Float32Array(3 * 64);
    const pixelwise = new Float32Array(3 * 64);
    for (const resize of ['letterbox', 'stretch', 'crop'] as const) {
      writerOf({ ...config, resize }, 8, 8).write(image, planar, 0);
      writerOf({ ...config, resize, layout: 'nhwc' }, 8, 8).write(image, pixelwise, 0);
      const turned = Float32Array.from({ length: 192 }, (_, at) => pixelwise[(at % 64) * 3 + Math.floor(at / 64)] ?? 0);
      expect(planar).toEqual(turned);
    }
  });

  /** Columns of 0, 100 and 200, four pixels high. */
  const columns = {
    width: 3,
    height: 1,
    format: 'gray8',
    data: Uint8Array.of(0, 100, 200),
  } as const;

  it.each([
    { resize: 'letterbox', made: [50, 50, 50, 0, 100, 200, 50, 50, 50], box: { x: 0, y: 1, width: 3, height: 1 } },
    { resize: 'stretch', made: [0, 100, 200, 0, 100, 200, 0, 100, 200], box: { x: 0, y: 0, width: 3, height: 3 } },
    { resize: 'crop', made: Array.from({ length: 9 }, () => 100), box: { x: -3, y: 0, width: 9, height: 3 } },
  ] as const)('is put into another shape by $resize', ({ resize, made, box }) => {
    const writer = writerOf({ resize, fill: 50, colour: 'gray', scale: 1 }, 3, 3);
    const target = new Float32Array(9);

    const place = writer.write(columns, target, 0);

    expect([...target]).toEqual(made);
    expect(place).toMatchObject(box);
    // What is the whole frame in the picture is the whole frame again when it is mapped back.
    expect(boxFromLetterbox(place, place)).toEqual({ x: 0, y: 0, width: 3, height: 1 });
  });

  it.each([
    [1, 1],
    [10_000, 10],
    [10, 10_000],
  ])('takes a frame of %d x %d', (width, height) => {
    const data = new Uint8Array(width * height * 4).fill(255);
    for (const resize of ['letterbox', 'stretch', 'crop'] as const) {
      const target = new Float32Array(3 * 32 * 32);
      const place = writerOf({ resize }, 32, 32).write({ width, height, format: 'rgba8', data }, target, 0);
      expect(Math.max(...target)).toBe(1);
      expect(place.sourceWidth).toBe(width);
      if (resize !== 'letterbox') expect(Math.min(...target)).toBe(1);
    }
  });
});
