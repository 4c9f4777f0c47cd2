import path from 'node:path';
import process from 'node:process';
import { SystemClock, silentLogger } from '../base/index.js';
import type { Clock, Logger } from '../base/index.js';
import type { NetworkAccess, PathResolver } from '../kinds/index.js';
import { MAX_MODEL_BYTES, ModelInspector, ModelLibrary, ModelPuller } from '../plugins/index.js';
import type { ModelDirectory, ModelDownloader, ModelStatus, PullOptions, PulledModel } from '../plugins/index.js';
import { FileModelCache } from './model-store/file-model-cache.js';
import { HttpDownloader } from './model-store/http-downloader.js';
import { isOfflineByEnvironment } from './model-store/network.js';
import { NodeModelFiles } from './model-store/package-files.js';

/** The most that a model file or URL of the user may give, unless told otherwise. */
export const DEFAULT_MAX_USER_MODEL_BYTES = MAX_MODEL_BYTES;

/** What the model store of Node needs. */
export interface NodeModelStoreOptions {
  /** The models of manifests and their builders: `PluginHost.models`. */
  readonly directory: ModelDirectory;
  /** Where built and downloaded models are kept; made when something is first kept. */
  readonly folder: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Resolves relative file paths; default: against the working directory. */
  readonly paths?: PathResolver;
  /** Where URLs of the user may lead; default: anywhere. */
  readonly network?: NetworkAccess;
  /** Default: over HTTP, by the proxies that the environment names. */
  readonly downloader?: ModelDownloader;
  /** True: nothing is downloaded. Default: what KINEGRAPH_OFFLINE says. */
  readonly offline?: boolean;
  readonly maxUserBytes?: number;
}

/** Models from installed packages, the user's files and the web, with a cache folder. For main thread and workers alike. */
export class NodeModelStore extends ModelLibrary {
  readonly #inspector: ModelInspector;
  readonly #puller: ModelPuller;

  constructor(options: NodeModelStoreOptions) {
    const files = new NodeModelFiles();
    const clock = options.clock ?? new SystemClock();
    const cache = new FileModelCache(path.resolve(options.folder), clock);
    super({
      directory: options.directory,
      files,
      cache,
      downloader: options.downloader ?? new HttpDownloader({ clock }),
      offline: options.offline ?? isOfflineByEnvironment(process.env),
      paths: options.paths ?? { resolve: (file) => path.resolve(file) },
      ...(options.network === undefined ? {} : { network: options.network }),
      logger: options.logger ?? silentLogger,
      maxUserBytes: options.maxUserBytes ?? DEFAULT_MAX_USER_MODEL_BYTES,
    });
    this.#inspector = new ModelInspector(options.directory, files, cache);
    this.#puller = new ModelPuller(options.directory, this.#inspector, {
      fetchEntry: (entry, fetch) => this.fetchEntry(entry, fetch),
      fetchUrl: (url, fetch) => this.fetchUrl(url, fetch),
    });
  }

  /** Every model of every manifest with its state, told from names and sizes of files. */
  list(signal?: AbortSignal): Promise<readonly ModelStatus[]> {
    return this.#inspector.inspect(false, signal);
  }

  /** As `list`, with the SHA-256 sum of every file that is there checked. A corrupt cached file is deleted. */
  verify(signal?: AbortSignal): Promise<readonly ModelStatus[]> {
    return this.#inspector.inspect(true, signal);
  }

  /**
   * Downloads and builds the models of these ids and URLs, or all that plugins list and runs may fetch, that are not there, and keeps them.
   *
   * @throws ModelUnknownError, ModelDownloadError for a malformed URL, AbortedError
   */
  pull(wanted: readonly string[] = [], options: PullOptions = {}): Promise<readonly PulledModel[]> {
    return this.#puller.pull(wanted, options);
  }
}
