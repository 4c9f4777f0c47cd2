/** Numbers over time, by name: as many of the newest moments as there is room for, in memory that is taken once for each name. */
export class SeriesRing {
  readonly #times: Float64Array;
  readonly #series = new Map<string, Float64Array>();
  #next = 0;
  #size = 0;

  /** @param capacity - moments that are kept. @param mostSeries - names that are kept; others are left out. */
  constructor(
    private readonly capacity: number,
    private readonly mostSeries = 24,
  ) {
    this.#times = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  get names(): readonly string[] {
    return [...this.#series.keys()];
  }

  /** A moment. What it does not tell of a name is a gap there. */
  add(time: number, values: Readonly<Record<string, number | null>>): void {
    this.#times[this.#next] = time;
    for (const series of this.#series.values()) series[this.#next] = Number.NaN;
    for (const [name, value] of Object.entries(values)) {
      const series = this.#series.get(name) ?? this.#begin(name);
      if (series !== undefined) series[this.#next] = value ?? Number.NaN;
    }
    this.#next = (this.#next + 1) % this.capacity;
    this.#size = Math.min(this.#size + 1, this.capacity);
  }

  clear(): void {
    this.#series.clear();
    this.#next = 0;
    this.#size = 0;
  }

  /** The oldest first. */
  times(): Float64Array {
    return this.#inOrder(this.#times);
  }

  /** The oldest first, NaN in gaps. */
  values(name: string): Float64Array {
    const series = this.#series.get(name);
    return series === undefined ? new Float64Array(this.#size).fill(Number.NaN) : this.#inOrder(series);
  }

  #begin(name: string): Float64Array | undefined {
    if (this.#series.size >= this.mostSeries) return undefined;
    const series = new Float64Array(this.capacity).fill(Number.NaN);
    this.#series.set(name, series);
    return series;
  }

  #inOrder(of: Float64Array): Float64Array {
    if (this.#size < this.capacity) return of.slice(0, this.#size);
    const ordered = new Float64Array(this.capacity);
    ordered.set(of.subarray(this.#next));
    ordered.set(of.subarray(0, this.#next), this.capacity - this.#next);
    return ordered;
  }
}
