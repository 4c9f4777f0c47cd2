import { errorMessage } from '../../base/index.js';
import type { Logger } from '../../base/index.js';
import type { ModelStore, PathResolver } from '../../kinds/index.js';
import type { ContributedModel } from '../registry.js';
import type { ModelDirectory } from './model-directory.js';
import {
  ModelBuildError,
  ModelCorruptError,
  ModelDownloadError,
  ModelFileError,
  ModelMissingError,
  ModelUnknownError,
} from './model-errors.js';
import type { ModelCache, ModelDownloader, ModelFiles, PackagedSource } from './model-platform.js';
import { isDownloadUrl, parseModelSource } from './model-source.js';
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
  readonly logger: Logger;
  /** The most that a URL or file of the user may give. */
  readonly maxUserBytes: number;
}

/** Reads models of manifests, files and URLs; every byte that leaves it was checked, wherever something to check against is known. */
export class ModelLibrary implements ModelStore {
  readonly #shared = new SharedReads();

  constructor(private readonly options: ModelLibraryOptions) {}

  read(model: string, signal?: AbortSignal): Promise<Uint8Array> {
    return this.readWith(this.options.paths, model, signal);
  }

  /** The same models, with file paths resolved by the paths of a run. */
  withPaths(paths: PathResolver): ModelStore {
    return { read: (model, signal) => this.readWith(paths, model, signal) };
  }

  protected async readWith(paths: PathResolver, model: string, signal?: AbortSignal): Promise<Uint8Array> {
    const entry = this.options.directory.get(model);
    if (entry !== undefined) return this.#readEntry(entry, signal);
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(model) && !/^file:/i.test(model)) {
      return this.#shared.read(model, signal, (shared) => this.#readUserUrl(model, shared));
    }
    return this.#readUserFile(model, paths, signal);
  }

  async #readEntry(entry: ContributedModel, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#shared.read(entry.id, signal, async (shared) => {
      const parsed = parseModelSource(entry.from);
      if ('fault' in parsed)
        throw new TypeError(`Model "${entry.id}" came past the manifest's check: ${parsed.fault}.`);
      const { source } = parsed;
      if (source.kind === 'npm' || source.kind === 'file') return this.#readPackaged(entry, source, shared);
      const cached = await this.#readCached(entry.id, entry.sha256);
      if (cached !== undefined) return cached;
      const bytes =
        source.kind === 'build'
          ? await this.#build(entry, source.builder, shared)
          : await this.#downloadEntry(entry, source, shared);
      await this.#keep(entry.id, entry.sha256, bytes);
      return bytes;
    });
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

  async #build(entry: ContributedModel, builder: string, signal: AbortSignal): Promise<Uint8Array> {
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
        return await this.#readEntry(part, signal);
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

  async #downloadEntry(
    entry: ContributedModel,
    source: Extract<ReturnType<typeof parseModelSource>, { source: unknown }>['source'] & { kind: 'https' },
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const { range, url } = source;
    const bytes = await this.options.downloader.download(url, {
      maxBytes: entry.bytes,
      ...(range === undefined ? {} : { range }),
      signal,
    });
    const actualSha256 = await sha256Hex(bytes);
    if (actualSha256 === entry.sha256) return bytes;
    throw new ModelCorruptError({
      model: entry.id,
      file: url,
      expectedSha256: entry.sha256,
      actualSha256,
      mend: `Update plugin "${entry.plugin}", or check who answers for that address on this network`,
    });
  }

  async #readUserUrl(text: string, signal: AbortSignal): Promise<Uint8Array> {
    const { url, pin } = splitPin(text);
    const record = pin === undefined ? await this.options.cache.readRecord(url) : undefined;
    const expectedSha256 = pin ?? record?.sha256;
    if (expectedSha256 !== undefined) {
      const cached = await this.#readCached(url, expectedSha256);
      if (cached !== undefined) return cached;
    }
    const bytes = await this.options.downloader.download(url, { maxBytes: this.options.maxUserBytes, signal });
    const actualSha256 = await sha256Hex(bytes);
    if (expectedSha256 !== undefined && actualSha256 !== expectedSha256) {
      const mend =
        pin === undefined
          ? `The file has changed since it was first downloaded; if that is right, delete ${this.options.cache.recordFileOf(url)}`
          : 'Correct the sum after "#sha256=", or use the file that it belongs to';
      throw new ModelCorruptError({ model: url, file: url, expectedSha256, actualSha256, mend });
    }
    await this.#keep(url, actualSha256, bytes);
    if (expectedSha256 === undefined) {
      await this.#orWarn(
        `The sum of ${url} could not be recorded`,
        this.options.cache.writeRecord({ url, sha256: actualSha256, bytes: bytes.byteLength }),
      );
    }
    return bytes;
  }

  async #readUserFile(model: string, paths: PathResolver, signal?: AbortSignal): Promise<Uint8Array> {
    const { files, directory, maxUserBytes } = this.options;
    const place = await files.locateUserFile(/^file:/i.test(model) ? model : paths.resolve(model));
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

  /** A cached file with the right sum. One with a wrong sum is deleted on the spot. */
  async #readCached(model: string, sha256: string): Promise<Uint8Array | undefined> {
    const { cache, logger } = this.options;
    const bytes = await cache.read(sha256);
    if (bytes === undefined || (await sha256Hex(bytes)) === sha256) return bytes;
    logger.warn(`The cached file of model "${model}" was corrupt; it is deleted and made again.`, {
      file: cache.fileOf(sha256),
    });
    await cache.remove(sha256);
    return undefined;
  }

  /** The bytes are good already, so a full or read-only disk must not keep the graph from running. */
  async #keep(model: string, sha256: string, bytes: Uint8Array): Promise<void> {
    await this.#orWarn(
      `Model "${model}" could not be cached and is made again next time`,
      this.options.cache.write(sha256, bytes),
    );
  }

  async #orWarn(what: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.options.logger.warn(`${what}: ${errorMessage(error)}`);
    }
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

/** Takes `#sha256=<hex>` off a URL. @throws ModelDownloadError for what is no URL to download from. */
function splitPin(text: string): { readonly url: string; readonly pin?: string } {
  const hash = text.indexOf('#');
  const url = hash === -1 ? text : text.slice(0, hash);
  const pin = hash === -1 ? undefined : /^sha256=([0-9a-f]{64})$/i.exec(text.slice(hash + 1))?.[1]?.toLowerCase();
  if (!URL.canParse(url)) throw new ModelDownloadError({ url: text, reason: 'it is no valid URL', mend: 'Correct it' });
  if (hash !== -1 && pin === undefined) {
    const reason = 'what follows "#" must be "sha256=" and 64 hexadecimal digits';
    throw new ModelDownloadError({ url: text, reason, mend: 'Correct or remove it' });
  }
  if (!isDownloadUrl(new URL(url))) {
    const reason = 'models are downloaded by https only (plain http: from this very machine)';
    throw new ModelDownloadError({
      url,
      reason,
      mend: 'Use an https URL, or download the file yourself and give its path',
    });
  }
  return pin === undefined ? { url } : { url, pin };
}
