import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

const HOUR_MS = 60 * 60 * 1000;
/** What a file this much older than a new one was left by: a process that is gone, and a download nobody went on with. */
const ABANDONED: readonly (readonly [RegExp, number])[] = [
  [/\.tmp$/, HOUR_MS],
  [/\.(?:part|part\.json|lock)$/, 14 * 24 * HOUR_MS],
];

/**
 * Writes beside the goal, makes sure that it is on the disk, then renames: a process that is killed at any point leaves
 * the old state or the new one, and at most a temporary file that nobody reads.
 */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await removeAbandoned(folder, temporary);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/**
 * Removes files of processes that are gone. The new file's own time is "now", whichever clock the disk has. What cannot be
 * removed stays: it only takes space, and must not keep a good file from its place.
 */
export async function removeAbandoned(folder: string, newest: string): Promise<void> {
  try {
    const { mtimeMs: nowMs } = await stat(newest);
    for (const name of await readdir(folder)) {
      const limit = ABANDONED.find(([pattern]) => pattern.test(name));
      const file = path.join(folder, name);
      if (limit !== undefined && file !== newest) await removeIfOlder(file, nowMs - limit[1]).catch(() => undefined);
    }
  } catch {
    // A folder that cannot be listed.
  }
}

async function removeIfOlder(file: string, thanMs: number): Promise<void> {
  const { mtimeMs } = await stat(file); // missing where its writer finishes right now
  if (mtimeMs < thanMs) await rm(file, { force: true });
}

/** Makes a rename last through a power cut, where the system can do that for folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch {
    // Some file systems cannot; the file itself is synced, and a lost rename only costs another build.
  } finally {
    await handle.close();
  }
}

/** The answer of `work`, or undefined where the file is not there. */
export async function unlessMissing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}
