import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeOfRequest, scopeOfSocket } from '../src/access/needed-scope.js';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly scope: string;
}

/** The rows of the table of docs/operating.md. */
const documented: readonly Endpoint[] = [
  ...readFileSync(inRepository('docs/operating.md'), 'utf8').matchAll(
    /^\| `(?<method>GET|POST|PUT|PATCH|DELETE|WS)` *\| `(?<path>\/[^`]*)` *\| *(?<scope>[a-z]*) *\|/gm,
  ),
].map(({ groups: { method = '', path = '', scope = '' } = {} }) => ({ method, path, scope }));
const requests = documented.filter(({ method }) => method !== 'WS');
const sockets = documented.filter(({ method }) => method === 'WS');

/** What answers before anybody is asked for a token. */
const OPEN = new Set(['/healthz', '/readyz', '/api/v1/login', '/api/v1/logout', '/api/v1/session']);

/** The page is files, no route. */
const PAGE = '/';

const filled = (path: string): string => path.replace(':run', 'nobody').replace(':node', 'nothing');

let server: LiveServer;
beforeAll(async () => {
  const enabled = ['socketIo', 'liveSigns'].flatMap((name) => ['--set', `gateways.${name}.enabled=true`]);
  const graph = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
  server = await LiveServer.start(['--graph', graph, ...enabled]);
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('The table of endpoints in docs/operating.md', () => {
  it('has every route, once', () => {
    const folder = inRepository('apps/server/src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const routes = files.flatMap((file) => [
      ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/\brouter\.(get|post|put|patch|delete)\(\s*'/g),
    ]);
    const rows = requests.filter(({ path }) => path !== PAGE).map(({ method, path }) => `${method} ${path}`);
    expect(rows).toHaveLength(routes.length);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it.each(requests)('$method $path is there', async ({ method, path }) => {
    const response = await server.get(filled(path), { method });
    expect(await response.text()).not.toContain('SERVER_NOT_FOUND');
  });

  it('is what decides: another path is not there', async () => {
    expect(await (await server.get('/api/v1/nothing')).text()).toContain('SERVER_NOT_FOUND');
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
    expect(scope).toBe(OPEN.has(path) ? '' : needed);
  });
});
