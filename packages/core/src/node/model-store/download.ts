import { AbortedError, errorMessage } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import { ModelDownloadError, isDownloadUrl } from '../../plugins/index.js';
import type { DownloadOptions, ModelDownloader } from '../../plugins/index.js';

/** How long and how far a download may go. */
export interface DownloadLimits {
  /** Longest time without a byte. */
  readonly stallMs: number;
  /** Longest time in all. */
  readonly totalMs: number;
  readonly redirects: number;
}

export const DEFAULT_DOWNLOAD_LIMITS: DownloadLimits = { stallMs: 30_000, totalMs: 30 * 60_000, redirects: 5 };

const RETRY_MEND = 'Check the network and try again, or download the file yourself and give its path';
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Downloads by `fetch`, in one go. */
export class FetchDownloader implements ModelDownloader {
  constructor(
    private readonly clock: Clock,
    private readonly limits: DownloadLimits = DEFAULT_DOWNLOAD_LIMITS,
  ) {}

  async download(url: string, options: DownloadOptions): Promise<Uint8Array> {
    const watch = new DownloadWatch(url, this.clock, this.limits, options.signal);
    try {
      const response = await this.#follow(url, options, watch);
      return await readBody(url, response, options, watch);
    } catch (error) {
      throw watch.cause ?? toDownloadError(url, error);
    } finally {
      watch[Symbol.dispose]();
    }
  }

  async #follow(url: string, { range }: DownloadOptions, watch: DownloadWatch): Promise<Response> {
    let at = url;
    for (let hops = 0; ; hops += 1) {
      const response = await fetch(at, {
        redirect: 'manual',
        signal: watch.signal,
        headers: {
          'accept-encoding': 'identity', // sizes and ranges must be those of the file itself
          ...(range === undefined ? {} : { range: `bytes=${range.offset}-${range.offset + range.bytes - 1}` }),
        },
      });
      watch.progress();
      if (!REDIRECTS.has(response.status)) return response;
      await response.body?.cancel();
      const location = response.headers.get('location') ?? '';
      if (!URL.canParse(location, at))
        throw refusal(url, `the server sent status ${response.status} without a place to go to`);
      const next = new URL(location, at);
      if (!isDownloadUrl(next)) throw refusal(url, `the server leads on to ${next.href}, which is not https`);
      if (hops === this.limits.redirects)
        throw refusal(url, `the server leads on more than ${this.limits.redirects} times`);
      at = next.href;
    }
  }
}

/** Ends a download that stalls, takes too long, or is no longer wanted, and remembers why. */
class DownloadWatch implements Disposable {
  readonly #abort = new AbortController();
  readonly #total: Disposable;
  #stall: Disposable;
  #cause: Error | undefined;

  constructor(
    private readonly url: string,
    private readonly clock: Clock,
    private readonly limits: DownloadLimits,
    private readonly wanted: AbortSignal | undefined,
  ) {
    this.#total = clock.schedule(limits.totalMs, () =>
      this.#end(refusal(url, `it took longer than ${limits.totalMs} ms`)),
    );
    this.#stall = this.#startStall();
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

  /** Something has arrived. */
  progress(): void {
    this.#stall[Symbol.dispose]();
    this.#stall = this.#startStall();
  }

  [Symbol.dispose](): void {
    this.#total[Symbol.dispose]();
    this.#stall[Symbol.dispose]();
    this.wanted?.removeEventListener('abort', this.#onUnwanted);
    this.#abort.abort(); // lets go of a body that was not read to its end
  }

  #startStall(): Disposable {
    const { stallMs } = this.limits;
    return this.clock.schedule(stallMs, () => this.#end(refusal(this.url, `nothing arrived for ${stallMs} ms`)));
  }

  readonly #onUnwanted = (): void => this.#end(new AbortedError({ what: `Downloading ${this.url}` }));

  #end(cause: Error): void {
    this.#cause ??= cause;
    this.#abort.abort();
  }
}

async function readBody(
  url: string,
  response: Response,
  options: DownloadOptions,
  watch: DownloadWatch,
): Promise<Uint8Array> {
  const { maxBytes, range } = options;
  const partial = range !== undefined && response.status === 206;
  if (response.status !== 200 && !partial) throw refusal(url, `the server answered with status ${response.status}`);
  // A server that knows no ranges sends the whole file: what is before the range is passed over.
  const skip = range === undefined || partial ? 0 : range.offset;
  const most = Math.min(maxBytes, range?.bytes ?? Infinity);
  const told = Number(response.headers.get('content-length') ?? Number.NaN);
  if (range === undefined && told > maxBytes) throw refusal(url, tooLarge(maxBytes));

  const pieces: Uint8Array[] = [];
  let skipped = 0;
  let length = 0;
  for await (const piece of response.body ?? []) {
    watch.progress();
    const wanted = piece.subarray(Math.min(skip - skipped, piece.byteLength));
    skipped += piece.byteLength - wanted.byteLength;
    if (range === undefined && length + wanted.byteLength > most) throw refusal(url, tooLarge(maxBytes));
    const taken = wanted.subarray(0, most - length);
    pieces.push(taken);
    length += taken.byteLength;
    if (range !== undefined && length === most) break;
  }
  if (watch.cause !== undefined) throw watch.cause;
  if (!Number.isNaN(told) && range === undefined && length !== told) {
    throw refusal(url, `${length} bytes arrived instead of ${told}`);
  }
  return concatenate(pieces, length);
}

function concatenate(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

function tooLarge(maxBytes: number): string {
  return `it has more than the ${maxBytes} bytes that are allowed`;
}

function refusal(url: string, reason: string): ModelDownloadError {
  return new ModelDownloadError({ url, reason, mend: RETRY_MEND });
}

/** `fetch` says only "fetch failed"; what happened is its cause. */
function toDownloadError(url: string, error: unknown): Error {
  if (error instanceof ModelDownloadError) return error;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return new ModelDownloadError({ url, reason: errorMessage(cause), mend: RETRY_MEND }, { cause: error });
}
