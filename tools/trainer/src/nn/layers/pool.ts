import type { Tensor } from '../../kernel/arithmetic.js';
import type { Layer, LayerKind, Site } from '../layer.js';
import type { PoolSpec } from '../spec.js';
import { gradientOf } from './elementwise.js';

/** Means over time, then largest values over time. */
export const pool: LayerKind<PoolSpec> = {
  shape: (_, { channels }) => ({ time: 1, channels: 2 * channels }),
  build: (_, site) => new Pool(site),
};

class Pool implements Layer {
  readonly #output: Tensor;
  readonly #gradient: Tensor | undefined;
  /** The moment of the largest value, for each sample and channel; the first of equals. */
  readonly #moments: Uint32Array;

  constructor(private readonly site: Site) {
    this.#output = site.arithmetic.allocate(site.batch * 2 * site.input.channels);
    this.#gradient = gradientOf(site);
    this.#moments = new Uint32Array(site.batch * site.input.channels);
  }

  forward({ data }: Tensor, count: number): Tensor {
    const { channels, time } = this.site.input;
    const output = this.#output.data;
    for (let sample = 0; sample < count; sample++) {
      for (let channel = 0; channel < channels; channel++) {
        const start = sample * time * channels + channel;
        let sum = 0;
        let most = data[start] ?? 0;
        let moment = 0;
        for (let t = 0; t < time; t++) {
          const value = data[start + t * channels] ?? 0;
          sum += value;
          if (value > most) [most, moment] = [value, t];
        }
        output[sample * 2 * channels + channel] = sum / time;
        output[(sample * 2 + 1) * channels + channel] = most;
        this.#moments[sample * channels + channel] = moment;
      }
    }
    return this.#output;
  }

  backward({ data }: Tensor, count: number): Tensor | undefined {
    const gradient = this.#gradient;
    if (gradient === undefined) return undefined;
    const { channels, time } = this.site.input;
    const target = gradient.data;
    for (let sample = 0; sample < count; sample++) {
      for (let channel = 0; channel < channels; channel++) {
        const start = sample * time * channels + channel;
        const share = (data[sample * 2 * channels + channel] ?? 0) / time;
        for (let t = 0; t < time; t++) target[start + t * channels] = share;
        const at = start + (this.#moments[sample * channels + channel] ?? 0) * channels;
        target[at] = share + (data[(sample * 2 + 1) * channels + channel] ?? 0);
      }
    }
    return gradient;
  }
}
