import { errorMessage } from '../../base/index.js';
import type { Logger } from '../../base/index.js';
import type { ModelStore, NetworkAccess, PathResolver } from '../../kinds/index.js';
import type { ContributedModel } from '../registry.js';
import { CheckedCache } from './checked-cache.js';
import type { ModelDirectory } from './model-directory.js';
import { ModelDownloads, isUserUrl, parseUserUrl } from './model-downloads.js';
import type { FetchOptions, UserUrl } from './model-downloads.js';
import {
  ModelBuildError,
  ModelCorruptError,
  ModelFileError,
  ModelMissingError,
  ModelUnknownError,
} from './model-errors.js';
import type {
  LocatedFile,
  MissingFile,
  ModelCache,
  ModelDownloader,
  ModelFiles,
  PackagedSource,
} from './model-platform.js';
import { parseModelSource } from './model-source.js';
import { sha256Hex } from './sha256.js';
import { SharedReads } from './shared-reads.js';

/** What a model library is made of. */
export interface ModelLibraryOptions {
  readonly directory: ModelDirectory;
  readonly files: ModelFiles;
  readonly cache: ModelCache;
  readonly downloader: ModelDownloader;
  /** Resolves file paths where no run is at hand. */
  readonly paths: PathResolver;
  /** Where URLs of the user may lead; left out: anywhere. */
  readonly network?: NetworkAccess;
  readonly logger: Logger;
  /** The most that a URL or file of the user may give. */
  readonly maxUserBytes: number;
  /** True: nothing is downloaded; a model that would have to be is refused with how to put it in place by hand. */
  readonly offline?: boolean;
}

/** Reads models of manifests, files and URLs; every byte that leaves it was checked, wherever something to check against is known. */
export class ModelLibrary implements ModelStore {
  readonly #shared = new SharedReads();
  readonly #cache: CheckedCache;
  readonly #downloads: ModelDownloads;

  constructor(private readonly options: ModelLibraryOptions) {
    this.#cache = new CheckedCache(options.cache, options.logger);
    this.#downloads = new ModelDownloads({ ...options, offline: options.offline ?? false, checked: this.#cache });
  }

  read(model: string, signal?: AbortSignal): Promise<Uint8Array> {
    return this.readWith(this.options.paths, model, signal);
  }

  version(model: string): Promise<string | undefined> {
    return this.#versionWith(this.options.paths, model);
  }

  /** The same models, with file paths resolved by the paths of a run. */
  withPaths(paths: PathResolver): ModelStore {
    return {
      read: (model, signal) => this.readWith(paths, model, signal),
      version: (model) => this.#versionWith(paths, model),
    };
  }

