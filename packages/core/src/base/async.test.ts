import { describe, expect, it, vi } from 'vitest';
import { VirtualClock, settle } from '../testing/index.js';
import { EventLoopBreather, deferred, isPromiseLike, sleep, withTimeLimit } from './async.js';
import { AbortedError, TimeLimitError } from './errors.js';

describe('sleep', () => {
  it('ends when its time has come, not before', async () => {
    const clock = new VirtualClock();
    let done = false;
    const asleep = sleep(clock, 100).then(() => (done = true));
    await clock.advance(99.9);
    expect(done).toBe(false);
    await clock.advance(0.1);
    await asleep;
    expect(clock.pendingCount).toBe(0);
  });

  it('rejects at once when its signal fires, and leaves no timer', async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    const asleep = sleep(clock, 100, abort.signal);
    abort.abort();
    await expect(asleep).rejects.toBeInstanceOf(AbortedError);
    expect(clock.pendingCount).toBe(0);
  });

  it('rejects without a timer when its signal has fired before', async () => {
    const clock = new VirtualClock();
    await expect(sleep(clock, 100, AbortSignal.abort())).rejects.toBeInstanceOf(AbortedError);
    expect(clock.pendingCount).toBe(0);
  });

  it('leaves no listener on its signal', async () => {
    const clock = new VirtualClock();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    const asleep = sleep(clock, 1, signal);
    await clock.advance(1);
    await asleep;
    expect(removed).toHaveBeenCalledOnce();
  });
});

describe('withTimeLimit', () => {
  it('answers what the work answers, and leaves no timer', async () => {
    const clock = new VirtualClock();
    await expect(withTimeLimit(clock, 10, 'Work', Promise.resolve(7))).resolves.toBe(7);
    expect(clock.pendingCount).toBe(0);
  });

  it('passes on how the work fails, and leaves no timer', async () => {
    const clock = new VirtualClock();
    await expect(withTimeLimit(clock, 10, 'Work', Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
    expect(clock.pendingCount).toBe(0);
  });

  it('rejects with what took too long', async () => {
    const clock = new VirtualClock();
    const limited = withTimeLimit(clock, 10, 'Loading the model', new Promise(() => {}));
    const failure = expect(limited).rejects.toThrow('Loading the model took longer than its limit of 10 ms.');
    await clock.advance(10);
    await failure;
    await expect(limited).rejects.toBeInstanceOf(TimeLimitError);
  });

  it('takes no notice of work that fails after the limit', async () => {
    const clock = new VirtualClock();
    const work = deferred<void>();
    const limited = withTimeLimit(clock, 10, 'Work', work.promise);
    const failure = expect(limited).rejects.toBeInstanceOf(TimeLimitError);
    await clock.advance(10);
    work.reject(new Error('late')); // an unhandled rejection would fail the whole suite
    await settle();
    await failure;
  });
});

describe('isPromiseLike', () => {
  it.each([
    [Promise.resolve(), true],
    // eslint-disable-next-line unicorn/no-thenable -- a thenable of another library is what this is about
    [{ then: () => {} }, true],
    // eslint-disable-next-line unicorn/no-thenable -- a value that only looks like one
    [{ then: 5 }, false],
    [undefined, false],
    [null, false],
    ['then', false],
    [{}, false],
  ])('tells %o: %s', (value, expected) => {
    expect(isPromiseLike<unknown>(value)).toBe(expected);
  });
});

describe('EventLoopBreather', () => {
  it('lets timers run between settled promises', async () => {
    using breather = new EventLoopBreather();
    let fired = false;
    setTimeout(() => (fired = true), 0);
    for (let turn = 0; turn < 100_000 && !fired; turn += 1) await breather.breathe();
    expect(fired).toBe(true);
  });

  describe('without setImmediate, as in a page', () => {
    it('lets timers run too', async () => {
      vi.stubGlobal('setImmediate', undefined);
      try {
        using breather = new EventLoopBreather();
        let fired = false;
        setTimeout(() => (fired = true), 0);
        for (let turn = 0; turn < 100_000 && !fired; turn += 1) await breather.breathe();
        expect(fired).toBe(true);
      } finally {
        vi.unstubAllGlobals();
      }
    });

    it('wakes everybody who breathes at once', async () => {
      vi.stubGlobal('setImmediate', undefined);
      try {
        using breather = new EventLoopBreather();
        await Promise.all([breather.breathe(), breather.breathe(), breather.breathe()]);
      } finally {
        vi.unstubAllGlobals();
      }
    });

    it('keeps nobody waiting when it is disposed of', async () => {
      vi.stubGlobal('setImmediate', undefined);
      try {
        const breather = new EventLoopBreather();
        const breath = breather.breathe();
        breather[Symbol.dispose]();
        await breath;
      } finally {
        vi.unstubAllGlobals();
      }
    });
  });
});
