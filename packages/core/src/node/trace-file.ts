import { close, openSync, write, writeSync } from 'node:fs';
import process from 'node:process';
import { promisify } from 'node:util';
import { KinegraphError } from '../base/index.js';
import type { TraceEvent, TraceWriter } from '../runtime/index.js';
import { reasonOf } from './line-file.js';
import { TraceText } from './trace-text.js';

const writeAt = promisify(write);
const closeFile = promisify(close);

/** Characters collected before they are written together. */
const CHUNK = 64 * 2 ** 10;

/** A file that a trace cannot be written to. */
export class TraceFileError extends KinegraphError {
  override readonly name = 'TraceFileError';
  readonly code = 'CORE_TRACE_FILE';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The trace cannot be written to ${data.path}: ${data.reason}. Name a file in a folder that exists and may be written to.`,
      options,
    );
  }
}

/** What became of a trace. */
export interface TraceSummary {
  readonly events: number;
  readonly bytes: number;
  /** Events left out since the limit was reached, or the disk was too slow. */
  readonly lost: number;
  /** True: it ends early, at its limit. False: what is lost is missing here and there. */
  readonly isFull: boolean;
  /** What kept the rest from being written. */
  readonly fault?: TraceFileError;
}

/**
 * A trace in a file: a JSON array of events, one a line. Events are collected and written in the background; the file
 * is whole JSON also where the process ends by `process.exit` before the trace is closed.
 */
export class TraceFile implements TraceWriter, AsyncDisposable {
  readonly #fd: number;
  readonly #text: TraceText;
  /** Where the next chunk goes. */
  #position = 0;
  #fault: TraceFileError | undefined;
  /** The chunk on its way to the disk. */
  #underWay: { readonly bytes: Uint8Array; readonly position: number } | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closing: Promise<TraceSummary> | undefined;
  readonly #onExit = (): void => this.#finishAtOnce();

  /**
   * Begins the file anew.
   * @param limitBytes - what comes beyond is left out, with a note as the last event
   * @throws TraceFileError
   */
  constructor(
    private readonly path: string,
    limitBytes?: number,
  ) {
    this.#text = new TraceText(limitBytes);
    this.#text.onAdded = () => {
      if (this.#text.waiting >= CHUNK && this.#underWay === undefined) this.#writing = this.#writeChunks(CHUNK);
    };
    try {
      this.#fd = openSync(path, 'w');
    } catch (cause) {
      throw new TraceFileError({ path, reason: reasonOf(cause) }, { cause });
    }
    process.on('exit', this.#onExit);
  }

  newProcess(): number {
    return this.#text.newProcess();
  }

  write(event: TraceEvent): void {
    if (this.#closing !== undefined || this.#fault !== undefined) this.#text.lose();
    else this.#text.write(event);
  }

  /** Writes what is left. The answer is the same however often it is called. */
  async close(): Promise<TraceSummary> {
    this.#closing ??= this.#close();
    return await this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<TraceSummary> {
    await this.#writing;
    await this.#writeChunks(1);
    const end = this.#text.end();
    try {
      if (this.#fault === undefined) await writeAt(this.#fd, end, 0, end.length, this.#position);
    } catch (cause) {
      this.#failed(cause);
    }
    process.off('exit', this.#onExit);
    await closeFile(this.#fd);
    return {
      events: this.#text.events,
      bytes: this.#position + end.length,
      lost: this.#text.lost,
      isFull: this.#text.isFull,
      ...(this.#fault === undefined ? {} : { fault: this.#fault }),
    };
  }

  /** Writes chunks as long as at least so many characters wait. Never rejects. */
  async #writeChunks(atLeast: number): Promise<void> {
    while (this.#text.waiting >= atLeast && this.#fault === undefined) {
      const chunk = { bytes: this.#text.take(), position: this.#position };
      this.#underWay = chunk;
      try {
        for (let from = 0; from < chunk.bytes.length;) {
          const rest = chunk.bytes.length - from;
          const { bytesWritten } = await writeAt(this.#fd, chunk.bytes, from, rest, chunk.position + from);
          from += bytesWritten;
        }
        this.#position += chunk.bytes.length;
      } catch (cause) {
        this.#failed(cause);
      }
      this.#underWay = undefined;
    }
  }

  /** The process ends: nothing asynchronous comes to its end any more. Writing the chunk under way twice does no harm. */
  #finishAtOnce(): void {
    if (this.#fault !== undefined) return;
    const parts = [this.#underWay?.bytes ?? new Uint8Array(0), this.#text.take(), this.#text.end()];
    try {
      for (const bytes of parts) {
        if (bytes.length > 0) writeSync(this.#fd, bytes, 0, bytes.length, this.#position);
        this.#position += bytes.length;
      }
    } catch {
      // nobody is left to be told
    }
  }

  #failed(cause: unknown): void {
    this.#fault ??= new TraceFileError({ path: this.path, reason: reasonOf(cause) }, { cause });
  }
}
