import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { AbortedError } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import type { FileVersion, PartialDownload } from '../../plugins/index.js';
import { toNotKeptError } from './disk-errors.js';
import { FileLock } from './file-lock.js';
import { removeAbandoned, syncFolder, unlessMissing } from './whole-files.js';

/** So many bytes may be lost when the process is killed. */
const CHECKPOINT_BYTES = 1024 * 1024;

/** What is written beside the bytes: of which version they are, and a sum that tells good bytes from what a crash left. */
interface Checkpoint extends FileVersion {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Where a partial download is kept. */
export interface PartialFileOptions {
  /** As people are shown it. */
  readonly url: string;
  /** The bytes; beside it `.json` with their checkpoint and `.lock` with their owner. */
  readonly file: string;
  /** Where the finished file of a sum belongs, on the same disk. */
  readonly fileOf: (sha256: string) => string;
  readonly clock: Clock;
  /** True: what the disk says is thrown at once. False: the download goes on in memory, and `commit` throws it. */
  readonly mustKeep: boolean;
  readonly signal?: AbortSignal;
  /** Called once where another owner has the download. */
  readonly onWait?: () => void;
}

/**
 * A download on its way: in memory for its reader, and on the disk for the next process should this one end. What is found
 * on the disk is believed only as far as its recorded sum holds, so nothing needs to be synced on the way.
 */
export class PartialFile implements PartialDownload {
  #pieces: Uint8Array[] = [];
  #length = 0;
  #hash = createHash('sha256');
  #version: FileVersion = {};
  #checkpointAt = 0;
  #handle: FileHandle | undefined;
  #lock: FileLock | undefined;
  #failure: Error | undefined;

  private constructor(private readonly options: PartialFileOptions) {}

  /** Waits for the owner of the same download, if there is one. @throws AbortedError; ModelNotKeptError with `mustKeep` */
  static async open(options: PartialFileOptions): Promise<PartialFile> {
    const partial = new PartialFile(options);
    try {
      await mkdir(path.dirname(options.file), { recursive: true });
      partial.#lock = await FileLock.acquire(`${options.file}.lock`, options.clock, options);
      await partial.#find();
    } catch (error) {
      if (error instanceof AbortedError) throw error;
      try {
        await partial.#fail(error);
      } catch (refusal) {
        await partial[Symbol.asyncDispose]();
        throw refusal;
      }
    }
    return partial;
  }

  get length(): number {
    return this.#length;
  }

  get version(): FileVersion {
    return this.#version;
  }

  async restart(version: FileVersion): Promise<void> {
    const wasEmpty = this.#length === 0;
    this.#forget();
    this.#version = version;
    if (wasEmpty) return;
    await this.#onDisk(async (handle) => {
      await handle.truncate(0);
      await rm(this.#checkpointFile, { force: true });
    });
  }

