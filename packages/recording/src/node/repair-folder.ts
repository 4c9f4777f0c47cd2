import path from 'node:path';
import { systemCode } from './disk-file.js';
import { isBeingWritten } from './part-writer.js';
import { PART_SUFFIX, partsIn } from './recording-files.js';
import { repairPart, type Repair } from './seal-part.js';

/** What became of a part that was not complete. */
export type RepairOutcome =
  | { readonly file: string; readonly outcome: 'repaired'; readonly repair: Repair }
  | { readonly file: string; readonly outcome: 'being-written' }
  | { readonly file: string; readonly outcome: 'failed'; readonly error: unknown };

/**
 * Mends all parts in a folder whose writers are gone. One that cannot be mended stays as it is, and does not keep the others.
 * @throws the error of the operating system where the folder cannot be read; none where it is not there
 */
export async function repairFolder(folder: string): Promise<readonly RepairOutcome[]> {
  const outcomes: RepairOutcome[] = [];
  for (const file of await unfinished(folder)) outcomes.push(await repairIfLeft(path.join(folder, file)));
  return outcomes;
}

/** Mends one part, unless it is being written. */
export async function repairIfLeft(file: string): Promise<RepairOutcome> {
  try {
    if (await isBeingWritten(file)) return { file, outcome: 'being-written' };
    return { file, outcome: 'repaired', repair: await repairPart(file) };
  } catch (error) {
    return { file, outcome: 'failed', error };
  }
}

async function unfinished(folder: string): Promise<readonly string[]> {
  try {
    return (await partsIn(folder)).map(({ file }) => file).filter((file) => file.endsWith(PART_SUFFIX));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
