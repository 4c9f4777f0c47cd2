import { z } from 'zod';
import { Author } from '../store/author.js';
import type { Database } from '../store/database.js';
import { jsonColumn } from '../store/json-column.js';

/** What a revision came of. */
export const RevisionAction = z.enum(['put', 'restore', 'delete']);

/** What its event is called, as the operation that asks for it. */
export const EVENT_OF: Readonly<Record<z.infer<typeof RevisionAction>, string>> = {
  put: 'putGraph',
  restore: 'restoreRevision',
  delete: 'deleteGraph',
};

/** A revision, without its document. */
export interface RevisionInfo {
  readonly revision: number;
  readonly action: z.infer<typeof RevisionAction>;
  readonly title?: string;
  /** What people call it: one line. */
  readonly name?: string;
  /** The revision whose document this is, where it was restored. */
  readonly restored?: number;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly savedBy: Author;
}

/** A revision with its text. */
export interface KeptRevision extends RevisionInfo {
  /** Canonical; undefined where the graph was deleted. */
  readonly text?: string;
}

/** The newest revision of a graph, and what its file has to be. */
export interface GraphRecord {
  readonly id: string;
  readonly newest: KeptRevision;
  /** The newest revision has not been seen in its file yet. */
  readonly isPending: boolean;
  /** Of the file when it last was as a revision says; '' for none. */
  readonly fileSha256: string;
}

/** A revision to write. */
export type NewRevision = Omit<KeptRevision, 'revision'>;

/** Revisions of a graph that are kept, besides those that are deployed, and those that have a name. */
export const MOST_REVISIONS = 200;
/** Revisions of a graph that are kept for their name. */
export const MOST_NAMED = 200;

/** Graphs that are kept; what people save by mistake, in a loop, must not fill the disk. */
export const MOST_GRAPHS = 1000;
/** Deleted graphs whose history is kept; of others no more is known than that they were there. */
export const MOST_DELETED = 1000;

const InfoRow = z.object({
  revision: z.int().min(1),
  action: RevisionAction,
  title: z.string().nullable(),
  name: z.string().nullable(),
  restored: z.int().nullable(),
  at: z.string(),
  by: jsonColumn(Author),
});
const RevisionRow = InfoRow.extend({ text: z.string().nullable() });
const GraphRow = RevisionRow.extend({ id: z.string(), pending: z.int(), file_sha256: z.string() });
const IdRow = z.object({ id: z.string() });
const CountRow = z.object({ graphs: z.int() });

const NEWEST = 'graphs g JOIN revisions r ON r.graph = g.id AND r.revision = g.revision';
const INFO = 'r.revision, r.action, r.title, r.name, r.restored, r.at, r.by';

/** The tables of graphs and revisions. What is told of files is the caller's word. */
export class GraphRevisions {
  constructor(private readonly database: Database) {}

  /** Ids of all graphs that are or were there. */
  ids(): readonly string[] {
    return this.database.all(IdRow, 'SELECT id FROM graphs ORDER BY id').map(({ id }) => id);
  }

  /** Graphs that are there. */
  count(): number {
    const sql = `SELECT count(*) AS graphs FROM ${NEWEST} WHERE r.action <> 'delete'`;
    return this.database.first(CountRow, sql)?.graphs ?? 0;
  }

  find(id: string): GraphRecord | undefined {
    const row = this.database.first(
      GraphRow,
      `SELECT g.id, g.pending, g.file_sha256, r.text, ${INFO} FROM ${NEWEST} WHERE g.id = ?`,
      id,
    );
    if (row === undefined) return undefined;
    return { id: row.id, newest: keptOf(row), isPending: row.pending !== 0, fileSha256: row.file_sha256 };
  }

  /** Newest first. */
  history(id: string): readonly RevisionInfo[] {
    const rows = this.database.all(
      InfoRow,
      `SELECT ${INFO} FROM revisions r WHERE r.graph = ? ORDER BY r.revision DESC`,
      id,
    );
    return rows.map(infoOf);
  }

