import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file system of a few kilobytes in memory. */
export class SmallDisk implements Disposable {
  readonly path = mkdtempSync(path.join(tmpdir(), 'kinegraph-disk-'));

  /** @throws where mounting is not permitted. */
  constructor(bytes: number) {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', this.path], { stdio: 'pipe' });
    } catch (error) {
      rmSync(this.path, { recursive: true });
      throw error;
    }
  }

  grow(bytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${bytes}`, this.path], { stdio: 'pipe' });
  }

  [Symbol.dispose](): void {
    // The binding's closed files may be open until they are garbage.
    execFileSync('umount', ['-l', this.path], { stdio: 'pipe' });
    rmSync(this.path, { recursive: true });
  }
}

/** Why there can be no small disk here; undefined where there can. */
export function noSmallDisk(): string | undefined {
  try {
    new SmallDisk(65_536)[Symbol.dispose]();
    return undefined;
  } catch {
    return 'mounting a tmpfs takes rights that this user has not';
  }
}
