/** What a live view tells of itself; undefined: nothing is known yet. */
export interface LiveFigures {
  readonly resultsPerSecond: number;
  readonly drawnPerSecond: number;
  /** From capture to the sinks. */
  readonly ageP50Ms: number | undefined;
  readonly ageP95Ms: number | undefined;
  /** How far behind the newest frame pictures are drawn, so that their results are there. */
  readonly behindMs: number | undefined;
}

/** Events of the last two seconds make a rate. */
const RATE_SPAN_MS = 2000;
/** Ages of the last results. */
const AGES_KEPT = 120;
/** So many frames back a result may belong; further back another sender has begun. */
const BEHIND = 100;

/** Counts what a live view shows. */
export class FigureCounter {
  readonly #results: number[] = [];
  readonly #drawn: number[] = [];
  readonly #ages: number[] = [];
  #lastSequence: number | undefined;

  /** A result came. Several may be of one frame, by different sinks, and signs come behind theirs; they count once. */
  result({ sequence, ageMs }: { readonly sequence: number; readonly ageMs: number }, nowMs: number): void {
    const last = this.#lastSequence;
    if (last !== undefined && sequence <= last && sequence > last - BEHIND) return;
    this.#lastSequence = sequence;
    this.#results.push(nowMs);
    if (Number.isFinite(ageMs)) this.#ages.push(ageMs);
    if (this.#ages.length > AGES_KEPT) this.#ages.shift();
    forget(this.#results, nowMs);
  }

  drawn(nowMs: number): void {
    this.#drawn.push(nowMs);
    forget(this.#drawn, nowMs);
  }

  clear(): void {
    for (const list of [this.#results, this.#drawn, this.#ages]) list.length = 0;
    this.#lastSequence = undefined;
  }

  figures(nowMs: number, behindMs: number | undefined): LiveFigures {
    forget(this.#results, nowMs);
    forget(this.#drawn, nowMs);
    if (this.#results.length === 0) this.#ages.length = 0; // ages of before would be taken for those of now
    const sorted = this.#ages.toSorted((a, b) => a - b);
    const quantile = (share: number): number | undefined =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return {
      resultsPerSecond: (this.#results.length * 1000) / RATE_SPAN_MS,
      drawnPerSecond: (this.#drawn.length * 1000) / RATE_SPAN_MS,
      ageP50Ms: quantile(0.5),
      ageP95Ms: quantile(0.95),
      behindMs,
    };
  }
}

function forget(times: number[], nowMs: number): void {
  while (times[0] !== undefined && times[0] <= nowMs - RATE_SPAN_MS) times.shift();
}
