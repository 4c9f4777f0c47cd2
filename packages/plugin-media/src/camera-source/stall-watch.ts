import type { Clock } from '@kinegraph/core/plugin';

/** Frames that are missing before a stream counts as stalled, and the least time that this takes. */
const MISSING_FRAMES = 3;
const SHORTEST_MS = 2000;
/** How much each interval tells about the camera's rate. */
const WEIGHT = 0.1;

/** Notices that a stream's frames stay away: none for three times their usual distance, and for two seconds at least. */
export class StallWatch implements Disposable {
  #lastMs = Number.NaN;
  #periodMs: number | undefined;
  #timer: Disposable | undefined;

  /** @param onStalled - called once for each time the frames stay away */
  constructor(
    private readonly clock: Clock,
    private readonly onStalled: () => void,
  ) {}

  /** A frame has come. */
  frame(nowMs: number): void {
    const intervalMs = nowMs - this.#lastMs;
    if (!Number.isNaN(intervalMs)) {
      this.#periodMs =
        this.#periodMs === undefined ? intervalMs : this.#periodMs + WEIGHT * (intervalMs - this.#periodMs);
    }
    this.#lastMs = nowMs;
    this.#timer ??= this.#watch(this.#limitMs); // one timer for many frames: it looks again when it is due
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }

  get #limitMs(): number {
    return Math.max(SHORTEST_MS, MISSING_FRAMES * (this.#periodMs ?? 0));
  }

  #watch(delayMs: number): Disposable {
    return this.clock.schedule(delayMs, () => {
      const restMs = this.#lastMs + this.#limitMs - this.clock.nowMs();
      this.#timer = restMs > 0 ? this.#watch(restMs) : undefined;
      if (restMs <= 0) this.onStalled();
    });
  }
}
