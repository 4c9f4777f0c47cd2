import { KinegraphError } from '@kinegraph/core';
import type { ImportReport, TakeStore } from '@kinegraph/plugin-sign-classifier/teach/node';
import { SignImportBrokenError } from './sign-errors.js';

/**
 * Adds the takes of an export to a set.
 * @param name - of the text, in errors
 * @throws SignImportBrokenError - where writing failed after some were added; what `TakeStore.import` throws
 */
export async function importInto(store: TakeStore, text: string, name: string): Promise<ImportReport> {
  let added = 0;
  try {
    return await store.import(text, name, () => (added += 1));
  } catch (error) {
    // What refuses the whole does so before anything is written.
    if (error instanceof KinegraphError && added === 0) throw error;
    throw new SignImportBrokenError({ added }, { cause: error });
  }
}
