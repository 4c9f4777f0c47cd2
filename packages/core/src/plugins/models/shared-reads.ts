import { AbortedError } from '../../base/index.js';

interface SharedRead {
  readonly bytes: Promise<Uint8Array>;
  readonly abort: AbortController;
  waiting: number;
  /** True once a reader has the very bytes; later ones get copies, since a reader may change or transfer its own. */
  taken: boolean;
}

/** Makes readers who want the same thing at the same time share one piece of work. */
export class SharedReads {
  readonly #running = new Map<string, SharedRead>();

  /**
   * @param signal - Ends only this reader's wait. The work itself is stopped when nobody waits for it any more.
   * @throws AbortedError, and what the work throws.
   */
  async read(
    key: string,
    signal: AbortSignal | undefined,
    start: (signal: AbortSignal) => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    if (signal?.aborted === true) throw new AbortedError({ what: `Reading ${key}` });
    const shared = this.#running.get(key) ?? this.#start(key, start);
    shared.waiting += 1;
    try {
      const bytes = await untilAborted(shared.bytes, signal, `Reading ${key}`);
      if (shared.taken) return bytes.slice();
      shared.taken = true;
      return bytes;
    } finally {
      shared.waiting -= 1;
      if (shared.waiting === 0) {
        this.#forget(key, shared);
        shared.abort.abort();
      }
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<Uint8Array>): SharedRead {
    const abort = new AbortController();
    const shared: SharedRead = { bytes: start(abort.signal), abort, waiting: 0, taken: false };
    this.#running.set(key, shared);
    const forget = (): void => this.#forget(key, shared);
    shared.bytes.then(forget, forget); // whoever waits is told of the failure; nobody else is
    return shared;
  }

  #forget(key: string, shared: SharedRead): void {
    if (this.#running.get(key) === shared) this.#running.delete(key);
  }
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, what: string): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new AbortedError({ what }));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => {
        signal.removeEventListener('abort', onAbort);
        resolve(value);
      },
      (error: unknown) => {
        signal.removeEventListener('abort', onAbort);
        reject(error);
      },
    );
  });
}
