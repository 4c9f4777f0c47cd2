import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rename, rm, rmdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage } from '@kinegraph/core/plugin';
import { LabelClashError, TakeExistsError, TakeUnknownError, TakeUnreadableError } from '../errors.js';
import {
  TAKE_ID,
  TAKE_LIMITS,
  checkLabel,
  decodeBundle,
  decodeTake,
  encodeTake,
  folderLabel,
  foldedLabel,
  labelFolder,
} from '../takes/index.js';
import type { ReadTake, Take } from '../takes/index.js';

const ENDING = '.ndjson';
/** Takes of an import: that one is on the disk takes long, and that many are takes hardly longer. */
const WRITTEN_AT_ONCE = 32;

/** A take of which only the place is known. */
export interface TakeEntry {
  readonly label: string;
  readonly id: string;
  readonly file: string;
}

/** A file among the takes that cannot be used at all. */
export interface UnreadableTake extends TakeEntry {
  readonly problem: string;
}

/** The takes of a set, read. */
export interface LoadedSet {
  readonly takes: readonly ReadTake[];
  /** Left out, each with the reason. */
  readonly unreadable: readonly UnreadableTake[];
}

/** What an import did. */
export interface ImportReport {
  readonly added: number;
  /** Takes that were there already, the same to the last line. */
  readonly same: number;
  /** Takes that lacked lines and were taken over with what is whole. */
  readonly damaged: number;
}

/**
 * A set: a folder with a folder for each label and a file for each take. The names of the folders are the labels, whatever the
 * headers say, so that people may rename, move and delete with what they have. Links are not followed.
 */
export class TakeStore {
  constructor(readonly folder: string) {}