  /** Listed models and URLs have one version: what was read of them stays checked against the same sum, or is cached. */
  async #versionWith(paths: PathResolver, model: string): Promise<string | undefined> {
    const entry = this.options.directory.get(model);
    if (entry !== undefined) return entry.sha256;
    if (isUserUrl(model)) return model;
    const place = await this.#locateUserFile(model, paths);
    return 'missing' in place ? undefined : `${place.bytes} bytes of ${place.changedAtMs ?? 'any time'}`;
  }

  protected async readWith(paths: PathResolver, model: string, signal?: AbortSignal): Promise<Uint8Array> {
    const entry = this.options.directory.get(model);
    if (entry !== undefined) return this.fetchEntry(entry, { ...(signal === undefined ? {} : { signal }) });
    if (isUserUrl(model)) return this.fetchUrl(parseUserUrl(model), { ...(signal === undefined ? {} : { signal }) });
    return this.#readUserFile(model, paths, signal);
  }

  /** A listed model, and whether it must be kept. Who joins a read under way gets that one's progress and keeping. */
  protected async fetchEntry(entry: ContributedModel, fetch: FetchOptions): Promise<Uint8Array> {
    return this.#shared.read(entry.id, fetch.signal, async (shared) => {
      const parsed = parseModelSource(entry.from);
      if ('fault' in parsed)
        throw new TypeError(`Model "${entry.id}" came past the manifest's check: ${parsed.fault}.`);
      const { source } = parsed;
      if (source.kind === 'npm' || source.kind === 'file') return this.#readPackaged(entry, source, shared);
      const cached = await this.#cache.read(entry.id, entry.sha256);
      if (cached !== undefined) return cached;
      if (source.kind === 'https' && entry.pulledOnly === true && fetch.mustKeep !== true) throw mustBePulled(entry);
      if (source.kind === 'https') return this.#downloads.entry(entry, source, { ...fetch, signal: shared });
      const bytes = await this.#build(entry, source.builder, { ...fetch, signal: shared });
      await this.#cache.keep(entry.id, entry.sha256, bytes, fetch.mustKeep ?? false);
      return bytes;
    });
  }

  /** A URL of the user, shared and kept as a listed model is. */
  protected async fetchUrl(url: UserUrl, fetch: FetchOptions): Promise<Uint8Array> {
    const key = url.pin === undefined ? url.url : `${url.url}#sha256=${url.pin}`;
    return this.#shared.read(key, fetch.signal, (shared) => this.#downloads.userUrl(url, { ...fetch, signal: shared }));
  }

  async #readPackaged(entry: ContributedModel, source: PackagedSource, signal: AbortSignal): Promise<Uint8Array> {
    const place = await this.options.files.locate(source, entry.pluginFolderUrl);
    const packageName = source.kind === 'npm' ? source.packageName : entry.plugin;
    if ('missing' in place) {
      throw new ModelMissingError({
        model: entry.id,
        reason: missingReason(place, packageName),
        mend: missingMend(place.missing, packageName),
      });
    }
    const bytes = await this.options.files.read(place.file, source.range, signal);
    const actualSha256 = await sha256Hex(bytes);
    if (actualSha256 === entry.sha256) return bytes;
    throw new ModelCorruptError({
      model: entry.id,
      file: place.file,
      expectedSha256: entry.sha256,
      actualSha256,
      mend: reinstallMend(packageName),
    });
  }

  async #build(entry: ContributedModel, builder: string, fetch: FetchOptions): Promise<Uint8Array> {
    const { id, plugin, parts = [] } = entry;
    const build = await this.options.directory.builder(plugin, builder);
    let partError: Error | undefined;
    const readPart = async (partId: string): Promise<Uint8Array> => {
      const part = parts.includes(partId) ? this.options.directory.get(partId) : undefined;
      if (part === undefined) {
        throw new ModelBuildError({
          model: id,
          plugin,
          reason: `its builder asked for "${partId}", which is not among its parts`,
        });
      }
      try {
        return await this.fetchEntry(part, fetch);
      } catch (error) {
        partError = error instanceof Error ? error : new Error(errorMessage(error));
        throw error;
      }
    };
    let bytes: unknown;
    try {
      bytes = await build(readPart, { id, parts });
    } catch (error) {
      if (partError !== undefined) throw partError; // says best what is wrong, whatever the builder made of it
      if (error instanceof ModelBuildError) throw error;
      throw new ModelBuildError({ model: id, plugin, reason: errorMessage(error) }, { cause: error });
    }
    if (!(bytes instanceof Uint8Array)) {
      throw new ModelBuildError({ model: id, plugin, reason: 'its builder did not answer a Uint8Array' });
    }
    const actual = await sha256Hex(bytes);
    if (actual === entry.sha256) return bytes;
    const reason = `the result has the SHA-256 sum ${actual} instead of ${entry.sha256}`;
    throw new ModelBuildError({ model: id, plugin, reason });
  }

  async #locateUserFile(model: string, paths: PathResolver): Promise<LocatedFile | MissingFile> {
    const isFileUrl = /^file:/i.test(model);
    const place = await this.options.files.locateUserFile(isFileUrl ? model : paths.resolve(model));
    if (isFileUrl) paths.resolve(place.file); // its path is known only now, and must be allowed like any other
    return place;
  }

  async #readUserFile(model: string, paths: PathResolver, signal?: AbortSignal): Promise<Uint8Array> {
    const { files, directory, maxUserBytes } = this.options;
    const place = await this.#locateUserFile(model, paths);
    if ('missing' in place) {
      if (/[\\/]/.test(model)) {
        throw new ModelMissingError({ model, reason: `there is no file ${place.file}`, mend: 'Correct the path' });
      }
      throw new ModelUnknownError(
        { model, file: place.file },
        directory.list().map(({ id }) => id),
      );
    }
    if (place.bytes === 0) {
      throw new ModelFileError({ file: place.file, reason: 'it is empty', mend: 'Copy or download it again' });
    }
    if (place.bytes > maxUserBytes) {
      const reason = `it has ${place.bytes} bytes, and ${maxUserBytes} are allowed`;
      throw new ModelFileError({ file: place.file, reason, mend: 'Use a smaller model' });
    }
    return files.read(place.file, undefined, signal);
  }
}

function missingReason(
  place: { readonly missing: 'package' | 'file'; readonly file: string },
  packageName: string,
): string {
  return place.missing === 'package'
    ? `the package "${packageName}" is not installed`
    : `there is no file ${place.file}`;
}

function missingMend(missing: 'package' | 'file', packageName: string): string {
  return missing === 'package' ? `Run: npm install ${packageName}` : reinstallMend(packageName);
}

function reinstallMend(packageName: string): string {
  return `Reinstall the package "${packageName}": delete its folder, then run npm install`;
}

/** For a model that its plugin leaves to a choice of the operator. */
function mustBePulled({ id, license, plugin }: ContributedModel): ModelMissingError {
  return new ModelMissingError({
    model: id,
    reason: `${plugin} wants it to be fetched by choice only (its licence is ${license}), so no run downloads it`,
    mend: `Run: kinegraph models pull ${id}`,
  });
}
