import type { LayerSpec } from '../nn/index.js';

/** A third of the moments, each made of three: what lifts are built of. */
export function pyramidLevel(channels: number): readonly LayerSpec[] {
  return [
    { type: 'conv', channels, kernel: 3, stride: 3, padding: 'valid' },
    { type: 'layer-norm' },
    { type: 'relu' },
    { type: 'residual', layers: [{ type: 'dense', channels }, { type: 'layer-norm' }, { type: 'relu' }] },
  ];
}
