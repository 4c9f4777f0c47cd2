/** How far a timestamp that is late or equal is moved behind the last one. */
const BUMP_MS = 0.001;

/** Makes the timestamps of one source strictly increasing: one that is late or equal becomes the last + 0.001 ms. */
export class MonotonicTimestamps {
  #lastMs: number | undefined;

  /**
   * @param timestampMs - milliseconds of the stream, up to 2^53. One that is not finite counts as late.
   * @returns a finite timestamp greater than all before it.
   */
  next(timestampMs: number): number {
    const last = this.#lastMs;
    if (!Number.isFinite(timestampMs)) this.#lastMs = last === undefined ? 0 : bumped(last);
    else if (last === undefined || timestampMs > last) this.#lastMs = timestampMs;
    else this.#lastMs = bumped(last);
    return this.#lastMs;
  }
}

/** Beyond 2^42 ms or so 0.001 vanishes in a double; the step grows until it shows. */
function bumped(lastMs: number): number {
  let stepMs = BUMP_MS;
  while (lastMs + stepMs <= lastMs) stepMs *= 2;
  return lastMs + stepMs;
}
