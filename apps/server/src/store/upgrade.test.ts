import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANNA, BEN, KeptGraphs, titled } from '../../test/support/kept-graphs.js';
import { BenchmarkStore } from './benchmark-store.js';
import { DeploymentStore } from './deployment-store.js';
import { MIGRATIONS } from './migrations.js';
import { databaseIn } from './state-folder.js';

/** A workspace as each version of the database has left it. */
const STATES = fileURLToPath(new URL('../../test/fixtures/states', import.meta.url));
const NEWEST = MIGRATIONS.length;
/** Before this, revisions had no names. */
const NAMED_SINCE = 3;

const DEPLOYED = {
  run: 'live',
  graph: 'hands',
  revision: 1,
  text: '{}\n',
  state: 'paused',
  live: { hands: { numHands: 2 } },
  at: '2026-01-02T03:04:05.000Z',
  by: ANNA,
  unfinishedStarts: 1,
} as const;
const clock = { now: (): Date => new Date('2026-01-02T03:04:05Z') };

/** What every one of them was told to keep. */
function write(workspace: string): void {
  using kept = new KeptGraphs(workspace);
  const { library, store } = kept;
  library.put('hands', titled('One'), { by: ANNA, from: '::1' });
  library.put('hands', titled('Two'), { by: BEN, revision: 1, name: 'Second try' });
  library.restore('hands', 1, { by: ANNA, revision: 2 });
  library.put('gone', titled('Gone'), { by: ANNA });
  library.delete('gone', { by: ANNA, revision: 1 });
  new DeploymentStore(store).put(DEPLOYED);
  const benchmarks = new BenchmarkStore(store, clock);
  const graphs = [{ title: 'hands', graph: 'hands', revision: 2, sha256: '' }];
  benchmarks.end(benchmarks.begin({ by: BEN, graphs, request: {} }), 'done', { kinegraphBench: 1, graphs: [] });
  // As git keeps it: one file, without a log.
  store.database.run('VACUUM');
}

const stateOf = (version: number): string => path.join(STATES, String(version));
const databaseOf = (state: string): string => path.join(state, 'kinegraph.db');

if (process.env['KINEGRAPH_WRITE_STATE'] !== undefined) {
  const made = mkdtempSync(path.join(tmpdir(), 'kinegraph-state-'));
  write(made);
  const state = stateOf(NEWEST);
  rmSync(state, { recursive: true, force: true });
  cpSync(path.join(made, 'graphs'), path.join(state, 'graphs'), { recursive: true });
  cpSync(databaseIn(path.join(made, '.kinegraph')), databaseOf(state));
  rmSync(made, { recursive: true });
}

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(path.join(tmpdir(), 'kinegraph-upgrade-'));
});
afterEach(() => rmSync(workspace, { recursive: true }));

it('there is a state of each version of the database; KINEGRAPH_WRITE_STATE=1 writes that of the newest', () => {
  const expected = Array.from({ length: NEWEST }, (_, index) => String(index + 1));
  expect(readdirSync(STATES).filter((name) => name !== 'README.md')).toEqual(expected);
});

describe.each(Array.from({ length: NEWEST }, (_, index) => index + 1))('A workspace of version %i', (version) => {
  it('is taken up with all that was kept, and a copy of its database is left', () => {
    const state = stateOf(version);
    cpSync(path.join(state, 'graphs'), path.join(workspace, 'graphs'), { recursive: true });
    cpSync(databaseOf(state), databaseIn(path.join(workspace, '.kinegraph')));
    using kept = new KeptGraphs(workspace);
    const { library, store, audit } = kept;
    expect(library.list()).toMatchObject([{ id: 'hands', title: 'One', revision: 3, savedBy: ANNA, problems: [] }]);
    expect(library.get('hands').document).toEqual(titled('One'));
    expect(library.history('hands')).toMatchObject([
      { revision: 3, action: 'restore', restored: 1 },
      { revision: 2, action: 'put', title: 'Two', savedBy: BEN },
      { revision: 1, action: 'put', title: 'One' },
    ]);
    const names = library.history('hands').map(({ name }) => name);
    expect(names).toEqual([undefined, version >= NAMED_SINCE ? 'Second try' : undefined, undefined]);
    expect(library.revision('gone', 1).document).toEqual(titled('Gone'));
    expect(new DeploymentStore(store).list()).toEqual([DEPLOYED]);
    expect(new BenchmarkStore(store, clock).get(1)).toEqual({
      ...{ id: 1, at: '2026-01-02T03:04:05.000Z', by: BEN, state: 'done', request: {} },
      graphs: [{ title: 'hands', graph: 'hands', revision: 2, sha256: '' }],
      result: { kinegraphBench: 1, graphs: [] },
    });
    const events = audit.list({ limit: 10 });
    expect(events.map(({ target, detail }) => [target, detail['revision']])).toEqual([
      ['graphs/gone', 2],
      ['graphs/gone', 1],
      ['graphs/hands', 3],
      ['graphs/hands', 2],
      ['graphs/hands', 1],
    ]);
    expect(events.at(-1)).toMatchObject({ from: '::1', by: ANNA, outcome: 'ok' });
    expect(store.database.faults()).toEqual([]);
    expect(library.put('hands', titled('Three'), { by: BEN, revision: 3 }).revision).toBe(4);
    const copies = readdirSync(path.join(workspace, '.kinegraph')).filter((name) => name.startsWith('kinegraph.v'));
    expect(copies).toEqual(version < NEWEST ? [`kinegraph.v${version}.db`] : []);
  });
});