  /** The labels that have a folder, in order. */
  async labels(): Promise<readonly string[]> {
    return sorted((await this.#folders()).keys());
  }

  /** The takes that there are, by label and id; of one label where it is told. */
  async list(label?: string): Promise<readonly TakeEntry[]> {
    const folders = await this.#folders();
    const labels = label === undefined ? sorted(folders.keys()) : [checkLabel(label)];
    const entries: TakeEntry[] = [];
    for (const each of labels) {
      for (const folder of folders.get(each) ?? []) {
        for (const name of await filesOf(folder)) {
          const id = name.slice(0, -ENDING.length);
          if (name.endsWith(ENDING) && TAKE_ID.test(id))
            entries.push({ label: each, id, file: path.join(folder, name) });
        }
      }
    }
    return entries;
  }

  /** @throws TakeUnknownError, TakeUnreadableError */
  async read(label: string, id: string): Promise<ReadTake> {
    const entry = await this.#find(label, id);
    return await readEntry(entry);
  }

  /** All takes at once. What cannot be read is left out and told. */
  async load(): Promise<LoadedSet> {
    const takes: ReadTake[] = [];
    const unreadable: UnreadableTake[] = [];
    for await (const each of this.each()) {
      if ('take' in each) takes.push(each);
      else unreadable.push(each);
    }
    return { takes, unreadable };
  }

  /** Take after take as they are read, so that not all have to be held. One that is deleted meanwhile is passed over. */
  async *each(): AsyncGenerator<ReadTake | UnreadableTake> {
    for (const entry of await this.list()) {
      const read = await readOrTell(entry);
      if (read !== undefined) yield read;
    }
  }

  /**
   * Keeps a take: whole, or not at all.
   * @returns its file
   * @throws LabelClashError, TakeExistsError
   */
  async add(take: Take): Promise<string> {
    const label = checkLabel(take.label);
    const folders = await this.#folders();
    refuseClash(label, folders, foldedLabels(folders.keys()));
    return await writeTake(folderFor(this.folder, label, folders), take);
  }

  /** Deletes a take, and the folder of its label with the last one. @throws TakeUnknownError */
  async delete(label: string, id: string): Promise<void> {
    const { file } = await this.#find(label, id);
    if (!(await isDeleted(file))) throw new TakeUnknownError({ label, take: id });
  }

  /** Deletes all takes of a label. @returns how many. @throws TakeUnknownError - where it has none */
  async deleteLabel(label: string): Promise<number> {
    const entries = await this.list(label);
    if (entries.length === 0) throw new TakeUnknownError({ label });
    let deleted = 0;
    for (const { file } of entries) if (await isDeleted(file)) deleted += 1;
    return deleted;
  }

  /** The whole set as one text, take after take; what cannot be read is left out and told. */
  async *export(onUnreadable?: (take: UnreadableTake) => void): AsyncGenerator<string> {
    for await (const each of this.each()) {
      if ('take' in each) yield encodeTake(each.take);
      else onUnreadable?.(each);
    }
  }

  /**
   * Adds the takes of an export. A take that is there already is passed over; another one under its id, or a label that clashes,
   * refuses the whole before anything is written. Where writing fails, what was written stays.
   * @param onAdded - called after each take that was written
   * @throws TakeUnreadableError, LabelClashError, TakeExistsError
   */
  async import(text: string, name: string, onAdded?: () => void): Promise<ImportReport> {
    const read = decodeBundle(text, name);
    const empty = read.find(({ take }) => take.frames.length === 0)?.take;
    if (empty !== undefined)
      throw new TakeUnreadableError({ take: `${empty.label}/${empty.id} of ${name}`, problem: 'it has no frames' });
    const fresh = new Map<string, Take>();
    const taken: string[] = [];
    let same = 0;
    // One look at the folders for all: one for each take would make the cost the square of the labels.
    const folders = await this.#folders();
    const labels = foldedLabels(folders.keys());
    const known = new Map((await this.list()).map((entry) => [`${entry.label}/${entry.id}`, entry]));
    for (const { take } of read) {
      refuseClash(take.label, folders, labels);
      labels.set(foldedLabel(take.label), take.label);
      const key = `${take.label}/${take.id}`;
      const entry = known.get(key);
      const twin = fresh.get(key);
      const there = twin === undefined && entry !== undefined ? await readOrTell(entry) : undefined;
      const other = there !== undefined && 'take' in there ? there.take : twin;
      if (twin === undefined && there === undefined) fresh.set(key, take);
      else if (other !== undefined && encodeTake(other) === encodeTake(take)) same += 1;
      else taken.push(key);
    }
    if (taken.length > 0) throw new TakeExistsError({ takes: taken });
    const toWrite = [...fresh.values()];
    for (let from = 0; from < toWrite.length; from += WRITTEN_AT_ONCE) {
      const some = toWrite.slice(from, from + WRITTEN_AT_ONCE);
      const written = await Promise.allSettled(
        some.map((take) => writeTake(folderFor(this.folder, take.label, folders), take)),
      );
      for (const { status } of written) if (status === 'fulfilled') onAdded?.();
      for (const one of written) if (one.status === 'rejected') throw one.reason;
    }
    return { added: fresh.size, same, damaged: read.filter(({ damage }) => damage !== undefined).length };
  }

  async #find(label: string, id: string): Promise<TakeEntry> {
    const entry = (await this.list(label)).find((one) => one.id === id);
    if (entry === undefined) throw new TakeUnknownError({ label, take: id });
    return entry;
  }

  /** By label. There are several where people made them: names that are one when composed, say. */
  async #folders(): Promise<ReadonlyMap<string, readonly string[]>> {
    const entries = await readdir(this.folder, { withFileTypes: true }).catch(absent);
    const folders = new Map<string, string[]>();
    for (const entry of entries) {
      const label = entry.isDirectory() && !entry.name.startsWith('.') ? folderLabel(entry.name) : undefined;
      if (label !== undefined) folders.set(label, [...(folders.get(label) ?? []), path.join(this.folder, entry.name)]);
    }
    return folders;
  }
}

