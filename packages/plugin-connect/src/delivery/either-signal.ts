/**
 * A signal that fires when the first of others does, with its reason. Until it is disposed of, these know it: unlike with
 * `AbortSignal.any`, one that lives for as long as a run collects nothing of those that come and go with each batch.
 */
export class EitherSignal implements Disposable {
  readonly #abort = new AbortController();
  readonly #release: (() => void)[] = [];

  constructor(...signals: readonly AbortSignal[]) {
    for (const signal of signals) {
      const fire = (): void => this.#abort.abort(signal.reason);
      if (signal.aborted) fire();
      signal.addEventListener('abort', fire, { once: true });
      this.#release.push(() => signal.removeEventListener('abort', fire));
    }
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Fires by itself. */
  abort(reason?: unknown): void {
    this.#abort.abort(reason);
  }

  /** The others are let go. */
  [Symbol.dispose](): void {
    for (const release of this.#release.splice(0)) release();
  }
}
