import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Logger, WriterLogger } from '@kinegraph/core';
import { Container } from 'inversify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANNA, BEN, KeptGraphs, titled } from '../../test/support/kept-graphs.js';
import { AuditLog, EVENT_DAYS, MOST_REFUSED_REQUESTS, REFUSED_REQUEST } from '../audit/index.js';
import { ServerConfig } from '../config/index.js';
import { GraphLibrary } from '../graphs/index.js';
import { BenchmarkStore, MOST_BENCHMARKS } from './benchmark-store.js';
import type { NewBenchmark } from './benchmark-store.js';
import { DeploymentStore } from './deployment-store.js';
import type { Deployment } from './deployment-store.js';
import { Store } from './store.js';
import { storeModule } from './store-module.js';

describe('The module of the store', () => {
  it('makes nothing before it is used, and lets go of one whole file at the end', async () => {
    const workspace = mkdtempSync(path.join(tmpdir(), 'kinegraph-module-'));
    const container = new Container();
    container.bind(Logger).toConstantValue(new WriterLogger(() => {}));
    container.load(storeModule(ServerConfig.parse({ workspace })));
    const library = container.get(GraphLibrary);
    container.get(DeploymentStore);
    expect(readdirSync(workspace)).toEqual([]);
    library.put('hands', titled('A'), { by: ANNA });
    expect(container.get(AuditLog).list({ limit: 5 })).toHaveLength(1);
    expect(readdirSync(path.join(workspace, '.kinegraph')).sort()).toContain('kinegraph.db-wal');
    if (process.platform !== 'win32') expect(statSync(path.join(workspace, '.kinegraph')).mode & 0o777).toBe(0o700);
    await container.unbindAllAsync();
    expect(readdirSync(path.join(workspace, '.kinegraph')).sort()).toEqual(['.gitignore', 'kinegraph.db']);
    expect(() => library.list()).toThrow('the server is stopping');

    // What a server that was cut off while it was copied has left goes when the next one opens it.
    const state = path.join(workspace, '.kinegraph');
    for (const name of ['copy-0123456789ab.db', 'copy-0123456789ab.db-journal', 'copy-of-mine.db'])
      writeFileSync(path.join(state, name), '');
    const store = new Store({ stateFolder: state });
    rmSync(store.copy());
    store.close();
    expect(readdirSync(state).sort()).toEqual(['.gitignore', 'copy-of-mine.db', 'kinegraph.db']);
    rmSync(workspace, { recursive: true });
  });
});

let kept: KeptGraphs;
beforeEach(() => {
  kept = new KeptGraphs();
});
afterEach(() => kept[Symbol.dispose]());

describe('Deployments', () => {
  const LIVE: Deployment = {
    run: 'live',
    graph: 'hands',
    revision: 3,
    text: '{}\n',
    state: 'running',
    live: { hands: { numHands: 2 } },
    at: '2026-01-02T03:04:05.000Z',
    by: ANNA,
    unfinishedStarts: 0,
  };

  it('are kept over a restart, changed in part, and taken away', () => {
    new DeploymentStore(kept.store).put(LIVE);
    kept.restart();
    const deployments = new DeploymentStore(kept.store);
    deployments.put({ ...LIVE, run: 'door' });
    expect(deployments.list()).toEqual([{ ...LIVE, run: 'door' }, LIVE]);
    expect(deployments.update('live', { state: 'paused', unfinishedStarts: 2, live: {} })).toBe(true);
    expect(deployments.get('live')).toEqual({ ...LIVE, state: 'paused', unfinishedStarts: 2, live: {} });
    expect([deployments.remove('live'), deployments.remove('live'), deployments.update('live', {})]).toEqual([
      true,
      false,
      false,
    ]);
    expect(deployments.get('live')).toBeUndefined();
  });
});

