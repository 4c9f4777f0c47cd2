import type { BuiltInNode } from '../built-in-node.js';
import { EmaConfig, EmaSmoother } from './ema.js';

export const builtInSmoothers: readonly BuiltInNode[] = [
  {
    type: 'core.smoother.ema',
    typeVersion: 1,
    kind: 'smoother',
    title: 'EMA',
    description: 'Exponential moving average of landmarks or angles, by time, for each track.',
    inputs: { in: { type: 'landmarks/*|angles', description: 'Landmarks or angles with tracks.' } },
    outputs: { out: { type: '$in', description: 'The same, smoothed.' } },
    config: EmaConfig,
    liveConfig: ['timeConstantMs', 'resetAfterMs'],
    nodeClass: EmaSmoother,
  },
];
