import { encodeModel, type Dim } from '@kinegraph/onnx';
import { checkWeights, planNetwork } from '../nn/shapes.js';
import type { NetworkSpec } from '../nn/spec.js';
import { TrainerError } from '../errors.js';
import { GraphBuilder } from './graph-builder.js';
import { writeLayers, writeUnit } from './write-layers.js';

/** An input or output of the file. */
export interface ExportedValue {
  readonly name?: string;
  /** Other dims than its own, of as many elements; a name, such as `N`, stands for the number of samples. */
  readonly dims?: readonly Dim[];
}

/** How a network is written. */
export interface ExportOptions {
  /** The name of the graph. */
  readonly name: string;
  /** What is done with the outputs of each sample at the end: probabilities, or a vector of length 1. */
  readonly tail?: 'softmax' | 'unit';
  /** Left out: `features`, ["N", time, channels]. */
  readonly input?: ExportedValue;
  /** Left out: `scores`, ["N", outputs]. */
  readonly output?: ExportedValue;
  /** Pairs that say what the model is. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly description?: string;
}

/**
 * The bytes of an ONNX file that does what `forward` does.
 * @throws TrainerError `TRAINER_BAD_NETWORK`, `TRAINER_BAD_WEIGHTS`; `TRAINER_BAD_OPTION` - dims of other sizes
 */
export function exportOnnx(network: NetworkSpec, weights: Float32Array, options: ExportOptions): Uint8Array {
  const plan = planNetwork(network);
  checkWeights(network, weights);
  const { time, channels } = network.input;
  const end = plan.at(-1)?.output ?? network.input;
  const outputs = end.time * end.channels;
  const input = { name: options.input?.name ?? 'features', dims: options.input?.dims ?? ['N', time, channels] };
  const output = { name: options.output?.name ?? 'scores', dims: options.output?.dims ?? ['N', outputs] };
  checkSize('input', input.dims, time * channels);
  checkSize('output', output.dims, outputs);

  const graph = new GraphBuilder();
  let first = input.name;
  if (options.input?.dims !== undefined) first = graph.add('Reshape', [first, graph.integers([-1, time, channels])]);
  const last = graph.as('time-major', writeLayers(graph, plan, weights, { name: first, layout: 'time-major' })).name;
  let flat = graph.add('Reshape', [last, graph.integers([-1, outputs])]);
  if (options.tail === 'softmax') flat = graph.add('Softmax', [flat], { axis: { int: 1 } });
  else if (options.tail === 'unit') flat = writeUnit(graph, flat);
  const shape = graph.integers(output.dims.map((dim) => (typeof dim === 'number' ? dim : -1)));
  graph.operations.push({ op: 'Reshape', name: 'out', inputs: [flat, shape], outputs: [output.name] });

  return encodeModel({
    graph: {
      name: options.name,
      inputs: [{ ...input, type: 'float32' }],
      outputs: [{ ...output, type: 'float32' }],
      nodes: graph.operations,
      initializers: graph.constants,
    },
    producer: 'kinegraph-trainer',
    ...(options.metadata !== undefined && { metadata: options.metadata }),
    ...(options.description !== undefined && { description: options.description }),
  });
}

/** Dims may have one open size, and must have the elements of a sample besides. */
function checkSize(what: string, dims: readonly Dim[], size: number): void {
  const open = dims.filter((dim) => typeof dim !== 'number').length;
  const product = dims.reduce<number>((all, dim) => (typeof dim === 'number' ? all * dim : all), 1);
  if (open <= 1 && product === size) return;
  throw new TrainerError(
    'TRAINER_BAD_OPTION',
    `The dims [${dims.join(', ')}] of the ${what} do not fit: ${size} elements a sample, and one open size at most.`,
  );
}
