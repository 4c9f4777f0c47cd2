import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { KinegraphError } from '../../base/index.js';
import type { PathResolver, PathUse } from '../../kinds/index.js';

/** A file that the operator has not allowed. */
export class FileNotAllowedError extends KinegraphError {
  override readonly name = 'FileNotAllowedError';
  readonly code = 'CORE_FILE_NOT_ALLOWED';
  /** @param data - `path` as the graph has it. */
  constructor(
    override readonly data: { path: string; use: PathUse; reason: string; mend: string },
    options?: ErrorOptions,
  ) {
    super(`A graph may not ${data.use} ${JSON.stringify(data.path)}: ${data.reason}. ${data.mend}.`, options);
  }
}

/** Where the nodes of graphs may reach files. Plain data: workers get the same. */
export interface FileConfinement {
  /** Files in these folders may be read. Absolute paths. */
  readonly readFolders: readonly string[];
  /** Files in these folders may be written. Absolute paths. */
  readonly writeFolders: readonly string[];
  /** Files and folders that are neither read nor written, wherever they lie: configuration, tokens, keys. */
  readonly protectedPaths?: readonly string[];
}

const MEND: Readonly<Record<PathUse, string>> = {
  read: 'Put the file into the workspace, or have the operator add its folder to media.folders',
  write: 'Name a file in the workspace',
  execute: 'Leave it empty; the operator of the server chooses its programs',
};

/**
 * Resolves paths that end in the allowed folders and refuses all others. Links are followed first, so that none leads out;
 * for a file that does not exist yet those of the folders above it. The answer is the path without links. Who may write
 * to the workspace beside the server could still put a link there after the check: that takes rights on the machine.
 */
export class ConfinedPaths implements PathResolver {
  readonly #folders: Readonly<Record<'read' | 'write', readonly string[]>>;
  readonly #protected: readonly string[];

  constructor(
    private readonly baseFolder: string,
    confinement: FileConfinement,
  ) {
    const { readFolders, writeFolders, protectedPaths = [] } = confinement;
    this.#folders = { read: readFolders.map(realOrSame), write: writeFolders.map(realOrSame) };
    this.#protected = protectedPaths.map(realOrSame);
  }

  /** @throws FileNotAllowedError */
  resolve(asked: string, use: PathUse = 'read'): string {
    const refuse = (reason: string, mend = MEND[use], cause?: unknown): FileNotAllowedError =>
      new FileNotAllowedError({ path: asked, use, reason, mend }, cause === undefined ? undefined : { cause });
    if (use === 'execute') throw refuse('programs are not for graphs to choose');
    if (asked.includes('\0')) throw refuse('it holds a NUL character', 'Correct the path');
    const found = realPath(path.resolve(this.baseFolder, asked));
    if ('fault' in found) throw refuse(found.fault, 'Correct the path', found.cause);
    const { real } = found;
    if (this.#protected.some((place) => isInside(real, place))) throw refuse('it belongs to the server itself');
    const folder = this.#folders[use].find((candidate) => isInside(real, candidate));
    if (folder === undefined) throw refuse('it is outside of the folders that graphs may use');
    if (use === 'write' && hasHiddenPart(path.relative(folder, real)))
      throw refuse('hidden files and installed packages are not for graphs to write');
    return real;
  }
}

/** True for the folder itself and all that is in it. */
function isInside(place: string, folder: string): boolean {
  const relative = path.relative(folder, place);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** `.git/hooks`, `.bashrc`, `node_modules`: what is written there may be run by others. */
function hasHiddenPart(relative: string): boolean {
  return relative.split(path.sep).some((part) => part.startsWith('.') || part === 'node_modules');
}

function realOrSame(folder: string): string {
  const found = realPath(path.resolve(folder));
  return 'real' in found ? found.real : path.resolve(folder);
}

/** The path with all links followed; what does not exist at its end stays as it is. */
function realPath(absolute: string): { readonly real: string } | { readonly fault: string; readonly cause: unknown } {
  const missing: string[] = [];
  for (let place = absolute; ; place = path.dirname(place)) {
    try {
      return { real: path.join(realpathSync.native(place), ...missing) };
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') return { fault: 'it cannot be looked up', cause };
      // A link to nothing is there although what it leads to is not; writing to it would make that.
      if (isLink(place)) return { fault: 'it leads over a link to nothing', cause };
      if (path.dirname(place) === place) return { real: path.join(place, ...missing) };
      missing.unshift(path.basename(place));
    }
  }
}

function isLink(place: string): boolean {
  try {
    return lstatSync(place).isSymbolicLink();
  } catch {
    return false; // not there, or below what is no folder
  }
}
