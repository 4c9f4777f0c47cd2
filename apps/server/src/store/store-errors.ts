import { KinegraphError, errorMessage } from '@kinegraph/core';

/** The server's state cannot be kept: its folder or its file system does not let it. What needs no state goes on. */
export class StoreUnavailableError extends KinegraphError {
  override readonly name = 'StoreUnavailableError';
  readonly code = 'SERVER_STORE_UNAVAILABLE';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The server cannot keep its state in ${data.path}: ${data.reason}. Have the operator mend that, or set state.folder and graphs.folder to folders that the server may write.`,
      options,
    );
  }
}

/** Another server holds the database. */
export class StoreInUseError extends KinegraphError {
  override readonly name = 'StoreInUseError';
  readonly code = 'SERVER_STORE_IN_USE';
  constructor(
    override readonly data: { path: string },
    options?: ErrorOptions,
  ) {
    super(
      `The database ${data.path} is in use by another server. Stop that one, or give this one a workspace or a state.folder of its own.`,
      options,
    );
  }
}

/** The database cannot be read. */
export class StoreBrokenError extends KinegraphError {
  override readonly name = 'StoreBrokenError';
  readonly code = 'SERVER_STORE_BROKEN';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The database ${data.path} cannot be used: ${data.reason}. Stop the server and put a back-up in its place, or move the file away to begin anew; the graphs in their folder are taken up again.`,
      options,
    );
  }
}

/** The database was written by a newer version of the server. */
export class StoreNewerError extends KinegraphError {
  override readonly name = 'StoreNewerError';
  readonly code = 'SERVER_STORE_NEWER';
  constructor(override readonly data: { path: string; version: number; newest: number }) {
    super(
      `The database ${data.path} is of version ${data.version}, and this server knows those up to ${data.newest}; it was left as it is. Install a newer Kinegraph, or put the copy from before the upgrade (kinegraph.v${data.newest}.db beside it) in its place.`,
    );
  }
}

/** There is no room for what was to be stored. Nothing has changed. */
export class StorageFullError extends KinegraphError {
  override readonly name = 'StorageFullError';
  readonly code = 'SERVER_STORAGE_FULL';
  constructor(
    override readonly data: { path: string },
    options?: ErrorOptions,
  ) {
    super(`There is no room left to write ${data.path}, so nothing was changed. Make room, then try again.`, options);
  }
}

const FULL = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT']);
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'its rights do not allow it',
  EPERM: 'its rights do not allow it',
  EROFS: 'it is on a file system that is read-only',
  ENOTDIR: 'a part of the path is no folder',
  EEXIST: 'a file stands where the folder should be',
  SQLITE_READONLY: 'it may not be written',
  SQLITE_CANTOPEN: 'it cannot be opened',
};

/** What a fault of the file system or of SQLite means for the store; other errors are given back as they are. */
export function storeError(cause: unknown, path: string): unknown {
  if (!(cause instanceof Error) || cause instanceof KinegraphError) return cause;
  const code = codeOf(cause);
  if (FULL.has(code)) return new StorageFullError({ path }, { cause });
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') return new StoreInUseError({ path }, { cause });
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return new StoreBrokenError({ path, reason: errorMessage(cause) }, { cause });
  // The binding has no code for a file that it cannot open.
  const isFileFault =
    /^(?:E[A-Z]+|SQLITE_(?:READONLY|CANTOPEN|IOERR).*)$/.test(code) || cause.message.startsWith('ConnectionFailed');
  if (!isFileFault) return cause;
  const reason = REASONS[code] ?? REASONS[code.split('_').slice(0, 2).join('_')] ?? errorMessage(cause);
  return new StoreUnavailableError({ path, reason }, { cause });
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
