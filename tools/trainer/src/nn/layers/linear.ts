import type { Matrix, Tensor, Walk } from '../../kernel/arithmetic.js';
import type { Layer, LayerKind, ParameterSpec, Site, Slot } from '../layer.js';
import type { ConvSpec, DenseSpec, Shape } from '../spec.js';

/** Floats of unfolded input that are worked on at once: they stay in the second cache. */
const CHUNK = 65_536;

/** A convolution along time. Weights are [kernel * channels in, channels out], taps outermost. */
export const conv: LayerKind<ConvSpec> = {
  shape(spec, input) {
    const { kernel, stride = 1, dilation = 1 } = spec;
    if (![spec.channels, kernel, stride, dilation].every(isCount))
      return `"channels", "kernel", "stride" and "dilation" must be whole numbers from 1`;
    const { timeOut } = walkOf(spec, input);
    if (timeOut < 1) return `its ${(kernel - 1) * dilation + 1} moments do not fit into ${input.time}`;
    return { time: timeOut, channels: spec.channels };
  },
  parameters: ({ kernel, channels }, input) => parametersOf(kernel * input.channels, channels),
  build: (spec, site) => new Linear(site, walkOf(spec, site.input)),
};

/** A matrix for each moment: a convolution that sees one moment. */
export const dense: LayerKind<DenseSpec> = {
  shape: ({ channels }, { time }) =>
    isCount(channels) ? { time, channels } : '"channels" must be a whole number from 1',
  parameters: ({ channels }, input) => parametersOf(input.channels, channels),
  build: ({ channels }, site) => new Linear(site, walkOf({ type: 'conv', kernel: 1, channels }, site.input)),
};

/** How a convolution walks. `same` puts the odd zero at the end, as ONNX's `SAME_UPPER` does. */
export function walkOf(spec: ConvSpec, input: Shape): Walk {
  const { kernel: taps, stride = 1, dilation = 1, padding = 'same' } = spec;
  const reach = (taps - 1) * dilation + 1;
  const timeOut = padding === 'same' ? Math.ceil(input.time / stride) : Math.floor((input.time - reach) / stride) + 1;
  const zeros = padding === 'same' ? Math.max(0, (timeOut - 1) * stride + reach - input.time) : 0;
  return {
    ...{ timeIn: input.time, timeOut, channels: input.channels },
    ...{ taps, stride, dilation, before: Math.floor(zeros / 2) },
  };
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

function parametersOf(inputs: number, outputs: number): readonly ParameterSpec[] {
  return [
    { name: 'weights', dims: [inputs, outputs], start: { inputs }, decays: true },
    { name: 'bias', dims: [outputs], start: { value: 0 }, decays: false },
  ];
}

class Linear implements Layer {
  readonly #output: Tensor;
  readonly #gradient: Tensor | undefined;
  readonly #weights: Slot;
  readonly #bias: Slot;
  /** Columns of the unfolded input, and of the output. */
  readonly #seen: number;
  readonly #channels: number;
  /** Whether the unfolded input is the input itself. */
  readonly #isPlain: boolean;
  /** Samples that are unfolded at once. */
  readonly #chunk: number;
  #input: Tensor | undefined;

  constructor(
    private readonly site: Site,
    private readonly walk: Walk,
  ) {
    const { arithmetic, batch, input, output } = site;
    const [weights, bias] = site.slots;
    if (weights === undefined || bias === undefined) throw new TypeError('A linear layer has two parameters.');
    [this.#weights, this.#bias] = [weights, bias];
    this.#channels = output.channels;
    this.#seen = walk.taps * walk.channels;
    this.#isPlain = walk.taps === 1 && walk.stride === 1;
    this.#chunk = Math.max(1, Math.floor(CHUNK / (this.#seen * walk.timeOut)));
    this.#output = arithmetic.allocate(batch * output.time * output.channels);
    if (site.isTraining && site.passesGradient)
      this.#gradient = arithmetic.allocate(batch * input.time * input.channels);
  }

  forward(input: Tensor, count: number): Tensor {
    this.#input = input;
    const output = this.#output;
    const bias = this.#bias.weights.data;
    for (let row = 0; row < count * this.walk.timeOut; row++) output.data.set(bias, row * this.#channels);
    this.#eachChunk(count, (from, samples) => {
      const rows = samples * this.walk.timeOut;
      const target = output.at + from * this.walk.timeOut * this.#channels * 4;
      const a = { at: this.#unfolded(input, from, samples), row: this.#seen, column: 1 };
      this.site.arithmetic.multiply(rows, this.#channels, this.#seen, a, this.#matrix(), target, true);
    });
    return output;
  }

  backward(gradient: Tensor, count: number): Tensor | undefined {
    const input = this.#input;
    const [weights, bias] = [this.#weights.gradients, this.#bias.gradients];
    if (input === undefined || weights === undefined || bias === undefined)
      throw new TypeError('A backward pass follows a forward pass of a network in training.');
    addRows(gradient.data, count * this.walk.timeOut, this.#channels, bias.data);
    const passed = this.#gradient;
    passed?.data.fill(0, 0, count * this.walk.timeIn * this.walk.channels);
    this.#eachChunk(count, (from, samples) => {
      const rows = samples * this.walk.timeOut;
      const at = gradient.at + from * this.walk.timeOut * this.#channels * 4;
      const seen = { at: this.#unfolded(input, from, samples), row: 1, column: this.#seen };
      const { arithmetic } = this.site;
      arithmetic.multiply(
        this.#seen,
        this.#channels,
        rows,
        seen,
        { at, row: this.#channels, column: 1 },
        weights.at,
        true,
      );
      if (passed === undefined) return;
      const target = passed.at + from * this.walk.timeIn * this.walk.channels * 4;
      const gradients = this.#isPlain ? target : this.site.scratch(rows * this.#seen).at;
      const transposed = { at: this.#weights.weights.at, row: 1, column: this.#channels };
      const a = { at, row: this.#channels, column: 1 };
      arithmetic.multiply(rows, this.#seen, this.#channels, a, transposed, gradients, false);
      if (!this.#isPlain) arithmetic.fold(this.walk, gradients, target, samples);
    });
    return passed;
  }

  #matrix(): Matrix {
    return { at: this.#weights.weights.at, row: this.#channels, column: 1 };
  }

  #eachChunk(count: number, work: (from: number, samples: number) => void): void {
    for (let from = 0; from < count; from += this.#chunk) work(from, Math.min(this.#chunk, count - from));
  }

  /** The address of rows [samples * timeOut, seen]. */
  #unfolded(input: Tensor, from: number, samples: number): number {
    const source = input.at + from * this.walk.timeIn * this.walk.channels * 4;
    if (this.#isPlain) return source;
    const target = this.site.scratch(samples * this.walk.timeOut * this.#seen).at;
    this.site.arithmetic.unfold(this.walk, source, target, samples);
    return target;
  }
}

/** target[column] += the sum over rows. */
function addRows(source: Float32Array, rows: number, columns: number, target: Float32Array): void {
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let column = 0; column < columns; column++)
      target[column] = (target[column] ?? 0) + (source[start + column] ?? 0);
  }
}
