import { AbortedError, deferred, withoutSecrets } from '../../base/index.js';
import type { Deferred } from '../../base/index.js';

interface SharedRead {
  readonly abort: AbortController;
  readonly readers: Set<Deferred<Uint8Array>>;
}

/** Makes readers who want the same thing at the same time share one piece of work. */
export class SharedReads {
  readonly #running = new Map<string, SharedRead>();

  /**
   * Each reader gets bytes of its own, to change or transfer as it likes.
   *
   * @param key - What is read; who names the same shares it.
   * @param signal - Ends only this reader's wait. The work itself is stopped when nobody waits for it any more.
   * @throws AbortedError, and what the work throws.
   */
  async read(
    key: string,
    signal: AbortSignal | undefined,
    start: (signal: AbortSignal) => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const what = `Reading ${withoutSecrets(key)}`;
    if (signal?.aborted === true) throw new AbortedError({ what });
    const shared = this.#running.get(key) ?? this.#start(key, start);
    const reader = deferred<Uint8Array>();
    shared.readers.add(reader);
    const onAbort = (): void => {
      reader.reject(new AbortedError({ what }));
      shared.readers.delete(reader);
      if (shared.readers.size > 0) return;
      this.#forget(key, shared);
      shared.abort.abort();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await reader.promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<Uint8Array>): SharedRead {
    const shared: SharedRead = { abort: new AbortController(), readers: new Set() };
    this.#running.set(key, shared);
    const work = async (): Promise<Uint8Array> => start(shared.abort.signal); // even if it throws at once
    work().then(
      (bytes) => {
        this.#forget(key, shared);
        // The copies are made before any reader has a turn.
        [...shared.readers].forEach((reader, index) => reader.resolve(index === 0 ? bytes : bytes.slice()));
      },
      (error: unknown) => {
        this.#forget(key, shared);
        for (const reader of shared.readers) reader.reject(error);
      },
    );
    return shared;
  }

  #forget(key: string, shared: SharedRead): void {
    if (this.#running.get(key) === shared) this.#running.delete(key);
  }
}
