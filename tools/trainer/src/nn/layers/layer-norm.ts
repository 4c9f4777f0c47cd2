import type { Tensor } from '../../kernel/arithmetic.js';
import type { Layer, LayerKind, Site } from '../layer.js';
import type { LayerNormSpec } from '../spec.js';
import { elementsOf, gradientOf } from './elementwise.js';

/** What is added to a variance, so that nothing is divided by zero. */
export const LAYER_NORM_EPSILON = 1e-5;

/** Ba, Kiros and Hinton, "Layer Normalization", 2016, arXiv:1607.06450, over the channels of each moment. */
export const layerNorm: LayerKind<LayerNormSpec> = {
  shape: (_, input) => input,
  parameters: (_, { channels }) => [
    { name: 'gain', dims: [channels], start: { value: 1 }, decays: false },
    { name: 'offset', dims: [channels], start: { value: 0 }, decays: false },
  ],
  build: (_, site) => new LayerNorm(site),
};

class LayerNorm implements Layer {
  readonly #output: Tensor;
  readonly #gradient: Tensor | undefined;
  /** The values before gain and offset, and what each row was multiplied by. */
  readonly #normal: Float32Array;
  readonly #factors: Float32Array;

  constructor(private readonly site: Site) {
    this.#output = site.arithmetic.allocate(elementsOf(site));
    this.#gradient = gradientOf(site);
    this.#normal = new Float32Array(elementsOf(site));
    this.#factors = new Float32Array(site.batch * site.input.time);
  }

  forward({ data }: Tensor, count: number): Tensor {
    const { channels, time } = this.site.input;
    const [gain, offset] = this.site.slots.map(({ weights }) => weights.data);
    const [normal, output] = [this.#normal, this.#output.data];
    if (gain === undefined || offset === undefined) throw new TypeError('Layer norm has two parameters.');
    for (let row = 0; row < count * time; row++) {
      const start = row * channels;
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += data[start + channel] ?? 0;
      const mean = sum / channels;
      let squares = 0;
      for (let channel = 0; channel < channels; channel++) {
        const away = (data[start + channel] ?? 0) - mean;
        squares += away * away;
      }
      const factor = 1 / Math.sqrt(squares / channels + LAYER_NORM_EPSILON);
      this.#factors[row] = factor;
      for (let channel = 0; channel < channels; channel++) {
        const value = ((data[start + channel] ?? 0) - mean) * factor;
        normal[start + channel] = value;
        output[start + channel] = value * (gain[channel] ?? 0) + (offset[channel] ?? 0);
      }
    }
    return this.#output;
  }

  backward({ data }: Tensor, count: number): Tensor | undefined {
    const { channels, time } = this.site.input;
    const [gain, offset] = this.site.slots;
    const [byGain, byOffset] = [gain?.gradients?.data, offset?.gradients?.data];
    if (gain === undefined || byGain === undefined || byOffset === undefined)
      throw new TypeError('A backward pass needs a network in training.');
    const gains = gain.weights.data;
    const normal = this.#normal;
    const target = this.#gradient?.data;
    for (let row = 0; row < count * time; row++) {
      const start = row * channels;
      let sum = 0;
      let along = 0;
      for (let channel = 0; channel < channels; channel++) {
        const value = data[start + channel] ?? 0;
        const at = normal[start + channel] ?? 0;
        byGain[channel] = (byGain[channel] ?? 0) + value * at;
        byOffset[channel] = (byOffset[channel] ?? 0) + value;
        const scaled = value * (gains[channel] ?? 0);
        sum += scaled;
        along += scaled * at;
      }
      if (target === undefined) continue;
      const factor = this.#factors[row] ?? 0;
      for (let channel = 0; channel < channels; channel++) {
        const scaled = (data[start + channel] ?? 0) * (gains[channel] ?? 0);
        target[start + channel] = factor * (scaled - (sum + (normal[start + channel] ?? 0) * along) / channels);
      }
    }
    return this.#gradient;
  }
}
