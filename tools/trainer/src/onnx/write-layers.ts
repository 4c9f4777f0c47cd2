import type { AttributeSpec } from '@kinegraph/onnx';
import { LAYER_NORM_EPSILON, UNIT_EPSILON, unitRows, walkOf } from '../nn/layers/index.js';
import type { PlannedLayer } from '../nn/shapes.js';
import type { LayerSpec } from '../nn/spec.js';
import type { GraphBuilder, GraphValue } from './graph-builder.js';

type SpecOf<Type extends LayerSpec['type']> = Extract<LayerSpec, { type: Type }>;

/** Writes layers in turn into the graph. */
export function writeLayers(
  graph: GraphBuilder,
  layers: readonly PlannedLayer[],
  weights: Float32Array,
  input: GraphValue,
): GraphValue {
  return layers.reduce((value, layer) => writeLayer(graph, layer, weights, value), input);
}

function writeLayer(graph: GraphBuilder, layer: PlannedLayer, weights: Float32Array, input: GraphValue): GraphValue {
  const { spec } = layer;
  const [first = new Float32Array(0), second = new Float32Array(0)] = layer.parameters.map(({ offset, size }) =>
    weights.subarray(offset, offset + size),
  );
  switch (spec.type) {
    case 'normalise':
      return writeNormalise(graph, spec, input);
    case 'conv':
      return writeConv(graph, spec, layer, first, second, input);
    case 'dense': {
      const product = graph.add('MatMul', [timeMajor(graph, input), graph.floats(dimsOf(layer, 0), first)]);
      return inTime(graph.add('Add', [product, graph.floats(dimsOf(layer, 1), second)]));
    }
    case 'relu':
      return { name: graph.add('Relu', [input.name]), layout: input.layout };
    case 'layer-norm': {
      const constants = [first, second].map((values) => graph.floats([values.length], values));
      const attributes = { axis: { int: -1 }, epsilon: { float: LAYER_NORM_EPSILON } };
      return inTime(graph.add('LayerNormalization', [timeMajor(graph, input), ...constants], attributes));
    }
    case 'dropout':
      return input;
    case 'residual': {
      const [layers = [], shortcut] = layer.nested;
      const inner = writeLayers(graph, layers, weights, input);
      const other = shortcut === undefined ? input : writeLayers(graph, shortcut, weights, input);
      const fitting = graph.as(inner.layout, other);
      return { name: graph.add('Add', [inner.name, fitting.name]), layout: inner.layout };
    }
    case 'pool': {
      const attributes = { axes: { ints: [2] }, keepdims: { int: 1 } };
      const values = graph.as('channel-major', input).name;
      const parts = ['ReduceMean', 'ReduceMax'].map((op) => graph.add(op, [values], attributes));
      return { name: graph.add('Concat', parts, { axis: { int: 1 } }), layout: 'channel-major' };
    }
    case 'flatten': {
      const shape = graph.integers([0, 1, layer.output.channels]);
      return inTime(graph.add('Reshape', [timeMajor(graph, input), shape]));
    }
    case 'unit':
      return inTime(writeUnit(graph, timeMajor(graph, input)));
    case 'cosine': {
      const directions = new Float32Array(first.length);
      const { channels } = layer.input;
      unitRows(first, spec.classes, channels, directions, new Float32Array(spec.classes));
      const matrix = transposed(directions, spec.classes, channels).map((value) => value * spec.scale);
      const units = writeUnit(graph, timeMajor(graph, input));
      return inTime(graph.add('MatMul', [units, graph.floats([channels, spec.classes], matrix)]));
    }
  }
}

function timeMajor(graph: GraphBuilder, value: GraphValue): string {
  return graph.as('time-major', value).name;
}

function inTime(name: string): GraphValue {
  return { name, layout: 'time-major' };
}

function dimsOf(layer: PlannedLayer, index: number): readonly number[] {
  return layer.parameters[index]?.dims ?? [];
}

function writeNormalise(graph: GraphBuilder, spec: SpecOf<'normalise'>, input: GraphValue): GraphValue {
  const { mean, deviation } = spec;
  const dims = input.layout === 'time-major' ? [mean.length] : [mean.length, 1];
  const factors = Float32Array.from(deviation, (value) => 1 / value);
  const offsets = Float32Array.from(mean, (value, channel) => -value * (factors[channel] ?? 0));
  const product = graph.add('Mul', [input.name, graph.floats(dims, factors)]);
  return { name: graph.add('Add', [product, graph.floats(dims, offsets)]), layout: input.layout };
}

/** ONNX wants weights [channels out, channels in, taps]; here they are [taps * channels in, channels out]. */
function writeConv(
  graph: GraphBuilder,
  spec: SpecOf<'conv'>,
  { input: shape }: PlannedLayer,
  weights: Float32Array,
  bias: Float32Array,
  input: GraphValue,
): GraphValue {
  const walk = walkOf(spec, shape);
  const { channels: inputs, taps } = walk;
  const outputs = spec.channels;
  const values = new Float32Array(weights.length);
  for (let tap = 0; tap < taps; tap++) {
    for (let from = 0; from < inputs; from++) {
      for (let to = 0; to < outputs; to++)
        values[(to * inputs + from) * taps + tap] = weights[(tap * inputs + from) * outputs + to] ?? 0;
    }
  }
  const reach = (walk.timeOut - 1) * walk.stride + (taps - 1) * walk.dilation + 1;
  const after = Math.max(0, reach - walk.timeIn - walk.before);
  const attributes: Record<string, AttributeSpec> = {
    kernel_shape: { ints: [taps] },
    strides: { ints: [walk.stride] },
    dilations: { ints: [walk.dilation] },
    pads: { ints: [walk.before, after] },
  };
  const constants = [graph.floats([outputs, inputs, taps], values), graph.floats([outputs], bias)];
  const name = graph.add('Conv', [graph.as('channel-major', input).name, ...constants], attributes);
  return { name, layout: 'channel-major' };
}

/** x / sqrt(x * x summed + epsilon), over the last axis. */
export function writeUnit(graph: GraphBuilder, value: string): string {
  const squares = graph.add('Mul', [value, value]);
  const sum = graph.add('ReduceSum', [squares, graph.integers([-1])], { keepdims: { int: 1 } });
  const length = graph.add('Sqrt', [graph.add('Add', [sum, graph.floats([1], [UNIT_EPSILON])])]);
  return graph.add('Div', [value, length]);
}

function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = values[row * columns + column] ?? 0;
  }
  return result;
}
