import { errorCode, errorMessage } from '../../base/index.js';
import type { ContributedModel } from '../registry.js';
import type { ModelDirectory } from './model-directory.js';
import type { FetchOptions } from './model-downloads.js';
import { ModelUnknownError } from './model-errors.js';
import type { DownloadProgress } from './model-platform.js';
import type { ModelInspector, ModelStatus } from './model-status.js';

/** What became of one model. */
export interface PulledModel {
  readonly id: string;
  readonly plugin: string;
  readonly bytes: number;
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
  readonly onStart?: (model: ModelStatus) => void;
  readonly onProgress?: (model: ModelStatus, progress: DownloadProgress) => void;
  readonly onResult?: (result: PulledModel) => void;
}

/** Fetches and builds ahead of time what a run would fetch when it starts. Doing it twice does nothing more. */
export class ModelPuller {
  /** @param fetch - Reads one model into the cache. */
  constructor(
    private readonly directory: ModelDirectory,
    private readonly inspector: ModelInspector,
    private readonly fetch: (entry: ContributedModel, options: FetchOptions) => Promise<unknown>,
  ) {}

  /**
   * One after another, so that each has the whole line. One that fails does not keep the others from being fetched.
   *
   * @param ids - Empty: all.
   * @throws ModelUnknownError before anything is fetched; AbortedError
   */
  async pull(ids: readonly string[], options: PullOptions = {}): Promise<readonly PulledModel[]> {
    const known = this.directory.list().map(({ id }) => id);
    for (const id of ids) if (!known.includes(id)) throw new ModelUnknownError({ model: id }, known);
    const models = await this.inspector.inspect(options.check ?? false, options.signal);
    const results: PulledModel[] = [];
    for (const model of models) {
      if (ids.length > 0 && !ids.includes(model.id)) continue;
      const result = await this.#pull(model, options);
      options.onResult?.(result);
      results.push(result);
    }
    return results;
  }

  async #pull(model: ModelStatus, { signal, onStart, onProgress }: PullOptions): Promise<PulledModel> {
    const { id, plugin, bytes } = model;
    const entry = this.directory.get(id);
    if (model.state === 'ready' || entry === undefined) return { id, plugin, bytes, outcome: 'there' };
    onStart?.(model);
    try {
      await this.fetch(entry, {
        mustKeep: true,
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined ? {} : { onProgress: (progress) => onProgress(model, progress) }),
      });
      return { id, plugin, bytes, outcome: entry.from.startsWith('build:') ? 'built' : 'downloaded' };
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return {
        id,
        plugin,
        bytes,
        outcome: 'failed',
        error: { code: errorCode(error), message: errorMessage(error) },
      };
    }
  }
}
