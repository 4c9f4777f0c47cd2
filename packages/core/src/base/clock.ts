import { serviceId } from './service-id.js';

/** The time of a run. Everything that waits or measures asks it, so that a test can drive time by hand. */
export interface Clock {
  /** Monotonic time in milliseconds, as a float. Its zero means nothing. */
  nowMs(): number;
  /** Calls back once after `delayMs`. Disposing the answer cancels the call. */
  schedule(delayMs: number, callback: () => void): Disposable;
}
export const Clock = serviceId<Clock>('core.Clock');

/** Real time, from `performance.now()`. */
export class SystemClock implements Clock {
  nowMs(): number {
    return performance.now();
  }

  schedule(delayMs: number, callback: () => void): Disposable {
    const timer = setTimeout(callback, delayMs);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  }
}
