import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatGraph, parseGraph } from '@kinegraph/core';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeptGraphs } from './support/kept-graphs.js';
import type { Promised } from './support/store-promises.js';

/** `KINEGRAPH_CRASHES=500 npx vitest run apps/server/test/store-crash.int.test.ts` takes four minutes. */
const CRASHES = Number(process.env['KINEGRAPH_CRASHES'] ?? 60);
/** Of all kills, those that come before the program has promised anything: while it starts and mends the last crash. */
const EARLY_SHARE = 0.2;
const START_MS = 250;
const WRITING_MS = 25;

const here = path.dirname(fileURLToPath(import.meta.url));
/** Beside the packages that it loads. One file starts several times faster than its hundreds. */
const program = path.join(here, '../node_modules', `.store-writer-${process.pid}.mjs`);

beforeAll(async () => {
  await build({
    entryPoints: [path.join(here, 'support/store-writer.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['libsql'],
    logLevel: 'error',
  });
});
afterAll(() => rmSync(program, { force: true }));

/** Lets the program write in `workspace` and kills it at some moment. @returns what it had promised */
async function writeAndKill(workspace: string, isEarly: boolean): Promise<Promised[]> {
  const child = spawn(process.execPath, [program, workspace], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += String(chunk)));
  const wrote = new Promise<void>((done) => {
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
      done();
    });
  });
  const ended = once(child, 'close');
  const sooner = new Promise<void>((done) => setTimeout(done, Math.random() * START_MS));
  await Promise.race([isEarly ? sooner : wrote, ended]);
  if (!isEarly) await new Promise((done) => setTimeout(done, Math.random() * WRITING_MS));
  child.kill('SIGKILL');
  const [, signal] = (await ended) as [number | null, string | null];
  expect(complaint).toBe('');
  expect(signal).toBe('SIGKILL');
  const lines = out.split('\n');
  lines.pop(); // cut short, or empty
  return lines.map((line) => JSON.parse(line) as Promised);
}

/** Every file is a whole document, before anybody has mended anything. */
function checkFiles(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.kinegraph.json')))
    expect(parseGraph(readFileSync(path.join(folder, name), 'utf8')).problems, name).toEqual([]);
}

/** Opens what the crash has left, as the next start does. */
function checkStore(workspace: string, promises: ReadonlyMap<string, Promised>, since: readonly Promised[]): void {
  using kept = new KeptGraphs(workspace);
  expect(kept.store.database.faults()).toEqual([]);
  const { library } = kept;
  const listed = new Map(library.list().map((graph) => [graph.id, graph]));
  for (const { id, revision, title } of since) {
    const info = library.history(id).find((one) => one.revision === revision);
    expect(info?.title).toBe(title);
    expect(info?.action).toBe(title === undefined ? 'delete' : 'put');
  }
  for (const { id, revision } of promises.values()) {
    const history = library.history(id);
    const [newest] = history;
    expect(newest?.revision).toBeGreaterThanOrEqual(revision);
    // At most the one save that was under way when the program was killed, each time.
    expect(history.filter(({ savedBy }) => savedBy.kind !== 'server')).toEqual([]);
    const told = kept.audit.list({ limit: 20 }).find(({ target }) => target === `graphs/${id}`);
    if (told !== undefined) expect(told.detail['revision']).toBe(newest?.revision);
    if (newest?.action === 'delete') expect(listed.has(id)).toBe(false);
    else {
      const text = readFileSync(kept.file(id), 'utf8');
      expect(library.get(id)).toMatchObject({ revision: newest?.revision, text, problems: [] });
      expect(formatGraph(library.get(id).document)).toBe(text);
    }
  }
  expect(readdirSync(kept.folder).sort()).toEqual([...listed.keys()].map((id) => `${id}.kinegraph.json`));
}

describe(`A program that saves graphs, killed ${CRASHES} times,`, () => {
  it(
    'leaves whole files and a whole database, and loses nothing that it promised',
    { timeout: 3_600_000 },
    async () => {
      using kept = new KeptGraphs();
      const { workspace } = kept;
      const promises = new Map<string, Promised>();
      let saves = 0;
      for (let crash = 0; crash < CRASHES; crash += 1) {
        const since = await writeAndKill(workspace, crash > 0 && Math.random() < EARLY_SHARE);
        saves += since.length;
        for (const promised of since) promises.set(promised.id, promised);
        checkFiles(kept.folder);
        checkStore(workspace, promises, since);
      }
      expect(saves).toBeGreaterThan(CRASHES / 2);
    },
  );
});
