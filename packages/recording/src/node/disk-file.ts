import { open, statfs, type FileHandle } from 'node:fs/promises';
import { errorMessage } from '@kinegraph/core/plugin';
import type { RandomAccess } from '../mcap/index.js';

/** A file opened for reading. Disposing of it closes it. */
export class DiskFile implements RandomAccess, AsyncDisposable {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** @throws the error of the operating system */
  static async open(path: string): Promise<DiskFile> {
    return new DiskFile(path, await open(path, 'r'));
  }

  async size(): Promise<number> {
    return (await this.handle.stat()).size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const rest = Math.max(0, Math.min(length, (await this.size()) - offset)); // a length may be noise of a damaged file
    const bytes = new Uint8Array(rest);
    let done = 0;
    while (done < rest) {
      const { bytesRead } = await this.handle.read(bytes, done, rest - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return bytes.subarray(0, done);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.handle.close();
  }
}

/** Writes all of `bytes` at `offset`: the operating system may take them in pieces. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, offset + done);
    done += bytesWritten;
  }
}

/** What a disk has left for this user. @throws the error of the operating system */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The code of an error of the operating system. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** No room is left on the disk, or none for this user. */
export function isDiskFull(error: unknown): boolean {
  return systemCode(error) === 'ENOSPC' || systemCode(error) === 'EDQUOT';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is none',
  EEXIST: 'its folder is none',
  EACCES: 'writing there is not permitted',
  EPERM: 'writing there is not permitted',
  EROFS: 'the disk may only be read',
  EIO: 'the disk fails',
};

/** Why a file cannot be written, in words where that is known. */
export function writeReason(error: unknown): string {
  return REASONS[systemCode(error)] ?? errorMessage(error);
}
