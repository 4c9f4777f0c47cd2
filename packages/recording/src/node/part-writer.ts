import { readdir, readlink, realpath, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { NotARecordingError } from '../errors.js';
import { partFacts, RECORDING_FACTS } from '../mcap/index.js';
import { DiskFile, systemCode } from './disk-file.js';
import { useOf } from './open-recordings.js';

/** Facts in a part by which its writer can be found. */
export function writerFacts(): Readonly<Record<string, string>> {
  return { pid: String(process.pid), host: hostname() };
}

/** A part of another machine, on a shared disk, counts as left when nothing has come to it for so long. */
const LEFT_AFTER_MS = 60_000;

/**
 * Whether a part is being written, by whichever process: nobody may mend or delete it then. Where that cannot be told it is,
 * so that nothing is spoilt.
 */
export async function isBeingWritten(file: string): Promise<boolean> {
  const use = useOf(file);
  if (use === 'written') return true;
  const facts = await factsOf(file);
  const pid = Number(facts?.get('pid') ?? Number.NaN);
  if (!Number.isInteger(pid) || pid <= 0) return false; // of a time when writers told nothing
  if (facts?.get('host') !== hostname()) return Date.now() - (await stat(file)).mtimeMs < LEFT_AFTER_MS;
  if (pid === process.pid || !isAlive(pid)) return false;
  return (await hasOpen(pid, file)) ?? true;
}

/** What a part says of its recording; undefined where it is none. @throws the error of the operating system */
export async function factsOf(file: string): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    await using disk = await DiskFile.open(file);
    return await partFacts(disk, RECORDING_FACTS);
  } catch (error) {
    if (error instanceof NotARecordingError) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Numbers of processes come again: whether this one really has the file open. Undefined where the system does not tell. */
async function hasOpen(pid: number, file: string): Promise<boolean | undefined> {
  const folder = path.join('/proc', String(pid), 'fd');
  const wanted = await realpath(file);
  try {
    for (const handle of await readdir(folder)) {
      const target = await readlink(path.join(folder, handle)).catch(() => undefined); // closed meanwhile
      if (target === wanted) return true;
    }
    return false;
  } catch {
    return undefined;
  }
}
