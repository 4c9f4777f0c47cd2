import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type { DownloadRecord, ModelCache } from '../../plugins/index.js';

/** A temporary file this much older than a new one was left by a process that is gone. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;
const TEMPORARY = /\.tmp$/;

/** Models in a folder, each named by its SHA-256 sum, and records of downloads beside them. */
export class FileModelCache implements ModelCache {
  constructor(private readonly folder: string) {}

  fileOf(sha256: string): string {
    return path.join(this.folder, sha256);
  }

  recordFileOf(url: string): string {
    return path.join(this.folder, 'downloads', `${createHash('sha256').update(url).digest('hex')}.json`);
  }

  async sizeOf(sha256: string): Promise<number | undefined> {
    return unlessMissing(async () => (await stat(this.fileOf(sha256))).size);
  }

  async read(sha256: string): Promise<Uint8Array | undefined> {
    const buffer = await unlessMissing(async () => readFile(this.fileOf(sha256)));
    return buffer === undefined ? undefined : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  async write(sha256: string, bytes: Uint8Array): Promise<void> {
    await this.#writeWhole(this.fileOf(sha256), bytes);
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.fileOf(sha256), { force: true });
  }

  async readRecord(url: string): Promise<DownloadRecord | undefined> {
    const text = await unlessMissing(async () => readFile(this.recordFileOf(url), 'utf8'));
    return text === undefined ? undefined : parseRecord(text, url);
  }

  async writeRecord(record: DownloadRecord): Promise<void> {
    await this.#writeWhole(
      this.recordFileOf(record.url),
      new TextEncoder().encode(`${JSON.stringify(record, undefined, 2)}\n`),
    );
  }

  /**
   * Writes beside the goal, makes sure that it is on the disk, then renames: a process that is killed at any point leaves
   * the old state or the new one, and at most a temporary file that nobody reads.
   */
  async #writeWhole(file: string, bytes: Uint8Array): Promise<void> {
    const folder = path.dirname(file);
    await mkdir(folder, { recursive: true });
    const temporary = `${file}.${randomUUID()}.tmp`;
    try {
      const handle = await open(temporary, 'wx');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await removeAbandoned(folder, temporary);
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(folder);
  }
}

function parseRecord(text: string, url: string): DownloadRecord | undefined {
  try {
    const record = JSON.parse(text) as Partial<DownloadRecord> | null;
    if (record?.url !== url || typeof record.sha256 !== 'string' || typeof record.bytes !== 'number') return undefined;
    return { url, sha256: record.sha256, bytes: record.bytes };
  } catch {
    return undefined; // damaged: as if it had never been written
  }
}

/** Removes temporary files of processes that are gone. The new file's own time is "now", whichever clock the disk has. */
async function removeAbandoned(folder: string, newest: string): Promise<void> {
  const { mtimeMs: nowMs } = await stat(newest);
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (!TEMPORARY.test(name) || file === newest) continue;
    const found = await unlessMissing(async () => stat(file)); // its writer may finish right now
    if (found !== undefined && nowMs - found.mtimeMs > ABANDONED_AFTER_MS) await rm(file, { force: true });
  }
}

/** Makes a rename last through a power cut, where the system can do that for folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch {
    // Some file systems cannot; the file itself is synced, and a lost rename only costs another build.
  } finally {
    await handle.close();
  }
}

async function unlessMissing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}
