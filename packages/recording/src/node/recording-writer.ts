import path from 'node:path';
import { deferred, type Clock } from '@kinegraph/core/plugin';
import { RecordingDiskFullError, RecordingWriteError } from '../errors.js';
import { PartEncoder, type RecordingChannel, type RecordingMetadata } from '../mcap/index.js';
import { freeBytes, isDiskFull, writeReason } from './disk-file.js';
import { MessageQueue, type QueuedMessage } from './message-queue.js';
import { PartFile, type FinishedPart } from './part-file.js';
import type { PartProgress } from './open-recordings.js';
import type { KeepLimits } from './parts-to-delete.js';
import { partPath } from './recording-files.js';

/** Cause of drops: the disk has no room left. */
export const DROP_DISK_FULL = 'disk-full';
/** Cause of drops: the disk does not keep pace. */
export const DROP_DISK_SLOW = 'disk-slow';
/** Cause of drops: the file cannot be written. */
export const DROP_WRITE_FAILED = 'write-failed';

/** How much is written where and when. */
export interface RecordingLimits extends KeepLimits {
  /** A part is completed before it gets larger, and the next one begun. */
  readonly partBytes: number;
  /** A part is completed when it is as old. */
  readonly partMs: number;
  /** This much of the disk stays free. */
  readonly minFreeBytes: number;
  /** What waits for the disk in memory. */
  readonly queueBytes: number;
  /** A chunk is written when it has this many bytes, or its first message is this old. */
  readonly chunkBytes: number;
  readonly chunkMs: number;
  /** What is written is brought to the disk at most this often. */
  readonly syncMs: number;
}

export const DEFAULT_LIMITS: RecordingLimits = {
  partBytes: 1024 ** 3,
  partMs: 3_600_000,
  minFreeBytes: 256 * 1024 ** 2,
  queueBytes: 32 * 1024 ** 2,
  chunkBytes: 1024 ** 2,
  chunkMs: 500,
  syncMs: 1000,
  keepBytes: Number.POSITIVE_INFINITY,
  keepMs: Number.POSITIVE_INFINITY,
};

/** What a writer tells while it writes. */
export interface RecordingEvents {
  /** Messages that will be in no file. */
  dropped(channel: RecordingChannel, cause: string, count: number): void;
  /** Bytes were given to the operating system, which took so many milliseconds; nobody waited for them but the queue. */
  wrote(bytes: number, ms: number): void;
  /** So many bytes wait for the disk. */
  waiting(bytes: number): void;
  /** A part is complete. */
  finished(part: FinishedPart): void;
  /** Nothing is being written from now on, until `resumed`. */
  stopped(error: RecordingDiskFullError | RecordingWriteError): void;
  resumed(): void;
}

/** How often it is looked whether there is room, and whether there is again. */
const LOOK_EVERY_MS = 1000;

/**
 * Writes messages into the parts of one recording, off the path of whoever brings them: `write` only puts them into a queue.
 * A disk that is full or gone stops the writing, never the run; it is tried again by itself, in a new part.
 */
export class RecordingWriter {
  readonly #queue: MessageQueue;
  #part: PartFile | undefined;
  #partCount = 0;
  #wake = deferred<void>();
  #timer: Disposable | undefined;
  #isClosing = false;
  readonly #flushes: (() => void)[] = [];
  #lookedMs = Number.NEGATIVE_INFINITY;
  #stopped: { readonly cause: string } | undefined;
  readonly #done: Promise<void>;

  /** @param recording - the path that all parts begin with; its folder exists. */
  constructor(
    readonly recording: string,
    private readonly metadata: RecordingMetadata,
    private readonly limits: RecordingLimits,
    private readonly clock: Clock,
    private readonly events: RecordingEvents,
  ) {
    this.#queue = new MessageQueue(limits.queueBytes);
    this.#done = this.#run();
  }

  /** The part that is being written, and what is in it so far. */
  part(): PartProgress | undefined {
    const part = this.#part;
    return part && { path: part.path, bytes: part.writtenBytes, ...part.contents() };
  }

