import type { PongMessage } from '@kinegraph/core/protocol';

/** What pings have told about the other side's clock. */
export interface ClockEstimate {
  /** To add to this side's clock for the other side's, in milliseconds; off by at most half of `roundTripMs`. */
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/** Old samples leave, since clocks drift and lines change. */
const SAMPLES = 8;

/** Estimates the other side's clock: the ping that came back the soonest tells it best (as NTP's clock filter, RFC 5905 10). */
export class ClockSync {
  readonly #samples: ClockEstimate[] = [];

  /** The best of the last 8; undefined before the first. */
  get estimate(): ClockEstimate | undefined {
    return this.#samples.reduce<ClockEstimate | undefined>(
      (best, sample) => (best === undefined || sample.roundTripMs <= best.roundTripMs ? sample : best),
      undefined,
    );
  }

  /** Takes the answer to a ping of this side; one from the future is none. */
  add({ sentMs, clockMs }: Pick<PongMessage, 'sentMs' | 'clockMs'>, nowMs: number): void {
    const roundTripMs = nowMs - sentMs;
    if (!(roundTripMs >= 0) || !Number.isFinite(clockMs)) return;
    this.#samples.push({ offsetMs: clockMs - (sentMs + nowMs) / 2, roundTripMs });
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  /** Forgets everything: another server may answer now. */
  clear(): void {
    this.#samples.length = 0;
  }
}
