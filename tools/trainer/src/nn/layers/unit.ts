import type { Tensor } from '../../kernel/arithmetic.js';
import type { Layer, LayerKind, Site } from '../layer.js';
import type { CosineSpec, UnitSpec } from '../spec.js';
import { elementsOf, gradientOf } from './elementwise.js';

/** What is added to a sum of squares, so that nothing is divided by zero. */
export const UNIT_EPSILON = 1e-12;

/** x / |x| for each moment. */
export const unit: LayerKind<UnitSpec> = {
  shape: (_, input) => input,
  build: (_, site) => new Unit(site),
};

class Unit implements Layer {
  readonly #output: Tensor;
  readonly #gradient: Tensor | undefined;
  readonly #factors: Float32Array;

  constructor(private readonly site: Site) {
    this.#output = site.arithmetic.allocate(elementsOf(site));
    this.#gradient = gradientOf(site);
    this.#factors = new Float32Array(site.batch * site.input.time);
  }

  forward({ data }: Tensor, count: number): Tensor {
    const { channels, time } = this.site.input;
    unitRows(data, count * time, channels, this.#output.data, this.#factors);
    return this.#output;
  }

  backward({ data }: Tensor, count: number): Tensor | undefined {
    const { channels, time } = this.site.input;
    if (this.#gradient === undefined) return undefined;
    backThroughUnit(data, this.#output.data, this.#factors, count * time, channels, this.#gradient.data, false);
    return this.#gradient;
  }
}

/** Cosines to learnt directions, which are unit rows of the weights [classes, channels]. */
export const cosine: LayerKind<CosineSpec> = {
  shape({ classes, scale }, { time }) {
    if (!Number.isInteger(classes) || classes < 1) return '"classes" must be a whole number from 1';
    return scale > 0 ? { time, channels: classes } : '"scale" must be above 0';
  },
  parameters: ({ classes }, { channels }) => [
    { name: 'directions', dims: [classes, channels], start: { inputs: channels }, decays: false },
  ],
  build: (spec, site) => new Cosine(spec, site),
};

class Cosine implements Layer {
  readonly #output: Tensor;
  readonly #gradient: Tensor | undefined;
  readonly #rows: Tensor;
  readonly #rowFactors: Float32Array;
  readonly #directions: Tensor;
  readonly #directionFactors: Float32Array;
  /** The output's gradient times the scale, and gradients by rows and directions of length 1. */
  readonly #scaled: Tensor;
  readonly #byRows: Tensor;
  readonly #byDirections: Tensor;

  constructor(
    private readonly spec: CosineSpec,
    private readonly site: Site,
  ) {
    const { arithmetic, batch, input, isTraining } = site;
    const outputs = batch * input.time * spec.classes;
    this.#output = arithmetic.allocate(outputs);
    this.#gradient = gradientOf(site);
    this.#rows = arithmetic.allocate(elementsOf(site));
    this.#rowFactors = new Float32Array(batch * input.time);
    this.#directions = arithmetic.allocate(spec.classes * input.channels);
    this.#directionFactors = new Float32Array(spec.classes);
    this.#scaled = arithmetic.allocate(isTraining ? outputs : 0);
    this.#byRows = arithmetic.allocate(isTraining ? elementsOf(site) : 0);
    this.#byDirections = arithmetic.allocate(isTraining ? spec.classes * input.channels : 0);
  }

  forward({ data }: Tensor, count: number): Tensor {
    const { channels, time } = this.site.input;
    const { classes, scale } = this.spec;
    const [directions, rows] = [this.#directions, count * time];
    const weights = this.site.slots[0]?.weights.data;
    if (weights === undefined) throw new TypeError('A cosine layer has one parameter.');
    unitRows(data, rows, channels, this.#rows.data, this.#rowFactors);
    unitRows(weights, classes, channels, directions.data, this.#directionFactors);
    const a = { at: this.#rows.at, row: channels, column: 1 };
    const b = { at: directions.at, row: 1, column: channels };
    this.site.arithmetic.multiply(rows, classes, channels, a, b, this.#output.at, false);
    const output = this.#output.data;
    for (let index = 0; index < rows * classes; index++) output[index] = (output[index] ?? 0) * scale;
    return this.#output;
  }

  backward({ data }: Tensor, count: number): Tensor | undefined {
    const { arithmetic, input, slots } = this.site;
    const { channels } = input;
    const { classes, scale } = this.spec;
    const rows = count * input.time;
    const gradients = slots[0]?.gradients?.data;
    if (gradients === undefined) throw new TypeError('A backward pass needs a network in training.');
    const scaled = this.#scaled;
    for (let index = 0; index < rows * classes; index++) scaled.data[index] = (data[index] ?? 0) * scale;
    const byClass = { at: scaled.at, row: 1, column: classes };
    const unitInput = { at: this.#rows.at, row: channels, column: 1 };
    arithmetic.multiply(classes, channels, rows, byClass, unitInput, this.#byDirections.at, false);
    const [toDirections, directions] = [this.#byDirections.data, this.#directions.data];
    backThroughUnit(toDirections, directions, this.#directionFactors, classes, channels, gradients, true);
    if (this.#gradient === undefined) return undefined;
    const byRow = { at: scaled.at, row: classes, column: 1 };
    const unitDirections = { at: this.#directions.at, row: channels, column: 1 };
    arithmetic.multiply(rows, channels, classes, byRow, unitDirections, this.#byRows.at, false);
    const { data: byRows } = this.#byRows;
    backThroughUnit(byRows, this.#rows.data, this.#rowFactors, rows, channels, this.#gradient.data, false);
    return this.#gradient;
  }
}

/** Rows of length 1, and what each was multiplied by. */
export function unitRows(
  source: Float32Array,
  rows: number,
  columns: number,
  target: Float32Array,
  factors: Float32Array,
): void {
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let squares = UNIT_EPSILON;
    for (let column = 0; column < columns; column++) {
      const value = source[start + column] ?? 0;
      squares += value * value;
    }
    const factor = 1 / Math.sqrt(squares);
    factors[row] = factor;
    for (let column = 0; column < columns; column++) target[start + column] = (source[start + column] ?? 0) * factor;
  }
}

/** The gradient by a row is that by its unit row, less its part along the row, times the factor. */
function backThroughUnit(
  gradient: Float32Array,
  units: Float32Array,
  factors: Float32Array,
  rows: number,
  columns: number,
  target: Float32Array,
  adds: boolean,
): void {
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let along = 0;
    for (let column = 0; column < columns; column++)
      along += (gradient[start + column] ?? 0) * (units[start + column] ?? 0);
    const factor = factors[row] ?? 0;
    for (let column = 0; column < columns; column++) {
      const index = start + column;
      const value = factor * ((gradient[index] ?? 0) - along * (units[index] ?? 0));
      target[index] = adds ? (target[index] ?? 0) + value : value;
    }
  }
}
