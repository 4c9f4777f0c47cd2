import { describe, expect, it } from 'vitest';
import { planInput } from './input-plan.js';

const open = { imageSize: undefined, stride: undefined, size: undefined };

describe('the input of a model', () => {
  it('keeps fixed sides, whatever is wished', () => {
    expect(planInput([1, 3, 256, 320], { ...open, size: 640 })).toEqual({ batch: 1, width: 320, height: 256 });
    expect(planInput([4, 3, 256, 320], open)).toEqual({ batch: 4, width: 320, height: 256 });
  });

  it('has the configured size where a side is open, else the exported, else 640', () => {
    const shape = ['batch', 3, 'height', 'width'];
    const imageSize = { width: 480, height: 320 };
    expect(planInput(shape, { ...open, imageSize, size: 256 })).toEqual({ batch: 1, width: 256, height: 256 });
    expect(planInput(shape, { ...open, imageSize })).toEqual({ batch: 1, width: 480, height: 320 });
    expect(planInput(shape, open)).toEqual({ batch: 1, width: 640, height: 640 });
    expect(planInput([1, 3, 192, 'width'], { ...open, size: 320 })).toEqual({ batch: 1, width: 320, height: 192 });
    expect(planInput([0, 3, -1, 0], open)).toEqual({ batch: 1, width: 640, height: 640 });
  });

  it('is a multiple of the stride', () => {
    const shape = [1, 3, 'height', 'width'];
    expect(planInput(shape, { ...open, size: 257 })).toMatchObject({ width: 288, height: 288 });
    expect(planInput(shape, { ...open, stride: 64, size: 320 })).toMatchObject({ width: 320, height: 320 });
    expect(planInput(shape, { ...open, stride: 64, size: 352 })).toMatchObject({ width: 384, height: 384 });
  });

  it.each([[[1, 3, 256]], [[1, 1, 256, 256]], [[1, 256, 256, 3]], [[1, 3, 100_000, 100_000]], [[1000, 3, 640, 640]]])(
    'is not %j',
    (shape) => {
      expect(planInput(shape, open)).toBeUndefined();
    },
  );
});
