import { describe, expect, it } from 'vitest';
import { inspectModel, tensor } from '@kinegraph/onnx';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { SeededRandom } from '@kinegraph/signer';
import {
  exportOnnx,
  forward,
  startWeights,
  type ExportOptions,
  type LayerSpec,
  type NetworkSpec,
} from '../src/index.js';

const LAYERS: Readonly<Record<string, readonly LayerSpec[]>> = {
  'a classifier': [
    { type: 'normalise', mean: [0, 1, 2, 3, 4], deviation: [1, 2, 1, 2, 1] },
    { type: 'conv', channels: 8, kernel: 5 },
    { type: 'layer-norm' },
    { type: 'relu' },
    { type: 'residual', layers: [{ type: 'conv', channels: 8, kernel: 3, dilation: 2 }, { type: 'relu' }] },
    { type: 'dropout', rate: 0.3 },
    { type: 'conv', channels: 12, kernel: 3, stride: 2 },
    { type: 'relu' },
    { type: 'pool' },
    { type: 'dense', channels: 7 },
  ],
  'an encoder with its head': [
    { type: 'conv', channels: 8, kernel: 4 },
    { type: 'normalise', mean: [0, 1, 2, 3, 4, 5, 6, 7], deviation: [1, 2, 1, 2, 1, 2, 1, 2] },
    {
      type: 'residual',
      layers: [{ type: 'conv', channels: 6, kernel: 3, stride: 3 }, { type: 'layer-norm' }],
      shortcut: [{ type: 'conv', channels: 6, kernel: 1, stride: 3 }],
    },
    { type: 'flatten' },
    { type: 'dense', channels: 10 },
    { type: 'unit' },
    { type: 'cosine', classes: 4, scale: 12 },
  ],
  'moments that stay apart': [
    { type: 'residual', layers: [{ type: 'dense', channels: 5 }, { type: 'relu' }] },
    { type: 'conv', channels: 6, kernel: 3, padding: 'valid' },
  ],
};

function networkOf(layers: readonly LayerSpec[]): NetworkSpec {
  return { input: { time: 9, channels: 5 }, layers };
}

async function run(
  network: NetworkSpec,
  samples: number,
  options: Partial<ExportOptions> = {},
  dims: readonly number[] = [samples, 9, 5],
): Promise<{ readonly theirs: Float32Array; readonly ours: Float32Array; readonly dims: readonly number[] }> {
  const random = new SeededRandom(11);
  const weights = startWeights(network, random).map((value) => value + random.normal(0, 0.1));
  const inputs = Float32Array.from({ length: samples * 45 }, () => random.normal(1, 1));
  const bytes = exportOnnx(network, weights, { name: 'test', ...options });
  const session = await nodeOnnxRuntime.open(bytes, { name: 'test' });
  try {
    const name = session.inputs[0]?.name ?? '';
    const outputs = await session.run({ [name]: tensor('float32', dims, inputs) });
    const output = outputs[session.outputs[0]?.name ?? ''];
    if (!(output?.data instanceof Float32Array)) throw new Error('There is no output of floats.');
    return { theirs: output.data, ours: forward(network, weights, inputs), dims: output.dims };
  } finally {
    await session.release();
  }
}

function furthest(a: Float32Array, b: Float32Array): number {
  expect(a).toHaveLength(b.length);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? 0))), 0);
}

describe('An exported model', () => {
  it.each(Object.entries(LAYERS))('computes in onnxruntime what the trainer computes: %s', async (_, layers) => {
    for (const samples of [1, 4]) {
      const { theirs, ours } = await run(networkOf(layers), samples);
      expect(Math.max(...ours)).toBeGreaterThan(0.1);
      expect(furthest(theirs, ours)).toBeLessThan(1e-5 * Math.max(1, ...ours.map(Math.abs)));
    }
  });

  it('ends in probabilities or in vectors of length 1 where that is asked for', async () => {
    const network = networkOf(LAYERS['a classifier'] ?? []);
    const shares = await run(network, 2, { tail: 'softmax' });
    const powers = shares.ours.map(Math.exp);
    const sums = [0, 1].map((sample) =>
      powers.slice(sample * 7, sample * 7 + 7).reduce((sum, value) => sum + value, 0),
    );
    const expected = powers.map((value, index) => value / (sums[Math.floor(index / 7)] ?? 1));
    expect(furthest(shares.theirs, expected)).toBeLessThan(1e-5);

    const { theirs: unit } = await run(network, 2, { tail: 'unit' });
    for (const start of [0, 7]) expect(Math.hypot(...unit.slice(start, start + 7))).toBeCloseTo(1, 5);
  });

  it('takes and gives other dims, names and metadata', async () => {
    const network = networkOf(LAYERS['moments that stay apart'] ?? []);
    const input = { name: 'keypoints', dims: [1, 9, 5, 1] };
    const output = { name: 'joints', dims: ['N', 7, 2, 3] };
    const { theirs, ours, dims } = await run(network, 1, { input, output }, [1, 9, 5, 1]);
    expect(dims).toEqual([1, 7, 2, 3]);
    expect(furthest(theirs, ours)).toBeLessThan(1e-5);

    const weights = startWeights(network, new SeededRandom(1));
    const bytes = exportOnnx(network, weights, { name: 'x', input, output, metadata: { seed: '1' } });
    const { inputs, outputs, metadata } = inspectModel(bytes, 'x');
    expect([inputs[0]?.dims, outputs[0]?.dims, metadata.get('seed')]).toEqual([[1, 9, 5, 1], ['N', 7, 2, 3], '1']);
    expect(
      Buffer.from(bytes).equals(exportOnnx(network, weights, { name: 'x', input, output, metadata: { seed: '1' } })),
    ).toBe(true);
  });

  it('is refused where dims or weights do not fit', () => {
    const network = networkOf([{ type: 'dense', channels: 2 }]);
    const weights = startWeights(network, new SeededRandom(1));
    expect(() => exportOnnx(network, weights, { name: 'x', output: { dims: ['N', 4] } })).toThrow(
      '18 elements a sample',
    );
    expect(() => exportOnnx(network, weights.slice(1), { name: 'x' })).toThrow('There are 11 weights');
  });
});
