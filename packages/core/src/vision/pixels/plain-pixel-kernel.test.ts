import { describe, expect, it } from 'vitest';
import { PixelsMisfitError } from './pixel-image.js';
import { PlainPixelKernel } from './plain-pixel-kernel.js';

const kernel = new PlainPixelKernel();
/** Two pixels side by side: (10, 20, 30) and (40, 50, 60). */
const pair = { width: 2, height: 1, format: 'rgba8', data: Uint8Array.of(10, 20, 30, 9, 40, 50, 60, 9) } as const;

function planes(width: number, height: number): { width: number; height: number; data: Float32Array } {
  return { width, height, data: new Float32Array(width * height * 3).fill(Number.NaN) };
}

describe('letterbox', () => {
  it('puts the picture in the middle of opaque grey', () => {
    const target = { width: 2, height: 3, data: new Uint8Array(24) };
    expect(kernel.letterbox(pair, target)).toMatchObject({ x: 0, y: 1, width: 2, height: 1 });
    const grey = [114, 114, 114, 255];
    expect([...target.data]).toEqual([...grey, ...grey, ...pair.data, ...grey, ...grey]);
  });

  it('takes another grey and the top left corner, in any format', () => {
    const source = { width: 1, height: 2, format: 'gray8', data: Uint8Array.of(1, 2) } as const;
    const target = { width: 3, height: 2, data: new Uint8Array(6) };
    kernel.letterbox(source, target, { anchor: 'top-left', fill: 0 });
    expect([...target.data]).toEqual([1, 0, 0, 2, 0, 0]);
  });

  it.each([-1, 256, 0.5, Number.NaN])('refuses %s as a grey', (fill) => {
    const target = { width: 2, height: 3, data: new Uint8Array(24) };
    expect(() => kernel.letterbox(pair, target, { fill })).toThrow(RangeError);
  });
});

describe('toPlanar', () => {
  it('gives planes of red, green and blue from 0 to 1', () => {
    const target = planes(2, 1);
    kernel.toPlanar(pair, target);
    expect([...target.data]).toEqual(
      [10, 40, 20, 50, 30, 60].map((sample) => Math.fround(sample * Math.fround(1 / 255))),
    );
  });

  it('subtracts means and scales by channel, in the order of planes asked for', () => {
    const target = planes(2, 1);
    kernel.toPlanar(pair, target, { order: 'bgr', mean: [10, 20, 30], scale: [1, 0.5, 0.25] });
    expect([...target.data]).toEqual([0, 7.5, 0, 15, 0, 30]);
  });

  it('fills all planes with grey', () => {
    const target = planes(2, 1);
    kernel.toPlanar({ width: 2, height: 1, format: 'gray8', data: Uint8Array.of(0, 255) }, target);
    expect([...target.data]).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('refuses planes of another size', () => {
    expect(() => kernel.toPlanar(pair, planes(1, 2))).toThrow(PixelsMisfitError);
    expect(() => kernel.toPlanar(pair, { width: 2, height: 1, data: new Float32Array(5) })).toThrow('exactly 6 values');
  });
});

describe('letterboxToPlanar', () => {
  it('is a letterbox, then planes', () => {
    const source = {
      width: 7,
      height: 5,
      format: 'rgb8',
      data: new Uint8Array(105).map((_, at) => (at * 37) % 256),
    } as const;
    const options = { fill: 30, mean: [1, 2, 3], scale: [0.1, 0.2, 0.3], order: 'bgr' } as const;
    const boxed = { width: 6, height: 9, data: new Uint8Array(6 * 9 * 3) };
    const letterbox = kernel.letterbox(source, boxed, options);
    const expected = planes(6, 9);
    kernel.toPlanar({ ...boxed, format: 'rgb8' }, expected, options);

    const target = planes(6, 9);
    expect(kernel.letterboxToPlanar(source, target, options)).toEqual(letterbox);
    expect(target.data).toEqual(expected.data);
  });
});

it('allocates floats for a target', () => {
  using floats = kernel.allocateFloats(12);
  expect(floats.data.length).toBe(12);
});
