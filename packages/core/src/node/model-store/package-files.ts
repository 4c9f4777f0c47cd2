import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AbortedError } from '../../base/index.js';
import { ModelFileError } from '../../plugins/index.js';
import type { ByteRange, LocatedFile, MissingFile, ModelFiles, PackagedSource } from '../../plugins/index.js';

/** Big files are read in pieces of this size, so that a reader who gives up does not wait for the rest. */
const PIECE_BYTES = 16 * 1024 * 1024;

/** Files of installed packages and of the user. */
export class NodeModelFiles implements ModelFiles {
  async locate(source: PackagedSource, pluginFolderUrl: string): Promise<LocatedFile | MissingFile> {
    const pluginFolder = await realOr(fileURLToPath(pluginFolderUrl));
    if (source.kind === 'file') return locateFile(path.join(pluginFolder, source.path));
    const folder = await findPackageFolder(source.packageName, pluginFolder);
    if (folder === undefined)
      return { missing: 'package', file: path.join(pluginFolder, 'node_modules', source.packageName) };
    return locateFile(path.join(folder, source.path));
  }

  async locateUserFile(file: string): Promise<LocatedFile | MissingFile> {
    return locateFile(/^file:/i.test(file) ? pathOfFileUrl(file) : path.resolve(file));
  }

  async read(file: string, range?: ByteRange, signal?: AbortSignal): Promise<Uint8Array> {
    const handle = await open(file, 'r').catch((error: unknown) => {
      throw unreadable(file, error);
    });
    try {
      const { size } = await handle.stat();
      const start = Math.min(range?.offset ?? 0, size);
      const bytes = new Uint8Array(Math.min(range?.bytes ?? size, size - start));
      let filled = 0;
      while (filled < bytes.byteLength) {
        if (signal?.aborted === true) throw new AbortedError({ what: `Reading ${file}` });
        const { bytesRead } = await handle.read(
          bytes,
          filled,
          Math.min(PIECE_BYTES, bytes.byteLength - filled),
          start + filled,
        );
        if (bytesRead === 0) return bytes.slice(0, filled); // cut while it was read; the sum will tell
        filled += bytesRead;
      }
      return bytes;
    } finally {
      await handle.close();
    }
  }
}

/**
 * The folder of an installed package, looked up as Node does: in each `node_modules` from `fromFolder` upwards. Its
 * `exports` map does not matter, since nothing is imported.
 */
export async function findPackageFolder(packageName: string, fromFolder: string): Promise<string | undefined> {
  for (let folder = path.resolve(fromFolder); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', packageName);
    if (path.basename(folder) !== 'node_modules' && (await isFile(path.join(candidate, 'package.json'))))
      return realOr(candidate);
    if (path.dirname(folder) === folder) return undefined;
  }
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** The path without symbolic links: package managers link packages, and their dependencies lie beside the real folder. */
async function realOr(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    return folder;
  }
}

async function locateFile(file: string): Promise<LocatedFile | MissingFile> {
  try {
    const found = await stat(file);
    if (found.isFile()) return { file, bytes: found.size, changedAtMs: found.mtimeMs };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { missing: 'file', file };
    throw unreadable(file, error);
  }
  throw new ModelFileError({ file, reason: 'it is no file', mend: 'Give the path of the model file itself' });
}

function pathOfFileUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw new ModelFileError(
      { file: url, reason: 'it is no valid file URL', mend: 'Give its path instead' },
      { cause: error },
    );
  }
}

function unreadable(file: string, error: unknown): ModelFileError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ModelFileError({ file, reason, mend: 'Check the file and its rights' }, { cause: error });
}
