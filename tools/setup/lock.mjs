// One set-up at a time in one clone: a lock file that names its owner, and that a dead owner cannot keep.

import fs from 'node:fs';
import path from 'node:path';
import { SetupError } from './errors.mjs';

const POLL_MS = 200;
const WAIT_LIMIT_MS = 15 * 60_000;
const HEARTBEAT_MS = 5000;
/** A lock untouched for this long has no owner, even if another process bears the owner's number by now. */
const STALE_MS = 120_000;

/**
 * Runs `work` while holding the lock.
 * @template T
 * @param {string} file - The lock file; its folder is made.
 * @param {{ say?: (line: string) => void, waitLimitMs?: number }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {SetupError} When the lock stays taken for longer than the limit.
 */
export async function withLock(file, { say = () => {}, waitLimitMs = WAIT_LIMIT_MS }, work) {
  await take(file, say, waitLimitMs);
  const release = () => {
    if (ownerOf(file) === process.pid) fs.rmSync(file, { force: true });
  };
  const onSignal = (signal) => {
    release();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  process.on('exit', release);
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    release();
    process.off('exit', release);
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

async function take(file, say, waitLimitMs) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  // A clock that cannot jump: the limit is about waiting, not about the time of day.
  const since = performance.now();
  let told = false;
  while (!create(file)) {
    const owner = ownerOf(file);
    if (owner !== undefined && (!isAlive(owner) || isUntouched(file))) {
      removeStale(file, owner);
      continue;
    }
    if (performance.now() - since > waitLimitMs) {
      throw new SetupError(
        `Another set-up (process ${owner ?? 'unknown'}) has held ${file} for too long. Wait for it or end it, delete that file, and run the command again.`,
      );
    }
    if (!told) say(`Waiting for another set-up (process ${owner ?? 'unknown'}) to finish ...`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Makes the lock with its owner's number already inside: no one ever sees it empty. */
function create(file) {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, String(process.pid));
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    // A file system without hard links: an exclusive write is the next best.
    return createExclusive(file);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function createExclusive(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw new SetupError(`The lock file ${file} cannot be written (${error.code}). Check the rights of that folder.`);
  }
}

/**
 * Moves a dead owner's lock aside before deleting it. Two waiters may see the same dead owner; the slower one would
 * otherwise delete the lock that the quicker one has just made.
 */
function removeStale(file, owner) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  if (ownerOf(aside) === owner) fs.rmSync(aside, { force: true });
  else fs.renameSync(aside, file);
}

function ownerOf(file) {
  try {
    const pid = Number(fs.readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : -1;
  } catch {
    return undefined;
  }
}

function touch(file) {
  const now = new Date();
  try {
    fs.utimesSync(file, now, now);
  } catch {
    // Deleted by hand: the work goes on, and the next set-up finds its own way.
  }
}

function isUntouched(file) {
  const entry = fs.statSync(file, { throwIfNoEntry: false });
  return entry !== undefined && Date.now() - entry.mtimeMs > STALE_MS;
}

function isAlive(pid) {
  if (pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
