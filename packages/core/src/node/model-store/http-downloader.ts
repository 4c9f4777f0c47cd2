import process from 'node:process';
import { SystemClock, sleep } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import type { DownloadOptions, FileVersion, ModelDownloader } from '../../plugins/index.js';
import { attemptDownload } from './download-attempt.js';
import type { AttemptContext, AttemptPlan, AttemptResult } from './download-attempt.js';
import { PassingFault, refusal, thereToGoOnWith, toFault } from './download-faults.js';
import { DEFAULT_DOWNLOAD_LIMITS } from './download-limits.js';
import type { DownloadLimits } from './download-limits.js';
import { DownloadWatch } from './download-watch.js';
import { openNetwork } from './network.js';
import type { NetworkOptions } from './network.js';
import { RateMeter } from './rate-meter.js';

/** How a downloader is set up. */
export interface HttpDownloaderOptions extends Partial<NetworkOptions> {
  readonly clock?: Clock;
  readonly limits?: Partial<DownloadLimits>;
}

type Tools = Pick<AttemptContext, 'url' | 'options'> & { readonly watch: DownloadWatch };

/**
 * Downloads over HTTP: goes on where a try was cut, tries passing faults again, and fetches a file with a wrong sum once
 * more from the start, in case it changed on the way.
 */
export class HttpDownloader implements ModelDownloader {
  readonly #clock: Clock;
  readonly #limits: DownloadLimits;
  readonly #network: NetworkOptions;

  constructor({ clock = new SystemClock(), limits = {}, env = process.env, ca }: HttpDownloaderOptions = {}) {
    this.#clock = clock;
    this.#limits = { ...DEFAULT_DOWNLOAD_LIMITS, ...limits };
    this.#network = ca === undefined ? { env } : { env, ca };
  }

  async download(url: string, options: DownloadOptions): Promise<void> {
    using watch = new DownloadWatch(url, this.#clock, this.#limits, options);
    if (watch.cause !== undefined) throw watch.cause;
    try {
      await this.#fetch({ url, options, watch });
    } catch (error) {
      throw watch.cause ?? error;
    }
  }

  async #fetch(tools: Tools): Promise<void> {
    const { into, expected, range } = tools.options;
    const isRight = (): boolean => expected === undefined || into.sha256() === expected.sha256;
    const wholeBytes = expected?.bytes ?? range?.bytes;
    let result: AttemptResult | undefined;
    // A process that ended in the wrong moment leaves a file that only waits to be checked.
    if (into.length === 0 || into.length !== wholeBytes) result = await this.#persist(tools);
    if (isRight()) return;
    tools.options.onProgress?.({ bytes: into.length, note: 'the sum is wrong; once more from the start' });
    // One answer of a version that is still there will not be another one now.
    if (result?.isOfOneAnswer === true) await this.#persist(tools, into.version);
    else {
      await into.restart({});
      await this.#persist(tools);
    }
  }

  /**
   * Tries until the file is there, a fault is final, or too many tries in a row brought nothing.
   *
   * @param unless - Begins anew, and leaves what is there where the server's file is still of this version.
   */
  async #persist(tools: Tools, unless?: FileVersion): Promise<AttemptResult> {
    const { url, options, watch } = tools;
    const { into } = options;
    const meter = new RateMeter(this.#clock);
    let plan: AttemptPlan = unless === undefined ? {} : { unless };
    let isOfOneAnswer = unless !== undefined || into.length === 0;
    let most = unless === undefined ? into.length : 0;
    for (let fruitless = 0; ;) {
      try {
        const result = await this.#attempt(tools, plan, meter, () => {
          plan = {};
        });
        return { ...result, isOfOneAnswer: isOfOneAnswer && result.isOfOneAnswer };
      } catch (error) {
        const fault = watch.cause ?? toFault(url, error);
        if (!(fault instanceof PassingFault)) throw fault;
        // What was there before a plan to begin anew does not count.
        const length = plan.unless === undefined ? into.length : 0;
        isOfOneAnswer &&= length === 0;
        fruitless = length > most ? 1 : fruitless + 1;
        most = Math.max(most, length);
        if (fruitless > this.#limits.retries) throw lastWord(url, fault, this.#limits.retries, length);
        const waitMs = fault.afterMs ?? this.#backoffMs(fruitless);
        const next = waitMs === 0 ? 'trying again' : `next try in ${Math.ceil(waitMs / 1000)} s`;
        options.onProgress?.({ bytes: length, note: `${fault.message}; ${next}` });
        if (waitMs > 0) await sleep(this.#clock, waitMs, watch.signal);
      }
    }
  }

  /** Has sockets of its own. @param onBegin - Called when the first bytes that count are about to come. */
  async #attempt(
    { url, options, watch }: Tools,
    plan: AttemptPlan,
    meter: RateMeter,
    onBegin: () => void,
  ): Promise<AttemptResult> {
    using attempt = watch.attempt();
    const { into, onProgress } = options;
    let isFirst = true;
    const onBytes = (totalBytes: number | undefined): void => {
      if (isFirst) {
        meter.reset(into.length);
        onBegin();
      }
      isFirst = false;
      const bytesPerSecond = meter.mark(into.length);
      onProgress?.({
        bytes: into.length,
        ...(totalBytes === undefined ? {} : { totalBytes }),
        ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
      });
    };
    try {
      const network = await openNetwork(this.#network, attempt.signal);
      return await attemptDownload({ url, options, network, limits: this.#limits, watch: attempt, onBytes }, plan);
    } catch (error) {
      throw attempt.cause ?? error;
    }
  }

  #backoffMs(fruitless: number): number {
    const { firstBackoffMs, longestBackoffMs } = this.#limits;
    return Math.min(firstBackoffMs * 2 ** (fruitless - 1), longestBackoffMs);
  }
}

function lastWord(url: string, fault: PassingFault, retries: number, bytes: number): Error {
  const tried = retries === 0 ? '' : `, and ${retries} more tries brought nothing`;
  return refusal(url, `${fault.message}${tried}${thereToGoOnWith(bytes)}`, { cause: fault });
}
