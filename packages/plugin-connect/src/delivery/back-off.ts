/** No wait is shorter: chance must not make a knock of it that never stops. */
const SHORTEST_MS = 100;

/** Between which bounds waits grow, in milliseconds. */
export interface BackOffBounds {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * How long to wait before the next attempt: by chance anything up to a bound that doubles from `firstMs` to `longestMs`
 * ("full jitter"), so that senders which lost the same receiver do not come back as one.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export class BackOff {
  #boundMs: number;

  /** @param random - numbers in 0..1 */
  constructor(
    private readonly bounds: BackOffBounds,
    private readonly random: () => number = Math.random,
  ) {
    this.#boundMs = bounds.firstMs;
  }

  /** After an attempt that failed. @returns milliseconds */
  next(): number {
    const boundMs = this.#boundMs;
    this.#boundMs = Math.min(this.bounds.longestMs, boundMs * 2);
    return Math.max(SHORTEST_MS, boundMs * this.random());
  }

  /** Where trying often cannot help: between half the longest wait and all of it. @returns milliseconds */
  longest(): number {
    return this.bounds.longestMs * (1 - this.random() / 2);
  }

  /** It worked: the next wait is short again. */
  reset(): void {
    this.#boundMs = this.bounds.firstMs;
  }
}
