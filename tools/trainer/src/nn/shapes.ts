import { TrainerError } from '../errors.js';
import { kindOf } from './layers/index.js';
import type { LayerKind, ParameterSpec } from './layer.js';
import type { LayerSpec, NetworkSpec, Shape, TrainedNetwork } from './spec.js';

/** A parameter and its place in the flat weights. */
export interface PlacedParameter extends ParameterSpec {
  /** The first of its values. */
  readonly offset: number;
  /** How many it has. */
  readonly size: number;
}

/** A layer with its kind, its shapes and its parameters; lists of layers within in the order of `LayerKind.nested`. */
export interface PlannedLayer {
  readonly spec: LayerSpec;
  readonly kind: LayerKind<LayerSpec>;
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: readonly PlacedParameter[];
  readonly nested: readonly (readonly PlannedLayer[])[];
}

/**
 * Works out shapes and parameters.
 * @throws TrainerError `TRAINER_BAD_NETWORK` - a layer that does not fit; the sentence names it
 */
export function planNetwork({ input, layers }: NetworkSpec): readonly PlannedLayer[] {
  for (const key of ['time', 'channels'] as const) {
    if (!Number.isInteger(input[key]) || input[key] < 1)
      throw bad(`The input has a ${key} of ${input[key]}, but must have a whole number from 1.`);
  }
  if (layers.length === 0) throw bad('The network has no layers. Give it one at least.');
  return planLayers(layers, input, '', { value: 0 });
}

/** Moments and channels that come out. */
export function outputShape(network: NetworkSpec): Shape {
  return endOf(planNetwork(network), network.input);
}

/** All parameters in the order in which they lie in the flat weights. */
export function parametersOf(network: NetworkSpec): readonly PlacedParameter[] {
  return parametersIn(planNetwork(network));
}

/** How many values the weights of a network have. */
export function weightCount(network: NetworkSpec): number {
  return parametersOf(network).reduce((sum, { size }) => sum + size, 0);
}

/**
 * A network without its last layers, such as the head that only the training needs.
 * @param layers - how many to keep; below 0: how many to leave off, as in `slice`
 */
export function truncate({ network, weights }: TrainedNetwork, layers: number): TrainedNetwork {
  const shorter = { ...network, layers: network.layers.slice(0, layers) };
  checkWeights(network, weights);
  return { network: shorter, weights: weights.slice(0, weightCount(shorter)) };
}

/** @throws TrainerError `TRAINER_BAD_WEIGHTS` - weights of another network */
export function checkWeights(network: NetworkSpec, weights: Float32Array): void {
  const count = weightCount(network);
  if (weights.length === count) return;
  throw new TrainerError(
    'TRAINER_BAD_WEIGHTS',
    `There are ${weights.length} weights for a network that has ${count}. Use the network that they were trained with.`,
  );
}

/** The parameters of planned layers, with those within. */
export function parametersIn(layers: readonly PlannedLayer[]): readonly PlacedParameter[] {
  return layers.flatMap(({ parameters, nested }) => [...parameters, ...nested.flatMap(parametersIn)]);
}

function planLayers(
  specs: readonly LayerSpec[],
  start: Shape,
  path: string,
  offset: { value: number },
): readonly PlannedLayer[] {
  let input = start;
  return specs.map((spec, index) => {
    const name = `${path}${index}.${spec.type}`;
    const kind = kindOf(spec);
    if (kind === undefined)
      throw bad(`Layer ${name} is of a type that there is not. See LayerSpec for those there are.`);
    const parameters = (kind.parameters?.(spec, input) ?? []).map((parameter) => {
      const size = parameter.dims.reduce((product, dim) => product * dim, 1);
      const placed = { ...parameter, name: `${name}.${parameter.name}`, offset: offset.value, size };
      offset.value += size;
      return placed;
    });
    const nested = (kind.nested?.(spec) ?? []).map((list, which) =>
      planLayers(list, input, `${name}.${which}.`, offset),
    );
    const within = input;
    const output = kind.shape(
      spec,
      input,
      nested.map((list) => endOf(list, within)),
    );
    if (typeof output === 'string')
      throw bad(`Layer ${name} does not fit its input [${input.time}, ${input.channels}]: ${output}.`);
    const planned = { spec, kind, input, output, parameters, nested };
    input = output;
    return planned;
  });
}

function endOf(layers: readonly PlannedLayer[], input: Shape): Shape {
  return layers.at(-1)?.output ?? input;
}

function bad(sentence: string): TrainerError {
  return new TrainerError('TRAINER_BAD_NETWORK', sentence);
}
