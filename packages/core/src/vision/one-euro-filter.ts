/** Parameters of a One-Euro filter. */
export interface OneEuroParameters {
  /** Cutoff frequency at rest: lower is steadier, and slower to set off. */
  readonly minCutoffHz: number;
  /** How much the cutoff rises with speed, in Hz per unit of value and second: higher lags less. */
  readonly beta: number;
  /** Cutoff frequency of the speed's own low-pass filter. */
  readonly derivateCutoffHz: number;
}

/**
 * The weight of a new value in a first-order low-pass filter: 1 / (1 + tau / dt), where tau = 1 / (2 pi cutoff).
 *
 * @param dtMs - time since the last value, greater than 0.
 */
export function lowPassWeight(cutoffHz: number, dtMs: number): number {
  const radians = (2 * Math.PI * cutoffHz * dtMs) / 1000;
  return radians / (1 + radians);
}

/**
 * One-Euro filter of one number: a low-pass filter whose cutoff rises with speed, so that it is steady at rest and quick
 * in motion. The speed is taken against the last *filtered* value, as in the paper.
 *
 * @see Casiez, Roussel, Vogel: 1€ Filter, CHI 2012, doi:10.1145/2207676.2208639
 */
export class OneEuroFilter {
  #value = Number.NaN;
  #speed = 0;

  /** The last answer; NaN before the first. */
  get value(): number {
    return this.#value;
  }

  /** Forgets everything; the next value is taken as it is. */
  reset(): void {
    this.#value = Number.NaN;
    this.#speed = 0;
  }

  /**
   * Takes the next value and answers the filtered one. What is not finite changes nothing.
   *
   * @param dtMs - time since the last value, greater than 0; of no matter for the first.
   * @param size - the unit of speed: a value of 3 with size 3 moves as fast as a value of 1 with size 1.
   * @param trust - 0-1: how much the value counts; 0 changes nothing.
   */
  next(value: number, dtMs: number, parameters: OneEuroParameters, size = 1, trust = 1): number {
    if (!Number.isFinite(value)) return this.#value;
    if (Number.isNaN(this.#value)) {
      this.#value = value;
      return value;
    }
    const speed = ((value - this.#value) / size) * (1000 / dtMs);
    this.#speed += trust * lowPassWeight(parameters.derivateCutoffHz, dtMs) * (speed - this.#speed);
    const cutoffHz = parameters.minCutoffHz + parameters.beta * Math.abs(this.#speed);
    this.#value += trust * lowPassWeight(cutoffHz, dtMs) * (value - this.#value);
    return this.#value;
  }
}
