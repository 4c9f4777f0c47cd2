import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ServerConfig } from '../config/index.js';
import { storeError } from './store-errors.js';

/** Where the server keeps its database. No graph may read or write there. */
export function stateFolderOf({ state, workspace }: Pick<ServerConfig, 'state' | 'workspace'>): string {
  return state.folder ?? path.join(workspace, '.kinegraph');
}

/** Where the graphs are, one file each. */
export function graphsFolderOf({ graphs, workspace }: Pick<ServerConfig, 'graphs' | 'workspace'>): string {
  return graphs.folder ?? path.join(workspace, 'graphs');
}

/** The database in a state folder. */
export const databaseIn = (folder: string): string => path.join(folder, 'kinegraph.db');

/** Makes the folder where there is none, for its user alone. @throws StoreUnavailableError, StorageFullError */
export function makeStateFolder(folder: string): void {
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      // A workspace is often under version control, and this is not for it.
      writeFileSync(path.join(folder, '.gitignore'), '*\n');
    }
    if (process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
  } catch (cause) {
    throw storeError(cause, folder);
  }
}
