/** Figures of the restarts of one worker, in milliseconds. */
export const FIRST_RESTART_DELAY_MS = 200;
export const LONGEST_RESTART_DELAY_MS = 10_000;
export const RESTART_WINDOW_MS = 60_000;
/** Restarts within the window, or in a row without an answer between them; the next fault quarantines the node. */
export const MAX_RESTARTS = 5;

/** Decides when a worker that went down is started again. Data in, data out: the caller owns clock and timers. */
export class RestartPolicy {
  /** When restarts were granted, within the last window. */
  #grantedMs: number[] = [];
  /** Restarts since the last answer. */
  #inRow = 0;
  #delayMs = FIRST_RESTART_DELAY_MS;

  /** The worker has answered a packet: it is of some use. */
  answered(): void {
    this.#inRow = 0;
  }

  /**
   * Asks for a restart after a fault at `nowMs`.
   * @returns The delay until then, doubling from 0.2 s to 10 s until a minute has passed without a fault and with an
   *   answer; undefined where five were granted within the last minute, or five in a row since the last answer. The
   *   second stops a node that hangs on every packet under a long watchdog, which takes more than a minute for five.
   */
  next(nowMs: number): number | undefined {
    this.#grantedMs = this.#grantedMs.filter((atMs) => nowMs - atMs < RESTART_WINDOW_MS);
    if (this.#grantedMs.length >= MAX_RESTARTS || this.#inRow >= MAX_RESTARTS) return undefined;
    if (this.#grantedMs.length === 0 && this.#inRow === 0) this.#delayMs = FIRST_RESTART_DELAY_MS;
    this.#grantedMs.push(nowMs);
    this.#inRow += 1;
    const delayMs = this.#delayMs;
    this.#delayMs = Math.min(2 * delayMs, LONGEST_RESTART_DELAY_MS);
    return delayMs;
  }
}
