import { AbortedError } from '../../base/index.js';
import type { ContributedModel } from '../registry.js';
import type { ModelDirectory } from './model-directory.js';
import type { ModelCache, ModelFiles, PackagedSource } from './model-platform.js';
import { parseModelSource } from './model-source.js';
import { sha256Hex } from './sha256.js';

/** ready: can be read now. buildable: its parts are there. The others cannot be read without doing something first. */
export type ModelState = 'ready' | 'buildable' | 'not-downloaded' | 'corrupt' | 'missing-package';

/** What the command line tells of one model. */
export interface ModelStatus {
  readonly id: string;
  readonly plugin: string;
  readonly title?: string;
  readonly license: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly from: string;
  /** True where other models are built from it. */
  readonly isPart: boolean;
  readonly state: ModelState;
  /** Why it is not ready, as a sentence. */
  readonly reason?: string;
  /** Where it is, or where it should be. */
  readonly file?: string;
  /** Bytes of a download that was cut, to go on with. */
  readonly partialBytes?: number;
}

interface Finding {
  readonly state: ModelState;
  readonly reason?: string;
  readonly file?: string;
  readonly partialBytes?: number;
}

/** Looks after the models of manifests without using them. */
export class ModelInspector {
  constructor(
    private readonly directory: ModelDirectory,
    private readonly files: ModelFiles,
    private readonly cache: ModelCache,
  ) {}

  /**
   * @param verify - True: every file that is there is read and its sum checked; a corrupt cached file is deleted.
   *   False: files are only looked up, by name and size.
   * @throws AbortedError
   */
  async inspect(verify: boolean, signal?: AbortSignal): Promise<readonly ModelStatus[]> {
    const models = this.directory.list();
    const parts = new Set(models.flatMap((model) => model.parts ?? []));
    const findings = new Map<string, Finding>();
    const statuses: ModelStatus[] = [];
    for (const model of models) {
      const finding = findings.get(model.id) ?? (await this.#find(model, verify, findings, signal));
      const { id, plugin, title, license, bytes, sha256, from } = model;
      statuses.push({
        id,
        plugin,
        ...(title === undefined ? {} : { title }),
        license,
        bytes,
        sha256,
        from,
        isPart: parts.has(id),
        ...finding,
      });
    }
    return statuses;
  }

  async #find(
    model: ContributedModel,
    verify: boolean,
    findings: Map<string, Finding>,
    signal?: AbortSignal,
  ): Promise<Finding> {
    if (signal?.aborted === true) throw new AbortedError({ what: 'Looking after the models' });
    const parsed = parseModelSource(model.from);
    let finding: Finding;
    if ('fault' in parsed) finding = { state: 'corrupt', reason: `Its "from" is at fault: ${parsed.fault}.` };
    else if (parsed.source.kind === 'npm' || parsed.source.kind === 'file')
      finding = await this.#findPackaged(model, parsed.source, verify, signal);
    else {
      finding =
        (await this.#findCached(model, verify)) ??
        (parsed.source.kind === 'https'
          ? await this.#findPartial(model, parsed.source.url)
          : await this.#findParts(model, verify, findings, signal));
    }
    findings.set(model.id, finding);
    return finding;
  }

  async #findPackaged(
    model: ContributedModel,
    source: PackagedSource,
    verify: boolean,
    signal?: AbortSignal,
  ): Promise<Finding> {
    const packageName = source.kind === 'npm' ? source.packageName : model.plugin;
    const place = await this.files.locate(source, model.pluginFolderUrl);
    if ('missing' in place) {
      return place.missing === 'package'
        ? {
            state: 'missing-package',
            reason: `The package "${packageName}" is not installed. Run: npm install ${packageName}`,
          }
        : {
            state: 'missing-package',
            reason: `The package "${packageName}" lacks the file. Reinstall it.`,
            file: place.file,
          };
    }
    const { file } = place;
    const reinstall = `Reinstall the package "${packageName}".`;
    const fits =
      source.range === undefined
        ? place.bytes === model.bytes
        : place.bytes >= source.range.offset + source.range.bytes;
    if (!fits)
      return { state: 'corrupt', reason: `The file has ${place.bytes} bytes, which does not fit. ${reinstall}`, file };
    if (!verify) return { state: 'ready', file };
    const actual = await sha256Hex(await this.files.read(file, source.range, signal));
    return actual === model.sha256
      ? { state: 'ready', file }
      : { state: 'corrupt', reason: `Its SHA-256 sum is ${actual} instead of ${model.sha256}. ${reinstall}`, file };
  }

  async #findCached(model: ContributedModel, verify: boolean): Promise<Finding | undefined> {
    const file = this.cache.fileOf(model.sha256);
    const size = await this.cache.sizeOf(model.sha256);
    if (size === undefined) return undefined;
    if (!verify) {
      return size === model.bytes
        ? { state: 'ready', file }
        : {
            state: 'corrupt',
            reason: 'The cached file has another size; it is made again when it is next used.',
            file,
          };
    }
    const bytes = await this.cache.read(model.sha256);
    if (bytes === undefined) return undefined;
    if ((await sha256Hex(bytes)) === model.sha256) return { state: 'ready', file };
    await this.cache.remove(model.sha256);
    return {
      state: 'corrupt',
      reason: 'The cached file was corrupt and is deleted; it is made again when it is next used.',
      file,
    };
  }

  async #findPartial({ sha256 }: ContributedModel, url: string): Promise<Finding> {
    const reason = `It is downloaded from ${url} when it is first used`;
    const partialBytes = await this.cache.partialBytesOf({ sha256, url });
    if (partialBytes === undefined) return { state: 'not-downloaded', reason: `${reason}.` };
    const there = `${partialBytes} bytes of it are there to go on with`;
    return { state: 'not-downloaded', reason: `${reason}; ${there}.`, partialBytes };
  }

  async #findParts(
    model: ContributedModel,
    verify: boolean,
    findings: Map<string, Finding>,
    signal?: AbortSignal,
  ): Promise<Finding> {
    for (const id of model.parts ?? []) {
      const part = this.directory.get(id);
      if (part === undefined) return { state: 'missing-package', reason: `Its part "${id}" is not listed.` };
      const finding = findings.get(id) ?? (await this.#find(part, verify, findings, signal));
      if (finding.state !== 'ready' && finding.state !== 'not-downloaded') {
        return { state: finding.state, reason: `Its part "${id}": ${finding.reason ?? finding.state}` };
      }
    }
    return { state: 'buildable', reason: 'It is built from its parts when it is first used.' };
  }
}
