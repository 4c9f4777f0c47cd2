import { AbortedError, deferred, type Deferred, type Frame } from '@kinegraph/core/plugin';

/**
 * One place for a frame between who brings it and who takes it. Bringing never waits: a newer frame closes the one that
 * nobody has taken.
 */
export class NewestFrame {
  #frame: Frame | undefined;
  #taker: Deferred<Frame> | undefined;
  #end: { readonly error: Error | undefined } | undefined;

  /** @param onReplaced - called for each frame that nobody took */
  constructor(private readonly onReplaced: () => void) {}

  /** Takes over `frame`. */
  put(frame: Frame): void {
    const taker = this.#taker;
    if (this.#end !== undefined) {
      frame.close();
    } else if (taker !== undefined) {
      this.#taker = undefined;
      taker.resolve(frame);
    } else {
      if (this.#frame !== undefined) {
        this.#frame.close();
        this.onReplaced();
      }
      this.#frame = frame;
    }
  }

  /** The newest frame, which is the caller's then; waits for one. One call at a time. @throws AbortedError, what `fail` was given */
  async take(signal: AbortSignal): Promise<Frame> {
    if (this.#end?.error !== undefined) throw this.#end.error;
    const frame = this.#frame;
    if (frame !== undefined) {
      this.#frame = undefined;
      return frame;
    }
    const taker = deferred<Frame>();
    const giveUp = (): void => {
      if (this.#taker === taker) this.#taker = undefined;
      taker.reject(new AbortedError({ what: 'Waiting for a frame' }));
    };
    this.#taker = taker;
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    try {
      return await taker.promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** There will be no more frames, because of `error`. */
  fail(error: Error): void {
    this.#finish(error);
    this.#taker?.reject(error);
    this.#taker = undefined;
  }

  /** Closes what nobody took, now and from now on. */
  [Symbol.dispose](): void {
    this.#finish(undefined);
  }

  #finish(error: Error | undefined): void {
    this.#end ??= { error };
    this.#frame?.close();
    this.#frame = undefined;
  }
}
