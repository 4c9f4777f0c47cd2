import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '../src/api/operations/index.js';
import { scopeOfRequest, scopeOfSocket } from '../src/access/needed-scope.js';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly scope: string;
}

/** The rows of the table of docs/api.md. */
const documented: readonly Endpoint[] = [
  ...readFileSync(inRepository('docs/api.md'), 'utf8').matchAll(
    /^\| `(?<method>GET|POST|PUT|PATCH|DELETE|WS)` *\| `(?<path>\/[^`]*)` *\| *(?<scope>[a-z]*) *\|/gm,
  ),
].map(({ groups: { method = '', path = '', scope = '' } = {} }) => ({ method, path, scope }));
const requests = documented.filter(({ method }) => method !== 'WS');
const sockets = documented.filter(({ method }) => method === 'WS');

/** The page is files, no route. */
const PAGE = '/';

const filled = (path: string): string => path.replace('{run}', 'nobody').replaceAll(/\{\w+\}/g, 'nothing');

let server: LiveServer;
beforeAll(async () => {
  const enabled = ['socketIo', 'liveSigns'].flatMap((name) => ['--set', `gateways.${name}.enabled=true`]);
  const graph = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
  server = await LiveServer.start(['--graph', graph, ...enabled]);
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('The table of endpoints in docs/api.md', () => {
  it('has every operation, once', () => {
    const rows = requests.filter(({ path }) => path !== PAGE).map(({ method, path }) => `${method} ${path}`);
    expect(rows.toSorted()).toEqual(OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`).toSorted());
  });

  it('and the document that the server answers has them, too', async () => {
    const { paths } = (await (await server.get('/api/v1/openapi.json')).json()) as { paths: Record<string, object> };
    const there = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((one) => `${one} ${path}`),
    );
    expect(there.toSorted()).toEqual(OPERATIONS.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it.each(requests)('$method $path is there', async ({ method, path }) => {
    const response = await server.get(filled(path), { method });
    if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
      await response.body?.cancel(); // it goes on for as long as both like
      return;
    }
    expect(await response.text()).not.toContain('"code":"SERVER_NOT_FOUND"');
  });

  it('is what decides: another path is not there, nor another method', async () => {
    expect(await (await server.get('/api/v1/nothing')).text()).toContain('SERVER_NOT_FOUND');
    const wrong = await server.get('/api/v1/runs/nobody', { method: 'PATCH' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, DELETE, OPTIONS']);
    expect(await wrong.text()).toContain('SERVER_METHOD_NOT_ALLOWED');
  });

  it.each(sockets.filter(({ path }) => path !== '/socket.io'))('WS $path is there', async ({ path }) => {
    const client = server.dial(filled(path));
    await client.opened; // a path that is not there opens no WebSocket
    client.socket.close();
  });

  it('WS /socket.io is there', async () => {
    expect(sockets.map(({ path }) => path)).toContain('/socket.io');
    expect((await server.get('/socket.io/?EIO=4&transport=polling')).status).toBe(200);
  });

  it.each(documented)('$method $path needs the scope that is written there', ({ method, path, scope }) => {
    const needed = method === 'WS' ? scopeOfSocket(path) : scopeOfRequest(method, path);
    expect(scope).toBe(needed === 'open' ? '' : needed);
  });
});
