import { rename, stat } from 'node:fs/promises';
import type { LineRotation, LineWriter } from '../kinds/index.js';
import { LineTargetError, openLineFile, reasonOf } from './line-file.js';

/** Lines in files of bounded size or age: one that is done is put aside, and the oldest of these goes. */
export class RotatingLineWriter implements LineWriter {
  #writer: LineWriter | undefined;
  #bytes = 0;
  #sinceMs = 0;
  /** Writes one after the other, since one may have to wait for another file. */
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** @param nowMs - for the age of files. */
  constructor(
    private readonly target: string,
    private readonly rotation: LineRotation,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Puts aside what an earlier run has left. @throws LineTargetError */
  async open(): Promise<void> {
    const size = await stat(this.target).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    );
    if (size > 0) await this.#putAside();
    await this.#begin();
  }

  write(line: string): Promise<void> {
    return this.#inTurn(() => this.#write(line));
  }

  flush(): Promise<void> {
    return this.#inTurn(async () => this.#writer?.flush());
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#isClosed = true;
      await this.#writer?.close();
      this.#writer = undefined;
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {}); // told to whoever waits for it
    return done;
  }

  async #write(line: string): Promise<void> {
    if (this.#isClosed) return;
    const bytes = Buffer.byteLength(line) + 1;
    const { bytes: mostBytes, ms } = this.rotation;
    const isDone = this.#bytes > 0 && (this.#bytes + bytes > mostBytes || this.nowMs() - this.#sinceMs >= ms);
    if (isDone) {
      const writer = this.#writer;
      this.#writer = undefined;
      await writer?.close();
      await this.#putAside();
      this.#bytes = 0; // before what may fail: a file is put aside once
    }
    if (this.#writer === undefined) await this.#begin();
    if (this.#bytes === 0) this.#sinceMs = this.nowMs();
    this.#bytes += bytes;
    await this.#writer?.write(line);
  }

  /** Never empties a file: what could not be put aside stays. */
  async #begin(): Promise<void> {
    this.#writer = await openLineFile(this.target, 'a');
  }

  async #putAside(): Promise<void> {
    const files = [this.target, ...this.rotation.aside];
    try {
      for (let index = files.length - 1; index > 0; index -= 1)
        await rename(files[index - 1] ?? '', files[index] ?? '').catch(passMissing);
    } catch (cause) {
      throw new LineTargetError({ target: this.target, reason: reasonOf(cause) }, { cause });
    }
  }
}

function passMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
