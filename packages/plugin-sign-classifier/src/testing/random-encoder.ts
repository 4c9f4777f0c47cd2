import { encodeModel, tensor } from '@kinegraph/onnx';
import { TrainingRandom } from '../teach/train/random.js';

/** An encoder as the trainer makes it, with random weights: [N, 30, 96] to [N, size], each row of length 1. */
export function randomEncoder(size = 64, seed = 5): Uint8Array {
  const seeded = new TrainingRandom(seed);
  const random = (): number => seeded.next();
  const weights = (dims: readonly number[], fanIn: number): ReturnType<typeof tensor> => {
    const count = dims.reduce((product, dim) => product * dim, 1);
    const scale = Math.sqrt(6 / fanIn);
    return tensor(
      'float32',
      dims,
      Float32Array.from({ length: count }, () => (random() * 2 - 1) * scale),
    );
  };
  return encodeModel({
    graph: {
      name: 'encoder',
      inputs: [{ name: 'features', type: 'float32', dims: ['n', 30, 96] }],
      outputs: [{ name: 'embedding', type: 'float32', dims: ['n', size] }],
      nodes: [
        { op: 'Transpose', inputs: ['features'], outputs: ['rows'], attributes: { perm: { ints: [0, 2, 1] } } },
        {
          op: 'Conv',
          inputs: ['rows', 'w1'],
          outputs: ['c1'],
          attributes: { kernel_shape: { ints: [5] }, strides: { ints: [2] }, pads: { ints: [2, 2] } },
        },
        { op: 'Relu', inputs: ['c1'], outputs: ['r1'] },
        {
          op: 'Conv',
          inputs: ['r1', 'w2'],
          outputs: ['c2'],
          attributes: { kernel_shape: { ints: [3] }, strides: { ints: [2] }, pads: { ints: [1, 1] } },
        },
        { op: 'Relu', inputs: ['c2'], outputs: ['r2'] },
        {
          op: 'ReduceMean',
          inputs: ['r2'],
          outputs: ['pooled'],
          attributes: { axes: { ints: [2] }, keepdims: { int: 0 } },
        },
        { op: 'MatMul', inputs: ['pooled', 'w3'], outputs: ['raw'] },
        {
          op: 'LpNormalization',
          inputs: ['raw'],
          outputs: ['embedding'],
          attributes: { axis: { int: 1 }, p: { int: 2 } },
        },
      ],
      initializers: {
        w1: weights([96, 96, 5], 480),
        w2: weights([96, 96, 3], 288),
        w3: weights([96, size], 96),
      },
    },
  });
}