  async append(piece: Uint8Array): Promise<void> {
    const own = piece.slice(); // the network reuses its memory
    const at = this.#length;
    this.#take(own);
    await this.#onDisk(async (handle) => {
      for (let written = 0; written < own.byteLength;) {
        const { bytesWritten } = await handle.write(own, written, own.byteLength - written, at + written);
        written += bytesWritten;
      }
      if (this.#length - this.#checkpointAt >= CHECKPOINT_BYTES) await this.#writeCheckpoint();
    });
  }

  sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.byteLength;
    }
    return all;
  }

  async commit(): Promise<void> {
    const { file, fileOf } = this.options;
    const goal = fileOf(this.sha256());
    if (this.#failure !== undefined) throw this.#failure;
    try {
      await this.#handle?.truncate(this.#length);
      await this.#handle?.sync();
      await this.#close();
      await removeAbandoned(path.dirname(file), file);
      await rename(file, goal);
      await rm(this.#checkpointFile, { force: true });
      await syncFolder(path.dirname(goal));
    } catch (error) {
      throw toNotKeptError(goal, error);
    }
  }

  /** Keeps what there is for the next time, and lets the next owner in. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (!(await this.#isOwned())) return; // the files are those of another owner now
      if (this.#handle !== undefined && this.#length > 0) await this.#writeCheckpoint();
      else if (this.#handle !== undefined) await this.#remove();
    } catch {
      await this.#remove(); // a disk that takes no checkpoint has bytes that nobody would believe
    } finally {
      await this.#close();
      await this.#lock?.[Symbol.asyncDispose]();
      this.#lock = undefined;
    }
  }

  get #checkpointFile(): string {
    return `${this.options.file}.json`;
  }

  async #find(): Promise<void> {
    const { file, url } = this.options;
    const text = await unlessMissing(async () => readFile(this.#checkpointFile, 'utf8'));
    const checkpoint = text === undefined ? undefined : parseCheckpoint(text);
    if (checkpoint !== undefined && checkpoint.url === url) {
      this.#handle = await unlessMissing(async () => open(file, 'r+'));
      const found = this.#handle === undefined ? undefined : await readStart(this.#handle, checkpoint.bytes);
      if (found !== undefined) {
        this.#take(found);
        if (this.sha256() === checkpoint.sha256) {
          const { etag, lastModified } = checkpoint;
          this.#version = {
            ...(etag === undefined ? {} : { etag }),
            ...(lastModified === undefined ? {} : { lastModified }),
          };
          this.#checkpointAt = this.#length;
          return;
        }
        this.#forget();
      }
      await this.#close();
    }
    this.#handle = await open(file, 'w');
  }

  #take(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#hash.update(piece);
    this.#length += piece.byteLength;
  }

  #forget(): void {
    this.#pieces = [];
    this.#length = 0;
    this.#checkpointAt = 0;
    this.#hash = createHash('sha256');
  }

  async #onDisk(work: (handle: FileHandle) => Promise<void>): Promise<void> {
    if (this.#handle === undefined) return;
    try {
      await work(this.#handle);
    } catch (error) {
      await this.#fail(error);
    }
  }

  /** The disk takes nothing more: gives back what it took, and goes on in memory unless that is of no use. */
  async #fail(error: unknown): Promise<void> {
    this.#failure = toNotKeptError(this.options.file, error);
    if (await this.#isOwned()) await this.#remove();
    await this.#close();
    if (this.options.mustKeep) throw this.#failure;
  }

  async #isOwned(): Promise<boolean> {
    return (await this.#lock?.isOwned().catch(() => false)) ?? false; // where nobody can tell, nothing is touched
  }

  async #writeCheckpoint(): Promise<void> {
    const checkpoint: Checkpoint = {
      url: this.options.url,
      bytes: this.#length,
      sha256: this.sha256(),
      ...this.#version,
    };
    const temporary = `${this.#checkpointFile}.tmp`;
    await writeFile(temporary, `${JSON.stringify(checkpoint, undefined, 2)}\n`);
    await rename(temporary, this.#checkpointFile);
    this.#checkpointAt = this.#length;
  }

  async #remove(): Promise<void> {
    for (const file of [this.options.file, this.#checkpointFile, `${this.#checkpointFile}.tmp`])
      await rm(file, { force: true }).catch(() => undefined);
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }
}

/** How many bytes are recorded of a partial download; undefined where there is none. */
export async function partialBytesOf(file: string): Promise<number | undefined> {
  const text = await unlessMissing(async () => readFile(`${file}.json`, 'utf8'));
  return text === undefined ? undefined : parseCheckpoint(text)?.bytes;
}

/** The first bytes of a file; undefined where it has fewer. */
async function readStart(handle: FileHandle, bytes: number): Promise<Uint8Array | undefined> {
  const { size } = await handle.stat();
  if (size < bytes) return undefined;
  const start = new Uint8Array(bytes);
  for (let filled = 0; filled < bytes;) {
    const { bytesRead } = await handle.read(start, filled, bytes - filled, filled);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return start;
}

function parseCheckpoint(text: string): Checkpoint | undefined {
  try {
    const read = JSON.parse(text) as Partial<Checkpoint> | null;
    const { url, bytes, sha256, etag, lastModified } = read ?? {};
    if (typeof url !== 'string' || typeof sha256 !== 'string') return undefined;
    if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes <= 0) return undefined;
    return {
      url,
      bytes,
      sha256,
      ...(typeof etag === 'string' ? { etag } : {}),
      ...(typeof lastModified === 'string' ? { lastModified } : {}),
    };
  } catch {
    return undefined; // damaged: as if it had never been written
  }
}
