import { decodeModel, encodeModel, tensor } from '@kinegraph/onnx';
import type { GraphSpec, ModelSpec, OnnxTensor, OperationSpec } from '@kinegraph/onnx';
import { FEATURES_1, WINDOW_FRAMES } from '../../features/index.js';
import { EncoderMisfitError } from '../errors.js';
import type { Calibration } from './calibrate.js';
import { SCALED_LIMIT } from './heads.js';
import type { Heads } from './heads.js';
import { STATISTICS, STATISTICS_OF } from './statistics.js';

/** An encoder as a part of models. */
export interface EncoderParts {
  readonly model: ModelSpec;
  readonly input: string;
  readonly output: string;
}

/** The operators that the heads are written with mean the same from the first of these versions to the last. */
const OPSETS = { first: 13, last: 17 } as const;

/** Takes an encoder apart. @throws EncoderMisfitError; the errors of `decodeModel` */
export function encoderParts(bytes: Uint8Array, name: string): EncoderParts {
  const model = decodeModel(bytes, name);
  const { inputs, outputs } = model.graph;
  const own = new Set(Object.keys(model.graph.initializers ?? {}));
  const fed = inputs.filter((input) => !own.has(input.name));
  const [input, output] = [fed[0], outputs[0]];
  const [frames, width] = input?.dims?.slice(1) ?? [];
  const problem =
    fed.length !== 1 || outputs.length !== 1 || input === undefined || output === undefined
      ? `it has ${fed.length} inputs and ${outputs.length} outputs`
      : input.type !== 'float32' || frames !== WINDOW_FRAMES || width !== FEATURES_1 || input.dims?.length !== 3
        ? `it takes ${input.type} [${input.dims?.join(', ')}]`
        : typeof input.dims[0] === 'number'
          ? `it takes ${input.dims[0]} windows at once and no other number`
          : output.dims?.length !== 2 || output.type !== 'float32'
            ? `it gives ${output.type} [${output.dims?.join(', ')}]`
            : (model.opset ?? 0) < OPSETS.first || (model.opset ?? 0) > OPSETS.last
              ? `it is written with opset ${model.opset}; ${OPSETS.first} to ${OPSETS.last} can be taught with`
              : undefined;
  if (problem !== undefined || input === undefined || output === undefined)
    throw new EncoderMisfitError({ encoder: name, problem: problem ?? 'it has no input' });
  return { model, input: input.name, output: output.name };
}

/** One file of encoder and heads: features in, probabilities out, that of none last. */
export function composeModel(
  encoder: EncoderParts,
  heads: Heads,
  calibration: Calibration,
  description: string,
): Uint8Array {
  const { classCount, embeddingSize } = heads;
  const graph: GraphSpec = {
    name: 'signs',
    inputs: [{ name: 'features', type: 'float32', dims: ['n', WINDOW_FRAMES, FEATURES_1] }],
    outputs: [{ name: 'probabilities', type: 'float32', dims: ['n', classCount] }],
    nodes: [...encoderNodes(encoder), ...statisticNodes(), ...headNodes()],
    initializers: {
      ...prefixedWeights(encoder),
      ...statisticConstants(heads),
      ...headConstants(heads, calibration, embeddingSize),
    },
  };
  return encodeModel({ graph, opset: encoder.model.opset ?? 17, irVersion: encoder.model.irVersion ?? 8, description });
}

const PREFIX = 'encoder/';

function encoderNodes({ model, input, output }: EncoderParts): readonly OperationSpec[] {
  const rename = (name: string): string =>
    name === '' ? '' : name === input ? 'features' : name === output ? 'embedding' : PREFIX + name;
  return model.graph.nodes.map((node) => ({
    ...node,
    ...(node.name === undefined ? {} : { name: PREFIX + node.name }),
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  }));
}

function prefixedWeights({ model }: EncoderParts): Record<string, OnnxTensor> {
  return Object.fromEntries(
    Object.entries(model.graph.initializers ?? {}).map(([name, value]) => [PREFIX + name, value]),
  );
}

