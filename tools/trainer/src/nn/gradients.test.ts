import { describe, expect, it } from 'vitest';
import { SeededRandom } from '@kinegraph/signer';
import { measureLoss, type LossSpec, type Targets } from './loss.js';
import { Network, startWeights } from './network.js';
import { parametersOf } from './shapes.js';
import type { LayerSpec, NetworkSpec } from './spec.js';

const SAMPLES = 3;

/** Below every layer lies one that learns: its gradients are right only if the layer above passes the right ones down. */
const BELOW: LayerSpec = { type: 'dense', channels: 6 };

const LAYERS: Readonly<Record<string, readonly LayerSpec[]>> = {
  dense: [{ type: 'dense', channels: 5 }],
  conv: [{ type: 'conv', channels: 5, kernel: 3 }],
  'conv of an even kernel': [{ type: 'conv', channels: 4, kernel: 4 }],
  'conv with a stride': [{ type: 'conv', channels: 5, kernel: 3, stride: 2 }],
  'conv with a dilation, without padding': [{ type: 'conv', channels: 5, kernel: 3, dilation: 2, padding: 'valid' }],
  'conv of one moment with a stride': [{ type: 'conv', channels: 5, kernel: 1, stride: 2 }],
  normalise: [{ type: 'normalise', mean: [1, 2, 3, 4, 5, 6], deviation: [1, 2, 3, 0.5, 2, 1] }],
  relu: [{ type: 'relu' }],
  'layer-norm': [{ type: 'layer-norm' }, { type: 'dense', channels: 3 }],
  dropout: [{ type: 'dropout', rate: 0.4 }],
  'residual with the input': [
    { type: 'residual', layers: [{ type: 'conv', channels: 6, kernel: 3 }, { type: 'relu' }] },
  ],
  'residual with a shortcut': [
    {
      type: 'residual',
      layers: [{ type: 'conv', channels: 4, kernel: 3, stride: 2 }, { type: 'layer-norm' }],
      shortcut: [{ type: 'conv', channels: 4, kernel: 1, stride: 2 }],
    },
  ],
  pool: [{ type: 'pool' }, { type: 'dense', channels: 3 }],
  flatten: [{ type: 'flatten' }, { type: 'dense', channels: 3 }],
  unit: [{ type: 'unit' }],
  cosine: [{ type: 'cosine', classes: 5, scale: 4 }],
  'a whole network': [
    { type: 'conv', channels: 8, kernel: 3 },
    { type: 'layer-norm' },
    { type: 'relu' },
    { type: 'residual', layers: [{ type: 'conv', channels: 8, kernel: 3 }, { type: 'relu' }] },
    { type: 'pool' },
    { type: 'dense', channels: 6 },
    { type: 'unit' },
    { type: 'cosine', classes: 4, scale: 3 },
  ],
};

interface Setup {
  readonly network: Network;
  /** The loss as weights stand. */
  loss(): number;
}

/** A loss that is a weighted sum of all outputs: its gradients are those of the outputs. */
function setupOf(spec: NetworkSpec): Setup {
  const random = new SeededRandom(7);
  const network = new Network(spec, { batch: SAMPLES, isTraining: true });
  network.weights.set(startWeights(spec, random.fork('weights')));
  // Biases and gains too: at their start some mistakes would not show.
  for (let index = 0; index < network.weights.length; index++)
    network.weights[index] = (network.weights[index] ?? 0) + random.normal(0, 0.1);
  for (let index = 0; index < network.inputs.length; index++) network.inputs[index] = random.normal(0, 1);
  for (let index = 0; index < network.outputGradients.length; index++)
    network.outputGradients[index] = random.normal(0, 1);
  return {
    network,
    loss: () => {
      const outputs = network.forward(SAMPLES, new SeededRandom(3));
      return outputs.reduce((sum, value, index) => sum + value * (network.outputGradients[index] ?? 0), 0);
    },
  };
}

/** How far the analytic gradients of each parameter are from central differences, as a share of their length. */
function misfits(spec: NetworkSpec): ReadonlyMap<string, number> {
  const { network, loss } = setupOf(spec);
  loss();
  network.backward(SAMPLES);
  const step = 4e-4;
  return new Map(
    parametersOf(spec).map(({ name, offset, size }) => {
      let [away, length] = [0, 0];
      for (let index = offset; index < offset + size; index++) {
        const kept = network.weights[index] ?? 0;
        network.weights[index] = kept + step;
        const [upper, high] = [network.weights[index] ?? 0, loss()];
        network.weights[index] = kept - step;
        const [lower, low] = [network.weights[index] ?? 0, loss()];
        network.weights[index] = kept;
        const slope = (high - low) / (upper - lower);
        away += (slope - (network.gradients[index] ?? 0)) ** 2;
        length += slope ** 2;
      }
      return [name, Math.sqrt(away / Math.max(length, 1e-6))];
    }),
  );
}

