import { describe, expect, it } from 'vitest';
import { OnnxModelConfig } from './config.js';
import { planPicture } from './picture-plan.js';

type Dims = readonly (number | string | null)[];

function plan(dims: Dims, config: Partial<OnnxModelConfig> = {}, frames?: number, type = 'float32') {
  const info = { name: 'x', type, dims };
  return planPicture('m.onnx', info, OnnxModelConfig.parse({ model: 'm.onnx', ...config }), frames);
}

describe('the plan of a picture', () => {
  it.each<[dims: Dims, config: Partial<OnnxModelConfig>, frames: number | undefined, made: number[]]>([
    [[1, 3, 224, 320], {}, undefined, [1, 3, 224, 320]],
    [['n', 3, 'h', 'w'], { width: 64, height: 32 }, undefined, [1, 3, 32, 64]],
    [['n', 3, 'h', 'w'], { width: 64, height: 32 }, 5, [5, 3, 32, 64]],
    [[1, 224, 320, 3], { layout: 'nhwc' }, undefined, [1, 224, 320, 3]],
    [[null, null, null, null], { width: 8, height: 6, layout: 'nhwc' }, undefined, [1, 6, 8, 3]],
    [[3, 10, 20], {}, undefined, [3, 10, 20]],
    [[1, 1, 28, 28], { colour: 'gray' }, undefined, [1, 1, 28, 28]],
    [[4, 3, 8, 8], {}, undefined, [4, 3, 8, 8]],
    [[1, 8, 3, 8, 8], {}, 8, [1, 8, 3, 8, 8]],
    [['batch', 'time', 3, 8, 8], {}, 6, [1, 6, 3, 8, 8]],
    [[2, 'time', 3, 8, 8], {}, 6, [2, 3, 3, 8, 8]],
  ])('brings %j and %j with %j frames to %j', (dims, config, frames, made) => {
    expect(plan(dims, config, frames).dims).toEqual(made);
  });

  it('takes a model that leaves open how many axes there are', () => {
    const info = { name: 'x', type: 'float16', dims: [], anyRank: true } as const;
    const config = OnnxModelConfig.parse({ model: 'm.onnx', width: 4, height: 2 });
    expect(planPicture('m.onnx', info, config)).toEqual({
      type: 'float16',
      dims: [1, 3, 2, 4],
      frames: 1,
      width: 4,
      height: 2,
      channels: 3,
    });
  });

  it.each<[what: string, make: () => unknown, says: string]>([
    [
      'another size',
      () => plan([1, 3, 256, 256], { width: 320, height: 320 }),
      'takes float32 [1, 3, 256, 256], but is given float32 [1, 3, 320, 320]. Set "width", "height", "layout"',
    ],
    [
      'another layout',
      () => plan([1, 3, 256, 256], { layout: 'nhwc' }),
      'takes float32 [1, 3, 256, 256], but is given float32 [1, 3, 256, 3]. Set',
    ],
    [
      'colours for a gray model',
      () => plan([1, 1, 28, 28]),
      'takes float32 [1, 1, 28, 28], but is given float32 [1, 3, 28, 28]. Set',
    ],
    [
      'no size',
      () => plan([1, 3, 'h', 'w'], { width: 9 }),
      'is given float32 [1, 3, ?, 9]. The model leaves the size open',
    ],
    ['too few axes', () => plan([1, 512]), 'takes float32 [1, 512], but is given'],
    [
      'text',
      () => plan([1, 3, 8, 8], {}, undefined, 'string'),
      'takes string [1, 3, 8, 8], but is given pixels [1, 3, 8, 8]',
    ],
    [
      'more frames than it takes',
      () => plan([8, 3, 8, 8], {}, 5),
      'takes float32 [8, 3, 8, 8], but is given float32 [5, 3, 8, 8]. Give a window of as many frames',
    ],
    ['a window for a single picture', () => plan([3, 8, 8], {}, 2), 'is given float32 [2, 3, 8, 8]. Give a window'],
  ])('refuses %s', (_, make, says) => {
    expect(make).toThrow(
      expect.objectContaining({
        code: 'ONNX_INPUT_MISFIT',
        message: expect.stringMatching(/^Input "x" of model "m.onnx" takes /) as string,
      }),
    );
    expect(make).toThrow(says);
  });
});
