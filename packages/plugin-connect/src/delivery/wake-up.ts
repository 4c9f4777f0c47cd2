import { AbortedError } from '@kinegraph/core/plugin';

/** Lets some wait until something has changed. Nobody is kept waiting by a signal that fires. */
export class WakeUp {
  readonly #waiting = new Set<() => void>();

  /** All who wait look again. */
  wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const go of waiting) go();
  }

  /** Settles once `isSo` holds, which is asked now and after each `wake`. @throws AbortedError when `signal` fires first */
  async until(isSo: () => boolean, signal: AbortSignal): Promise<void> {
    while (!isSo()) await this.#next(signal);
  }

  #next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = (): void => {
        this.#waiting.delete(go);
        reject(new AbortedError({ what: 'A wait' }));
      };
      if (signal.aborted) {
        onAbort();
        return;
      }
      this.#waiting.add(go);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}
