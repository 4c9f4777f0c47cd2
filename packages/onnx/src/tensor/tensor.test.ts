import { describe, expect, it } from 'vitest';
import { fromFloat16Bits, tensor, toFloat16Bits } from './index.js';

describe('float16', () => {
  it('keeps every value that it has', () => {
    const kept = Array.from({ length: 0x10000 }, (_, bits) => bits).filter((bits) => {
      const value = fromFloat16Bits(bits);
      return Number.isNaN(value) ? Number.isNaN(fromFloat16Bits(toFloat16Bits(value))) : toFloat16Bits(value) === bits;
    });

    expect(kept.length).toBe(0x10000);
  });

  it('rounds to the nearest, ties to even', () => {
    // Between two neighbours lies their mean, a tie; the least bit more or less of a double decides.
    for (let bits = 0; bits < 0x7bff; bits += 1) {
      const [low, high] = [fromFloat16Bits(bits), fromFloat16Bits(bits + 1)];
      const tie = (low + high) / 2;
      const even = bits % 2 === 0 ? bits : bits + 1;
      const little = tie * Number.EPSILON;
      const rounded = [tie, tie - little, tie + little, -tie].map(toFloat16Bits);
      if (rounded.join() !== [even, bits, bits + 1, even | 0x8000].join()) expect({ tie, rounded }).toBe(bits);
    }
  });

  it.each([
    [65504, 0x7bff],
    [65519.99, 0x7bff],
    [65520, 0x7c00],
    [1e300, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -25, 0],
    [2 ** -24, 1],
    [-0, 0x8000],
  ])('makes %d the bits %d', (value, bits) => {
    expect(toFloat16Bits(value)).toBe(bits);
  });
});

describe('a tensor', () => {
  it('is made of zeros, of numbers or of an array as it is', () => {
    const data = new Float32Array(6);

    expect(tensor('int64', [2])).toEqual({ type: 'int64', dims: [2], data: new BigInt64Array(2) });
    expect(tensor('int64', [2], [1, 2n as never])).toEqual({
      type: 'int64',
      dims: [2],
      data: BigInt64Array.of(1n, 2n),
    });
    expect(tensor('float16', [], [1])).toEqual({ type: 'float16', dims: [], data: Uint16Array.of(0x3c00) });
    expect(tensor('float32', [2, 3], data).data).toBe(data);
    expect(tensor('float32', [0, 5]).data.length).toBe(0);
  });

  it.each([
    { make: () => tensor('float32', [2, 2], [1, 2, 3]), says: 'has 3 elements, but dims [2, 2] make 4' },
    { make: () => tensor('float32', [2, -1]), says: 'has the dim -1 in [2, -1]' },
    { make: () => tensor('float32', [1.5]), says: 'has the dim 1.5 in [1.5]' },
    {
      make: () => tensor('float32', [2], new Int32Array(2) as never),
      says: 'holds its float32 elements in a Int32Array',
    },
    { make: () => tensor('string' as never, [1]), says: 'has the element type "string"' },
    { make: () => tensor('int64', [1], [0.5]), says: 'has the element 0.5, which is not whole' },
  ])('is refused when it $says', ({ make, says }) => {
    expect(make).toThrow(
      expect.objectContaining({
        code: 'ONNX_TENSOR_MISFIT',
        message: expect.stringContaining(`Tensor "tensor" ${says}. `) as string,
      }),
    );
  });
});
