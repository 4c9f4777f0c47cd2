import { readFileSync } from 'node:fs';
import { createClient } from '@kinegraph/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byClient, byHand } from './support/api-driver.js';
import type { ApiDriver } from './support/api-driver.js';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

const ECHO_FILE = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
const ECHO = JSON.parse(readFileSync(ECHO_FILE, 'utf8')) as {
  readonly nodes: Readonly<Record<string, { readonly config?: object }>>;
};

let server: LiveServer;
beforeAll(async () => {
  server = await LiveServer.start(['--graph', ECHO_FILE]);
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe.each([
  ['asked by hand', byHand],
  ['asked by the generated client', byClient],
] as const)('The API, %s', (_, driverOf) => {
  let api: ApiDriver;
  beforeAll(() => {
    api = driverOf(server.url);
  });

  it('tells what graphs can be made of', async () => {
    const types = await api.ask('get', '/api/v1/node-types');
    expect(types).toMatchObject({ status: 200, body: { nodeTypes: expect.arrayContaining([]) as unknown } });
    expect((await api.ask('get', '/api/v1/plugins')).status).toBe(200);
    expect((await api.ask('get', '/api/v1/skeletons')).status).toBe(200);
    expect(await api.ask('get', '/api/v1/session')).toEqual({
      status: 200,
      body: { demandsToken: false, scopes: ['admin'] },
    });
    expect((await api.ask('get', '/healthz')).body).toEqual({ status: 'ok' });
    expect((await api.ask('get', '/readyz')).body).toEqual({ status: 'ready' });
  });

  it('starts a run, pauses it, lets it go on, and ends it', async () => {
    const params = { run: 'mine' };
    expect(await api.ask('post', '/api/v1/runs', { body: { graph: ECHO, id: 'mine' } })).toMatchObject({
      status: 201,
      body: { id: 'mine', state: 'running', paused: false },
    });
    expect((await api.ask('post', '/api/v1/runs', { body: { graph: ECHO, id: 'mine' } })).status).toBe(409);
    expect((await api.ask('get', '/api/v1/runs')).body).toMatchObject({ runs: [{ id: 'live' }, { id: 'mine' }] });
    expect((await api.ask('post', '/api/v1/runs/{run}/pause', { params })).body).toMatchObject({ paused: true });
    expect((await api.ask('get', '/api/v1/runs/{run}', { params })).body).toMatchObject({
      paused: true,
      graph: { title: 'Echo' },
      figures: { state: 'running' },
    });
    expect((await api.ask('post', '/api/v1/runs/{run}/resume', { params })).body).toMatchObject({ paused: false });
    expect((await api.ask('get', '/api/v1/runs/{run}/skeletons', { params })).status).toBe(200);
    expect((await api.ask('delete', '/api/v1/runs/{run}', { params })).status).toBe(204);
    expect(await api.ask('get', '/api/v1/runs/{run}', { params })).toMatchObject({
      status: 404,
      body: { error: { code: 'SERVER_RUN_UNKNOWN' } },
    });
  });

  it('goes over to another graph, and shows the one that runs', async () => {
    const params = { run: 'changing' };
    await api.ask('post', '/api/v1/runs', { body: { graph: ECHO, id: 'changing' } });
    const other = { ...ECHO, title: 'Another', nodes: { ...ECHO.nodes, more: { type: 'core.sink.null' } } };
    const unwired = await api.ask('put', '/api/v1/runs/{run}/graph', { params, body: { graph: other } });
    expect(unwired).toMatchObject({ status: 422, body: { error: { code: 'SERVER_GRAPH_REFUSED' } } });
    const renamed = await api.ask('put', '/api/v1/runs/{run}/graph', {
      params,
      body: { graph: { ...ECHO, title: 'Another' } },
    });
    expect(renamed).toMatchObject({ status: 200, body: { added: [], removed: [], restarted: [] } });
    expect((await api.ask('get', '/api/v1/runs/{run}', { params })).body).toMatchObject({
      title: 'Another',
      graph: { title: 'Another' },
    });
    await api.ask('delete', '/api/v1/runs/{run}', { params });
  });

  it('sets a value of a node, which the graph then has', async () => {
    const params = { run: 'valued' };
    const buffered = {
      kinegraph: 1,
      nodes: {
        camera: { type: 'core.source.frames' },
        decode: { type: 'core.transform.decode' },
        pictures: { type: 'core.sink.null' },
      },
      wires: [
        ['camera.frame', 'decode.frame'],
        ['decode.frame', 'pictures.in'],
      ],
    };
    expect(await api.ask('post', '/api/v1/runs', { body: { graph: buffered, id: 'valued' } })).toMatchObject({
      status: 201,
    });
    const path = '/api/v1/runs/{run}/nodes/{node}/config';
    const node = { ...params, node: 'decode' };
    expect(await api.ask('patch', path, { params: node, body: { key: 'shortSide', value: 200 } })).toMatchObject({
      status: 200,
      body: { live: expect.any(Boolean) as unknown },
    });
    expect((await api.ask('get', '/api/v1/runs/{run}', { params })).body).toMatchObject({
      graph: { nodes: { decode: { config: { shortSide: 200 } } } },
    });
    const refused = await api.ask('patch', path, { params: node, body: { key: 'shortSide', value: 'wide' } });
    expect(refused).toMatchObject({ status: 422, body: { error: { code: 'RUN_CONFIG_REFUSED' } } });
    const unknown = await api.ask('patch', path, { params: { ...params, node: 'nobody' }, body: { key: 'a' } });
    expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'RUN_NODE_UNKNOWN' } } });
    await api.ask('delete', '/api/v1/runs/{run}', { params });
  });

  it('lists models, and fetches those that are not there', async () => {
    const { models } = (await api.ask('get', '/api/v1/models')).body as { models: { id: string; state: string }[] };
    const [ready] = models.filter(({ state }) => state === 'ready');
    expect(ready).toBeDefined();
    const begun = await api.ask('post', '/api/v1/models/pulls', { body: { models: [ready?.id] } });
    expect(begun).toMatchObject({ status: 202, body: { state: 'running', results: [] } });
    const params = { pull: (begun.body as { id: string }).id };
    const pull = async () => (await api.ask('get', '/api/v1/models/pulls/{pull}', { params })).body;
    await expect.poll(pull).toMatchObject({ state: 'done', results: [{ id: ready?.id, outcome: 'there' }] });
    expect((await api.ask('get', '/api/v1/models/pulls')).body).toMatchObject({
      pulls: expect.arrayContaining([expect.objectContaining({ id: params.pull })]) as unknown,
    });
    expect((await api.ask('delete', '/api/v1/models/pulls/{pull}', { params })).status).toBe(204);
    const unknown = await api.ask('post', '/api/v1/models/pulls', {
      body: { models: ['https://elsewhere.example/x'] },
    });
    expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'MODEL_UNKNOWN' } } });
  });

  it('answers what cannot be used with a code and a sentence', async () => {
    const odd = await api.ask('post', '/api/v1/runs', { body: { graph: ECHO, id: 'not an id' } });
    expect(odd).toMatchObject({ status: 400, body: { error: { code: 'SERVER_REQUEST_INVALID' } } });
    const set = await api.ask('get', '/api/v1/signs/sets/{set}', { params: { set: 'nobody' } });
    expect(set).toMatchObject({ status: 404, body: { error: { code: 'SERVER_SIGN_SET_UNKNOWN' } } });
    expect((await api.ask('get', '/api/v1/signs/sets')).status).toBe(200);
  });
});

