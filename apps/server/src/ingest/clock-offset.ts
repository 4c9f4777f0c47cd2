/** How many of the last answers count: clocks drift, so old ones must leave. */
const ANSWERS_KEPT = 12;
/** How long the least delay of frames is remembered. */
const DELAY_WINDOW_MS = 30_000;

/** A capture that is said to be so much older than the newest is of a clock that has jumped back. */
const JUMPED_BACK_MS = 10_000;
/** Changes of the offset that are remembered, for frames of the same moment that come by another connection. */
const MOST_STEPS = 32;

/** The offset for captures later than `afterMs`, up to the next step. */
interface Step {
  readonly afterMs: number;
  readonly offsetMs: number;
}

interface Answer {
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/**
 * What to add to a client's clock to get the server's. Of the answers to pings the one with the shortest way there and
 * back counts (Cristian 1989, "Probabilistic clock synchronization"): it is off by half of that at most. While a client has
 * answered none, its quickest frame of the last half minute is taken to have travelled in no time, so that ages are at
 * least right among themselves.
 *
 * Connections of one clock share it: whatever was captured at one moment gets one offset, however late it comes and
 * whatever was learnt meanwhile. So what is learnt holds for later captures only.
 */
export class ClockOffset {
  readonly #answers: Answer[] = [];
  #delay: { readonly leastMs: number; readonly sinceMs: number } | undefined;
  #olderDelayMs = Number.POSITIVE_INFINITY;
  readonly #steps: Step[] = [];
  #newestMs = Number.NEGATIVE_INFINITY;

  /** A ping sent at `sentMs` was answered with `clockMs`, and the answer came at `nowMs`. */
  answered(sentMs: number, clockMs: number, nowMs: number): void {
    const roundTripMs = nowMs - sentMs;
    const offsetMs = sentMs + roundTripMs / 2 - clockMs;
    if (!(roundTripMs >= 0) || !Number.isFinite(offsetMs)) return;
    this.#answers.push({ offsetMs, roundTripMs });
    if (this.#answers.length > ANSWERS_KEPT) this.#answers.shift();
  }

  /** A frame captured at `capturedAtMs` by the client's clock has come. @returns what to add to its clock, in milliseconds. */
  frameAt(capturedAtMs: number, nowMs: number): number {
    const offsetMs = this.#estimate(capturedAtMs, nowMs);
    if (capturedAtMs <= this.#newestMs - JUMPED_BACK_MS) {
      this.#steps.length = 0;
      this.#newestMs = Number.NEGATIVE_INFINITY;
    } else if (capturedAtMs <= this.#newestMs)
      return this.#steps.findLast(({ afterMs }) => capturedAtMs > afterMs)?.offsetMs ?? offsetMs;
    if (this.#steps.at(-1)?.offsetMs !== offsetMs) this.#steps.push({ afterMs: this.#newestMs, offsetMs });
    if (this.#steps.length > MOST_STEPS) this.#steps.shift();
    this.#newestMs = capturedAtMs;
    return offsetMs;
  }

  #estimate(capturedAtMs: number, nowMs: number): number {
    const best = this.#best();
    if (best !== undefined) return best.offsetMs;
    const delayMs = nowMs - capturedAtMs;
    if (this.#delay === undefined || nowMs - this.#delay.sinceMs > DELAY_WINDOW_MS) {
      this.#olderDelayMs = this.#delay?.leastMs ?? delayMs;
      this.#delay = { leastMs: delayMs, sinceMs: nowMs };
    } else if (delayMs < this.#delay.leastMs) this.#delay = { ...this.#delay, leastMs: delayMs };
    return Math.min(this.#delay.leastMs, this.#olderDelayMs);
  }

  /** How far off the offset may be, in milliseconds; infinite while no ping was answered. */
  get uncertaintyMs(): number {
    return (this.#best()?.roundTripMs ?? Number.POSITIVE_INFINITY) / 2;
  }

  #best(): Answer | undefined {
    let best: Answer | undefined;
    for (const answer of this.#answers) if (best === undefined || answer.roundTripMs < best.roundTripMs) best = answer;
    return best;
  }
}
