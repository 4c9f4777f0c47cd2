import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DeploymentStore } from '../store/deployment-store.js';
import type { Deployment } from '../store/deployment-store.js';
import { databaseIn } from '../store/state-folder.js';
import { Store } from '../store/store.js';

/** What a look into the database found. */
export type StateFound =
  | { readonly kind: 'none' }
  /** A running server writes it again and again. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'unusable'; readonly error: unknown }
  | {
      readonly kind: 'read';
      readonly bytes: number;
      /** Damages inside; empty where there are none. */
      readonly faults: readonly string[];
      readonly deployments: readonly Deployment[];
    };

const TRIES = 20;
const BETWEEN_TRIES_MS = 50;

/**
 * Looks into a copy of the server's database. To open the file itself would hold it, and write back what a crash has left in
 * its log, whatever one asks SQLite for; a copy can be taken while a server runs.
 */
export async function lookIntoState(stateFolder: string): Promise<StateFound> {
  const file = databaseIn(stateFolder);
  if ((await stampOf(file)) === '') return { kind: 'none' };
  let copy: string | undefined;
  try {
    copy = await mkdtemp(path.join(tmpdir(), 'kinegraph-doctor-'));
    if (!(await copyWhole(file, databaseIn(copy)))) return { kind: 'busy' };
    return read(copy, (await stat(file)).size);
  } catch (error) {
    return { kind: 'unusable', error };
  } finally {
    if (copy !== undefined) await rm(copy, { recursive: true, force: true });
  }
}

/** Copies the file and its log as they are at one moment. @returns false where there was none in all the tries */
async function copyWhole(file: string, target: string): Promise<boolean> {
  for (let count = 0; count < TRIES; count += 1) {
    const before = await stampsOf(file);
    await copyFile(file, target);
    await rm(`${target}-wal`, { force: true });
    if (before.log !== '') await copyFile(`${file}-wal`, `${target}-wal`).catch(() => {}); // gone: seen below
    const after = await stampsOf(file);
    if (before.file === after.file && before.log === after.log) return true;
    await wait(BETWEEN_TRIES_MS);
  }
  return false;
}

async function stampsOf(file: string): Promise<{ readonly file: string; readonly log: string }> {
  return { file: await stampOf(file), log: await stampOf(`${file}-wal`) };
}

/** Changes with each write; empty where there is no such file. */
async function stampOf(file: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(file, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch {
    return '';
  }
}

function read(folder: string, bytes: number): StateFound {
  const store = new Store({ stateFolder: folder });
  try {
    const faults = store.database.faults();
    const deployments = faults.length === 0 ? new DeploymentStore(store).list() : [];
    return { kind: 'read', bytes, faults, deployments };
  } finally {
    store.close();
  }
}
