import { encodeModel, tensor } from '@kinegraph/onnx';
import type { Dim } from '@kinegraph/onnx';

/** A lift whose joints are the keypoints of its last moment with a depth of 2: what it was given can be read off. */
export function aFlatLift(
  moments: number,
  options: {
    readonly dims?: readonly Dim[];
    readonly answer?: readonly number[];
    readonly metadata?: Record<string, string>;
  } = {},
): Uint8Array {
  const { dims = [1, moments, 17, 2], answer = [1, 1, 17, 3], metadata = {} } = options;
  const indices = (values: readonly number[]) => tensor('int64', [values.length], values.map(BigInt));
  return encodeModel({
    graph: {
      name: 'flat',
      inputs: [{ name: 'keypoints', type: 'float32', dims }],
      outputs: [{ name: 'joints', type: 'float32', dims: answer }],
      nodes: [
        { op: 'Slice', inputs: ['keypoints', 'minusOne', 'end', 'one'], outputs: ['last'] },
        { op: 'Pad', inputs: ['last', 'pads', 'depth'], outputs: ['deep'] },
        { op: 'Reshape', inputs: ['deep', 'shape'], outputs: ['joints'] },
      ],
      initializers: {
        minusOne: indices([-1]),
        end: indices([2 ** 31]),
        one: indices([1]),
        pads: indices([0, 0, 0, 0, 0, 0, 0, 1]),
        depth: tensor('float32', [], [2]),
        shape: indices(answer),
      },
    },
    metadata,
  });
}
