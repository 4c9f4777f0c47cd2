/** So many seconds' worth of frames may come at once: a camera sends what it has held back after a pause. */
const BURST_SECONDS = 1;
/** A sender that has been over its rate for this long is closed. */
const PATIENCE_MS = 10_000;

/**
 * What to do with a frame: take it, let it go undecoded, or close the connection since its sender does not stop.
 */
export type FrameVerdict = 'take' | 'drop' | 'close';

/** Holds one connection to its rate of frames (a token bucket). */
export class FrameRateLimiter {
  #allowance: number;
  #atMs: number | undefined;
  /** Since when the sender has been over its rate without a pause. */
  #overSinceMs: number | undefined;

  /** @param framesPerSecond - More than 0. */
  constructor(private readonly framesPerSecond: number) {
    this.#allowance = this.#most;
  }

  /** Ask once for each frame. @param nowMs - Does not go back. */
  frame(nowMs: number): FrameVerdict {
    const passedMs = this.#atMs === undefined ? 0 : Math.max(0, nowMs - this.#atMs);
    this.#atMs = nowMs;
    this.#allowance = Math.min(this.#most, this.#allowance + (passedMs / 1000) * this.framesPerSecond);
    if (this.#allowance > this.#most / 2) this.#overSinceMs = undefined;
    if (this.#allowance >= 1) {
      this.#allowance -= 1;
      return 'take';
    }
    this.#overSinceMs ??= nowMs;
    return nowMs - this.#overSinceMs > PATIENCE_MS ? 'close' : 'drop';
  }

  get #most(): number {
    return Math.max(2, this.framesPerSecond * BURST_SECONDS);
  }
}
