import { createHash } from 'node:crypto';
import { encodeModel, tensor } from '@kinegraph/onnx';
import type { Dim } from '@kinegraph/onnx';
import type { SignModelCardInput } from '../../src/model/index.js';

/** How to write a model whose scores are known. */
export interface SignModelOptions {
  /** What it takes, with the batch. Default: [N, 30, 96]. */
  readonly input?: readonly Dim[];
  /** Outputs. Default: as many as `bias`. */
  readonly output?: readonly Dim[];
  /** What each output gives for zeros. */
  readonly bias: readonly number[];
  /** For each output: how much the mean over time of each of the last axis' values adds, by its place. */
  readonly weights?: readonly Readonly<Record<number, number>>[];
}

/** A whole ONNX file: `scores = mean over time and points (input) * weights + bias`. */
export function aSignModel({ input = ['N', 30, 96], output, bias, weights = [] }: SignModelOptions): Uint8Array {
  const width = Number(input.at(-1));
  const matrix = Array.from(
    { length: width * bias.length },
    (_, at) => weights[at % bias.length]?.[Math.floor(at / bias.length)] ?? 0,
  );
  return encodeModel({
    graph: {
      name: 'signs',
      inputs: [{ name: 'window', type: 'float32', dims: input }],
      outputs: [{ name: 'scores', type: 'float32', dims: output ?? [input[0] ?? null, bias.length] }],
      nodes: [
        {
          op: 'ReduceMean',
          inputs: ['window'],
          outputs: ['mean'],
          attributes: {
            axes: { ints: Array.from({ length: input.length - 2 }, (_, axis) => axis + 1) },
            keepdims: { int: 0 },
          },
        },
        { op: 'MatMul', inputs: ['mean', 'weights'], outputs: ['weighted'] },
        { op: 'Add', inputs: ['weighted', 'bias'], outputs: ['scores'] },
      ],
      initializers: {
        weights: tensor('float32', [width, bias.length], matrix),
        bias: tensor('float32', [bias.length], [...bias]),
      },
    },
  });
}

/** A card as bytes; labels and features are those of a model of `signfeat/1` unless told otherwise. */
export function aCard(card: Partial<SignModelCardInput> & Pick<SignModelCardInput, 'labels'>): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ 'kinegraph-signs': 1, features: 'signfeat/1', ...card }));
}

/** The sum that a card names its model by. */
export function sumOf(model: Uint8Array): string {
  return createHash('sha256').update(model).digest('hex');
}