  revision(id: string, revision: number): KeptRevision | undefined {
    const row = this.database.first(
      RevisionRow,
      `SELECT r.text, ${INFO} FROM revisions r WHERE r.graph = ? AND r.revision = ?`,
      id,
      revision,
    );
    return row && keptOf(row);
  }

  /**
   * Adds a revision, which is the newest from now on, and lets go of those that are too old.
   * @param file - What is known of the file: its hash where it is as the revision says, `pending` where it is still to be.
   * @returns its number
   */
  add(id: string, of: NewRevision, file: 'pending' | { readonly sha256: string }): number {
    const { database } = this;
    return database.transaction(() => {
      const revision = (this.find(id)?.newest.revision ?? 0) + 1;
      if (file === 'pending')
        database.run(
          `INSERT INTO graphs (id, revision, pending, file_sha256) VALUES (?, ?, 1, '')
           ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, pending = 1`,
          id,
          revision,
        );
      else
        database.run(
          `INSERT INTO graphs (id, revision, pending, file_sha256) VALUES (?, ?, 0, ?)
           ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, pending = 0, file_sha256 = excluded.file_sha256`,
          id,
          revision,
          file.sha256,
        );
      database.run(
        'INSERT INTO revisions (graph, revision, action, text, title, name, restored, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        id,
        revision,
        of.action,
        of.text ?? null,
        of.title ?? null,
        of.name ?? null,
        of.restored ?? null,
        of.savedAt,
        JSON.stringify(of.savedBy),
      );
      database.run(
        `DELETE FROM revisions WHERE graph = ? AND revision <= ?
           AND revision NOT IN (SELECT revision FROM deployments WHERE graph = ?)
           AND revision NOT IN (
             SELECT revision FROM revisions WHERE graph = ? AND name IS NOT NULL ORDER BY revision DESC LIMIT ?
           )`,
        id,
        revision - MOST_REVISIONS,
        id,
        id,
        MOST_NAMED,
      );
      if (of.action === 'delete') this.#forgetLongDeleted();
      return revision;
    });
  }

  /** Calls a revision something else; undefined: nothing. */
  name(id: string, revision: number, name: string | undefined): void {
    this.database.run('UPDATE revisions SET name = ? WHERE graph = ? AND revision = ?', name ?? null, id, revision);
  }

  /** Their numbers are not used again. */
  #forgetLongDeleted(): void {
    this.database.run(
      `DELETE FROM revisions WHERE text IS NOT NULL AND graph IN (
         SELECT g.id FROM ${NEWEST} WHERE r.action = 'delete' ORDER BY r.at DESC LIMIT -1 OFFSET ?
       ) AND (graph, revision) NOT IN (SELECT graph, revision FROM deployments)`,
      MOST_DELETED,
    );
  }

  /** The file is as the newest revision says. @param sha256 - Of the file; '' for none. */
  settle(id: string, sha256: string): void {
    this.database.run('UPDATE graphs SET pending = 0, file_sha256 = ? WHERE id = ?', sha256, id);
  }

  /** The files are all gone, and not because somebody deleted graphs: they are to be written again. */
  expectAllFiles(): void {
    this.database.run("UPDATE graphs SET pending = 1, file_sha256 = ''");
  }
}

function infoOf({ revision, action, title, name, restored, at, by }: z.infer<typeof InfoRow>): RevisionInfo {
  return {
    revision,
    action,
    ...(title === null ? {} : { title }),
    ...(name === null ? {} : { name }),
    ...(restored === null ? {} : { restored }),
    savedAt: at,
    savedBy: by,
  };
}

function keptOf(row: z.infer<typeof RevisionRow>): KeptRevision {
  return { ...infoOf(row), ...(row.text === null ? {} : { text: row.text }) };
}
