import { errorCode, errorMessage, withoutSecrets } from '../../base/index.js';
import type { ContributedModel } from '../registry.js';
import type { ModelDirectory } from './model-directory.js';
import { isUserUrl, parseUserUrl } from './model-downloads.js';
import type { FetchOptions, UserUrl } from './model-downloads.js';
import { ModelUnknownError } from './model-errors.js';
import type { DownloadProgress } from './model-platform.js';
import type { ModelInspector, ModelStatus } from './model-status.js';

/** What is pulled: a model that a plugin lists, or a URL of the user. */
export interface PullTarget {
  /** The model's name, or the URL as it may be shown. */
  readonly id: string;
  readonly from: string;
  /** Undefined for a URL. */
  readonly bytes?: number;
}

/** What became of one model. */
export interface PulledModel {
  readonly id: string;
  /** Undefined for a URL, which no plugin lists. */
  readonly plugin?: string;
  /** Undefined for a URL of which nothing is there. */
  readonly bytes?: number;
  /** there: nothing had to be done. */
  readonly outcome: 'there' | 'downloaded' | 'built' | 'failed';
  /** Why it failed. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** Which models, and whom to tell. */
export interface PullOptions {
  /** True: the sum of each model that is there is checked, and a corrupt cached one is fetched anew. False: names and sizes. */
  readonly check?: boolean;
  readonly signal?: AbortSignal;
  readonly onStart?: (target: PullTarget) => void;
  readonly onProgress?: (target: PullTarget, progress: DownloadProgress) => void;
  readonly onResult?: (result: PulledModel) => void;
}

/** How models get into the cache. */
export interface ModelFetcher {
  fetchEntry(entry: ContributedModel, options: FetchOptions): Promise<unknown>;
  fetchUrl(url: UserUrl, options: FetchOptions): Promise<Uint8Array>;
}

/** Fetches and builds ahead of time what a run would fetch when it starts. Doing it twice does nothing more. */
export class ModelPuller {
  constructor(
    private readonly directory: ModelDirectory,
    private readonly inspector: ModelInspector,
    private readonly fetcher: ModelFetcher,
  ) {}

  /**
   * One after another, so that each has the whole line. One that fails does not keep the others from being fetched.
   *
   * @param wanted - Ids of models, and URLs as users configure them. Empty: all models that are listed but those that are
   *   pulled by their id only.
   * @throws ModelUnknownError, and ModelDownloadError for what is no URL to download from, both before anything is fetched;
   *   AbortedError
   */
  async pull(wanted: readonly string[], options: PullOptions = {}): Promise<readonly PulledModel[]> {
    const listed = this.directory.list();
    const known = listed.map(({ id }) => id);
    const urls = new Map<string, UserUrl>();
    const ids = new Set<string>();
    if (wanted.length === 0) for (const { id, pulledOnly } of listed) if (pulledOnly !== true) ids.add(id);
    for (const name of wanted) {
      if (known.includes(name)) ids.add(name);
      else if (isUserUrl(name)) urls.set(name, parseUserUrl(name));
      else throw new ModelUnknownError({ model: name }, known);
    }
    const models = ids.size === 0 ? [] : await this.inspector.inspect(options.check ?? false, options.signal);
    const results: PulledModel[] = [];
    const report = (result: PulledModel): void => {
      options.onResult?.(result);
      results.push(result);
    };
    for (const model of models) if (ids.has(model.id)) report(await this.#pullListed(model, options));
    for (const url of urls.values()) report(await this.#pullUrl(url, options));
    return results;
  }

  async #pullListed(model: ModelStatus, options: PullOptions): Promise<PulledModel> {
    const { id, plugin, bytes } = model;
    const entry = this.directory.get(id);
    if (model.state === 'ready' || entry === undefined) return { id, plugin, bytes, outcome: 'there' };
    options.onStart?.(model);
    return settled({ id, plugin, bytes }, options, async () => {
      await this.fetcher.fetchEntry(entry, fetchOptions(model, options));
      return { id, plugin, bytes, outcome: entry.from.startsWith('build:') ? 'built' : 'downloaded' };
    });
  }

  /** The sum of one that is there is checked in any case. */
  async #pullUrl(url: UserUrl, options: PullOptions): Promise<PulledModel> {
    const id = withoutSecrets(url.url);
    const target = { id, from: id };
    let outcome: PulledModel['outcome'] = 'there';
    const onDownload = (): void => {
      outcome = 'downloaded';
      options.onStart?.(target);
    };
    return settled({ id }, options, async () => {
      const bytes = await this.fetcher.fetchUrl(url, { ...fetchOptions(target, options), onDownload });
      return { id, bytes: bytes.byteLength, outcome };
    });
  }
}

function fetchOptions(target: PullTarget, { signal, onProgress }: PullOptions): FetchOptions {
  return {
    mustKeep: true,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress: (progress) => onProgress(target, progress) }),
  };
}

/** What came of `work`, failures too; only an end from outside goes on. */
async function settled(
  what: Omit<PulledModel, 'outcome' | 'error'>,
  { signal }: PullOptions,
  work: () => Promise<PulledModel>,
): Promise<PulledModel> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { ...what, outcome: 'failed', error: { code: errorCode(error), message: errorMessage(error) } };
  }
}
