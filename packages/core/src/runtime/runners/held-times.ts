/** A buffer that keeps more than this many packets is timed on its newest only. */
const MOST = 1024;

/** When the packets that a buffer holds came in: those that are timed. */
export class HeldTimes {
  /** Of the newest, which most buffers hold alone; NaN where there is none. */
  #newestTimestampMs = Number.NaN;
  #newestInMs = Number.NaN;
  /** Of those before it, in the order they came. */
  readonly #older = new Map<number, number>();

  cameIn(timestampMs: number, nowMs: number): void {
    if (!Number.isNaN(this.#newestTimestampMs)) this.#older.set(this.#newestTimestampMs, this.#newestInMs);
    this.#newestTimestampMs = timestampMs;
    this.#newestInMs = nowMs;
    if (this.#older.size < MOST) return;
    for (const oldest of this.#older.keys()) {
      this.#older.delete(oldest);
      return;
    }
  }

  /** When the packet came that goes out now; NaN where it is not timed. What is older has been let go. */
  goesOut(timestampMs: number): number {
    const isNewest = timestampMs === this.#newestTimestampMs;
    const inMs = isNewest ? this.#newestInMs : (this.#older.get(timestampMs) ?? Number.NaN);
    if (timestampMs >= this.#newestTimestampMs) this.#newestTimestampMs = Number.NaN;
    if (this.#older.size > 0) this.#forget(timestampMs);
    return inMs;
  }

  #forget(untilMs: number): void {
    for (const held of this.#older.keys()) {
      if (held > untilMs) return;
      this.#older.delete(held);
    }
  }
}
