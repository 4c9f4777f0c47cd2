/** The newest needs that count. */
const NEEDS = 30;
/** Of ten results, nine come in time. */
const QUANTILE = 0.9;
/** How fast the delay may follow: milliseconds for each second that goes by. Slower than this looks even. */
const SPEED = { up: 300, down: 60, mostDown: 300 } as const;
/** Farther off, it is another clock, and is followed at once. */
const JUMP_MS = 1000;
/** Without results for so long, what was learnt holds no more. */
const FORGET_MS = 3000;

/**
 * How far behind the present to draw, so that there is a result on either side to draw between: as long as it takes until
 * the *next* result has come, that is its age and the interval before it. It follows slowly, so that motion stays even.
 * Clocks of sender and viewer may differ: what counts is that each runs evenly.
 */
export class DisplayDelay {
  readonly #lastCapturedMs = new Map<string, number>();
  #needs: { readonly atMs: number; readonly needMs: number }[] = [];
  #delayMs: number | undefined;
  #atMs = 0;

  /** @param mostMs - Never longer; for a sender with the viewer's own clock. Default: no limit. */
  constructor(private readonly mostMs: number = Number.POSITIVE_INFINITY) {}

  /**
   * A result has come.
   *
   * @param sink - Where several sinks give results of one frame, each has an interval of its own.
   * @param capturedAtMs - By the sender's clock.
   * @param receivedAtMs - By the viewer's clock.
   */
  add(sink: string, capturedAtMs: number, receivedAtMs: number): void {
    const lastMs = this.#lastCapturedMs.get(sink);
    this.#lastCapturedMs.set(sink, capturedAtMs);
    const needMs = receivedAtMs - (lastMs ?? capturedAtMs);
    if (!Number.isFinite(needMs)) return;
    const wasPause = lastMs !== undefined && capturedAtMs - lastMs > JUMP_MS;
    const wasRestart = lastMs !== undefined && capturedAtMs < lastMs;
    if (wasRestart) this.#needs = [];
    if (!wasPause && !wasRestart) this.#needs.push({ atMs: receivedAtMs, needMs });
    if (this.#needs.length > NEEDS) this.#needs.shift();
  }

  /** The time to draw, by the sender's clock; it never goes back while that clock runs on. Undefined before any result. */
  displayTimeMs(nowMs: number): number | undefined {
    this.#needs = this.#needs.filter(({ atMs }) => nowMs - atMs < FORGET_MS);
    const needMs = quantile(this.#needs.map((need) => need.needMs));
    const targetMs = needMs === undefined ? undefined : Math.min(this.mostMs, needMs);
    const elapsedMs = Math.max(0, nowMs - this.#atMs);
    this.#atMs = nowMs;
    if (targetMs !== undefined) this.#follow(targetMs, elapsedMs);
    return this.#delayMs === undefined ? undefined : nowMs - this.#delayMs;
  }

  #follow(targetMs: number, elapsedMs: number): void {
    const offMs = targetMs - (this.#delayMs ?? Number.NEGATIVE_INFINITY);
    if (this.#delayMs === undefined || Math.abs(offMs) > JUMP_MS) this.#delayMs = targetMs;
    else {
      const up = (SPEED.up * elapsedMs) / 1000;
      const down = (Math.min(SPEED.mostDown, Math.max(SPEED.down, -offMs)) * elapsedMs) / 1000;
      this.#delayMs += Math.min(up, Math.max(-down, offMs));
    }
  }
}

function quantile(values: number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(QUANTILE * sorted.length))];
}
