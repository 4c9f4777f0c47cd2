import { PlainPixelKernel } from '@kinegraph/core/plugin';
import type { PixelFormat, PixelImage } from '@kinegraph/core/plugin';
import { fromFloat16Bits, toFloat16Bits } from '@kinegraph/onnx';
import { describe, expect, it } from 'vitest';
import { createFrameInput } from './frame-input.js';

const kernel = new PlainPixelKernel();

function anImage(width: number, height: number, format: PixelFormat, channels: number): PixelImage {
  const data = Uint8Array.from({ length: width * height * channels }, (_, at) => (at * 37) % 256);
  return { width, height, format, data };
}

describe('the input of frames', () => {
  it('exact: red, green and blue one after the other, grey around, the rest of the batch black', () => {
    const input = createFrameInput('float32', { batch: 2, width: 4, height: 2 }, 'centre', kernel);
    const data = Uint8Array.of(255, 0, 51, 255, 0, 255, 102, 255, 1, 2, 3, 255, 254, 253, 252, 255);
    const letterbox = input.write({ width: 2, height: 2, format: 'rgba8', data });
    const grey = 114 / 255;
    const planes = [
      [grey, 1, 0, grey, grey, 1 / 255, 254 / 255, grey],
      [grey, 0, 1, grey, grey, 2 / 255, 253 / 255, grey],
      [grey, 51 / 255, 102 / 255, grey, grey, 3 / 255, 252 / 255, grey],
    ];
    expect(letterbox).toMatchObject({ x: 1, y: 0, width: 2, height: 2 });
    expect(input.tensor.dims).toEqual([2, 3, 2, 4]);
    for (const [at, value] of planes.flat().entries()) expect(input.tensor.data[at]).toBeCloseTo(value, 6);
    expect(input.tensor.data.subarray(24).every((value) => value === 0)).toBe(true);
  });

  it('stands at the top left where that is asked for', () => {
    const input = createFrameInput('float32', { batch: 1, width: 4, height: 2 }, 'top-left', kernel);
    expect(input.write(anImage(2, 2, 'rgba8', 4))).toMatchObject({ x: 0, y: 0 });
  });

  it.each([
    { format: 'rgba8' as const, channels: 4 },
    { format: 'rgb8' as const, channels: 3 },
    { format: 'gray8' as const, channels: 1 },
  ])('holds the same in 16 bits: $format', ({ format, channels }) => {
    const plan = { batch: 2, width: 64, height: 32 };
    const [single, half] = [
      createFrameInput('float32', plan, 'centre', kernel),
      createFrameInput('float16', plan, 'centre', kernel),
    ];
    for (const image of [anImage(50, 40, format, channels), anImage(9, 90, format, channels)]) {
      expect(half.write(image)).toEqual(single.write(image));
      const rounded = Array.from(single.tensor.data, (value) => fromFloat16Bits(toFloat16Bits(value)));
      expect(Array.from(half.tensor.data, fromFloat16Bits)).toEqual(rounded);
    }
  });

  it.each([
    { width: 1, height: 1 },
    { width: 10_000, height: 10 },
    { width: 10, height: 10_000 },
  ])('takes a frame of $width x $height', ({ width, height }) => {
    const input = createFrameInput('float32', { batch: 1, width: 64, height: 64 }, 'centre', kernel);
    const letterbox = input.write(anImage(width, height, 'rgba8', 4));
    expect(Math.min(letterbox.width, letterbox.height)).toBeGreaterThanOrEqual(1);
    expect(input.tensor.data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});
