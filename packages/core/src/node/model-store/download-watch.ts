import { AbortedError, withoutSecrets } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import type { DownloadOptions } from '../../plugins/index.js';
import { PassingFault, refusal, thereToGoOnWith } from './download-faults.js';
import type { DownloadLimits } from './download-limits.js';

/** Ends a download that takes too long or is no longer wanted, and remembers why. */
export class DownloadWatch implements Disposable {
  readonly #abort = new AbortController();
  readonly #total: Disposable;
  readonly #wanted: AbortSignal | undefined;
  #cause: Error | undefined;

  constructor(
    private readonly url: string,
    private readonly clock: Clock,
    private readonly limits: DownloadLimits,
    { signal: wanted, into }: Pick<DownloadOptions, 'signal' | 'into'>,
  ) {
    this.#wanted = wanted;
    this.#total = clock.schedule(limits.totalMs, () =>
      this.#end(refusal(url, `it took longer than ${limits.totalMs} ms${thereToGoOnWith(into.length)}`)),
    );
    if (wanted?.aborted === true) this.#onUnwanted();
    wanted?.addEventListener('abort', this.#onUnwanted, { once: true });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Why the download was ended from here. */
  get cause(): Error | undefined {
    return this.#cause;
  }

  /** Watches one try. */
  attempt(): AttemptWatch {
    return new AttemptWatch(this.clock, this.limits, this.signal);
  }

  [Symbol.dispose](): void {
    this.#total[Symbol.dispose]();
    this.#wanted?.removeEventListener('abort', this.#onUnwanted);
  }

  readonly #onUnwanted = (): void => this.#end(new AbortedError({ what: `Downloading ${withoutSecrets(this.url)}` }));

  #end(cause: Error): void {
    this.#cause ??= cause;
    this.#abort.abort();
  }
}

/** Ends a try in which nothing arrives any more. */
export class AttemptWatch implements Disposable {
  readonly #abort = new AbortController();
  #timer: Disposable;
  #cause: PassingFault | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly limits: DownloadLimits,
    private readonly download: AbortSignal,
  ) {
    this.#timer = this.#start(limits.answerMs, `the server did not answer within ${limits.answerMs} ms`);
    if (download.aborted) this.#onEnd();
    download.addEventListener('abort', this.#onEnd, { once: true });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Why this try was ended from here. */
  get cause(): PassingFault | undefined {
    return this.#cause;
  }

  /** Something has arrived. */
  progress(): void {
    const { stallMs } = this.limits;
    this.#timer[Symbol.dispose]();
    this.#timer = this.#start(stallMs, `nothing arrived for ${stallMs} ms`);
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
    this.download.removeEventListener('abort', this.#onEnd);
    this.#abort.abort(); // closes the sockets of the try, whatever is still on its way
  }

  #start(delayMs: number, reason: string): Disposable {
    return this.clock.schedule(delayMs, () => {
      this.#cause = new PassingFault(reason);
      this.#abort.abort();
    });
  }

  readonly #onEnd = (): void => this.#abort.abort();
}
