import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import path from 'node:path';
import { StagedFile, removeFile, removeLeftovers, sha256Of } from '../store/atomic-file.js';
import { storeError } from '../store/store-errors.js';
import { fileNameOf, graphOfFile } from './graph-ids.js';

/** The file of a graph as it is now. */
export type FoundFile =
  | { readonly kind: 'none' }
  /** `sha256` of its bytes; `text` reads them. */
  | { readonly kind: 'file'; readonly sha256: string; readonly text: () => string }
  /** Something that is not read: a folder, a link, more than a document may be. */
  | { readonly kind: 'odd'; readonly reason: string };

/** More than any document that is read, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** A file that was changed so lately may change again without another time or size to be told by. */
const SETTLED_AFTER_MS = 2_000;
const NONE: FoundFile = { kind: 'none' };

/** The files in the folder of graphs. Knows nothing of revisions. */
export class GraphFiles {
  /** Hashes by id, while the file is as it was when it was read. */
  readonly #known = new Map<string, { readonly stamp: string; readonly sha256: string }>();

  constructor(readonly folder: string) {}

  /** Makes the folder and clears up after a crash. @returns false where there was none. @throws StoreUnavailableError */
  prepare(): boolean {
    try {
      const isThere = existsSync(this.folder);
      mkdirSync(this.folder, { recursive: true });
      removeLeftovers(this.folder);
      return isThere;
    } catch (cause) {
      throw storeError(cause, this.folder);
    }
  }

  /** False once somebody has taken the whole folder away, or it is not mounted. */
  get isThere(): boolean {
    return existsSync(this.folder);
  }

  /** Ids of the files there are. @throws StoreUnavailableError */
  ids(): readonly string[] {
    try {
      return readdirSync(this.folder).flatMap((name) => graphOfFile(name) ?? []);
    } catch (cause) {
      throw storeError(cause, this.folder);
    }
  }

  /** The file of a graph. Read only where it may have changed. @throws StoreUnavailableError */
  look(id: string): FoundFile {
    const file = this.pathOf(id);
    try {
      const stats = lstatSync(file, { bigint: true, throwIfNoEntry: false });
      if (stats === undefined) return NONE;
      if (!stats.isFile()) return { kind: 'odd', reason: 'it is no plain file' };
      if (stats.size > MOST_BYTES) return { kind: 'odd', reason: `it has more than ${MOST_BYTES} bytes` };
      const known = this.#known.get(id);
      if (known !== undefined && known.stamp === stampOf(stats))
        return { kind: 'file', sha256: known.sha256, text: () => readFileSync(file, 'utf8') };
      const bytes = readFileSync(file);
      const sha256 = sha256Of(bytes);
      if (isSettled(stats)) this.#known.set(id, { stamp: stampOf(stats), sha256 });
      else this.#known.delete(id);
      return { kind: 'file', sha256, text: () => bytes.toString('utf8') };
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return NONE; // gone in between
      throw storeError(cause, file);
    }
  }

  /** Writes a text beside the file. @throws StorageFullError, StoreUnavailableError */
  stage(id: string, text: string): StagedFile {
    return StagedFile.write(this.pathOf(id), text);
  }

  /** Takes the file of a graph away. @throws StoreUnavailableError */
  remove(id: string): void {
    removeFile(this.pathOf(id));
  }

  /** Moves what cannot be read out of the way, so that nothing of it is lost. @returns its new name */
  setAside(id: string): string {
    const file = this.pathOf(id);
    let aside = `${file}.unreadable`;
    for (let count = 2; existsSync(aside); count += 1) aside = `${file}.unreadable-${count}`;
    try {
      renameSync(file, aside);
      return path.basename(aside);
    } catch (cause) {
      throw storeError(cause, file);
    }
  }

  /** The path of the file of a graph. */
  pathOf(id: string): string {
    return path.join(this.folder, fileNameOf(id));
  }
}

/** The time of change cannot be set by programs, so a copy that keeps the times of files is seen, too. */
function stampOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}

function isSettled({ mtimeMs, ctimeMs }: BigIntStats): boolean {
  const latest = Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs);
  return Date.now() - latest > SETTLED_AFTER_MS;
}
