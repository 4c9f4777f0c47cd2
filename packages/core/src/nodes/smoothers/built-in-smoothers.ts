import type { BuiltInNode } from '../built-in-node.js';
import { EmaConfig, EmaSmoother } from './ema.js';
import { OneEuroConfig, OneEuroSmoother } from './one-euro.js';

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
  {
    type: 'core.smoother.one-euro',
    typeVersion: 1,
    kind: 'smoother',
    title: 'One-Euro',
    description: 'One-Euro filter of landmarks: steady at rest, quick in motion, for each track and by time.',
    inputs: { in: { type: 'landmarks/*', description: 'Landmarks with tracks.' } },
    outputs: { out: { type: '$in', description: 'The same, smoothed.' } },
    config: OneEuroConfig,
    liveConfig: ['preset', 'minCutoffHz', 'beta', 'derivateCutoffHz', 'resetAfterMs'],
    nodeClass: OneEuroSmoother,
  },
];
