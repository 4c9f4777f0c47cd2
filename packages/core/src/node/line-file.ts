import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import process from 'node:process';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { KinegraphError } from '../base/index.js';
import type { LineWriter } from '../kinds/index.js';

/** A file that results cannot be written to. */
export class LineTargetError extends KinegraphError {
  override readonly name = 'LineTargetError';
  readonly code = 'CORE_LINE_TARGET';
  constructor(
    override readonly data: { target: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `Results cannot be written to ${data.target}: ${data.reason}. Name a file in a folder that exists and may be written to.`,
      options,
    );
  }
}

/** A file to write lines to. @param flags - `w` begins the file anew, `a` goes on with it. @throws LineTargetError */
export async function openLineFile(target: string, flags: 'w' | 'a'): Promise<LineWriter> {
  try {
    const file = await open(target, flags);
    return new StreamLineWriter(target, createWriteStream('', { fd: file }), true);
  } catch (cause) {
    throw new LineTargetError({ target, reason: reasonOf(cause) }, { cause });
  }
}

/** Standard output to write lines to; it stays open. */
export function standardOutputLines(): LineWriter {
  return new StreamLineWriter('standard output', process.stdout, false);
}

/** Lines on a stream. A write settles when the stream takes more, so a slow reader holds up the graph and fills no memory. */
class StreamLineWriter implements LineWriter {
  #failure: Error | undefined;
  /** The reader has gone, as `head` does: nothing is wrong, the rest is simply not wanted. */
  #unread = false;
  #draining: Promise<void> | undefined;
  readonly #onError = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') this.#unread = true;
    else this.#failure = new LineTargetError({ target: this.target, reason: reasonOf(error) }, { cause: error });
  };

  constructor(
    private readonly target: string,
    private readonly stream: Writable,
    private readonly isOurs: boolean,
  ) {
    stream.on('error', this.#onError);
  }

  async write(line: string): Promise<void> {
    this.#throwFailure();
    // A stream that has ended, perhaps before we came, would neither take more nor say so.
    if (this.#unread || !this.stream.writable || this.stream.write(`${line}\n`)) return;
    // All writes that have to wait share one wait, and with it its listeners.
    this.#draining ??= this.#drained().finally(() => (this.#draining = undefined));
    await this.#draining;
    this.#throwFailure();
  }

  async flush(): Promise<void> {
    this.#throwFailure();
    if (this.#unread || this.stream.writableLength === 0) return;
    await new Promise<void>((resolve) => {
      this.stream.write('', () => resolve()); // called after all that was written before, also on failure
    });
    this.#throwFailure();
  }

  async close(): Promise<void> {
    if (!this.isOurs) {
      await this.flush();
      this.stream.off('error', this.#onError);
      return;
    }
    if (!this.stream.destroyed) {
      this.stream.end();
      await finished(this.stream).catch(this.#onError);
    }
    this.#throwFailure();
  }

  /** Settles when the stream takes more, or never will. */
  async #drained(): Promise<void> {
    const waiting = new AbortController(); // takes the listener away that loses the race
    const { signal } = waiting;
    try {
      await Promise.race([once(this.stream, 'drain', { signal }), once(this.stream, 'close', { signal })]);
    } catch (error) {
      this.#onError(error as NodeJS.ErrnoException); // `once` rejects with the stream's own error
    } finally {
      waiting.abort();
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  EACCES: 'writing there is not permitted',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
};

/** Why a file cannot be written, in words where that is known. */
export function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return REASONS[code] ?? String(cause);
}