describe('Gradients of layers', () => {
  it.each(Object.entries(LAYERS))('are those of central differences: %s', (_, layers) => {
    const found = misfits({ input: { time: 7, channels: 5 }, layers: [BELOW, ...layers] });

    expect(found.size).toBeGreaterThan(1);
    expect([...found].filter(([, misfit]) => !(misfit < 0.01))).toEqual([]);
  });

  it('add up over passes until they are put to zero', () => {
    const { network, loss } = setupOf({ input: { time: 7, channels: 5 }, layers: [BELOW, { type: 'relu' }] });
    loss();
    network.backward(SAMPLES);
    const once = network.gradients.slice();
    network.backward(SAMPLES);

    expect(once.some((value) => value !== 0)).toBe(true);
    for (const [index, value] of network.gradients.entries()) expect(value).toBeCloseTo(2 * (once[index] ?? 0), 4);
  });

  it('of a part of a batch leave the rest of it out', () => {
    const spec: NetworkSpec = { input: { time: 7, channels: 5 }, layers: [BELOW, ...(LAYERS['conv'] ?? [])] };
    const { network, loss } = setupOf(spec);
    loss();
    network.backward(2);
    const ofTwo = network.gradients.slice();
    network.inputs.fill(100, 2 * 35);
    network.gradients.fill(0);
    loss();
    network.backward(2);

    expect([...network.gradients]).toEqual([...ofTwo]);
  });
});

describe('Gradients of losses', () => {
  const width = 6;
  const random = new SeededRandom(5);
  const values = Float32Array.from({ length: SAMPLES * width }, () => random.normal(0, 2));
  const weights = Float32Array.of(1, 0.25, 3);
  const cases: Readonly<Record<string, readonly [LossSpec, Targets]>> = {
    'cross-entropy of classes': [{ type: 'cross-entropy' }, { targets: Int32Array.of(0, 5, 2) }],
    'cross-entropy, smoothed and weighted': [
      { type: 'cross-entropy', smoothing: 0.1 },
      { targets: Int32Array.of(0, 5, 2), weights },
    ],
    'cross-entropy of shares': [
      { type: 'cross-entropy', smoothing: 0.1 },
      { targets: Float32Array.from({ length: SAMPLES * width }, (_unused, index) => Number(index % 3 === 0) / 2) },
    ],
    'squared error': [{ type: 'squared-error' }, { targets: values, weights }],
    'joint distance': [{ type: 'joint-distance' }, { targets: values, weights }],
  };

  it.each(Object.entries(cases))('are those of central differences: %s', (_, [spec, targets]) => {
    const outputs = Float32Array.from({ length: SAMPLES * width }, () => random.normal(0, 2));
    const gradients = new Float32Array(outputs.length).fill(9);
    const unused = new Float32Array(outputs.length);
    measureLoss(spec, outputs, width, targets, 4, gradients);
    const slopes = outputs.map((kept, index) => {
      const [upper, lower] = [outputs.slice(), outputs.slice()];
      upper[index] = kept + 1 / 128;
      lower[index] = kept - 1 / 128;
      const span = (upper[index] ?? 0) - (lower[index] ?? 0);
      const [high, low] = [upper, lower].map((at) => measureLoss(spec, at, width, targets, 4, unused));
      return ((high ?? 0) - (low ?? 0)) / span;
    });

    for (const [index, slope] of slopes.entries()) expect(gradients[index]).toBeCloseTo(slope, 4);
    expect(slopes.some((slope) => Math.abs(slope) > 0.01)).toBe(true);
  });

  it('are small where outputs are right, and the losses are what the formulas say', () => {
    const gradients = new Float32Array(6);
    const right = Float32Array.of(30, 0, 0);
    expect(measureLoss({ type: 'cross-entropy' }, right, 3, { targets: Int32Array.of(0) }, 1, gradients)).toBeLessThan(
      1e-6,
    );
    const even = Float32Array.of(1, 1, 1);
    const loss = measureLoss({ type: 'cross-entropy' }, even, 3, { targets: Int32Array.of(1) }, 1, gradients);
    expect(loss).toBeCloseTo(Math.log(3), 6);
    const points = Float32Array.of(3, 4, 0, 0, 0, 1);
    const origin = { targets: new Float32Array(6) };
    expect(measureLoss({ type: 'joint-distance' }, points, 6, origin, 1, gradients)).toBeCloseTo(3, 6);
    expect(measureLoss({ type: 'squared-error' }, points, 6, origin, 1, gradients)).toBeCloseTo(26 / 6, 6);
  });
});
