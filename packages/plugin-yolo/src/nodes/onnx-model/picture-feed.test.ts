import { PlainPixelKernel } from '@kinegraph/core/plugin';
import { FrameLedger } from '@kinegraph/core/testing';
import { expect, it } from 'vitest';
import { OnnxModelConfig } from './config.js';
import { PictureFeed } from './picture-feed.js';

it('refuses a window that is too large every time, and takes the next one that is not', () => {
  const side = 4096; // 11 pictures of 192 MiB are more than 2 GiB
  const info = { name: 'x', type: 'float32', dims: ['n', 3, side, side] };
  const feed = new PictureFeed('m.onnx', info, OnnxModelConfig.parse({ model: 'm.onnx' }), new PlainPixelKernel());
  const before = feed.tensor;
  const frame = new FrameLedger().frame({ width: 1, height: 1 }, new Uint8Array(4).fill(255));
  const tooMany = Array.from({ length: 11 }, () => frame);

  for (let time = 0; time < 2; time += 1) {
    expect(() => feed.write(tooMany, 'net')).toThrow(expect.objectContaining({ code: 'ONNX_TOO_LARGE' }));
  }
  expect(feed.tensor).toBe(before);
  feed.write([frame], 'net');
  expect([feed.tensor.dims, feed.tensor.data[0]]).toEqual([[1, 3, side, side], 1]);
});