describe('Benchmarks', () => {
  const clock = { now: (): Date => new Date(0) };

  const of = (...graphs: readonly string[]): NewBenchmark => ({
    by: BEN,
    graphs: graphs.map((graph) => ({ title: graph.toUpperCase(), graph, revision: 1, sha256: 'f0' })),
    request: { seconds: 3 },
  });

  it('are listed without figures, newest first, by graph and page', () => {
    const benchmarks = new BenchmarkStore(kept.store, clock);
    const ids = [of('a'), of('c', 'b'), of('b', 'a')].map((one) => benchmarks.begin(one));
    benchmarks.begin({ by: BEN, graphs: [{ title: 'sent along', sha256: '' }], request: null });
    expect(benchmarks.list({ limit: 10 }).map(({ id }) => id)).toEqual([4, 3, 2, 1]);
    const at = '1970-01-01T00:00:00.000Z';
    expect(benchmarks.list({ graph: 'a', limit: 1 })).toEqual([
      { id: ids[2], at, by: BEN, state: 'running', graphs: of('b', 'a').graphs },
    ]);
    expect(benchmarks.list({ graph: 'a', before: 3, limit: 9 }).map(({ id }) => id)).toEqual([1]);
    benchmarks.end(1, 'done', { perSecond: [30.5] });
    expect(benchmarks.get(1)).toEqual({
      ...{ id: 1, at, by: BEN, state: 'done', graphs: of('a').graphs },
      ...{ request: { seconds: 3 }, result: { perSecond: [30.5] } },
    });
    expect(benchmarks.get(99)).toBeUndefined();
    expect(benchmarks.delete(2)).toBe(true);
    expect(benchmarks.delete(2)).toBe(false);
    expect(benchmarks.list({ graph: 'c', limit: 9 })).toEqual([]);
  });

  it('are let go when there are too many', () => {
    const benchmarks = new BenchmarkStore(kept.store, clock);
    kept.store.transaction(() => {
      for (let id = 0; id < MOST_BENCHMARKS + 3; id += 1) benchmarks.begin(of('a'));
    });
    const ids = benchmarks.list({ limit: 2000 }).map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([MOST_BENCHMARKS, MOST_BENCHMARKS + 3, 4]);
  });
});

describe('Events', () => {
  it('are told newest first, by page, with all that is known of them', () => {
    const { audit } = kept;
    const whole = {
      action: 'run.stop',
      target: 'runs/live',
      outcome: 'refused' as const,
      status: 403,
      by: BEN,
      from: '10.0.0.7',
      requestId: 'r1',
      detail: { why: 'scope', times: 2, isLast: true },
    };
    audit.record(whole);
    audit.record({ action: 'server.start', target: 'server', outcome: 'ok', by: { kind: 'server' } });
    const [second, first] = audit.list({ limit: 10 });
    expect(first).toMatchObject({ id: 1, ...whole });
    expect(second).toEqual({
      id: 2,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      action: 'server.start',
      target: 'server',
      outcome: 'ok',
      by: { kind: 'server' },
      detail: {},
    });
    expect(audit.list({ before: 2, limit: 10 }).map(({ id }) => id)).toEqual([1]);
  });

  it('belong to the change that they tell of: neither is kept without the other', () => {
    const { store, audit, library } = kept;
    library.put('hands', titled('A'), { by: ANNA });
    store.database.run('ALTER TABLE events RENAME TO elsewhere');
    expect(() => library.put('hands', titled('B'), { by: ANNA, revision: 1 })).toThrow('no such table: events');
    store.database.run('ALTER TABLE elsewhere RENAME TO events');
    expect(library.get('hands')).toMatchObject({ revision: 1, title: 'A' });
    expect(audit.list({ limit: 10 })).toHaveLength(1);
  });

  it('that are old enough are let go', () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const audit = new AuditLog(kept.store, { now: () => now });
    const record = (): void => audit.record({ action: 'a', target: 't', outcome: 'ok', by: ANNA });
    for (let count = 0; count < 100; count += 1) record();
    now = new Date(now.getTime() + (EVENT_DAYS + 1) * 86_400_000);
    for (let count = 0; count < 60; count += 1) record();
    expect(audit.list({ limit: 1000 })).toHaveLength(60);
  });

  it('of requests that were refused are counted apart, and push out no change', () => {
    const { store, audit } = kept;
    audit.record({ action: 'putGraph', target: 'graphs/hands', outcome: 'ok', by: ANNA });
    store.transaction(() => {
      for (let count = 0; count < MOST_REFUSED_REQUESTS + 200; count += 1)
        audit.record({ action: REFUSED_REQUEST, target: '/', outcome: 'refused', by: { kind: 'unknown' } });
    });
    const actions = audit.list({ limit: 100_000 }).map(({ action }) => action);
    expect(actions.filter((action) => action === 'putGraph')).toHaveLength(1);
    const refused = actions.length - 1;
    expect(refused).toBeGreaterThanOrEqual(MOST_REFUSED_REQUESTS);
    expect(refused).toBeLessThan(MOST_REFUSED_REQUESTS + 64);
  });
});
