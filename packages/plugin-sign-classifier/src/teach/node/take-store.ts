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
/** Takes that are imported at once. */
const MOST_IMPORTED = 10_000;

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
    return [...(await this.#folders()).keys()].toSorted((a, b) => a.localeCompare(b, 'en'));
  }

  /** The takes that there are, by label and id; of one label where it is told. */
  async list(label?: string): Promise<readonly TakeEntry[]> {
    const folders = await this.#folders();
    const labels = label === undefined ? await this.labels() : [checkLabel(label)];
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

  /** All takes. What cannot be read is left out and told. */
  async load(): Promise<LoadedSet> {
    const takes: ReadTake[] = [];
    const unreadable: UnreadableTake[] = [];
    for (const entry of await this.list()) {
      try {
        takes.push(await readEntry(entry));
      } catch (error) {
        if (!(error instanceof TakeUnreadableError)) throw error;
        unreadable.push({ ...entry, problem: error.data.problem });
      }
    }
    return { takes, unreadable };
  }

  /**
   * Keeps a take: whole, or not at all.
   * @returns its file
   * @throws LabelClashError, TakeExistsError
   */
  async add(take: Take): Promise<string> {
    return await writeTake(folderFor(this.folder, take.label, await this.#folders()), take);
  }

  /** Deletes a take, and the folder of its label with the last one. @throws TakeUnknownError */
  async delete(label: string, id: string): Promise<void> {
    const { file } = await this.#find(label, id);
    await unlink(file);
    await rmdir(path.dirname(file)).catch(() => {}); // not where something else is left in it
  }

  /** Deletes all takes of a label. @returns how many. @throws TakeUnknownError - where it has none */
  async deleteLabel(label: string): Promise<number> {
    const entries = await this.list(label);
    if (entries.length === 0) throw new TakeUnknownError({ label });
    for (const { id } of entries) await this.delete(label, id);
    return entries.length;
  }

  /** The whole set as one text, take after take; what cannot be read is left out. */
  async *export(): AsyncGenerator<string> {
    for (const entry of await this.list()) {
      try {
        yield encodeTake((await readEntry(entry)).take);
      } catch (error) {
        if (!(error instanceof TakeUnreadableError)) throw error;
      }
    }
  }

  /**
   * Adds the takes of an export. A take that is there already is passed over; another one under its id, or a label that clashes,
   * refuses the whole before anything is written.
   * @throws TakeUnreadableError, LabelClashError, TakeExistsError
   */
  async import(text: string, name: string): Promise<ImportReport> {
    const read = decodeBundle(text, name);
    if (read.length > MOST_IMPORTED)
      throw new TakeUnreadableError({
        take: name,
        problem: `it has ${read.length} takes, and ${MOST_IMPORTED} are allowed at once`,
      });
    const empty = read.find(({ take }) => take.frames.length === 0)?.take;
    if (empty !== undefined)
      throw new TakeUnreadableError({ take: `${empty.label}/${empty.id} of ${name}`, problem: 'it has no frames' });
    const fresh = new Map<string, Take>();
    const taken: string[] = [];
    let same = 0;
    const labels = new Map((await this.labels()).map((label) => [foldedLabel(label), label]));
    const known = new Map((await this.list()).map((entry) => [`${entry.label}/${entry.id}`, entry]));
    for (const { take } of read) {
      const other = labels.get(foldedLabel(take.label));
      if (other !== undefined && other !== take.label) throw new LabelClashError({ label: take.label, other });
      labels.set(foldedLabel(take.label), take.label);
      const key = `${take.label}/${take.id}`;
      const entry = known.get(key);
      const there = fresh.get(key) ?? (entry === undefined ? undefined : await readIfSound(entry));
      if (there === undefined && entry === undefined) fresh.set(key, take);
      else if (there !== undefined && encodeTake(there) === encodeTake(take)) same += 1;
      else taken.push(key);
    }
    if (taken.length > 0) throw new TakeExistsError({ takes: taken });
    // Once for all: a look at the folders for each take would make the cost the square of the labels.
    const folders = await this.#folders();
    for (const take of fresh.values()) await writeTake(folderFor(this.folder, take.label, folders), take);
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

/** Of the label that is there, or the one it will have. @throws LabelClashError */
function folderFor(set: string, text: string, folders: ReadonlyMap<string, readonly string[]>): string {
  const label = checkLabel(text);
  const [there] = folders.get(label) ?? [];
  if (there !== undefined) return there;
  const folded = foldedLabel(label);
  const other = [...folders.keys()].find((known) => foldedLabel(known) === folded);
  if (other !== undefined) throw new LabelClashError({ label, other });
  return path.join(set, labelFolder(label));
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
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}

/** @throws TakeUnreadableError */
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
    throw new TakeUnreadableError({ take: name, problem: errorMessage(cause) }, { cause });
  }
  const { take, ...rest } = decodeTake(text, name);
  return { take: { ...take, label, id }, ...rest };
}

async function readIfSound(entry: TakeEntry): Promise<Take | undefined> {
  try {
    return (await readEntry(entry)).take;
  } catch (error) {
    if (error instanceof TakeUnreadableError) return undefined;
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
