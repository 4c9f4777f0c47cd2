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

/** All drafts of this browser; none where it keeps nothing. */
export async function listDrafts(): Promise<readonly Draft[]> {
  try {
    return await (await database()).getAll('drafts');
  } catch {
    return [];
  }
}

/** Forgets the draft of a graph, with the steps that could be taken back. */
export async function clearDraft(graph: string): Promise<void> {
  await (await database()).delete('drafts', graph);
}

/** Takes the draft of a graph over to another id. @param revision - what is saved there. */
export async function moveDraft(from: string, to: string, revision: number): Promise<void> {
  const draft = await readDraft(from);
  if (draft === undefined) return;
  await (await database()).put('drafts', { ...draft, graph: to, revision });
  await clearDraft(from);
}

/** Dragging makes many steps a second. */
const KEEP_AFTER_MS = 250;

/** Keeps drafts a moment after each step, so that a page that crashes loses next to nothing. */
export class DraftKeeper {
  #waiting: Draft | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** In the place of the one of its graph before. */
  keep(draft: Draft): void {
    if (this.#waiting !== undefined && this.#waiting.graph !== draft.graph) void this.flush();
    this.#waiting = draft;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), KEEP_AFTER_MS);
  }

  /** Keeps what waits now: the page goes, or another graph comes. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const draft = this.#waiting;
    this.#waiting = undefined;
    if (draft === undefined) return;
    try {
      await (await database()).put('drafts', draft);
    } catch {
      // As above; what is saved on the server is not touched by it.
    }
  }
}
