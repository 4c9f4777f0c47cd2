/**
 * Timestamps for MediaPipe's VIDEO mode, which wants milliseconds, keeps whole microseconds, and refuses one that is not
 * later than the last. Streams here count in floats and may be as little as 0.001 ms apart, which truncation could lose.
 */
export class VideoTimestamps {
  #lastUs = -1;

  /**
   * @param timestampMs - the frame's own time, finite.
   * @returns Milliseconds whose whole microseconds are greater than those of any answer before: the frame's time to the
   *   microsecond, or one microsecond after the last where that is later. The half microsecond on top keeps
   *   the conversion there from rounding down to the one before.
   */
  next(timestampMs: number): number {
    this.#lastUs = Math.max(this.#lastUs + 1, Math.round(timestampMs * 1000));
    return (this.#lastUs + 0.5) / 1000;
  }
}
