import { access, constants, stat } from 'node:fs/promises';
import {
  MediaFileDeniedError,
  MediaFileEmptyError,
  MediaFileKindError,
  MediaFileMissingError,
} from '../file-errors.js';

/**
 * Tells the plain mistakes before a decoder is started.
 *
 * @throws MediaFileMissingError, MediaFileKindError, MediaFileDeniedError, MediaFileEmptyError
 */
export async function checkMediaFile(path: string): Promise<void> {
  const facts = await statOrThrow(path);
  if (facts.isDirectory()) {
    const mend = 'Name a file in it; for a folder of pictures use a node of type media.source.images.';
    throw new MediaFileKindError({ path, found: 'a folder, not a video file', mend });
  }
  if (!facts.isFile()) {
    throw new MediaFileKindError({ path, found: 'a device, pipe or socket, not a file', mend: 'Name a video file.' });
  }
  if (facts.size === 0) throw new MediaFileEmptyError({ path });
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw new MediaFileDeniedError({ path, reason: systemCode(error) }, { cause: error });
  }
}

/** @throws MediaFileMissingError, MediaFileDeniedError */
export async function statOrThrow(path: string): Promise<Awaited<ReturnType<typeof stat>>> {
  try {
    return await stat(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new MediaFileMissingError({ path }, { cause: error });
    throw new MediaFileDeniedError({ path, reason: code }, { cause: error });
  }
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
