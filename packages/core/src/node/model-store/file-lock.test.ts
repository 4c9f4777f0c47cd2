import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../../../test/support/model-downloads.js';
import { errorCode } from '../../base/index.js';
import { VirtualClock } from '../../testing/index.js';
import { FileLock } from './file-lock.js';
import { PartialFile } from './partial-file.js';

let folder: string;
let file: string;
let clock: VirtualClock;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-lock-'));
  file = path.join(folder, 'x.part.lock');
  clock = new VirtualClock();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Lets the time of `clock` pass until `work` is done. @returns how much it took, in milliseconds */
async function timeOf(work: Promise<unknown>): Promise<number> {
  const startedAtMs = clock.nowMs();
  let isDone = false;
  const done = work.finally(() => (isDone = true));
  while (!isDone) {
    await expect.poll(() => isDone || clock.pendingCount > 0, { interval: 1 }).toBe(true); // the disk takes its own time
    if (!isDone) await clock.advance(100);
  }
  await done;
  return clock.nowMs() - startedAtMs;
}

describe('FileLock', () => {
  it('is taken by one after the other, and who waits is told once', async () => {
    const first = await FileLock.acquire(file, new VirtualClock());
    let waits = 0;
    const waiting = FileLock.acquire(file, clock, { onWait: () => (waits += 1) });
    await expect.poll(() => clock.pendingCount).toBe(1);
    await clock.advance(100);
    await first[Symbol.asyncDispose]();
    expect(await timeOf(waiting)).toBeLessThan(1_000);
    expect(waits).toBe(1);
    await (await waiting)[Symbol.asyncDispose]();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, () => Promise<void>]>([
    ['a file that nobody touches', () => writeFile(file, '{"pid":1,"host":"elsewhere","token":"t"}')],
    ['a file that makes no sense', () => writeFile(file, '{')],
    ['a link that leads nowhere', () => symlink(path.join(folder, 'nowhere'), file)],
  ])('is taken over from %s', async (_what, leave) => {
    await leave();
    const waiting = FileLock.acquire(file, clock);
    expect(await timeOf(waiting)).toBeGreaterThanOrEqual(15_000);
    await (await waiting)[Symbol.asyncDispose]();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, () => Promise<void>]>([
    ['a file', () => writeFile(file, '{"pid":1,"host":"elsewhere","token":"t"}')],
    ['a link that leads nowhere', () => symlink(path.join(folder, 'nowhere'), file)],
  ])('is no longer waited for when its signal fires: %s', async (_what, leave) => {
    await leave();
    const abort = new AbortController();
    const waiting = errorOf(FileLock.acquire(file, clock, { signal: abort.signal }));
    await expect.poll(() => clock.pendingCount).toBe(1);
    abort.abort();
    expect(errorCode(await waiting)).toBe('CORE_ABORTED');
    expect(clock.pendingCount).toBe(0);
  });

  it('that was taken over is left alone by the owner before', async () => {
    const frozen = new VirtualClock();
    const before = await FileLock.acquire(file, frozen);
    const waiting = FileLock.acquire(file, clock);
    await timeOf(waiting);
    const now = await stat(file);
    await frozen.advance(5_000);
    await expect.poll(() => frozen.pendingCount).toBe(0); // it has seen that the file is not its own
    expect((await stat(file)).mtimeMs).toBe(now.mtimeMs);
    await before[Symbol.asyncDispose]();
    expect((await stat(file)).ino).toBe(now.ino);
  });
});

describe('a partial file that was taken over', () => {
  const open = (by: VirtualClock): Promise<PartialFile> =>
    PartialFile.open({
      url: 'https://models.test/net.bin',
      file: path.join(folder, 'x.part'),
      fileOf: (sha256) => path.join(folder, sha256),
      clock: by,
      mustKeep: true,
    });

  it.each([0, 10])('is left alone by the owner before, who had %i bytes', async (bytes) => {
    const before = await open(new VirtualClock());
    const opening = open(clock);
    await timeOf(opening);
    const now = await opening;
    await now.append(new Uint8Array(20).fill(7));
    if (bytes > 0) await before.append(new Uint8Array(bytes).fill(7)); // of the same file, as far as it came
    await before[Symbol.asyncDispose]();
    expect(await readdir(folder)).toEqual(['x.part', 'x.part.lock']);
    const goal = path.join(folder, now.sha256());
    await now.commit();
    await now[Symbol.asyncDispose]();
    expect(new Uint8Array(await readFile(goal))).toEqual(new Uint8Array(20).fill(7));
  });
});
