import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { serviceId } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { Database } from './database.js';
import { databaseIn, makeStateFolder } from './state-folder.js';
import { StoreUnavailableError } from './store-errors.js';

/** Where the store is. */
export interface StoreOptions {
  /** Absolute. */
  readonly stateFolder: string;
}
export const StoreOptions = serviceId<StoreOptions>('server.StoreOptions');

/**
 * The server's database, opened when it is first needed: a server that keeps nothing runs in a folder that it may not write.
 * What keeps it from opening is told to each who needs it, and tried again for the next.
 */
@injectable()
export class Store {
  #database: Database | undefined;
  #isClosed = false;

  constructor(@inject(StoreOptions) private readonly options: StoreOptions) {}

  /** Whether anything was ever kept; looking makes nothing. */
  get isThere(): boolean {
    return existsSync(databaseIn(this.options.stateFolder));
  }

  /** @throws StoreUnavailableError, StoreInUseError, StoreBrokenError, StoreNewerError, StorageFullError */
  get database(): Database {
    const { stateFolder } = this.options;
    if (this.#isClosed) throw new StoreUnavailableError({ path: stateFolder, reason: 'the server is stopping' });
    if (this.#database === undefined) {
      makeStateFolder(stateFolder);
      this.#database = Database.open(databaseIn(stateFolder));
      removeCopies(stateFolder); // nobody else has the database now, so nobody copies it
    }
    return this.#database;
  }

  /** All that is written inside, by whatever uses this store, or nothing of it. @throws as `database` */
  transaction<Result>(work: () => Result): Result {
    return this.database.transaction(work);
  }

  /**
   * Writes a copy of the database as it is now, beside it. Who asks deletes it.
   * @returns where it is @throws as `database`
   */
  copy(): string {
    const { database } = this; // once it is open, copies are no remains
    const file = path.join(this.options.stateFolder, `copy-${randomBytes(6).toString('hex')}.db`);
    database.copyTo(file);
    return file;
  }

  /** Lets go of the file, for good. */
  close(): void {
    this.#isClosed = true;
    this.#database?.close();
    this.#database = undefined;
  }
}

/** Those that a server which was cut off has left, each as large as the database. */
function removeCopies(folder: string): void {
  for (const name of readdirSync(folder))
    if (/^copy-[0-9a-f]{12}\.db/.test(name)) rmSync(path.join(folder, name), { force: true });
}
