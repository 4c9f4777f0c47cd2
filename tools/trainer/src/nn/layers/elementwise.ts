import type { SeededRandom } from '@kinegraph/signer';
import type { Tensor } from '../../kernel/arithmetic.js';
import type { Layer, LayerKind, Site } from '../layer.js';
import type { DropoutSpec, FlattenSpec, NormaliseSpec, ReluSpec, Shape } from '../spec.js';

/** Fixed means and deviations for each channel. */
export const normalise: LayerKind<NormaliseSpec> = {
  shape({ mean, deviation }, input) {
    if (mean.length !== input.channels || deviation.length !== input.channels)
      return `it has ${mean.length} means and ${deviation.length} deviations for ${input.channels} channels`;
    if (!mean.every(Number.isFinite) || !deviation.every((value) => Number.isFinite(value) && value > 0))
      return 'its means must be finite and its deviations above 0';
    return input;
  },
  build(spec, site) {
    const { channels } = site.input;
    const factors = Float32Array.from(spec.deviation, (value) => 1 / value);
    const offsets = Float32Array.from(spec.mean, (value, channel) => -value * (factors[channel] ?? 0));
    const output = site.arithmetic.allocate(elementsOf(site));
    const gradient = gradientOf(site);
    return {
      forward({ data }, count) {
        for (let start = 0; start < count * elements(site.input); start += channels) {
          for (let channel = 0; channel < channels; channel++) {
            const value = (data[start + channel] ?? 0) * (factors[channel] ?? 0) + (offsets[channel] ?? 0);
            output.data[start + channel] = value;
          }
        }
        return output;
      },
      backward({ data }, count) {
        if (gradient === undefined) return undefined;
        for (let start = 0; start < count * elements(site.input); start += channels) {
          for (let channel = 0; channel < channels; channel++)
            gradient.data[start + channel] = (data[start + channel] ?? 0) * (factors[channel] ?? 0);
        }
        return gradient;
      },
    };
  },
};

/** max(x, 0). */
export const relu: LayerKind<ReluSpec> = {
  shape: (_, input) => input,
  build(_, site) {
    const output = site.arithmetic.allocate(elementsOf(site));
    const gradient = gradientOf(site);
    return {
      forward(input, count) {
        site.arithmetic.rectify(input, output, count * elements(site.input));
        return output;
      },
      backward(by, count) {
        if (gradient === undefined) return undefined;
        site.arithmetic.rectifyBack(output, by, gradient, count * elements(site.input));
        return gradient;
      },
    };
  },
};

/** Puts a share of values to zero in training. */
export const dropout: LayerKind<DropoutSpec> = {
  shape: ({ rate }, input) => (rate >= 0 && rate < 1 ? input : `its rate is ${rate}, but must be from 0 to below 1`),
  build: ({ rate }, site) => new Dropout(rate, site),
};

class Dropout implements Layer {
  readonly #output: Tensor;
  readonly #gradient: Tensor | undefined;
  readonly #factors: Float32Array;

  constructor(
    private readonly rate: number,
    private readonly site: Site,
  ) {
    this.#output = site.arithmetic.allocate(site.isTraining ? elementsOf(site) : 0);
    this.#gradient = gradientOf(site);
    this.#factors = new Float32Array(site.isTraining ? elementsOf(site) : 0).fill(1);
  }

  forward(input: Tensor, count: number, random?: SeededRandom): Tensor {
    if (random === undefined) {
      this.#factors.fill(1);
      return input;
    }
    const length = count * elements(this.site.input);
    const [factors, output] = [this.#factors, this.#output.data];
    const kept = 1 / (1 - this.rate);
    for (let index = 0; index < length; index++) {
      const factor = random.next() < this.rate ? 0 : kept;
      factors[index] = factor;
      output[index] = (input.data[index] ?? 0) * factor;
    }
    return this.#output;
  }

  backward({ data }: Tensor, count: number): Tensor | undefined {
    const gradient = this.#gradient;
    if (gradient === undefined) return undefined;
    const length = count * elements(this.site.input);
    for (let index = 0; index < length; index++)
      gradient.data[index] = (data[index] ?? 0) * (this.#factors[index] ?? 0);
    return gradient;
  }
}

/** Moments beside each other; the values lie as they lay. */
export const flatten: LayerKind<FlattenSpec> = {
  shape: (_, { time, channels }) => ({ time: 1, channels: time * channels }),
  build: (_, site) => ({
    forward: (input) => input,
    backward: (gradient) => (site.passesGradient ? gradient : undefined),
  }),
};

/** Values of one sample. */
export function elements({ time, channels }: Shape): number {
  return time * channels;
}

/** Values of a whole batch that goes in. */
export function elementsOf({ batch, input }: Site): number {
  return batch * elements(input);
}

/** Room for the gradient by the input, where it is needed. */
export function gradientOf(site: Site): Tensor | undefined {
  return site.isTraining && site.passesGradient ? site.arithmetic.allocate(elementsOf(site)) : undefined;
}
