import { Logger, errorMessage, serviceId } from '@kinegraph/core';
import type { GraphDocument, Problem } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { AuditLog } from '../audit/audit-log.js';
import type { AuditDetail } from '../audit/audit-log.js';
import type { Author } from '../store/author.js';
import { Store } from '../store/store.js';
import { StorageFullError, StoreUnavailableError } from '../store/store-errors.js';
import { WallClock } from '../store/wall-clock.js';
import {
  GraphConflictError,
  GraphInvalidError,
  GraphUnknownError,
  RevisionUnknownError,
  TooManyGraphsError,
} from './graph-errors.js';
import { GraphFiles } from './graph-files.js';
import { checkGraphId } from './graph-ids.js';
import { GraphReconciler } from './graph-reconciler.js';
import type { GraphState } from './graph-reconciler.js';
import { EVENT_OF, GraphRevisions, MOST_GRAPHS } from './graph-revisions.js';
import type { KeptRevision, NewRevision, RevisionInfo } from './graph-revisions.js';
import { graphTextOf } from './graph-text.js';

/** Where graphs are. */
export interface GraphsOptions {
  /** Absolute; its files `ID.kinegraph.json` are the graphs. */
  readonly folder: string;
}
export const GraphsOptions = serviceId<GraphsOptions>('server.GraphsOptions');

/** A graph in a list. */
export interface GraphSummary {
  readonly id: string;
  readonly title?: string;
  /** The newest; 0 for a file that could never be read. */
  readonly revision: number;
  /** ISO 8601. */
  readonly savedAt?: string;
  readonly savedBy?: Author;
  /** What keeps its file from being read, since somebody changed it by hand; the revision is what counts as long. */
  readonly problems: readonly Problem[];
}

/** A revision with its document. */
export interface StoredRevision extends RevisionInfo {
  readonly id: string;
  readonly document: GraphDocument;
  /** Canonical. */
  readonly text: string;
}

/** The newest revision of a graph. */
export interface StoredGraph extends StoredRevision {
  /** As in the list. */
  readonly problems: readonly Problem[];
}

/** Who changes a graph, and what they have read of it. */
export interface GraphChange {
  /** The revision that the change was made to; 0 or left out: the graph must not be there. */
  readonly revision?: number;
  /** What the revision that comes of it is to be called. */
  readonly name?: string;
  readonly by: Author;
  /** The address it comes from. */
  readonly from?: string;
  readonly requestId?: string;
}

/** A graph after a change. */
export interface SavedGraph {
  readonly id: string;
  readonly revision: number;
  /** False where it was so already. */
  readonly changed: boolean;
  /** True where it was not there before. */
  readonly created: boolean;
}

/**
 * The graphs of this server: a file each, and the history of all that was in it. A change names the revision it was made to,
 * so that none takes another's away. Who edits a file by hand makes a revision, too. Reads and writes at once: nothing comes
 * between looking at a graph and changing it.
 */
@injectable()
export class GraphLibrary {
  #reconciler: GraphReconciler | undefined;
  readonly #files: GraphFiles;

  constructor(
    @inject(Store) private readonly store: Store,
    @inject(GraphsOptions) { folder }: GraphsOptions,
    @inject(AuditLog) private readonly audit: AuditLog,
    @inject(WallClock) private readonly clock: WallClock,
    @inject(Logger) private readonly logger: Logger,
  ) {
    this.#files = new GraphFiles(folder);
  }

