import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { storeError } from './store-errors.js';

/** What a crash may leave behind. */
const LEFTOVER = /\.[0-9a-f]{12}\.tmp$/;

/**
 * A text that lies on the disk beside the file it is for, and takes its place when told. So whether there is room is known
 * before anything is promised, and there is a whole file at every moment.
 */
export class StagedFile implements Disposable {
  private constructor(
    private readonly temporary: string,
    private readonly file: string,
    /** Of the text, hex. */
    readonly sha256: string,
  ) {}

  /** Writes the text, down to the disk. The folder has to be there. @throws StorageFullError, StoreUnavailableError */
  static write(file: string, text: string): StagedFile {
    const staged = new StagedFile(`${file}.${randomBytes(6).toString('hex')}.tmp`, file, sha256Of(text));
    try {
      const handle = openSync(staged.temporary, 'wx', 0o644);
      try {
        writeFileSync(handle, text);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      return staged;
    } catch (cause) {
      staged[Symbol.dispose]();
      throw storeError(cause, file);
    }
  }

  /** Takes the place of the file, for good. @throws StoreUnavailableError */
  commit(): void {
    try {
      renameSync(this.temporary, this.file);
      syncFolder(path.dirname(this.file));
    } catch (cause) {
      throw storeError(cause, this.file);
    }
  }

  /** Takes away what was not committed. */
  [Symbol.dispose](): void {
    rmSync(this.temporary, { force: true });
  }
}

/** Takes a file away, for good; one that is not there is no fault. @throws StoreUnavailableError */
export function removeFile(file: string): void {
  try {
    rmSync(file, { force: true });
    syncFolder(path.dirname(file));
  } catch (cause) {
    throw storeError(cause, file);
  }
}

/** Takes away what a crash left behind in this folder. Nobody may be staging files there. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) if (LEFTOVER.test(name)) rmSync(path.join(folder, name), { force: true });
}

/** SHA-256, hex. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A new name is on the disk once its folder is. Windows cannot do that, and says so. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
