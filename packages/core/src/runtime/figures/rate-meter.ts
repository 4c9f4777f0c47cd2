/** How far back the rate looks. */
const WINDOW_MS = 5_000;
/** A mark covers at least this long: twenty of them span the window. */
const MARK_MS = 250;
/** A rate over less than this would say more than anybody can know. */
const SHORTEST_MS = 1_000;

/** A count at one moment. `emptySinceMs`: nothing was counted from then until `atMs`. */
interface Mark {
  readonly atMs: number;
  readonly emptySinceMs: number;
  readonly count: number;
}

/**
 * The rate of a count over the last five seconds. It costs nothing per event but a comparison: the count at hand is noted
 * at most four times a second, and nothing runs while nothing comes.
 */
export class RateMeter {
  #marks: Mark[] = [];
  #newestMs = Number.NEGATIVE_INFINITY;
  #beganMs = Number.NaN;
  #beganAt = 0;

  /** Rates are taken from now on. */
  begin(nowMs: number, count: number): void {
    this.#beganMs = nowMs;
    this.#beganAt = count;
    this.#marks = [];
    this.#newestMs = Number.NEGATIVE_INFINITY;
  }

  /** Something is about to be counted. @param count - without it */
  mark(nowMs: number, count: number): void {
    if (nowMs - this.#newestMs < MARK_MS) return;
    const emptySinceMs = Math.max(this.#newestMs + MARK_MS, this.#beganMs);
    this.#marks.push({ atMs: nowMs, emptySinceMs, count });
    this.#newestMs = nowMs;
    while (this.#marks.length > 1 && (this.#marks[1]?.atMs ?? nowMs) < nowMs - WINDOW_MS) this.#marks.shift();
  }

  /** Events a second over the last five seconds, or since `begin`; NaN in the first second and before it. */
  perSecond(nowMs: number, count: number): number {
    const elapsedMs = nowMs - this.#beganMs;
    if (!(elapsedMs >= SHORTEST_MS)) return Number.NaN;
    if (elapsedMs <= WINDOW_MS) return ((count - this.#beganAt) * 1000) / elapsedMs;
    const windowMs = nowMs - WINDOW_MS;
    const first = this.#marks.find(({ atMs }) => atMs >= windowMs);
    // What came behind the newest mark came within its span.
    if (first === undefined) return this.#newestMs + MARK_MS <= windowMs ? 0 : this.#tail(nowMs, count);
    return ((count - first.count) * 1000) / (nowMs - Math.max(windowMs, Math.min(first.emptySinceMs, first.atMs)));
  }

  /** The window begins within the span of the newest mark: its count cannot be told apart, so the window grows by as much. */
  #tail(nowMs: number, count: number): number {
    const newest = this.#marks.at(-1);
    return newest === undefined ? 0 : ((count - newest.count) * 1000) / (nowMs - newest.atMs);
  }
}
