import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { KeptHistory } from '@kinegraph/ui/editing';

/** What somebody has done to a graph and not saved, or has saved and may still take back. */
export interface Draft {
  /** Id of the graph on this server. */
  readonly graph: string;
  /** The revision that it was made from, 0 for none. */
  readonly revision: number;
  /** Canonical text of the document as it is. */
  readonly text: string;
  /** Whether that is another than the revision's. */
  readonly isUnsaved: boolean;
  readonly history: KeptHistory;
}

interface Drafts extends DBSchema {
  drafts: { key: string; value: Draft };
}

let opened: Promise<IDBPDatabase<Drafts>> | undefined;

/** One for each origin; made when it is first needed. */
function database(): Promise<IDBPDatabase<Drafts>> {
  opened ??= openDB<Drafts>('kinegraph-studio', 1, {
    upgrade: (made) => void made.createObjectStore('drafts', { keyPath: 'graph' }),
  });
  return opened;
}

/** The draft of a graph; undefined where there is none, or where the browser keeps nothing. */
export async function readDraft(graph: string): Promise<Draft | undefined> {
  try {
    return await (await database()).get('drafts', graph);
  } catch {
    return undefined; // a private window may refuse: editing goes on without
  }
}

/** Keeps a draft in the place of the one before. */
export async function writeDraft(draft: Draft): Promise<void> {
  try {
    await (await database()).put('drafts', draft);
  } catch {
    // As above; what is saved on the server is not touched by it.
  }
}
