import { encodeModel, tensor } from '@kinegraph/onnx';
import type { Dim, ElementType, OperationSpec } from '@kinegraph/onnx';

/** How to write a small model on pictures. */
export interface PictureModelOptions {
  /** Dims of the input `picture`. */
  readonly dims: readonly Dim[];
  readonly type?: ElementType;
  /** What makes `answer` (of any shape) out of `picture`. Default: the picture itself. */
  readonly nodes?: readonly OperationSpec[];
  /** Further inputs. */
  readonly others?: readonly { readonly name: string; readonly type: ElementType; readonly dims: readonly Dim[] }[];
  /** Outputs besides `answer`, made by `nodes`. */
  readonly outputs?: readonly { readonly name: string; readonly type: ElementType }[];
  readonly answerType?: ElementType;
}

/** A whole ONNX file. */
export function aPictureModel({
  dims,
  type = 'float32',
  nodes,
  others = [],
  outputs = [],
  answerType = type,
}: PictureModelOptions): Uint8Array {
  return encodeModel({
    graph: {
      name: 'test',
      inputs: [{ name: 'picture', type, dims }, ...others],
      outputs: [{ name: 'answer', type: answerType }, ...outputs],
      nodes: nodes ?? [{ op: 'Identity', inputs: ['picture'], outputs: ['answer'] }],
      initializers: { one: tensor('float32', [1], [1]) },
    },
  });
}

/** The mean of each channel of planar pictures: [n, 3]. */
export const channelMeans: OperationSpec = {
  op: 'ReduceMean',
  inputs: ['picture'],
  outputs: ['answer'],
  attributes: { axes: { ints: [2, 3] }, keepdims: { int: 0 } },
};
