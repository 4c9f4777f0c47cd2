import { LANDMARK_STRIDE, OneEuroFilter } from '../../vision/index.js';
import type { LandmarkArray, OneEuroParameters } from '../../vision/index.js';

/** What a step of the filter depends on besides the landmarks. */
export interface OneEuroStep {
  readonly timestampMs: number;
  /** A point that could not be seen for longer starts anew. */
  readonly resetAfterMs: number;
  readonly parameters: OneEuroParameters;
  /** The object's size in the unit of each axis: x, y, z. */
  readonly sizes: readonly [number, number, number];
}

/** A One-Euro filter for each coordinate of one set of landmarks. Time is counted for each point, from when it was seen last. */
export class OneEuroLandmarks {
  readonly #filters: readonly OneEuroFilter[];
  readonly #seenMs: Float64Array;

  /** @param length - of the arrays to come. */
  constructor(readonly length: number) {
    this.#filters = Array.from({ length }, () => new OneEuroFilter());
    this.#seenMs = new Float64Array(length / LANDMARK_STRIDE).fill(Number.NEGATIVE_INFINITY);
  }

  /**
   * The filtered landmarks, in an array of their own. What is less visible pulls less; what cannot be seen stays where it
   * was; visibility itself is passed on.
   */
  next(landmarks: LandmarkArray, step: OneEuroStep): LandmarkArray {
    const smoothed = landmarks.slice();
    for (let start = 0; start < landmarks.length; start += LANDMARK_STRIDE) this.#nextPoint(smoothed, start, step);
    return smoothed;
  }

  #nextPoint(
    landmarks: LandmarkArray,
    start: number,
    { timestampMs, resetAfterMs, parameters, sizes }: OneEuroStep,
  ): void {
    const point = start / LANDMARK_STRIDE;
    const visibility = landmarks[start + 3] ?? 0;
    const trust = visibility > 0 ? Math.min(1, visibility) : 0; // also where it is no number
    const sinceMs = timestampMs - (this.#seenMs[point] ?? Number.NEGATIVE_INFINITY);
    const startsAnew = trust > 0 && sinceMs > resetAfterMs;
    for (const [axis, size] of sizes.entries()) {
      const filter = this.#filters[start + axis];
      if (filter === undefined) continue;
      if (startsAnew) filter.reset();
      const now = landmarks[start + axis] ?? Number.NaN;
      const isKnown = !Number.isNaN(filter.value);
      // A point that was never seen is passed on as the model guesses it, and is not kept.
      if (trust > 0) landmarks[start + axis] = filter.next(now, sinceMs, parameters, size, trust);
      else if (isKnown) landmarks[start + axis] = filter.value;
    }
    if (trust > 0) this.#seenMs[point] = timestampMs;
  }
}
