import { errorMessage, readUrl, withoutSecrets } from '../../base/index.js';
import type { Logger } from '../../base/index.js';
import type { NetworkAccess } from '../../kinds/index.js';
import type { ContributedModel } from '../registry.js';
import type { CheckedCache } from './checked-cache.js';
import { ModelCorruptError, ModelDownloadError, ModelOfflineError } from './model-errors.js';
import type { DownloadOptions, DownloadProgress, ModelCache, ModelDownloader } from './model-platform.js';
import { hasUser, isDownloadUrl } from './model-source.js';
import type { ModelSource } from './model-source.js';

/** What downloads are made of. */
export interface ModelDownloadsOptions {
  readonly cache: ModelCache;
  readonly checked: CheckedCache;
  readonly downloader: ModelDownloader;
  readonly logger: Logger;
  /** The most that a URL of the user may give. */
  readonly maxUserBytes: number;
  /** True: nothing is downloaded. */
  readonly offline: boolean;
  /** Where URLs of the user may lead; left out: anywhere. Those of manifests are the operator's own choice. */
  readonly network?: NetworkAccess;
}

/** How a model is fetched. */
export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** True: a model that cannot be cached is an error. False: it is given out all the same. */
  readonly mustKeep?: boolean;
  /** Called when the cache does not have it, before anything is downloaded. */
  readonly onDownload?: () => void;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** A URL of the user taken apart. */
export interface UserUrl {
  readonly url: string;
  readonly pin?: string;
}

type Request = Pick<DownloadOptions, 'maxBytes' | 'expected' | 'range' | 'checkUrl'>;

/** Downloads models into the cache and refuses those with another sum than they should have. */
export class ModelDownloads {
  constructor(private readonly options: ModelDownloadsOptions) {}

  /** A model that a manifest lists and the cache does not have. */
  async entry(
    entry: ContributedModel,
    source: Extract<ModelSource, { kind: 'https' }>,
    fetch: FetchOptions,
  ): Promise<Uint8Array> {
    const { id, sha256, bytes } = entry;
    const { range, url } = source;
    this.#refuseOffline(id, url, byHand(url, range !== undefined, this.options.cache.fileOf(sha256)));
    const request = { maxBytes: bytes, expected: { sha256, bytes }, ...(range === undefined ? {} : { range }) };
    return this.#download(id, url, request, fetch, `Update plugin "${entry.plugin}", or ${WHO_ANSWERS}`);
  }

