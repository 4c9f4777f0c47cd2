/** Counts events of the last two seconds. */
export class RateMeter {
  readonly #events: { readonly atMs: number; readonly amount: number }[] = [];
  static readonly SPAN_MS = 2000;

  add(nowMs: number, amount = 1): void {
    this.#events.push({ atMs: nowMs, amount });
    this.#forget(nowMs);
  }

  /** A second. */
  rate(nowMs: number): number {
    this.#forget(nowMs);
    const sum = this.#events.reduce((total, { amount }) => total + amount, 0);
    return (sum * 1000) / RateMeter.SPAN_MS;
  }

  clear(): void {
    this.#events.length = 0;
  }

  #forget(nowMs: number): void {
    while (this.#events.length > 0 && (this.#events[0]?.atMs ?? nowMs) <= nowMs - RateMeter.SPAN_MS)
      this.#events.shift();
  }
}

/** The median of the last values. */
export class MedianMeter {
  readonly #values: number[] = [];
  constructor(private readonly kept: number) {}

  add(value: number): void {
    this.#values.push(value);
    if (this.#values.length > this.kept) this.#values.shift();
  }

  get median(): number | undefined {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  }

  clear(): void {
    this.#values.length = 0;
  }
}
