import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { SystemClock, withoutSecrets } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import type {
  DownloadRecord,
  ModelCache,
  OpenPartialOptions,
  PartialDownload,
  PartialDownloadKey,
} from '../../plugins/index.js';
import { toNotKeptError } from './disk-errors.js';
import { PartialFile, partialBytesOf } from './partial-file.js';
import { unlessMissing, writeWhole } from './whole-files.js';

/** Models in a folder, each named by its SHA-256 sum, and records of downloads beside them. */
export class FileModelCache implements ModelCache {
  constructor(
    private readonly folder: string,
    private readonly clock: Clock = new SystemClock(),
  ) {}

  fileOf(sha256: string): string {
    return path.join(this.folder, sha256);
  }

  recordFileOf(url: string): string {
    return path.join(this.folder, 'downloads', `${nameOf(url)}.json`);
  }

  async openPartial(key: PartialDownloadKey, options: OpenPartialOptions): Promise<PartialDownload> {
    const fileOf = this.fileOf.bind(this);
    const { clock } = this;
    return PartialFile.open({ ...options, url: withoutSecrets(key.url), file: this.#partOf(key), fileOf, clock });
  }

  async partialBytesOf(key: PartialDownloadKey): Promise<number | undefined> {
    return partialBytesOf(this.#partOf(key));
  }

  async sizeOf(sha256: string): Promise<number | undefined> {
    return unlessMissing(async () => (await stat(this.fileOf(sha256))).size);
  }

  async read(sha256: string): Promise<Uint8Array | undefined> {
    const buffer = await unlessMissing(async () => readFile(this.fileOf(sha256)));
    return buffer === undefined ? undefined : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  async write(sha256: string, bytes: Uint8Array): Promise<void> {
    await write(this.fileOf(sha256), bytes);
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.fileOf(sha256), { force: true });
  }

  async readRecord(url: string): Promise<DownloadRecord | undefined> {
    const text = await unlessMissing(async () => readFile(this.recordFileOf(url), 'utf8'));
    return text === undefined ? undefined : parseRecord(text, url);
  }

  async writeRecord(record: DownloadRecord): Promise<void> {
    const text = `${JSON.stringify({ ...record, url: withoutSecrets(record.url) }, undefined, 2)}\n`;
    await write(this.recordFileOf(record.url), new TextEncoder().encode(text));
  }

  #partOf({ sha256, url }: PartialDownloadKey): string {
    return path.join(this.folder, `${sha256 ?? nameOf(url)}.part`);
  }
}

function nameOf(url: string): string {
  return createHash('sha256').update(url).digest('hex');
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWhole(file, bytes);
  } catch (error) {
    throw toNotKeptError(file, error);
  }
}

function parseRecord(text: string, url: string): DownloadRecord | undefined {
  try {
    const record = JSON.parse(text) as Partial<DownloadRecord> | null;
    // The name of the file tells the URL; what stands in it is for people.
    if (typeof record?.sha256 !== 'string' || typeof record.bytes !== 'number') return undefined;
    return { url, sha256: record.sha256, bytes: record.bytes };
  } catch {
    return undefined; // damaged: as if it had never been written
  }
}