  /** A URL of the user. Without a pin its sum is recorded at first use, and a change is refused from then on. */
  async userUrl({ url, pin }: UserUrl, fetch: FetchOptions): Promise<Uint8Array> {
    const { cache, checked, maxUserBytes, network } = this.options;
    network?.check(withoutUser(url));
    const shown = withoutSecrets(url);
    const expected = pin === undefined ? await this.#recorded(url) : { sha256: pin };
    const cached = expected === undefined ? undefined : await checked.read(shown, expected.sha256);
    if (cached !== undefined) return cached;
    const mend = 'Download the file on a machine that may, and give its path in place of the URL';
    this.#refuseOffline(shown, shown, pin === undefined ? mend : byHand(shown, false, cache.fileOf(pin)));
    const request: Request = {
      maxBytes: maxUserBytes,
      ...(expected === undefined ? {} : { expected }),
      ...(network === undefined ? {} : { checkUrl: (at: string) => network.check(withoutUser(at)) }),
    };
    return this.#download(
      shown,
      url,
      request,
      fetch,
      pin === undefined
        ? `The file has changed since it was first downloaded; if that is right, delete ${cache.recordFileOf(url)}`
        : 'Correct the sum after "#sha256=", or use the file that it belongs to',
    );
  }

  async #download(
    model: string,
    url: string,
    request: Request,
    { signal, mustKeep = false, onDownload, onProgress }: FetchOptions,
    mend: string,
  ): Promise<Uint8Array> {
    onDownload?.();
    const { cache, checked, downloader, logger } = this.options;
    const key = { url, ...(request.expected === undefined ? {} : { sha256: request.expected.sha256 }) };
    await using partial = await cache.openPartial(key, {
      mustKeep,
      ...(signal === undefined ? {} : { signal }),
      onWait: () => onProgress?.({ bytes: 0, note: 'another process or worker is downloading it' }),
    });
    // Another worker or process may have fetched it, for the first time ever, while this one waited.
    const expected = request.expected ?? (await this.#recorded(url));
    const cached = expected === undefined ? undefined : await checked.read(model, expected.sha256);
    if (cached !== undefined) return cached;
    logger.info(`Model "${model}" is downloaded from ${withoutSecrets(url)}.`, { from: partial.length });
    await downloader.download(url, {
      ...request,
      ...(expected === undefined ? {} : { expected }),
      into: partial,
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    const actualSha256 = partial.sha256();
    if (expected !== undefined && actualSha256 !== expected.sha256) {
      await partial.restart({});
      const file = withoutSecrets(url);
      throw new ModelCorruptError({ model, file, expectedSha256: expected.sha256, actualSha256, mend });
    }
    const bytes = partial.bytes();
    try {
      await partial.commit();
      if (expected === undefined) await cache.writeRecord({ url, sha256: actualSha256, bytes: bytes.byteLength });
    } catch (error) {
      if (mustKeep) throw error;
      // The bytes are good already, so a full or read-only disk must not keep the graph from running.
      logger.warn(`Model "${model}" is downloaded again next time: ${errorMessage(error)}`);
    }
    return bytes;
  }

  /** What the URL gave when it was first downloaded. Its size is left out: another sum is what the sentence is to tell. */
  async #recorded(url: string): Promise<{ readonly sha256: string } | undefined> {
    const record = await this.options.cache.readRecord(url);
    return record === undefined ? undefined : { sha256: record.sha256 };
  }

  #refuseOffline(model: string, url: string, mend: string): void {
    if (this.options.offline) throw new ModelOfflineError({ model, url, mend });
  }
}

/** What an allow-list is asked about: it need not see the user's name and password. */
function withoutUser(text: string): string {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href;
}

const WHO_ANSWERS = 'check who answers for that address on this network';

function byHand(url: string, isPart: boolean, file: string): string {
  const where = isPart
    ? `Run "kinegraph models pull" on a machine that may download it, and copy the file from there to ${file}`
    : `Download ${url} on a machine that may, and put it in place as ${file}`;
  return `${where}; or go online: unset KINEGRAPH_OFFLINE, and "offline" where the program sets it`;
}

/** True for what is meant as a URL to download from; files have a scheme of their own. */
export function isUserUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^file:/i.test(text);
}

/** Takes `#sha256=<hex>` off a URL. @throws ModelDownloadError for what is no URL to download from. */
export function parseUserUrl(text: string): UserUrl {
  const refuse = (reason: string, mend: string): ModelDownloadError =>
    new ModelDownloadError({ url: withoutSecrets(text), reason, mend });
  const hash = text.indexOf('#');
  const url = hash === -1 ? text : text.slice(0, hash);
  const pin = hash === -1 ? undefined : /^sha256=([0-9a-f]{64})$/i.exec(text.slice(hash + 1))?.[1]?.toLowerCase();
  const parsed = readUrl(url);
  if (parsed === undefined) throw refuse('it is no valid URL', 'Correct it');
  if (hash !== -1 && pin === undefined)
    throw refuse('what follows "#" must be "sha256=" and 64 hexadecimal digits', 'Correct or remove it');
  const elsewise = 'or download the file yourself and give its path';
  if (hasUser(parsed))
    throw refuse('user and password are never sent, and would be shown', `Take them out of the URL, ${elsewise}`);
  if (!isDownloadUrl(parsed)) {
    const reason = 'models are downloaded by https only (plain http: from this very machine)';
    throw refuse(reason, `Use an https URL, ${elsewise}`);
  }
  return pin === undefined ? { url } : { url, pin };
}
