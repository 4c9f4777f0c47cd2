import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WriterLogger } from '../../src/base/index.js';
import { HttpDownloader, NodeModelStore } from '../../src/node/index.js';
import type { HttpDownloaderOptions, NodeModelStoreOptions } from '../../src/node/index.js';
import type { ContributedModel } from '../../src/plugins/index.js';

export const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that are not the same anywhere near each other, from a seed. */
export function someBytes(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

/** A cache folder with stores of one model, `test.net`, on top. */
export class DownloadCase implements Disposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-downloads-'));
  readonly warnings: string[] = [];

  constructor(
    private readonly model: Uint8Array,
    private readonly url: string,
    private readonly changes: Partial<ContributedModel> = {},
  ) {}

  /** Where the finished model belongs. */
  get goal(): string {
    return path.join(this.folder, sumOf(this.model));
  }

  get entry(): ContributedModel {
    return {
      id: 'test.net',
      sha256: sumOf(this.model),
      bytes: this.model.byteLength,
      license: 'MIT',
      from: this.url,
      plugin: 'kinegraph-plugin-test',
      pluginFolderUrl: 'file:///none/',
      ...this.changes,
    };
  }

  /** A store as a new process would make it; retries come quickly. */
  store(by: HttpDownloaderOptions = {}, extra: Partial<NodeModelStoreOptions> = {}): NodeModelStore {
    const limits = { firstBackoffMs: 1, ...by.limits };
    const { entry } = this;
    return new NodeModelStore({
      directory: {
        list: () => [entry],
        get: (id) => (id === entry.id ? entry : undefined),
        builder: () => Promise.reject(new Error('nothing is built here')),
      },
      folder: this.folder,
      logger: new WriterLogger((level, message) => {
        if (level === 'warn') this.warnings.push(message);
      }),
      downloader: new HttpDownloader({ env: {}, ...by, limits }),
      offline: false,
      ...extra,
    });
  }

  /** What lies in the cache folder. */
  async files(): Promise<readonly string[]> {
    return (await readdir(this.folder)).toSorted();
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The error that `work` fails with. */
export async function errorOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new TypeError('Something other than an error was thrown.');
  return error;
}
