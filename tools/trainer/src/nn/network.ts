import type { SeededRandom } from '@kinegraph/signer';
import { Arithmetic, type Tensor } from '../kernel/arithmetic.js';
import type { Layer, Slot } from './layer.js';
import { checkWeights, parametersIn, planNetwork, type PlannedLayer } from './shapes.js';
import type { NetworkSpec, Shape } from './spec.js';

/** How a network is built. */
export interface NetworkOptions {
  /** The most samples of a pass. */
  readonly batch: number;
  /** Whether gradients are to be had. */
  readonly isTraining: boolean;
}

/** A network with its memory: weights, values, and gradients where it is trained. */
export class Network {
  readonly batch: number;
  readonly input: Shape;
  readonly output: Shape;
  /** Where samples go in, [batch, time, channels]. */
  readonly inputs: Float32Array;
  /** All weights; written by whoever trains or loads. */
  readonly weights: Float32Array;
  /** The gradients of all weights, which backward passes add to; empty where nothing is trained. */
  readonly gradients: Float32Array;
  /** Where the gradient by the outputs goes in; empty where nothing is trained. */
  readonly outputGradients: Float32Array;
  readonly #input: Tensor;
  readonly #outputGradient: Tensor;
  readonly #layers: Layer;

  /** @throws TrainerError `TRAINER_BAD_NETWORK` */
  constructor(spec: NetworkSpec, { batch, isTraining }: NetworkOptions) {
    const plan = planNetwork(spec);
    const arithmetic = new Arithmetic();
    const builder = new Builder(arithmetic, plan, batch, isTraining);
    this.batch = batch;
    this.input = spec.input;
    this.output = plan.at(-1)?.output ?? spec.input;
    this.weights = builder.weights.data;
    this.gradients = builder.gradients.data;
    this.#input = arithmetic.allocate(batch * this.input.time * this.input.channels);
    this.#outputGradient = arithmetic.allocate(isTraining ? batch * this.output.time * this.output.channels : 0);
    this.inputs = this.#input.data;
    this.outputGradients = this.#outputGradient.data;
    this.#layers = builder.chain(plan, false);
  }

  /**
   * Runs the samples in `inputs`.
   * @param random - of layers that draw numbers in training; left out: not training
   * @returns [count, time, channels], valid until the next call
   */
  forward(count: number, random?: SeededRandom): Float32Array {
    const { data } = this.#layers.forward(this.#input, count, random);
    return data.subarray(0, count * this.output.time * this.output.channels);
  }

  /** Adds to the gradients, from those in `outputGradients`. */
  backward(count: number): void {
    this.#layers.backward(this.#outputGradient, count);
  }
}

/** Runs a trained network on any number of samples; kept for many calls. */
export class Inference {
  readonly #network: Network;

  /** @throws TrainerError `TRAINER_BAD_NETWORK`, `TRAINER_BAD_WEIGHTS` */
  constructor(spec: NetworkSpec, weights: Float32Array, { batch = 256 }: { readonly batch?: number } = {}) {
    checkWeights(spec, weights);
    this.#network = new Network(spec, { batch, isTraining: false });
    this.#network.weights.set(weights);
  }

  /**
   * @param inputs - [samples, time, channels]
   * @returns [samples, time, channels] of the output; the caller's
   * @throws RangeError - inputs that are no whole samples
   */
  run(inputs: Float32Array): Float32Array {
    const { batch, input, output } = this.#network;
    const [sizeIn, sizeOut] = [input.time * input.channels, output.time * output.channels];
    const samples = inputs.length / sizeIn;
    if (!Number.isInteger(samples))
      throw new RangeError(`${inputs.length} inputs are no whole samples of [${input.time}, ${input.channels}].`);
    const outputs = new Float32Array(samples * sizeOut);
    for (let from = 0; from < samples; from += batch) {
      const count = Math.min(batch, samples - from);
      this.#network.inputs.set(inputs.subarray(from * sizeIn, (from + count) * sizeIn));
      outputs.set(this.#network.forward(count), from * sizeOut);
    }
    return outputs;
  }
}

/** Runs a trained network once. @see Inference */
export function forward(network: NetworkSpec, weights: Float32Array, inputs: Float32Array): Float32Array {
  return new Inference(network, weights).run(inputs);
}

/** The weights that a training begins with. */
export function startWeights(spec: NetworkSpec, random: SeededRandom): Float32Array {
  const parameters = parametersIn(planNetwork(spec));
  const weights = new Float32Array(parameters.reduce((sum, { size }) => sum + size, 0));
  for (const { name, offset, size, start } of parameters) {
    if ('value' in start) {
      weights.fill(start.value, offset, offset + size);
      continue;
    }
    // He et al., "Delving Deep into Rectifiers", 2015, arXiv:1502.01852. A stream for each tensor: layers do not disturb each other.
    const deviation = Math.sqrt(2 / start.inputs);
    const stream = random.fork(name);
    for (let index = 0; index < size; index++) weights[offset + index] = stream.normal(0, deviation);
  }
  return weights;
}

class Builder {
  readonly weights: Tensor;
  readonly gradients: Tensor;
  #scratch: Tensor;

  constructor(
    private readonly arithmetic: Arithmetic,
    plan: readonly PlannedLayer[],
    private readonly batch: number,
    private readonly isTraining: boolean,
  ) {
    const count = parametersIn(plan).reduce((sum, { size }) => sum + size, 0);
    this.weights = arithmetic.allocate(count);
    this.gradients = arithmetic.allocate(isTraining ? count : 0);
    this.#scratch = arithmetic.allocate(0);
  }

  /** @param passesGradient - whether something below the first layer learns */
  chain(plan: readonly PlannedLayer[], passesGradient: boolean): Layer {
    let learns = passesGradient;
    const layers = plan.map((planned) => {
      const layer = this.#build(planned, learns);
      learns ||= parametersIn([planned]).length > 0;
      return layer;
    });
    return {
      forward: (input, count, random) => layers.reduce((value, layer) => layer.forward(value, count, random), input),
      backward: (gradient, count) => {
        let passed: Tensor | undefined = gradient;
        for (let index = layers.length - 1; index >= 0 && passed !== undefined; index--)
          passed = layers[index]?.backward(passed, count);
        return passed;
      },
    };
  }

  #build({ spec, kind, input, output, parameters, nested }: PlannedLayer, passesGradient: boolean): Layer {
    const { arithmetic, batch, isTraining } = this;
    const slots = parameters.map(({ offset, size }): Slot => ({
      weights: arithmetic.part(this.weights, offset, size),
      gradients: isTraining ? arithmetic.part(this.gradients, offset, size) : undefined,
    }));
    const inner = nested.map((list) => this.chain(list, passesGradient));
    return kind.build(spec, {
      ...{ arithmetic, input, output, batch, slots, isTraining, passesGradient, nested: inner },
      scratch: (count) => {
        if (this.#scratch.data.length < count) this.#scratch = arithmetic.allocate(count);
        return this.#scratch;
      },
    });
  }
}
