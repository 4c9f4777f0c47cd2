import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byClient, byHand } from './support/api-driver.js';
import type { ApiDriver } from './support/api-driver.js';
import { TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';

const ECHO = JSON.parse(readFileSync(inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json'), 'utf8')) as {
  readonly nodes: Readonly<Record<string, { readonly config?: object }>>;
  readonly wires: readonly (readonly string[])[];
};
const titled = (title: string) => ({ ...ECHO, title });
const strange = { ...ECHO, nodes: { ...ECHO.nodes, raw: { type: 'nobody.knows' } } };
const KITCHEN = { params: { graph: 'kitchen' } };
const RUN = { params: { run: 'kitchen' } };

describe.each([
  ['asked by hand', byHand],
  ['asked by the generated client', byClient],
] as const)('Graphs that the server keeps, %s', (_, driverOf) => {
  let folder: TemporaryFolder;
  let server: LiveServer;
  let api: ApiDriver;

  async function start(): Promise<void> {
    server = await LiveServer.start([...WITHOUT_MODELS, '--set', `workspace=${folder.path}`]);
    api = driverOf(server.url);
  }
  async function startAgain(): Promise<void> {
    server.running.child.kill('SIGKILL');
    await server.running.finished;
    await start();
  }
  const put = async (graph: object, revision: number) =>
    await api.ask('put', '/api/v1/graphs/{graph}', { ...KITCHEN, body: { graph, revision } });

  beforeEach(async () => {
    folder = new TemporaryFolder();
    await start();
  });
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  it('are saved with a revision, and of two writers the second is told what the first has saved', async () => {
    expect((await api.ask('get', '/api/v1/graphs')).body).toEqual({ graphs: [] });
    expect(await put(titled('First'), 0)).toMatchObject({ status: 200, body: { revision: 1, problems: [] } });
    expect(await put(titled('Second'), 1)).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await put(titled('Late'), 1)).toMatchObject({
      status: 409,
      body: { error: { code: 'SERVER_GRAPH_CONFLICT', current: { revision: 2, isDeleted: false } } },
    });
    expect((await api.ask('get', '/api/v1/graphs/{graph}', KITCHEN)).body).toMatchObject({
      revision: 2,
      savedBy: { kind: 'anyone' },
      graph: { title: 'Second' },
    });
    const text = readFileSync(path.join(folder.path, 'graphs', 'kitchen.kinegraph.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ title: 'Second' });
  });

  it('have a history from which each revision comes back', async () => {
    await put(titled('First'), 0);
    await put(titled('Second'), 1);
    const past = { params: { graph: 'kitchen', revision: '1' } };
    const revision = '/api/v1/graphs/{graph}/revisions/{revision}' as const;
    expect((await api.ask('get', revision, past)).body).toMatchObject({ revision: 1, graph: { title: 'First' } });
    const restored = await api.ask('post', `${revision}/restore`, { ...past, body: { revision: 2 } });
    expect(restored).toMatchObject({ status: 200, body: { revision: 3, graph: { title: 'First' } } });
    expect((await api.ask('get', '/api/v1/graphs/{graph}/revisions', KITCHEN)).body).toMatchObject({
      revisions: [{ revision: 3, action: 'restore', restored: 1 }, { revision: 2 }, { revision: 1, action: 'put' }],
    });
    const name = async (body: { name: string | null }) => await api.ask('patch', revision, { ...past, body });
    expect(await name({ name: '  As it came ' })).toMatchObject({
      status: 200,
      body: { revision: 1, name: 'As it came' },
    });
    expect((await api.ask('get', revision, past)).body).toMatchObject({ name: 'As it came' });
    for (const refused of ['', 'two\nlines', 'x'.repeat(121)])
      expect(await name({ name: refused })).toMatchObject({ status: 400 });
    expect((await name({ name: null })).body).not.toHaveProperty('name');
    expect(
      await api.ask('patch', revision, { params: { graph: 'kitchen', revision: '9' }, body: { name: 'None' } }),
    ).toMatchObject({ status: 404, body: { error: { code: 'SERVER_REVISION_UNKNOWN' } } });
    const named = { graph: titled('Third'), revision: 3, name: 'For the fair' };
    expect(await api.ask('put', '/api/v1/graphs/{graph}', { ...KITCHEN, body: named })).toMatchObject({
      body: { revision: 4, name: 'For the fair' },
    });
    const gone = await api.ask('delete', '/api/v1/graphs/{graph}', { ...KITCHEN, query: { revision: '4' } });
    expect(gone.status).toBe(204);
    expect((await api.ask('get', '/api/v1/graphs/{graph}', KITCHEN)).status).toBe(404);
    expect((await api.ask('get', revision, past)).status).toBe(200);
  });

  it('run when they are deployed, go over to what is deployed next, and run again after a crash', async () => {
    await put(titled('First'), 0);
    const deploy = async (body: object) => await api.ask('post', '/api/v1/graphs/{graph}/deploy', { ...KITCHEN, body });
    expect(await deploy({})).toMatchObject({
      status: 200,
      body: { revision: 1, run: { id: 'kitchen', title: 'First', state: 'running' } },
    });
    await put(titled('Second'), 1); // saving changes nothing that runs
    expect((await api.ask('get', '/api/v1/runs/{run}', RUN)).body).toMatchObject({ title: 'First' });
    expect((await api.ask('get', '/api/v1/graphs')).body).toMatchObject({
      graphs: [{ id: 'kitchen', revision: 2, deployed: 1 }],
    });
    const preview = '/api/v1/runs/{run}/graph/preview';
    const wider = { ...ECHO, nodes: { ...ECHO.nodes, extra: { type: 'core.sink.null' } } };
    const body = { graph: { ...wider, wires: [...ECHO.wires, ['camera.frame', 'extra.in']] } };
    expect(await api.ask('post', preview, { ...RUN, body })).toEqual({
      status: 200,
      body: { added: ['extra'], removed: [], restarted: [], takenOver: [], rewired: [] },
    });
    expect((await api.ask('post', preview, { ...RUN, body: { graph: strange } })).status).toBe(422);
    expect((await api.ask('get', '/api/v1/runs/{run}', RUN)).body).toMatchObject({ title: 'First' });
    expect(await deploy({})).toMatchObject({ status: 200, body: { revision: 2, applied: { restarted: [] } } });
    const config = '/api/v1/runs/{run}/nodes/{node}/config';
    const decode = { params: { run: 'kitchen', node: 'decode' } };
    expect((await api.ask('patch', config, { ...decode, body: { key: 'shortSide', value: 48 } })).status).toBe(200);
    expect((await api.ask('post', '/api/v1/runs/{run}/pause', RUN)).body).toMatchObject({ paused: true });
    await startAgain();
    expect((await api.ask('get', '/api/v1/runs/{run}', RUN)).body).toMatchObject({
      title: 'Second',
      paused: true,
      graph: { nodes: { decode: { config: { shortSide: 48 } } } },
    });
    const drop = { ...RUN, query: { mode: 'drop' } };
    expect((await api.ask('delete', '/api/v1/runs/{run}', drop)).status).toBe(204);
    await startAgain();
    expect((await api.ask('get', '/api/v1/runs/{run}', RUN)).status).toBe(404);
  });

  it('that cannot run are saved, and refused where they are deployed, with the reason at the graph', async () => {
    const code = 'GRAPH_UNKNOWN_NODE_TYPE';
    expect(await put(strange, 0)).toMatchObject({
      status: 200,
      body: { revision: 1, problems: [{ code, node: 'raw' }] },
    });
    expect(await api.ask('post', '/api/v1/graphs/{graph}/deploy', { ...KITCHEN, body: {} })).toMatchObject({
      status: 422,
      body: { error: { code: 'SERVER_GRAPH_REFUSED', problems: [{ code }] } },
    });
    expect(await api.ask('post', '/api/v1/validate', { body: { graph: strange } })).toMatchObject({
      status: 200,
      body: { problems: [{ code }] },
    });
    expect(await put({ kinegraph: 1 }, 1)).toMatchObject({
      status: 422,
      body: { error: { code: 'SERVER_GRAPH_INVALID' } },
    });
  });

  it('may be edited by hand: that is a revision, too', async () => {
    await put(titled('First'), 0);
    const file = path.join(folder.path, 'graphs', 'kitchen.kinegraph.json');
    writeFileSync(file, JSON.stringify(titled('By hand')));
    expect((await api.ask('get', '/api/v1/graphs/{graph}', KITCHEN)).body).toMatchObject({
      revision: 2,
      savedBy: { kind: 'file' },
      graph: { title: 'By hand' },
    });
    mkdirSync(path.join(folder.path, 'graphs'), { recursive: true });
    writeFileSync(path.join(folder.path, 'graphs', 'dropped-in.kinegraph.json'), JSON.stringify(titled('Dropped in')));
    expect((await api.ask('get', '/api/v1/graphs')).body).toMatchObject({
      graphs: [{ id: 'dropped-in', title: 'Dropped in' }, { id: 'kitchen' }],
    });
  });

  it('leave an event of each change, and of each that was refused', async () => {
    await put(titled('First'), 0);
    await put(titled('Late'), 0);
    await api.ask('post', '/api/v1/graphs/{graph}/deploy', { ...KITCHEN, body: {} });
    await api.ask('delete', '/api/v1/runs/{run}', RUN);
    const { events } = (await api.ask('get', '/api/v1/events')).body as { events: readonly object[] };
    expect(events).toMatchObject([
      { action: 'stopRun', target: 'runs/kitchen', outcome: 'ok', by: { kind: 'anyone' }, from: '127.0.0.1' },
      { action: 'deployGraph', target: 'graphs/kitchen', outcome: 'ok' },
      { action: 'putGraph', target: 'graphs/kitchen', outcome: 'refused', detail: { code: 'SERVER_GRAPH_CONFLICT' } },
      { action: 'putGraph', target: 'graphs/kitchen', outcome: 'ok' },
    ]);
    expect((await api.ask('get', '/api/v1/events')).body).toEqual({ events }); // to look leaves none
  });

  it('are in the back-up, which a server elsewhere takes up, history and deployments with it', async () => {
    await put(titled('First'), 0);
    await put(titled('Second'), 1);
    await api.ask('post', '/api/v1/graphs/{graph}/deploy', { ...KITCHEN, body: { revision: 1 } });
    const response = await server.get('/api/v1/backup');
    expect(response.headers.get('content-type')).toBe('application/vnd.sqlite3');
    const state = path.join(folder.path, '.kinegraph');
    const copy = Buffer.from(await response.arrayBuffer());
    await expect.poll(() => readdirSync(state).filter((name) => name.startsWith('copy-'))).toEqual([]);
    await server[Symbol.asyncDispose]();
    rmSync(path.join(folder.path, 'graphs'), { recursive: true });
    rmSync(state, { recursive: true });
    mkdirSync(state);
    writeFileSync(path.join(state, 'kinegraph.db'), copy);
    await start();
    expect((await api.ask('get', '/api/v1/graphs/{graph}', KITCHEN)).body).toMatchObject({
      revision: 2,
      graph: { title: 'Second' },
    });
    await expect
      .poll(async () => (await api.ask('get', '/api/v1/runs/{run}', RUN)).body)
      .toMatchObject({ title: 'First', state: 'running' });
    const text = readFileSync(path.join(folder.path, 'graphs', 'kitchen.kinegraph.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ title: 'Second' });
  });
});
