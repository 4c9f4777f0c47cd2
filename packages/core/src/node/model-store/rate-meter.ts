import type { Clock } from '../../base/index.js';

/** The rate is that of so many milliseconds back. */
const SPAN_MS = 3_000;
/** Marks closer than this are taken together. */
const STEP_MS = 100;

/** Bytes per second over the last seconds. */
export class RateMeter {
  #marks: { readonly atMs: number; readonly bytes: number }[] = [];

  constructor(private readonly clock: Clock) {}

  /** Begins anew at `bytes`, after a wait or a restart. */
  reset(bytes: number): void {
    this.#marks = [{ atMs: this.clock.nowMs(), bytes }];
  }

  /** @returns the rate now that there are `bytes`; undefined within the first moments. */
  mark(bytes: number): number | undefined {
    const atMs = this.clock.nowMs();
    const last = this.#marks.at(-1);
    if (last === undefined || atMs - last.atMs >= STEP_MS) this.#marks.push({ atMs, bytes });
    while (this.#marks.length > 2 && atMs - (this.#marks[0]?.atMs ?? atMs) > SPAN_MS) this.#marks.shift();
    const first = this.#marks[0];
    if (first === undefined || atMs - first.atMs < STEP_MS) return undefined;
    return ((bytes - first.bytes) * 1000) / (atMs - first.atMs);
  }
}
