import { serviceId } from './service-id.js';

/** The time of a run. Everything that waits or measures asks it, so that a test can drive time by hand. */
export interface Clock {
  /** Monotonic time in milliseconds, as a float. Its zero means nothing. */
  nowMs(): number;
  /** Calls back once after `delayMs`. Disposing the answer cancels the call. */
  schedule(delayMs: number, callback: () => void): Disposable;
}
export const Clock = serviceId<Clock>('core.Clock');

/** The longest delay that timers of the platforms take; they fire at once for anything longer. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Real time, from `performance.now()`. */
export class SystemClock implements Clock {
  nowMs(): number {
    return performance.now();
  }

  schedule(delayMs: number, callback: () => void): Disposable {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (restMs: number): void => {
      const partMs = Math.min(restMs, LONGEST_DELAY_MS);
      timer = setTimeout(() => (partMs === restMs ? callback() : wait(restMs - partMs)), partMs);
    };
    wait(delayMs);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  }
}
