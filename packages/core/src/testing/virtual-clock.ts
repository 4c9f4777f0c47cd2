import { EventLoopBreather } from '../base/index.js';
import type { Clock } from '../base/index.js';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Time that a test drives by hand: nothing happens until `advance` is called, then everything in due order. */
export class VirtualClock implements Clock {
  #nowMs = 0;
  #order = 0;
  readonly #timers = new Set<Timer>();

  nowMs(): number {
    return this.#nowMs;
  }

  /** Timers that wait. */
  get pendingCount(): number {
    return this.#timers.size;
  }

  /** When the next timer is due; undefined when none waits. */
  get nextDueMs(): number | undefined {
    return this.#next(Number.POSITIVE_INFINITY)?.dueMs;
  }

  schedule(delayMs: number, callback: () => void): Disposable {
    const timer = { dueMs: this.#nowMs + Math.max(0, delayMs), order: (this.#order += 1), callback };
    this.#timers.add(timer);
    return { [Symbol.dispose]: () => void this.#timers.delete(timer) };
  }

  /**
   * Moves time on by `byMs`. At each due timer it stops, calls it, and lets all promises settle before it goes on, so that
   * what the timer set in motion may schedule further timers within the same span.
   */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    await settle();
    for (let next = this.#next(untilMs); next !== undefined; next = this.#next(untilMs)) {
      this.#nowMs = next.dueMs;
      this.#timers.delete(next);
      next.callback();
      await settle();
    }
    this.#nowMs = untilMs;
  }

  #next(untilMs: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs > untilMs) continue;
      if (
        first === undefined ||
        timer.dueMs < first.dueMs ||
        (timer.dueMs === first.dueMs && timer.order < first.order)
      )
        first = timer;
    }
    return first;
  }
}

/** A source pauses for one turn of the event loop now and then, and what it does after that may take another. */
const TURNS = 3;

/** Lets every promise that can settle without a timer do so. */
export async function settle(): Promise<void> {
  using breather = new EventLoopBreather();
  for (let turn = 0; turn < TURNS; turn += 1) await breather.breathe();
}
