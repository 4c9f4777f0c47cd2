import { randomUUID } from 'node:crypto';
import { lstat, open, readFile, rename, rm, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import process from 'node:process';
import { sleep } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import { unlessMissing } from './whole-files.js';

const POLL_MS = 100;
/** The owner touches the file this often, whatever else it waits for. */
const HEARTBEAT_MS = 1_000;
/** A file that nobody touched for so long has lost its owner. */
const PATIENCE_MS = 15_000;
/** As much, where the owner was a process of this machine that is gone. Not zero: another container may count its own processes. */
const PATIENCE_AFTER_DEATH_MS = 3 * HEARTBEAT_MS;

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/**
 * A file that only one thread of any process owns at a time. Waiting is told from touches that are seen to come, never from
 * comparing clocks. Two owners are possible after a freeze of many seconds (a laptop that slept): what the lock guards must
 * survive that.
 */
export class FileLock implements AsyncDisposable {
  #heartbeat: Disposable | undefined;

  private constructor(
    private readonly file: string,
    private readonly token: string,
    private readonly clock: Clock,
  ) {
    this.#beat();
  }

  /**
   * Waits until the file is free.
   *
   * @param onWait - Called once, when another owner is found.
   * @throws AbortedError, and what the disk says when it takes no file.
   */
  static async acquire(
    file: string,
    clock: Clock,
    { signal, onWait }: { readonly signal?: AbortSignal; readonly onWait?: () => void } = {},
  ): Promise<FileLock> {
    const token = randomUUID();
    let seen: string | undefined;
    let seenAtMs = 0;
    for (;;) {
      if (await create(file, { pid: process.pid, host: hostname(), token })) return new FileLock(file, token, clock);
      const owner = await look(file);
      if (owner === undefined) continue; // released just now
      if (seen === undefined) onWait?.();
      if (owner.state !== seen) [seen, seenAtMs] = [owner.state, clock.nowMs()];
      const patienceMs = isGone(owner) ? PATIENCE_AFTER_DEATH_MS : PATIENCE_MS;
      if (clock.nowMs() - seenAtMs < patienceMs) {
        await sleep(clock, POLL_MS, signal);
        continue;
      }
      // Of several that wait, the rename is done by one; the others find nothing to rename.
      const aside = `${file}.${token}.tmp`;
      if ((await look(file))?.state === seen) await rename(file, aside).catch(() => undefined);
      await rm(aside, { force: true });
    }
  }

  /** Lets the next one in. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#rest();
    if (await this.isOwned()) await rm(this.file, { force: true });
  }

  /** False once another one has taken over. What the lock guards is that one's now. */
  async isOwned(): Promise<boolean> {
    return (await look(this.file))?.token === this.token;
  }

  #beat(): void {
    this.#heartbeat = this.clock.schedule(HEARTBEAT_MS, () => {
      this.#touch().catch(() => undefined); // the disk is gone, for a moment or for good
      this.#beat();
    });
  }

  async #touch(): Promise<void> {
    const now = new Date();
    if (await this.isOwned()) await utimes(this.file, now, now);
    else this.#rest();
  }

  #rest(): void {
    this.#heartbeat?.[Symbol.dispose]();
    this.#heartbeat = undefined;
  }
}

/** True: the file was not there and is this owner's now. */
async function create(file: string, owner: Owner): Promise<boolean> {
  let handle;
  try {
    handle = await open(file, 'wx');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  try {
    await handle.writeFile(JSON.stringify(owner));
    return true;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/**
 * The owner and a text that changes with every touch; undefined where there is no file. A link that leads nowhere is one
 * that nobody owns, since it keeps others from making theirs.
 */
async function look(file: string): Promise<(Partial<Owner> & { readonly state: string }) | undefined> {
  const found = await unlessMissing(async () => lstat(file));
  if (found === undefined) return undefined;
  const text = (await unlessMissing(async () => readFile(file, 'utf8'))) ?? '';
  return { ...parseOwner(text), state: `${found.ino} ${found.mtimeMs} ${text}` };
}

function parseOwner(text: string): Partial<Owner> {
  try {
    return JSON.parse(text) as Partial<Owner>;
  } catch {
    return {}; // being written, or by a process that ended in the middle of it
  }
}

function isGone({ pid, host }: Partial<Owner>): boolean {
  if (pid === undefined || host !== hostname()) return false;
  try {
    process.kill(pid, 0); // signal 0 only asks
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
