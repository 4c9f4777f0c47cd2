import type { Clock } from './clock.js';
import { AbortedError, TimeLimitError } from './errors.js';

/** A value that may be there at once or later. */
export type Awaitable<T> = T | PromiseLike<T>;

/** True where awaiting is needed. Hot paths ask first, so that synchronous nodes stay synchronous. */
export function isPromiseLike<T>(value: Awaitable<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** A promise with its handles outside (Promise.withResolvers is missing on Node 20). */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void; // both are set by the executor, which runs at once
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** Waits `delayMs` on `clock`. @throws AbortedError when `signal` fires first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new AbortedError({ what: 'A wait' }));
      return;
    }
    const onAbort = (): void => {
      timer[Symbol.dispose]();
      reject(new AbortedError({ what: 'A wait' }));
    };
    const timer = clock.schedule(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * The answer of `work`, or a TimeLimitError that names `what` after `limitMs`. The work itself goes on: whoever calls
 * this decides what becomes of it.
 */
export function withTimeLimit<T>(clock: Clock, limitMs: number, what: string, work: PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.schedule(limitMs, () => reject(new TimeLimitError({ what, limitMs })));
    work.then(
      (value) => {
        timer[Symbol.dispose]();
        resolve(value);
      },
      (error: unknown) => {
        timer[Symbol.dispose]();
        reject(error);
      },
    );
  });
}

let turns = 0;
let isTurnAwaited = false;

/**
 * Counts turns of the event loop, as far as anybody asks: where two answers differ, timers and sockets have had their turn in
 * between. Always 0 where the platform has no cheap way to know, as in a page.
 */
export function eventLoopTurn(): number {
  const setImmediateHere = (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate;
  if (!isTurnAwaited && setImmediateHere !== undefined) {
    isTurnAwaited = true; // one for all who ask in this turn
    setImmediateHere(() => {
      turns += 1;
      isTurnAwaited = false;
    });
  }
  return turns;
}

/**
 * Lets timers, sockets and workers have a turn. A loop that only ever awaits settled promises would starve them.
 * A MessageChannel is used because it exists in Node, pages and workers alike and has no 4 ms clamp.
 */
export class EventLoopBreather {
  #channel: InstanceType<typeof MessageChannel> | undefined;
  #waiting: (() => void)[] = [];

  breathe(): Promise<void> {
    const setImmediateHere = (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate;
    return new Promise((resolve) => {
      if (setImmediateHere !== undefined) {
        setImmediateHere(resolve);
        return;
      }
      this.#channel ??= this.#open();
      this.#waiting.push(resolve);
      this.#channel.port2.postMessage(undefined);
    });
  }

  /** Nobody is left waiting. */
  [Symbol.dispose](): void {
    this.#channel?.port1.close();
    this.#channel = undefined;
    this.#wake();
  }

  #open(): InstanceType<typeof MessageChannel> {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => this.#wake();
    return channel;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