describe('The log over HTTP', () => {
  /** Events of a log until one fits. */
  async function until(
    path: string,
    fits: (message: string) => boolean,
  ): Promise<readonly { message: string; run?: string }[]> {
    const answer = await server.get(path);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const lines: { message: string; run?: string }[] = [];
    let text = '';
    for await (const part of answer.body ?? []) {
      text += new TextDecoder().decode(part);
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events)
        if (event.startsWith('data: ')) lines.push(JSON.parse(event.slice(6)) as { message: string; run?: string });
      if (lines.some(({ message }) => fits(message))) break;
    }
    return lines;
  }

  it('tells the last lines about a run and those to come, and no others', async () => {
    expect((await server.get('/api/v1/runs/told/logs')).status).toBe(404);
    await server.post('/api/v1/runs', { graph: ECHO, id: 'told' });
    const heard = until('/api/v1/runs/told/logs?limit=5', (message) => message.includes('has ended'));
    await server.post('/api/v1/runs', { graph: ECHO, id: 'other' });
    await server.get('/api/v1/runs/other', { method: 'DELETE' });
    await server.get('/api/v1/runs/told', { method: 'DELETE' });
    const lines = await heard;
    expect(lines.map(({ message }) => message)).toEqual(['Run "told" is running.', 'Run "told" has ended: stopped']);
    expect(lines.every(({ run }) => run === 'told')).toBe(true);
    const all = await until('/api/v1/logs', (message) => message.includes('"told" has ended'));
    expect(all.some(({ run }) => run === 'other')).toBe(true);
  });
});

describe('The generated client', () => {
  it('has types for what is sent and what comes', async () => {
    const client = createClient({ url: server.url });
    const { data, error } = await client.GET('/api/v1/runs/{run}', { params: { path: { run: 'live' } } });
    expect(error).toBeUndefined();
    const [first] = data?.figures.nodes ?? [];
    expect(first?.type).toBe('core.source.frames');
    const missing = await client.GET('/api/v1/runs/{run}', { params: { path: { run: 'nobody' } } });
    expect(missing.error?.error.code).toBe('SERVER_RUN_UNKNOWN');
  });
});
