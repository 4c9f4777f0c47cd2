import type { SeededRandom } from '@kinegraph/signer';
import type { Tensor } from '../../kernel/arithmetic.js';
import type { Layer, LayerKind, Site } from '../layer.js';
import type { ResidualSpec } from '../spec.js';
import { elements, gradientOf } from './elementwise.js';

/** He et al., "Deep Residual Learning", 2016, arXiv:1512.03385: what goes in (or a shortcut of it) is added to what comes out. */
export const residual: LayerKind<ResidualSpec> = {
  shape(_, input, [inner, shortcut = input]) {
    if (inner === undefined) return 'it has no layers';
    if (inner.time === shortcut.time && inner.channels === shortcut.channels) return inner;
    return `its layers make ${sizeOf(inner)}, but what is added to them is ${sizeOf(shortcut)}`;
  },
  nested: ({ layers, shortcut }) => (shortcut === undefined ? [layers] : [layers, shortcut]),
  build: (_, site) => new Residual(site),
};

function sizeOf({ time, channels }: { readonly time: number; readonly channels: number }): string {
  return `[${time}, ${channels}]`;
}

class Residual implements Layer {
  readonly #output: Tensor;
  readonly #gradient: Tensor | undefined;

  constructor(private readonly site: Site) {
    this.#output = site.arithmetic.allocate(site.batch * elements(site.output));
    this.#gradient = gradientOf(site);
  }

  forward(input: Tensor, count: number, random?: SeededRandom): Tensor {
    const [layers, shortcut] = this.site.nested;
    const inner = layers?.forward(input, count, random) ?? input;
    const other = shortcut?.forward(input, count, random) ?? input;
    addTo(this.#output.data, inner.data, other.data, count * elements(this.site.output));
    return this.#output;
  }

  backward(gradient: Tensor, count: number): Tensor | undefined {
    const [layers, shortcut] = this.site.nested;
    const byInner = layers?.backward(gradient, count);
    const byOther = shortcut === undefined ? gradient : shortcut.backward(gradient, count);
    if (this.#gradient === undefined || byInner === undefined || byOther === undefined) return undefined;
    addTo(this.#gradient.data, byInner.data, byOther.data, count * elements(this.site.input));
    return this.#gradient;
  }
}

function addTo(target: Float32Array, a: Float32Array, b: Float32Array, length: number): void {
  for (let index = 0; index < length; index++) target[index] = (a[index] ?? 0) + (b[index] ?? 0);
}