/** Mean, deviation, least and most over time, without the mask of gaps, brought to scale and kept in bounds. */
function statisticNodes(): readonly OperationSpec[] {
  const overTime = { axes: { ints: [1] }, keepdims: { int: 0 } };
  return [
    { op: 'Slice', inputs: ['features', 'from', 'to', 'axis'], outputs: ['rows'] },
    { op: 'ReduceMean', inputs: ['rows'], outputs: ['means'], attributes: overTime },
    {
      op: 'ReduceMean',
      inputs: ['rows'],
      outputs: ['centres'],
      attributes: { axes: { ints: [1] }, keepdims: { int: 1 } },
    },
    { op: 'Sub', inputs: ['rows', 'centres'], outputs: ['away'] },
    { op: 'Mul', inputs: ['away', 'away'], outputs: ['squares'] },
    { op: 'ReduceMean', inputs: ['squares'], outputs: ['variances'], attributes: overTime },
    { op: 'Sqrt', inputs: ['variances'], outputs: ['deviations'] },
    { op: 'ReduceMin', inputs: ['rows'], outputs: ['least'], attributes: overTime },
    { op: 'ReduceMax', inputs: ['rows'], outputs: ['most'], attributes: overTime },
    {
      op: 'Concat',
      inputs: ['means', 'deviations', 'least', 'most'],
      outputs: ['statistics'],
      attributes: { axis: { int: 1 } },
    },
    { op: 'Sub', inputs: ['statistics', 'statistics.mean'], outputs: ['statistics.centred'] },
    { op: 'Mul', inputs: ['statistics.centred', 'statistics.scale'], outputs: ['statistics.scaled'] },
    { op: 'Clip', inputs: ['statistics.scaled', 'lower', 'upper'], outputs: ['statistics.bounded'] },
  ];
}

function statisticConstants({ scaling }: Heads): Record<string, OnnxTensor> {
  return {
    from: tensor('int64', [1], [0]),
    to: tensor('int64', [1], [STATISTICS_OF]),
    axis: tensor('int64', [1], [2]),
    'statistics.mean': tensor('float32', [STATISTICS], scaling.mean),
    'statistics.scale': tensor('float32', [STATISTICS], scaling.scale),
    lower: tensor('float32', [], [-SCALED_LIMIT]),
    upper: tensor('float32', [], [SCALED_LIMIT]),
  };
}

/** The sum of the heads, softmax and gate; what they leave is that of none. */
function headNodes(): readonly OperationSpec[] {
  return [
    {
      op: 'Concat',
      inputs: ['embedding', 'statistics.bounded'],
      outputs: ['columns'],
      attributes: { axis: { int: 1 } },
    },
    { op: 'Gemm', inputs: ['columns', 'heads.weights', 'heads.bias'], outputs: ['sums'] },
    { op: 'Div', inputs: ['sums', 'temperature'], outputs: ['cooled'] },
    { op: 'Softmax', inputs: ['cooled'], outputs: ['shares'], attributes: { axis: { int: 1 } } },
    { op: 'Sub', inputs: ['sums', 'gate.middle'], outputs: ['over'] },
    { op: 'Mul', inputs: ['over', 'gate.slope'], outputs: ['belief'] },
    { op: 'Sigmoid', inputs: ['belief'], outputs: ['gate'] },
    { op: 'Mul', inputs: ['shares', 'gate'], outputs: ['gated'] },
    { op: 'Mul', inputs: ['gated', 'named'], outputs: ['labelled'] },
    { op: 'ReduceSum', inputs: ['labelled', 'classes'], outputs: ['total'], attributes: { keepdims: { int: 1 } } },
    { op: 'Sub', inputs: ['one', 'total'], outputs: ['rest'] },
    { op: 'Mul', inputs: ['rest', 'none'], outputs: ['unnamed'] },
    { op: 'Add', inputs: ['labelled', 'unnamed'], outputs: ['probabilities'] },
  ];
}

function headConstants(
  { weights, classCount, embeddingSize }: Heads,
  { temperature, gateMiddle, gateSlope }: Calibration,
  size: number,
): Record<string, OnnxTensor> {
  const rows = embeddingSize + STATISTICS;
  // The heads are fitted to embeddings of about unit deviation; the encoder's have a length of 1.
  const root = Math.sqrt(size);
  const values = Float32Array.from(weights.subarray(0, rows * classCount), (weight, at) =>
    at < embeddingSize * classCount ? weight * root : weight,
  );
  const isNamed = Float32Array.from({ length: classCount }, (_, column) => (column < classCount - 1 ? 1 : 0));
  return {
    'heads.weights': tensor('float32', [rows, classCount], values),
    'heads.bias': tensor('float32', [classCount], Float32Array.from(weights.subarray(rows * classCount))),
    temperature: tensor('float32', [], [temperature]),
    'gate.middle': tensor('float32', [classCount], gateMiddle),
    'gate.slope': tensor('float32', [classCount], gateSlope),
    named: tensor('float32', [classCount], isNamed),
    none: tensor(
      'float32',
      [classCount],
      isNamed.map((value) => 1 - value),
    ),
    classes: tensor('int64', [1], [1]),
    one: tensor('float32', [], [1]),
  };
}