/** Where takes of a label go: to its folder, or the one it will have. */
function folderFor(set: string, label: string, folders: ReadonlyMap<string, readonly string[]>): string {
  return folders.get(label)?.[0] ?? path.join(set, labelFolder(label));
}

/** Labels by what they are but for case and composition. */
function foldedLabels(labels: Iterable<string>): Map<string, string> {
  return new Map(Array.from(labels, (label) => [foldedLabel(label), label]));
}

/** @throws LabelClashError - for a label that is new; of those that people made folders for, all may be */
function refuseClash(
  label: string,
  folders: ReadonlyMap<string, readonly string[]>,
  folded: ReadonlyMap<string, string>,
): void {
  const other = folded.get(foldedLabel(label));
  if (other !== undefined && other !== label && !folders.has(label)) throw new LabelClashError({ label, other });
}

function sorted(labels: Iterable<string>): readonly string[] {
  return [...labels].toSorted((a, b) => a.localeCompare(b, 'en'));
}

/**
 * Writes a take into the folder of its label. Once more where the last take of the label was deleted, with the folder,
 * meanwhile.
 * @throws TakeExistsError
 */
async function writeTake(folder: string, take: Take): Promise<string> {
  const file = path.join(folder, `${take.id}${ENDING}`);
  const write = async (): Promise<boolean> => {
    await mkdir(folder, { recursive: true });
    return await writeWhole(file, encodeTake(take));
  };
  const isWritten = await write().catch(async (error: unknown) => {
    absent(error);
    return await write();
  });
  if (!isWritten) throw new TakeExistsError({ takes: [`${take.label}/${take.id}`] });
  return file;
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(absent);
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).toSorted();
}

function absent(error: unknown): [] {
  if (isAbsent(error)) return [];
  throw error;
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Deletes the file of a take, and the folder of its label with the last one. @returns false where it was gone already */
async function isDeleted(file: string): Promise<boolean> {
  try {
    await unlink(file);
  } catch (error) {
    absent(error);
    return false;
  }
  await rmdir(path.dirname(file)).catch(() => {}); // not where something else is left in it
  return true;
}

/** @throws TakeUnknownError - where it was deleted meanwhile; TakeUnreadableError */
async function readEntry({ label, id, file }: TakeEntry): Promise<ReadTake> {
  const name = `${label}/${id}`;
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > TAKE_LIMITS.bytes)
      throw new TakeUnreadableError({
        take: name,
        problem: `it has ${size} bytes, and ${TAKE_LIMITS.bytes} are allowed`,
      });
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof TakeUnreadableError) throw cause;
    if (isAbsent(cause)) throw new TakeUnknownError({ label, take: id });
    throw new TakeUnreadableError({ take: name, problem: errorMessage(cause) }, { cause });
  }
  const { take, ...rest } = decodeTake(text, name);
  return { take: { ...take, label, id }, ...rest };
}

/** @returns the take, or why it cannot be read; undefined where it was deleted meanwhile */
async function readOrTell(entry: TakeEntry): Promise<ReadTake | UnreadableTake | undefined> {
  try {
    return await readEntry(entry);
  } catch (error) {
    if (error instanceof TakeUnknownError) return undefined;
    if (error instanceof TakeUnreadableError) return { ...entry, problem: error.data.problem };
    throw error;
  }
}

/** Writes a file beside its place and moves it there at once. @returns false where there is one already */
async function writeWhole(file: string, text: string): Promise<boolean> {
  const temporary = path.join(path.dirname(file), `.${randomBytes(6).toString('hex')}.part`);
  try {
    await using handle = await open(temporary, 'wx');
    await handle.writeFile(text);
    await handle.sync();
    await link(temporary, file); // unlike a rename, this never takes the place of another file
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error;
    if ((await stat(file).catch(() => undefined)) !== undefined) return false; // a file system without links
    await rename(temporary, file);
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}
