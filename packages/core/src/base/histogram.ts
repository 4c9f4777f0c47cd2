/** Two significant digits or better: 16 buckets for each doubling, from 1 µs to about 18 minutes. */
const BUCKETS_PER_DOUBLING = 16;
const SMALLEST_MS = 0.001;
const BUCKET_COUNT = 30 * BUCKETS_PER_DOUBLING;
/** Rounding of the logarithm, in buckets. */
const EDGE_TOLERANCE = 1e-6;

/** What a histogram says, in the unit that was observed (milliseconds everywhere in the runtime). */
export interface HistogramSummary {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Of everything that was observed. */
  readonly sum: number;
  /** Only where bounds were asked for: how many observations are at or below each of them. */
  readonly upTo?: readonly number[];
}

/**
 * Bounds at which a histogram can say exactly how much lies at or below them: the edges of its buckets, which are
 * 0.001 x 2^(n/16) for n from 1 to 479. Every whole power of two of 0.001 but the first is one.
 */
export class HistogramBounds {
  /** For each bound, how many of the first buckets lie below it. */
  readonly buckets: readonly number[];

  /** @throws RangeError where a bound is no edge, since every answer for it would be a guess; or where they do not ascend. */
  constructor(readonly values: readonly number[]) {
    this.buckets = values.map((bound) => {
      const edge = Math.log2(bound / SMALLEST_MS) * BUCKETS_PER_DOUBLING;
      const bucket = Math.round(edge);
      if (!(Math.abs(edge - bucket) < EDGE_TOLERANCE) || bucket < 1 || bucket >= BUCKET_COUNT)
        throw new RangeError(
          `${bound} is no edge of a histogram's buckets. Edges are 0.001 x 2^(n/16), n from 1 to 479.`,
        );
      return bucket;
    });
    if (this.buckets.some((bucket, index) => bucket <= (this.buckets[index - 1] ?? 0)))
      throw new RangeError(`The bounds ${values.join(', ')} do not ascend.`);
  }
}

/**
 * A fixed-size logarithmic histogram: observing costs a few nanoseconds and never allocates. Error of a quantile: at most
 * 4.5 %. A bucket has what is above its lower edge, and what is at or below its upper one.
 */
export class Histogram {
  readonly #buckets = new Uint32Array(BUCKET_COUNT);
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  /** Adds one value. Values below 0.001 fall into the first bucket, values over the range into the last. NaN is left out. */
  observe(value: number): void {
    if (Number.isNaN(value)) return;
    const index = value <= SMALLEST_MS ? 0 : Math.ceil(Math.log2(value / SMALLEST_MS) * BUCKETS_PER_DOUBLING) - 1;
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

  /** How many observations are at or below each of the bounds. */
  upTo({ buckets }: HistogramBounds): readonly number[] {
    let seen = 0;
    let next = 0;
    return buckets.map((end) => {
      for (; next < end; next += 1) seen += this.#buckets[next] ?? 0;
      return seen;
    });
  }

  /** @param bounds - what `upTo` counts for; left out: it is too. */
  summary(bounds?: HistogramBounds): HistogramSummary {
    const empty = this.#count === 0;
    return {
      count: this.#count,
      mean: empty ? Number.NaN : this.#sum / this.#count,
      min: empty ? Number.NaN : this.#min,
      max: empty ? Number.NaN : this.#max,
      p50: this.quantile(0.5),
      p95: this.quantile(0.95),
      p99: this.quantile(0.99),
      sum: this.#sum,
      ...(bounds === undefined ? {} : { upTo: this.upTo(bounds) }),
    };
  }
}
