/** Figures of the restarts of one worker, in milliseconds. */
export const FIRST_RESTART_DELAY_MS = 200;
export const LONGEST_RESTART_DELAY_MS = 10_000;
export const RESTART_WINDOW_MS = 60_000;
/** Restarts within the window; the next fault quarantines the node. */
export const MAX_RESTARTS = 5;

/** Decides when a worker that went down is started again. Data in, data out: the caller owns clock and timers. */
export class RestartPolicy {
  /** When restarts were granted, within the last window. */
  #grantedMs: number[] = [];
  #delayMs = FIRST_RESTART_DELAY_MS;

  /**
   * Asks for a restart after a fault at `nowMs`.
   * @returns The delay until then, doubling from 0.2 s to 10 s as long as no minute passes without a fault; undefined
   *   where five were granted within the last minute.
   */
  next(nowMs: number): number | undefined {
    this.#grantedMs = this.#grantedMs.filter((atMs) => nowMs - atMs < RESTART_WINDOW_MS);
    if (this.#grantedMs.length >= MAX_RESTARTS) return undefined;
    if (this.#grantedMs.length === 0) this.#delayMs = FIRST_RESTART_DELAY_MS;
    this.#grantedMs.push(nowMs);
    const delayMs = this.#delayMs;
    this.#delayMs = Math.min(2 * delayMs, LONGEST_RESTART_DELAY_MS);
    return delayMs;
  }
}
