/** A seeded stream of random numbers: the same seed gives the same stream on every machine. */
export class SeededRandom {
  #state: number;

  /** @param seed - any integer; only its lowest 32 bits count. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number in [0, 1), by the mulberry32 generator (32 bits of state, period 2^32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A number in [`low`, `high`), evenly spread. */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A number of the normal distribution (Box and Muller), cut at three standard deviations. */
  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const value = radius * Math.cos(2 * Math.PI * this.next());
    return mean + deviation * Math.max(-3, Math.min(3, value));
  }

  /**
   * A stream of its own for one purpose, so that drawing more numbers for one thing leaves all others as they were.
   * @param label - the purpose; the same label on the same seed gives the same stream.
   */
  fork(label: string): SeededRandom {
    let hash = 0x811c9dc5 ^ this.#state;
    for (const character of label) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    return new SeededRandom(hash);
  }
}
