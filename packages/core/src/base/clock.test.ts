import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemClock } from './clock.js';

describe('SystemClock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('calls back once after the delay', () => {
    const callback = vi.fn();
    new SystemClock().schedule(50, callback);
    vi.advanceTimersByTime(49);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(callback).toHaveBeenCalledOnce();
  });

  it('does not call back once disposed of', () => {
    const callback = vi.fn();
    new SystemClock().schedule(50, callback)[Symbol.dispose]();
    vi.advanceTimersByTime(1000);
    expect(callback).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([[2 ** 31], [Number.POSITIVE_INFINITY]])(
    'waits where timers of the platform would fire at once: %d ms',
    (delayMs) => {
      const callback = vi.fn();
      const timer = new SystemClock().schedule(delayMs, callback);
      vi.advanceTimersByTime(2 ** 31 - 1);
      expect(callback).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);
      expect(callback.mock.calls).toHaveLength(Number.isFinite(delayMs) ? 1 : 0);
      timer[Symbol.dispose]();
      expect(vi.getTimerCount()).toBe(0);
    },
  );
});
