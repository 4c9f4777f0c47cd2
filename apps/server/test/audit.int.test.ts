import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TemporaryFolder, inRepository, kinegraph } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

const ECHO_FILE = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
const ECHO: unknown = JSON.parse(readFileSync(ECHO_FILE, 'utf8'));
const INGEST = '/api/v1/runs/live/sources/camera/ingest';
const JSON_TYPE = { 'Content-Type': 'application/json' };

it('A server keeps who changed what under the name of their token, and who was refused before', async () => {
  using home = new TemporaryFolder();
  const places = ['--tokens-file', home.file('tokens.json'), '--workspace', home.path];
  await using server = await LiveServer.start(['--graph', ECHO_FILE, '--host', '0.0.0.0', ...places]);
  const token = await server.printed(/\?token=(\S+)/);
  const headers = { Authorization: `Bearer ${token}`, ...JSON_TYPE };
  const tokens = ['tokens', 'create', '--tokens-file', home.file('tokens.json')];
  const viewer = await kinegraph([...tokens, '--scope', 'view', '--name', 'wall'], home.path);
  const viewing = { ...headers, Authorization: `Bearer ${viewer.out.trim()}` };
  const put = async (body: string, as: HeadersInit = headers): Promise<number> =>
    (await server.get('/api/v1/graphs/hall', { method: 'PUT', headers: as, body })).status;
  const graph = JSON.stringify({ revision: 0, graph: ECHO });
  expect(await put(graph)).toBe(200);
  expect([await put('{"colour": 1}'), await put('{'), await put(graph, viewing)]).toEqual([400, 400, 403]);
  expect((await server.get('/api/v1/runs?token=kg_guess')).status).toBe(401);
  expect((await server.get('/?token=kg_guess', { headers: { Accept: 'text/html' } })).status).toBe(401);
  expect(await (await server.socket(INGEST, [], { headers: viewing })).closed).toMatchObject({ code: 4403 });
  const started = await server.get('/api/v1/runs', {
    method: 'POST',
    headers,
    body: JSON.stringify({ graph: ECHO, id: 'mine' }),
  });
  expect(started.status).toBe(201);
  const { events } = (await (await server.get('/api/v1/events', { headers })).json()) as {
    events: { action: string; target: string; by: object; detail: { code?: string } }[];
  };
  const of = (code: string): object[] => events.filter(({ detail }) => detail.code === code);
  const target = '/api/v1/graphs/hall';
  const admin = { kind: 'token', name: 'made at the first start' };
  expect(events.filter(({ action }) => action === 'putGraph')).toMatchObject([{ target: 'graphs/hall', by: admin }]);
  expect(events.filter(({ action }) => action === 'startRun')).toMatchObject([{ target: 'runs/mine', by: admin }]);
  const request = { action: 'request', outcome: 'refused' };
  expect(of('SERVER_REQUEST_INVALID')).toMatchObject([{ ...request, target, status: 400, by: admin }]);
  expect(of('SERVER_BODY_NOT_JSON')).toMatchObject([{ ...request, target, by: admin }]);
  expect(of('SERVER_FORBIDDEN')).toMatchObject([{ ...request, target, by: { kind: 'token', name: 'wall' } }]);
  expect(of('SERVER_UNAUTHORIZED')).toMatchObject([{ ...request, target: '/api/v1/runs', by: { kind: 'unknown' } }]);
  expect(JSON.stringify(events)).not.toContain('kg_');
});
