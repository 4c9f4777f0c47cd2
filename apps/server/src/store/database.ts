import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Libsql from 'libsql';
import { z } from 'zod';
import { MIGRATIONS } from './migrations.js';
import { StoreBrokenError, StoreNewerError, storeError } from './store-errors.js';

/** What can be bound to a `?`. */
export type SqlValue = string | number | null;

type Connection = InstanceType<typeof Libsql>;
type Statement = ReturnType<typeof prepared>;

const Version = z.object({ user_version: z.int().min(0) });
const IntegrityRow = z.object({ integrity_check: z.string() });

/** Takes the values of its `?` as one list: a lone `null` would end the process, as the binding looks for names in it. */
const prepared = (connection: Connection, sql: string) => connection.prepare<[readonly SqlValue[]]>(sql);

/** How long to wait for a server that is about to let go of the file: this one stands still meanwhile. */
const WAIT_MS = 100;

/**
 * One file of SQLite, held by this process alone until it is closed. What a transaction has written survives the loss of
 * power once it has returned. Synchronous: a transaction is never cut in two by another.
 */
export class Database {
  readonly #statements = new Map<string, Statement>();
  #isInTransaction = false;

  private constructor(
    readonly file: string,
    private readonly connection: Connection,
  ) {}

  /**
   * Opens the database, makes it where there is none, and brings an older one up to date; a copy of that is left beside it.
   * @param migrations - From nothing to the newest version.
   * @throws StoreInUseError, StoreBrokenError, StoreNewerError, StoreUnavailableError, StorageFullError
   */
  static open(file: string, migrations: readonly string[] = MIGRATIONS): Database {
    let database: Database | undefined;
    try {
      database = new Database(file, new Libsql(file, { timeout: WAIT_MS }));
      // Before anything is read, so that no memory is shared: one process is all there is, and the next is told so.
      database.#pragma('locking_mode = EXCLUSIVE');
      const version = database.#version();
      if (version > migrations.length) throw new StoreNewerError({ path: file, version, newest: migrations.length });
      database.#pragma('journal_mode = WAL');
      database.#pragma('synchronous = FULL');
      database.#pragma('foreign_keys = ON');
      database.#migrate(version, migrations);
      return database;
    } catch (cause) {
      if (database !== undefined) database.#letGo();
      throw storeError(cause, file);
    }
  }

  /** The rows of a query. @throws StoreBrokenError where one does not fit `row` */
  all<Row>(row: z.ZodType<Row>, sql: string, ...values: readonly SqlValue[]): Row[] {
    const found = this.#attempt(() => this.#prepare(sql).all(values));
    return found.map((one) => {
      const { data, error } = row.safeParse(one);
      if (error !== undefined)
        throw new StoreBrokenError(
          { path: this.file, reason: `a row is not what it has to be (${sql.trim()})` },
          { cause: error },
        );
      return data;
    });
  }

  /** The first row of a query. @throws StoreBrokenError where it does not fit `row` */
  first<Row>(row: z.ZodType<Row>, sql: string, ...values: readonly SqlValue[]): Row | undefined {
    return this.all(row, sql, ...values)[0];
  }

  /** Writes; the rows that were changed are counted. @throws StorageFullError */
  run(sql: string, ...values: readonly SqlValue[]): { readonly changes: number; readonly lastId: number } {
    const { changes, lastInsertRowid } = this.#attempt(() => this.#prepare(sql).run(values));
    return { changes, lastId: Number(lastInsertRowid) };
  }

  /** All that is written inside, or nothing of it. One inside another is a part of that. @throws StorageFullError */
  transaction<Result>(work: () => Result): Result {
    if (this.#isInTransaction) return work();
    return this.#attempt(() => {
      this.connection.exec('BEGIN IMMEDIATE');
      this.#isInTransaction = true;
      try {
        const result = work();
        this.connection.exec('COMMIT');
        return result;
      } catch (error) {
        // SQLite has rolled back by itself where the disk was full.
        if (this.connection.inTransaction) this.connection.exec('ROLLBACK');
        throw error;
      } finally {
        this.#isInTransaction = false;
      }
    });
  }

  /** Writes a copy as it is now, whole and without a log, over a file that may be there. @throws StorageFullError */
  copyTo(file: string): void {
    const temporary = `${file}.tmp`;
    try {
      rmSync(temporary, { force: true });
      this.connection.prepare('VACUUM INTO ?').all(temporary);
      renameSync(temporary, file);
    } catch (cause) {
      rmSync(temporary, { force: true });
      throw storeError(cause, file);
    }
  }

  /** What is wrong inside the file; empty where all is well. Reads all of it. */
  faults(): readonly string[] {
    try {
      const rows = this.all(IntegrityRow, 'PRAGMA integrity_check').map((row) => row.integrity_check);
      return rows.filter((text) => text !== 'ok');
    } catch (error) {
      if (error instanceof StoreBrokenError) return [error.data.reason]; // so broken that it cannot be looked through
      throw error;
    }
  }

  /** Writes the log back into the file and lets go of it. */
  close(): void {
    if (this.connection.open) this.#letGo();
  }

  #migrate(version: number, migrations: readonly string[]): void {
    if (version > 0 && version < migrations.length)
      this.copyTo(path.join(path.dirname(this.file), `${path.parse(this.file).name}.v${version}.db`));
    for (const [index, sql] of migrations.entries()) {
      if (index < version) continue;
      this.transaction(() => {
        this.connection.exec(sql);
        this.connection.exec(`PRAGMA user_version = ${index + 1}`);
      });
    }
  }

  #version(): number {
    return this.first(Version, 'PRAGMA user_version')?.user_version ?? 0;
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = prepared(this.connection, sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #pragma(text: string): void {
    this.connection.prepare(`PRAGMA ${text}`).all();
  }

  #attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (cause) {
      throw storeError(cause, this.file);
    }
  }

  /**
   * Closing alone would hold the file until the statements are garbage: they keep their connection. So the lock is given
   * back first, which takes leaving the log.
   */
  #letGo(): void {
    try {
      this.#pragma('journal_mode = DELETE');
      this.#pragma('locking_mode = NORMAL');
      this.#version(); // the lock goes with the next look
    } catch {
      // It is broken, another's, or its disk is full: it is closed as it is, and let go at the end of the process.
    }
    this.#statements.clear();
    this.connection.close();
  }
}
