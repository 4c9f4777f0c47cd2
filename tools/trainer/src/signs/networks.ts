import type { LayerSpec, NetworkSpec } from '../nn/index.js';
import { FEATURES_1, WINDOW_FRAMES } from '@kinegraph/plugin-sign-classifier/features';
import type { ChannelStatistics } from './channel-statistics.js';

const conv = (channels: number, kernel: number, stride = 1): LayerSpec => ({ type: 'conv', channels, kernel, stride });
const residual = (channels: number): LayerSpec => ({
  type: 'residual',
  layers: [conv(channels, 3), { type: 'layer-norm' }, { type: 'relu' }],
});

/** A small convolution network over time: the same trunk for classifier and encoder. */
function trunk({ mean, deviation }: ChannelStatistics): LayerSpec[] {
  return [
    { type: 'normalise', mean, deviation },
    conv(64, 5),
    { type: 'layer-norm' },
    { type: 'relu' },
    conv(96, 3, 2),
    { type: 'layer-norm' },
    { type: 'relu' },
    residual(96),
    residual(96),
    { type: 'pool' },
  ];
}

const input = { time: WINDOW_FRAMES, channels: FEATURES_1 };

/** About 126 thousand weights; gives the logits of `classes`. */
export function classifierNetwork(statistics: ChannelStatistics, classes: number): NetworkSpec {
  return {
    input,
    layers: [
      ...trunk(statistics),
      { type: 'dropout', rate: 0.1 },
      { type: 'dense', channels: 96 },
      { type: 'relu' },
      { type: 'dense', channels: classes },
    ],
  };
}

/** The trunk with an embedding of length 1, learnt by telling apart `classes` made-up signs. */
export function encoderNetwork(statistics: ChannelStatistics, embedding: number, classes: number): NetworkSpec {
  return {
    input,
    layers: [
      ...trunk(statistics),
      { type: 'dense', channels: embedding },
      { type: 'unit' },
      { type: 'cosine', classes, scale: 16 },
    ],
  };
}