  /** All graphs, by id. @throws StoreUnavailableError and its kin */
  list(): readonly GraphSummary[] {
    this.#begun();
    const ids = new Set([...this.#revisions.ids(), ...this.#files.ids()]);
    return [...ids].sort().flatMap((id) => summaryOf(id, this.#read(id)));
  }

  /** @throws GraphUnknownError; GraphInvalidError where it is a file that could never be read; GraphIdError */
  get(id: string): StoredGraph {
    const { record, problems } = this.#read(id);
    if (record === undefined || record.newest.text === undefined) {
      if (problems.length > 0) throw new GraphInvalidError({ graph: id, what: `The file of "${id}"`, problems });
      throw unknown(id, record?.newest);
    }
    return { ...withDocument(id, record.newest), problems };
  }

  /**
   * Saves a document, or its text: its form has to be right, so drafts that could not run are kept as well. One that is the
   * newest already changes nothing, whatever revision was sent, but for its name where one is given.
   * @throws GraphConflictError, GraphInvalidError, GraphIdError, TooManyGraphsError, StorageFullError and what keeps the store from writing
   */
  put(id: string, document: unknown, change: GraphChange): SavedGraph {
    checkGraphId(id);
    const { document: read, text } = graphTextOf(id, 'The document', document);
    return this.#save(id, change, { action: 'put', text, ...titleOf(read) });
  }

  /** Takes a graph away; its history stays. @throws GraphUnknownError, GraphConflictError, as `put` */
  delete(id: string, change: GraphChange): SavedGraph {
    const { newest } = this.#reconciled(id).record ?? {};
    if (newest?.text === undefined) throw unknown(id, newest);
    return this.#save(id, change, { action: 'delete' });
  }

  /** All revisions that are kept, newest first; of deleted graphs, too. @throws GraphUnknownError, GraphIdError */
  history(id: string): readonly RevisionInfo[] {
    const { record } = this.#read(id);
    if (record === undefined) throw unknown(id, undefined);
    return this.#revisions.history(id);
  }

  /** One revision. @throws GraphUnknownError, RevisionUnknownError, GraphIdError */
  revision(id: string, revision: number): StoredRevision {
    if (this.#read(id).record === undefined) throw unknown(id, undefined);
    const kept = this.#revisions.revision(id, revision);
    if (kept === undefined) throw new RevisionUnknownError({ graph: id, revision, reason: 'none' });
    if (kept.text === undefined) throw new RevisionUnknownError({ graph: id, revision, reason: 'deleted' });
    return withDocument(id, kept);
  }

  /** Makes the document of an old revision the newest. @throws as `revision` and `put` */
  restore(id: string, revision: number, change: GraphChange): SavedGraph {
    const { text, document } = this.revision(id, revision);
    return this.#save(id, change, { action: 'restore', restored: revision, text, ...titleOf(document) });
  }

  /**
   * Calls a revision something else, also one of a graph that was deleted.
   * @param name - One line; undefined: nothing.
   * @throws GraphUnknownError, RevisionUnknownError, GraphIdError and what keeps the store from writing
   */
  name(
    id: string,
    revision: number,
    name: string | undefined,
    change: Omit<GraphChange, 'name' | 'revision'>,
  ): RevisionInfo {
    if (this.#reconciled(id).record === undefined) throw unknown(id, undefined);
    const revisions = this.#revisions;
    const info = revisions.history(id).find((one) => one.revision === revision);
    if (info === undefined) throw new RevisionUnknownError({ graph: id, revision, reason: 'none' });
    const { name: before, ...others } = info;
    if (before === name) return info;
    this.store.transaction(() => {
      revisions.name(id, revision, name);
      this.#record('nameRevision', id, change, { revision, name: name ?? null, was: before ?? null });
    });
    return name === undefined ? others : { ...others, name };
  }

  #record(action: string, id: string, { by, from, requestId }: GraphChange, detail: AuditDetail): void {
    this.audit.record({
      ...{ action, target: `graphs/${id}`, outcome: 'ok', by, detail },
      ...(from === undefined ? {} : { from }),
      ...(requestId === undefined ? {} : { requestId }),
    });
  }

  #save(id: string, change: GraphChange, of: Omit<NewRevision, 'savedAt' | 'savedBy'>): SavedGraph {
    const state = this.#reconciled(id);
    const newest = state.record?.newest;
    const created = newest?.text === undefined;
    const isSame = newest !== undefined && of.text !== undefined && of.text === newest.text;
    const { name } = change;
    if (isSame && state.problems.length === 0) {
      if (name !== undefined) this.name(id, newest.revision, name, change);
      return { id, revision: newest.revision, changed: false, created: false };
    }
    checkRevision(id, newest, change.revision ?? 0);
    if (created && this.#revisions.count() >= MOST_GRAPHS)
      throw new TooManyGraphsError({ graph: id, most: MOST_GRAPHS });
    // On the disk before anything is promised: where there is no room, nothing has changed.
    using staged = of.text === undefined ? undefined : this.#files.stage(id, of.text);
    const revision = this.store.transaction(() => {
      const saved = { savedAt: this.clock.now().toISOString(), savedBy: change.by };
      const called = name === undefined ? {} : { name };
      const added = this.#revisions.add(id, { ...of, ...called, ...saved }, 'pending');
      const restored = of.restored === undefined ? {} : { restored: of.restored };
      this.#record(EVENT_OF[of.action], id, change, {
        revision: added,
        was: newest?.revision ?? 0,
        ...called,
        ...restored,
      });
      return added;
    });
    try {
      this.#begun().place(id, state, staged);
    } catch (error) {
      // The revision is kept, so the writer may rely on it; the next look at the graph brings it into the file.
      this.logger.warn(`The file of the graph "${id}" could not be written yet: ${errorMessage(error)}`, { graph: id });
    }
    return { id, revision, changed: true, created };
  }

  get #revisions(): GraphRevisions {
    return new GraphRevisions(this.store.database);
  }

  #begun(): GraphReconciler {
    if (this.#reconciler !== undefined) return this.#reconciler;
    const { store, audit, clock, logger } = this;
    const { database } = store;
    const parts = { database, files: this.#files, revisions: new GraphRevisions(database), audit, clock, logger };
    const reconciler = new GraphReconciler(parts);
    reconciler.begin();
    this.#reconciler = reconciler;
    return reconciler;
  }

  /** @throws GraphIdError and what keeps the store from writing */
  #reconciled(id: string): GraphState {
    checkGraphId(id);
    return this.#begun().reconcile(id);
  }

  /** As far as can be told while nothing can be written: what is stored is still to be had. @throws GraphIdError */
  #read(id: string): GraphState {
    try {
      return this.#reconciled(id);
    } catch (error) {
      if (
        !(error instanceof StorageFullError || error instanceof StoreUnavailableError) ||
        this.#reconciler === undefined
      )
        throw error;
      this.logger.warn(`The file of the graph "${id}" cannot be brought in step: ${errorMessage(error)}`, {
        graph: id,
      });
      return { record: this.#revisions.find(id), file: { kind: 'none' }, problems: [] };
    }
  }
}

function summaryOf(id: string, { record, problems }: GraphState): GraphSummary[] {
  const newest = record?.newest;
  if (newest?.text === undefined)
    return problems.length === 0 ? [] : [{ id, revision: newest?.revision ?? 0, problems }];
  const { title, revision, savedAt, savedBy } = newest;
  return [{ id, ...(title === undefined ? {} : { title }), revision, savedAt, savedBy, problems }];
}

function unknown(id: string, newest: KeptRevision | undefined): GraphUnknownError {
  return new GraphUnknownError(newest === undefined ? { graph: id } : { graph: id, deleted: newest.revision });
}

function titleOf({ title }: GraphDocument): { readonly title?: string } {
  return title === undefined ? {} : { title };
}

/** @throws GraphInvalidError where it was written by a version that knew other documents */
function withDocument(id: string, { text = '', ...info }: KeptRevision): StoredRevision {
  const { document } = graphTextOf(id, `Revision ${info.revision} of "${id}"`, text);
  return { id, ...info, document, text };
}

/** A graph that is not there may be made by who knows that it is not, and by who knows which revision took it away. */
function checkRevision(id: string, newest: KeptRevision | undefined, sent: number): void {
  const isThere = newest?.text !== undefined;
  if (newest !== undefined && sent === newest.revision) return;
  if (!isThere && sent === 0) return;
  throw new GraphConflictError({
    graph: id,
    sent,
    revision: newest?.revision ?? 0,
    isDeleted: newest !== undefined && !isThere,
    ...(newest === undefined ? {} : { savedAt: newest.savedAt, savedBy: newest.savedBy }),
  });
}
