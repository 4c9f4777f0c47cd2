/** A buffer that keeps more than this many packets is timed on its newest only. */
const MOST = 1024;

/** When the packets that a buffer holds came in: those that are timed. */
export class HeldTimes {
  /** In the order they came. */
  readonly #inMs = new Map<number, number>();

  cameIn(timestampMs: number, nowMs: number): void {
    this.#inMs.set(timestampMs, nowMs);
    if (this.#inMs.size <= MOST) return;
    for (const oldest of this.#inMs.keys()) {
      this.#inMs.delete(oldest);
      return;
    }
  }

  /** When the packet came that goes out now; NaN where it is not timed. What is older has been let go. */
  goesOut(timestampMs: number): number {
    if (this.#inMs.size === 0) return Number.NaN;
    const inMs = this.#inMs.get(timestampMs) ?? Number.NaN;
    for (const held of this.#inMs.keys()) {
      if (held > timestampMs) break;
      this.#inMs.delete(held);
    }
    return inMs;
  }
}
