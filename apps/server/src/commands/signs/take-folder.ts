import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { UnreadableTake } from '@kinegraph/plugin-sign-classifier/teach/node';
import { TakeStore } from '@kinegraph/plugin-sign-classifier/teach/node';
import type { Console } from '../../cli/console.js';
import { UsageError } from '../../cli/usage-error.js';

/** How many takes are named in one sentence. */
const MOST_NAMED = 5;

/** The takes of a folder that has to be there. @throws UsageError */
export async function existingSet(folder: string): Promise<TakeStore> {
  const store = await newSet(folder);
  if ((await stat(store.folder).catch(() => undefined)) === undefined)
    throw new UsageError(
      `There is no folder "${folder}". A set of takes is a folder; "kinegraph signs record LABEL --set DIR" makes one.`,
      { command: 'signs' },
    );
  return store;
}

/** The takes of a folder that need not be there yet. @throws UsageError - where a file is in its place */
export async function newSet(folder: string): Promise<TakeStore> {
  const found = await stat(resolve(folder)).catch(() => undefined);
  if (found?.isDirectory() === false)
    throw new UsageError(
      `"${folder}" is no folder. A set of takes is a folder with a folder for each label; see docs/signs.md.`,
      { command: 'signs' },
    );
  return new TakeStore(resolve(folder));
}

/** Tells which takes were left out, if any were. */
export function tellLeftOut(console: Console, unreadable: readonly UnreadableTake[]): void {
  if (unreadable.length === 0) return;
  const named = unreadable.slice(0, MOST_NAMED).map(({ label, id, problem }) => `${label}/${id} (${problem})`);
  const more = unreadable.length > MOST_NAMED ? ` and ${unreadable.length - MOST_NAMED} more` : '';
  console.tell(
    `${counted(unreadable.length, 'take')} cannot be read and ${unreadable.length === 1 ? 'is' : 'are'} left out: ${named.join(', ')}${more}.`,
  );
}

/** `1 take`, `2 takes`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
