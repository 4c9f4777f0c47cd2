/** A stream that is this much before or behind its place has jumped, and begins a new place. */
const JUMP_MS = 1000;
/** How fast the place of a stream may move to later, in ms for each ms: clocks of cameras are off by much less. */
const LARGEST_DRIFT = 0.02;
/** Between two frames at least, where the stream gives them one time. */
const SMALLEST_STEP_MS = 0.001;

/**
 * Puts the frames of a camera on the run's clock: evenly spaced as the camera stamped them, but never in the future, and
 * counting up across reconnects, whatever the stream's own times do.
 *
 * The stream's place on the clock is that of the frame which travelled fastest so far, since no frame can have been taken
 * after it came. It moves to later only slowly, so that a delay on the way does not shift it but a camera's clock that
 * goes slower than ours is followed.
 */
export class StreamTimeline {
  /** Run's clock minus stream's clock; undefined until the connection's first frame. */
  #offsetMs: number | undefined;
  #lastArrivalMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** A connection begins: its times have nothing to do with those of the last one. */
  beginConnection(): void {
    this.#offsetMs = undefined;
  }

  /**
   * The time of a frame on the run's clock, greater than all before and, but for that, not after its arrival.
   * @param streamMs - undefined: the stream has no times, and the frame counts as taken when it came
   */
  place(streamMs: number | undefined, arrivalMs: number): number {
    const placedMs = streamMs === undefined ? arrivalMs : this.#follow(streamMs, arrivalMs);
    this.#lastMs = Math.max(placedMs, this.#lastMs + SMALLEST_STEP_MS);
    return this.#lastMs;
  }

  #follow(streamMs: number, arrivalMs: number): number {
    const seenMs = arrivalMs - streamMs;
    const elapsedMs = arrivalMs - this.#lastArrivalMs;
    this.#lastArrivalMs = arrivalMs;
    const offsetMs = this.#offsetMs;
    if (offsetMs === undefined || seenMs < offsetMs || seenMs - offsetMs > JUMP_MS) this.#offsetMs = seenMs;
    else this.#offsetMs = Math.min(seenMs, offsetMs + elapsedMs * LARGEST_DRIFT);
    return streamMs + this.#offsetMs;
  }
}
