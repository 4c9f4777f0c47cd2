/** What a sender is told at the least, so that a graph that takes nothing for a while is not starved. */
export const LEAST_FRAMES_PER_SECOND = 5;
/** More than any camera or screen here brings. */
export const MOST_FRAMES_PER_SECOND = 120;
/** A graph that uses this share of what comes could use more. Above 1 / HEADROOM: who follows the advice is at rest. */
const ENOUGH_USED = 0.92;
/** Frames that are sent beyond those that are used, so that there is always a fresh one. */
const HEADROOM = 1.15;
/** How much more is tried when all is used. */
const STEP_UP = 1.25;
/** Changes that are smaller are not worth a message. */
const WORTH_TELLING = 0.08;

/**
 * How many frames a second a sender should send: a little more than are used. Where nearly all are, more is tried; where many
 * are not, it goes down to what the graph does.
 */
export class RateAdvisor {
  #adviceFps = MOST_FRAMES_PER_SECOND;

  /**
   * Takes what happened in the last interval.
   * @returns the new advice in frames a second, or undefined where the old one holds.
   */
  observe({ frames, used, intervalMs }: { frames: number; used: number; intervalMs: number }): number | undefined {
    if (frames === 0 || !(intervalMs > 0)) return undefined;
    const sentFps = (frames * 1000) / intervalMs;
    const usedFps = (used * 1000) / intervalMs;
    const wantedFps =
      used >= frames * ENOUGH_USED ? Math.max(this.#adviceFps, sentFps * STEP_UP) : usedFps * HEADROOM + 1;
    const nextFps = Math.min(MOST_FRAMES_PER_SECOND, Math.max(LEAST_FRAMES_PER_SECOND, wantedFps));
    if (Math.abs(nextFps - this.#adviceFps) < this.#adviceFps * WORTH_TELLING) return undefined;
    this.#adviceFps = nextFps;
    return Math.round(nextFps * 10) / 10;
  }
}
