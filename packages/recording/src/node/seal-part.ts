import { open, rename, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { scanPart, type PartIndex, type WrittenChunk } from '../mcap/index.js';
import { LIBRARY } from './library.js';
import { DiskFile, isDiskFull, systemCode, writeAll } from './disk-file.js';
import { PART_SUFFIX } from './recording-files.js';

/**
 * Makes a complete file of what is there, on the disk when this settles. Where its end has no room, the last chunks give way.
 * @param keepBytes - of the file; `bytes` and the end follow.
 * @returns the chunks that gave way
 * @throws the error of the operating system; also where there is no room even without any chunk
 */
export async function sealFile(
  handle: FileHandle,
  index: PartIndex,
  keepBytes: number,
  bytes: Uint8Array,
): Promise<readonly WrittenChunk[]> {
  const lost: WrittenChunk[] = [];
  let [keep, rest] = [keepBytes, bytes];
  for (;;) {
    try {
      await handle.truncate(keep);
      await writeAll(handle, rest, keep);
      await writeAll(handle, index.tail(), keep + rest.byteLength);
      await handle.datasync();
      return lost;
    } catch (error) {
      const chunk = isDiskFull(error) ? index.dropLastChunk() : undefined;
      if (chunk === undefined) throw error;
      lost.push(chunk);
      [keep, rest] = [index.end, new Uint8Array()];
    }
  }
}

/** Gives a sealed part its final name, which the disk keeps. @returns the name */
export async function nameComplete(partPath: string): Promise<string> {
  const complete = partPath.endsWith(PART_SUFFIX) ? partPath.slice(0, -PART_SUFFIX.length) : partPath;
  if (complete !== partPath) await rename(partPath, complete);
  await syncFolder(path.dirname(complete));
  return complete;
}

/** What mending a file came to. */
export interface Repair {
  /** Its name from now on. */
  readonly path: string;
  readonly messages: number;
  /** Bytes that were cut off its end. */
  readonly cutBytes: number;
  /** It was complete, and was left as it is. */
  readonly wasComplete: boolean;
}

/**
 * Makes a complete file of a part whose writer is gone: everything up to the last whole chunk stays, an end is written, and
 * `.part` goes from its name. Nobody may be writing it.
 * @throws NotARecordingError, RecordingVersionError, ForeignRecordingError, RecordingCompressedError, the error of the operating system
 */
export async function repairPart(partPath: string): Promise<Repair> {
  const scanned = await scanFile(partPath);
  const { index, keepBytes, bytes, isComplete, size } = scanned;
  if (!isComplete) {
    await using handle = await open(partPath, 'r+');
    await sealFile(handle, index, keepBytes, bytes);
  }
  const complete = await nameComplete(partPath);
  return {
    path: complete,
    messages: index.messageCount,
    cutBytes: isComplete ? 0 : Math.max(0, size - index.end),
    wasComplete: isComplete,
  };
}

async function scanFile(partPath: string): Promise<Awaited<ReturnType<typeof scanPart>> & { size: number }> {
  await using file = await DiskFile.open(partPath);
  return { ...(await scanPart(file, LIBRARY)), size: await file.size() };
}

/** A name is on the disk when its folder is. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EINVAL', 'EACCES'].includes(systemCode(error))) throw error;
  }
}
