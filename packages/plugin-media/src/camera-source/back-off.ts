const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
/** The part of a wait that chance may take away, so that cameras behind one switch do not come back as one. */
const JITTER = 0.25;

/** How long to wait before the next attempt: 1 s, doubling up to 30 s, each up to a quarter less by chance. */
export class BackOff {
  #nextMs = FIRST_MS;

  /** @param random - numbers in 0..1 */
  constructor(private readonly random: () => number = Math.random) {}

  /** After an attempt that failed. @returns milliseconds */
  next(): number {
    const waitMs = this.#nextMs;
    this.#nextMs = Math.min(LONGEST_MS, waitMs * 2);
    return this.#jittered(waitMs);
  }

  /** Where trying often cannot help. @returns milliseconds */
  longest(): number {
    return this.#jittered(LONGEST_MS);
  }

  /** It worked for a while: the next wait is short again. */
  reset(): void {
    this.#nextMs = FIRST_MS;
  }

  #jittered(waitMs: number): number {
    return waitMs * (1 - JITTER * this.random());
  }
}
