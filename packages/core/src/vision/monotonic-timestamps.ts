/** How far a timestamp that is late or equal is moved behind the last one. */
const BUMP_MS = 0.001;

/** Makes the timestamps of one source strictly increasing: one that is late or equal becomes the last + 0.001 ms. */
export class MonotonicTimestamps {
  #lastMs = Number.NEGATIVE_INFINITY;

  /** @param timestampMs - finite, milliseconds of the stream. */
  next(timestampMs: number): number {
    if (timestampMs > this.#lastMs) this.#lastMs = timestampMs;
    else this.#lastMs = bumped(this.#lastMs);
    return this.#lastMs;
  }
}

/** Beyond 2^43 ms or so 0.001 vanishes in a double; the step grows until it shows. */
function bumped(lastMs: number): number {
  let stepMs = BUMP_MS;
  while (lastMs + stepMs <= lastMs) stepMs *= 2;
  return lastMs + stepMs;
}
