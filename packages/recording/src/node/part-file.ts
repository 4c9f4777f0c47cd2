import { open, rm, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Clock } from '@kinegraph/core/plugin';
import {
  PartEncoder,
  type PartContents,
  type RecordingChannel,
  type RecordingMessage,
  type RecordingMetadata,
} from '../mcap/index.js';
import { writeAll } from './disk-file.js';
import { LIBRARY } from './library.js';
import { nameComplete, sealFile } from './seal-part.js';

/** What became of a part. */
export interface FinishedPart {
  /** Its final name. Undefined where nothing is in it, and it was taken away again. */
  readonly path: string | undefined;
  readonly bytes: number;
  readonly messages: number;
  /** Messages that had to give way to the end of the file, by channel. */
  readonly lost: ReadonlyMap<RecordingChannel, number>;
}

/** One file that is being written. A failed write leaves it as it was before. */
export class PartFile {
  readonly #encoder = new PartEncoder(crc32); // native
  #syncedMs: number;
  #syncing: Promise<void> | undefined;
  #syncFault: { readonly error: unknown } | undefined;

  private constructor(
    readonly path: string,
    readonly openedMs: number,
    private readonly handle: FileHandle,
    private readonly clock: Clock,
  ) {
    this.#syncedMs = openedMs;
  }

  /** Begins a file. @throws the error of the operating system; no file is left then */
  static async create(path: string, metadata: RecordingMetadata, clock: Clock): Promise<PartFile> {
    const handle = await open(path, 'wx');
    const part = new PartFile(path, clock.nowMs(), handle, clock);
    try {
      await writeAll(handle, part.#encoder.begin(LIBRARY, metadata), 0);
      return part;
    } catch (error) {
      await handle.close();
      await rm(path, { force: true });
      throw error;
    }
  }

  /** What the file has, and what it will have with the chunk at hand. */
  get bytes(): number {
    return this.#encoder.index.end + this.#encoder.pendingBytes;
  }

  /** What has been written, without its end. */
  get writtenBytes(): number {
    return this.#encoder.index.end;
  }

  /** What is in it, without the chunk at hand. */
  contents(): PartContents {
    return this.#encoder.index.contents();
  }

  get pendingBytes(): number {
    return this.#encoder.pendingBytes;
  }

  get messages(): number {
    return this.#encoder.index.messageCount + this.#encoder.pendingCount;
  }

  add(message: RecordingMessage): void {
    this.#encoder.add(message);
  }

  /** Writes the chunk at hand. @throws the error of the operating system; the chunk is lost then */
  async writeChunk(): Promise<void> {
    const offset = this.#encoder.index.end;
    const bytes = this.#encoder.takeChunk();
    if (bytes === undefined) return;
    try {
      if (this.#syncFault !== undefined) throw this.#syncFault.error;
      await writeAll(this.handle, bytes, offset);
    } catch (error) {
      this.#encoder.index.dropLastChunk();
      throw error;
    }
  }

  /** Has what is written brought to the disk, at most once in `everyMs`, without anybody waiting for it. */
  syncSometimes(everyMs: number): void {
    if (this.#syncing !== undefined || this.clock.nowMs() - this.#syncedMs < everyMs) return;
    this.#syncedMs = this.clock.nowMs();
    this.#syncing = this.handle
      .datasync()
      .catch((error: unknown) => {
        this.#syncFault = { error }; // told by the next write: what was written may be lost
      })
      .finally(() => {
        this.#syncing = undefined;
      });
  }

  /** Settles once what is written is on the disk. @throws the error of the operating system */
  async sync(): Promise<void> {
    await this.handle.datasync();
  }

  /**
   * Completes the file with what has been written. A chunk that failed is not part of it.
   * @throws the error of the operating system; the file keeps its `.part` then, and can be mended
   */
  async finish(): Promise<FinishedPart> {
    const { index } = this.#encoder;
    await this.#syncing;
    const lost = new Map<RecordingChannel, number>();
    try {
      for (const { counts } of await sealFile(this.handle, index, index.end, new Uint8Array())) {
        for (const [id, count] of counts) {
          const channel = this.#encoder.channelOf(id);
          if (channel !== undefined) lost.set(channel, (lost.get(channel) ?? 0) + count);
        }
      }
    } finally {
      await this.handle.close();
    }
    if (index.messageCount === 0) {
      await rm(this.path, { force: true });
      return { path: undefined, bytes: 0, messages: 0, lost };
    }
    const path = await nameComplete(this.path);
    return { path, bytes: index.end + index.tail().byteLength, messages: index.messageCount, lost };
  }
}