  /** Takes a message. Never waits, never throws; what cannot be written is told as dropped. */
  write(message: QueuedMessage): void {
    if (this.#isClosing || (this.#stopped !== undefined && this.clock.nowMs() - this.#lookedMs < LOOK_EVERY_MS)) {
      this.events.dropped(message.channel, this.#stopped?.cause ?? DROP_WRITE_FAILED, 1);
      return;
    }
    for (const gone of this.#queue.push(message)) this.events.dropped(gone.channel, DROP_DISK_SLOW, 1);
    this.events.waiting(this.#queue.bytes);
    if (this.#queue.bytes >= this.limits.chunkBytes) this.#wake.resolve();
    else this.#timer ??= this.clock.schedule(this.limits.chunkMs, () => this.#wake.resolve());
  }

  /** Settles once all that was taken is on the disk, as far as it can be. */
  async flush(): Promise<void> {
    if (this.#isClosing) return await this.#done;
    const flushed = deferred<void>();
    this.#flushes.push(flushed.resolve);
    this.#wake.resolve();
    await flushed.promise;
  }

  /** Writes what waits and completes the last part. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#wake.resolve();
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#isClosing || !this.#queue.isEmpty) {
      if (!this.#isClosing) await this.#wake.promise;
      this.#wake = deferred<void>();
      this.#timer?.[Symbol.dispose]();
      this.#timer = undefined;
      const flushes = this.#flushes.splice(0);
      await this.#drain();
      if (flushes.length > 0) await this.#attempt(async () => await this.#part?.sync());
      for (const flushed of flushes) flushed();
    }
    await this.#finishPart();
    for (const flushed of this.#flushes.splice(0)) flushed();
  }

  /** Writes what waits, chunk by chunk. */
  async #drain(): Promise<void> {
    while (!this.#queue.isEmpty) {
      const isWriting = await this.#attempt(async () => {
        await this.#lookForRoom();
        await this.#writeChunk();
      });
      this.events.waiting(this.#queue.bytes);
      if (!isWriting) this.#dropWaiting();
      else if (this.#stopped !== undefined) {
        this.#stopped = undefined;
        this.events.resumed();
      }
    }
  }

  /** @throws RecordingDiskFullError */
  async #lookForRoom(): Promise<void> {
    const nowMs = this.clock.nowMs();
    if (this.#stopped === undefined && nowMs - this.#lookedMs < LOOK_EVERY_MS) return;
    this.#lookedMs = nowMs;
    const { minFreeBytes, chunkBytes } = this.limits;
    const free = await freeBytes(path.dirname(this.recording));
    // To begin again takes more room than to go on, or a disk at its limit would be littered with tiny parts.
    const needed = this.#stopped === undefined ? minFreeBytes : minFreeBytes * 1.25 + 2 * chunkBytes;
    if (free < needed)
      throw new RecordingDiskFullError({ path: this.recording, freeBytes: free, minFreeBytes: Math.ceil(needed) });
  }

  /** Fills one chunk from the queue and writes it. */
  async #writeChunk(): Promise<void> {
    const part = (this.#part ??= await this.#nextPart());
    const taken = new Map<RecordingChannel, number>();
    for (let next = this.#queue.first; next !== undefined; next = this.#queue.first) {
      const isFull = part.messages > 0 && part.bytes + PartEncoder.bytesOf(next) > this.limits.partBytes;
      const isOld = this.clock.nowMs() - part.openedMs >= this.limits.partMs;
      if (isFull || isOld) break;
      part.add(next);
      this.#queue.take();
      taken.set(next.channel, (taken.get(next.channel) ?? 0) + 1);
      if (part.pendingBytes >= this.limits.chunkBytes) break;
    }
    const [startMs, before] = [this.clock.nowMs(), part.writtenBytes];
    try {
      await part.writeChunk();
      this.events.wrote(part.writtenBytes - before, this.clock.nowMs() - startMs);
    } catch (error) {
      for (const [channel, count] of taken) this.events.dropped(channel, causeOf(error), count);
      throw error;
    }
    if (taken.size === 0) await this.#finishPart();
    else part.syncSometimes(this.limits.syncMs);
  }

  async #nextPart(): Promise<PartFile> {
    const number = this.#partCount + 1;
    const metadata = {
      ...this.metadata,
      'kinegraph.part': { recording: path.basename(this.recording), part: `${number}` },
    };
    const startMs = this.clock.nowMs();
    const part = await PartFile.create(partPath(this.recording, number), metadata, this.clock);
    this.#partCount = number;
    this.events.wrote(part.writtenBytes, this.clock.nowMs() - startMs);
    return part;
  }

  /** False: it failed, and writing has stopped. */
  async #attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      await this.#stop(error);
      return false;
    }
  }

  async #stop(error: unknown): Promise<void> {
    const wasStopped = this.#stopped !== undefined;
    this.#stopped = { cause: causeOf(error) };
    this.#lookedMs = this.clock.nowMs();
    if (!wasStopped) this.events.stopped(await this.#told(error));
    await this.#finishPart();
  }

  async #told(error: unknown): Promise<RecordingDiskFullError | RecordingWriteError> {
    if (error instanceof RecordingDiskFullError) return error;
    if (!isDiskFull(error))
      return new RecordingWriteError({ path: this.recording, reason: writeReason(error) }, { cause: error });
    const free = await freeBytes(path.dirname(this.recording)).catch(() => 0);
    const { minFreeBytes } = this.limits;
    return new RecordingDiskFullError({ path: this.recording, freeBytes: free, minFreeBytes }, { cause: error });
  }

  /** Completes the part at hand. What cannot be completed stays as `.part`, to be mended. */
  async #finishPart(): Promise<void> {
    const part = this.#part;
    this.#part = undefined;
    if (part === undefined) return;
    try {
      const [startMs, before] = [this.clock.nowMs(), part.writtenBytes];
      const finished = await part.finish();
      this.events.wrote(Math.max(0, finished.bytes - before), this.clock.nowMs() - startMs);
      for (const [channel, count] of finished.lost) this.events.dropped(channel, DROP_DISK_FULL, count);
      if (finished.path !== undefined) this.events.finished(finished);
      else if (this.#partCount > 0) this.#partCount -= 1; // its number is free again
    } catch (cause) {
      this.events.stopped(new RecordingWriteError({ path: part.path, reason: writeReason(cause) }, { cause }));
    }
  }

  #dropWaiting(): void {
    const cause = this.#stopped?.cause ?? DROP_WRITE_FAILED;
    for (let message = this.#queue.take(); message !== undefined; message = this.#queue.take())
      this.events.dropped(message.channel, cause, 1);
  }
}

function causeOf(error: unknown): string {
  return error instanceof RecordingDiskFullError || isDiskFull(error) ? DROP_DISK_FULL : DROP_WRITE_FAILED;
}
