/** Two significant digits or better: 16 buckets for each doubling, from 1 µs to about 18 minutes. */
const BUCKETS_PER_DOUBLING = 16;
const SMALLEST_MS = 0.001;
const BUCKET_COUNT = 30 * BUCKETS_PER_DOUBLING;

/** What a histogram says, in the unit that was observed (milliseconds everywhere in the runtime). */
export interface HistogramSummary {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** A fixed-size logarithmic histogram: observing costs a few nanoseconds and never allocates. Error of a quantile: at most 4.5 %. */
export class Histogram {
  readonly #buckets = new Uint32Array(BUCKET_COUNT);
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  /** Adds one value. Values below 0.001 fall into the first bucket, values over the range into the last. NaN is left out. */
  observe(value: number): void {
    if (Number.isNaN(value)) return;
    const index = value <= SMALLEST_MS ? 0 : Math.floor(Math.log2(value / SMALLEST_MS) * BUCKETS_PER_DOUBLING);
    const clamped = Math.min(index, BUCKET_COUNT - 1);
    this.#buckets[clamped] = (this.#buckets[clamped] ?? 0) + 1;
    this.#count += 1;
    this.#sum += value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  get count(): number {
    return this.#count;
  }

  /** The value below which the share `q` (0-1) of all observations lies; NaN when there are none. */
  quantile(q: number): number {
    if (this.#count === 0) return Number.NaN;
    const rank = Math.max(1, Math.ceil(q * this.#count));
    let seen = 0;
    for (let index = 0; index < BUCKET_COUNT; index += 1) {
      seen += this.#buckets[index] ?? 0;
      if (seen >= rank) {
        if (index === BUCKET_COUNT - 1) break; // holds everything over the range: its middle says nothing
        const middle = SMALLEST_MS * 2 ** ((index + 0.5) / BUCKETS_PER_DOUBLING);
        return Math.min(Math.max(middle, this.#min), this.#max);
      }
    }
    return this.#max;
  }

  summary(): HistogramSummary {
    const empty = this.#count === 0;
    return {
      count: this.#count,
      mean: empty ? Number.NaN : this.#sum / this.#count,
      min: empty ? Number.NaN : this.#min,
      max: empty ? Number.NaN : this.#max,
      p50: this.quantile(0.5),
      p95: this.quantile(0.95),
      p99: this.quantile(0.99),
    };
  }
}
