import { graphProblem } from '@kinegraph/core';
import type { Logger, Problem } from '@kinegraph/core';
import type { AuditLog } from '../audit/audit-log.js';
import { BY_FILE } from '../store/author.js';
import type { StagedFile } from '../store/atomic-file.js';
import type { Database } from '../store/database.js';
import type { WallClock } from '../store/wall-clock.js';
import type { FoundFile, GraphFiles } from './graph-files.js';
import { fileNameOf } from './graph-ids.js';
import { EVENT_OF } from './graph-revisions.js';
import type { GraphRecord, GraphRevisions } from './graph-revisions.js';
import { readGraphText } from './graph-text.js';

/** A graph as it is now. */
export interface GraphState {
  /** Undefined where there is none and was none. */
  readonly record: GraphRecord | undefined;
  /** The file, as it was looked at. */
  readonly file: FoundFile;
  /** What keeps the file from being read; the record is what counts as long. */
  readonly problems: readonly Problem[];
}

/** What the reconciler works with. */
export interface GraphParts {
  readonly database: Database;
  readonly files: GraphFiles;
  readonly revisions: GraphRevisions;
  readonly audit: AuditLog;
  readonly clock: WallClock;
  readonly logger: Logger;
}

/**
 * Keeps files and revisions in step. The database is right about what the server was told; the file is right about what
 * somebody did by hand. Which of the two has changed is told by the hash of the file when both last were the same.
 */
export class GraphReconciler {
  constructor(private readonly parts: GraphParts) {}

  /** Before the first look: a folder that is there, without what a crash has left. @throws StoreUnavailableError */
  begin(): void {
    if (!this.parts.files.prepare()) this.parts.revisions.expectAllFiles();
  }

  /** Takes up what was done by hand, and what a crash has cut short. @throws StorageFullError, StoreUnavailableError */
  reconcile(id: string): GraphState {
    const { files, revisions } = this.parts;
    const record = revisions.find(id);
    const file = files.look(id);
    if (file.kind === 'none') return this.#withoutFile(id, record);
    if (file.kind === 'odd') return this.#unreadable(id, record, file, [oddFile(id, file.reason)]);
    if (record !== undefined && file.sha256 === record.fileSha256)
      return record.isPending ? this.#bring(record, file) : { record, file, problems: [] };
    const read = readGraphText(file.text());
    if ('problems' in read) return this.#unreadable(id, record, file, read.problems);
    if (record?.newest.text === read.text) {
      revisions.settle(id, file.sha256);
      return { record: { ...record, isPending: false, fileSha256: file.sha256 }, file, problems: [] };
    }
    const { title } = read.document;
    return this.#byHand(id, record, file, {
      action: 'put',
      text: read.text,
      ...(title === undefined ? {} : { title }),
    });
  }

  /**
   * Brings the newest revision of a graph into its file, unless that is not as it was seen: what came in between by hand is
   * taken up at the next look. @param staged - The text of the revision; undefined where it deletes the graph.
   */
  place(id: string, { file: seen, problems }: GraphState, staged: StagedFile | undefined): void {
    const { files, revisions } = this.parts;
    const file = files.look(id);
    if (!isSame(seen, file)) return;
    if (problems.length > 0) files.setAside(id);
    if (staged !== undefined) staged.commit();
    else if (file.kind !== 'none') files.remove(id);
    revisions.settle(id, staged?.sha256 ?? '');
  }

  #withoutFile(id: string, record: GraphRecord | undefined): GraphState {
    const { files } = this.parts;
    const file: FoundFile = { kind: 'none' };
    if (record === undefined) return { record, file, problems: [] };
    if (!files.isThere) {
      // Nobody deletes graphs by taking the folder away: it may be a disk that is not mounted.
      this.begin();
      return this.#bring({ ...record, isPending: true }, file);
    }
    if (record.isPending) return this.#bring(record, file);
    if (record.newest.text === undefined) return { record, file, problems: [] };
    return this.#byHand(id, record, file, { action: 'delete' });
  }

  /** Nothing of such a file is lost: it stays, or is moved aside for what a writer was promised. */
  #unreadable(id: string, record: GraphRecord | undefined, file: FoundFile, problems: readonly Problem[]): GraphState {
    return record?.isPending === true ? this.#bring(record, file, problems) : { record, file, problems };
  }

  /** A revision by hand: the file is as it says already. */
  #byHand(
    id: string,
    before: GraphRecord | undefined,
    file: FoundFile,
    of: { readonly action: 'put' | 'delete'; readonly text?: string; readonly title?: string },
  ): GraphState {
    const { database, revisions, audit, clock, logger } = this.parts;
    database.transaction(() => {
      const savedAt = clock.now().toISOString();
      const sha256 = file.kind === 'file' ? file.sha256 : '';
      const revision = revisions.add(id, { ...of, savedAt, savedBy: BY_FILE }, { sha256 });
      const detail = { revision, was: before?.newest.revision ?? 0 };
      audit.record({ action: EVENT_OF[of.action], target: `graphs/${id}`, outcome: 'ok', by: BY_FILE, detail });
    });
    logger.info(`The file of the graph "${id}" was ${of.action === 'put' ? 'changed' : 'deleted'} by hand.`, {
      graph: id,
    });
    return { record: revisions.find(id), file, problems: [] };
  }

  /** Ends what was promised and cut short. */
  #bring(record: GraphRecord, file: FoundFile, problems: readonly Problem[] = []): GraphState {
    const { files, revisions, logger } = this.parts;
    const { id, newest } = record;
    using staged = newest.text === undefined ? undefined : files.stage(id, newest.text);
    this.place(id, { record, file, problems }, staged);
    logger.info(`The file of the graph "${id}" is at revision ${newest.revision} again.`, { graph: id });
    return { record: revisions.find(id), file: files.look(id), problems: [] };
  }
}

function isSame(a: FoundFile, b: FoundFile): boolean {
  return a.kind === b.kind && (a.kind !== 'file' || b.kind !== 'file' || a.sha256 === b.sha256);
}

function oddFile(id: string, reason: string): Problem {
  return graphProblem('GRAPH_NOT_JSON', {
    pointer: '',
    message: `The file ${fileNameOf(id)} is not read: ${reason}.`,
    mend: 'Put a graph document there, or take it away.',
  });
}
