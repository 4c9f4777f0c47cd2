import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolder, inRepository, kinegraph } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

const ECHO = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');

let folder: TemporaryFolder;
let server: LiveServer;
beforeAll(async () => {
  folder = new TemporaryFolder();
  server = await LiveServer.start(['--graph', ECHO]);
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** What the server answered, and the sentence in it. */
async function sentence(path: string, body?: unknown): Promise<{ readonly status: number; readonly message: string }> {
  const response = await (body === undefined ? server.get(path) : server.post(path, body));
  const { error } = (await response.json()) as { error: { message: string } };
  return { status: response.status, message: error.message };
}

describe('kinegraph serve says in a sentence', () => {
  it('that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo; // it listens on TCP
    const { code, err } = await kinegraph(['serve', '--port', String(port), '--graph', ECHO], folder.path);
    other.close();
    expect(code).toBe(1);
    expect(err).toContain(
      `The server cannot listen on 127.0.0.1, port ${port}: the port is in use already. Stop what uses it, or choose another port`,
    );
  });

  it('that its graph is not there, and goes on', async () => {
    await using alone = await LiveServer.start(['--graph', 'nowhere.kinegraph.json']);
    const { refused } = (await (await alone.get('/api/v1/runs')).json()) as {
      refused: readonly { error: { message: string } }[];
    };
    expect(refused[0]?.error.message).toContain('cannot be read: there is no such file; check the path');
  });
});

describe('A request that cannot be used', () => {
  it.each([
    [{}, '"graph" is missing; allowed: an object. Add "graph".'],
    [{ graph: 5 }, '"graph" is 5; allowed: an object.'],
    [{ graph: {}, name: 'x' }, 'There is no key "name"; the keys are "graph", "id" and "exact".'],
    [{ graph: {}, id: '../x' }, ', such as "kitchen" or "line-2".'],
    [[], 'The body is []; allowed: an object with the keys graph, id and exact.'],
  ])('%j is told what it should have been', async (body, fault) => {
    const { status, message } = await sentence('/api/v1/runs', body);
    expect(status).toBe(400);
    expect(message).toContain(fault);
  });

  it('for a picture is told what may be asked', async () => {
    const picture = '/api/v1/runs/live/nodes/camera/snapshot.jpg';
    expect(await sentence(`${picture}?fps=5`)).toMatchObject({
      status: 400,
      message: expect.stringContaining('There is no key "fps"; the keys are "quality", "size", "overlay" and "token".'),
    });
    expect(await sentence(`${picture}?overlay=raw,nobody`)).toEqual({
      status: 400,
      message: 'The overlay names "nobody", which is no sink of run "live". Ask for "all", or for "raw" or "small".',
    });
    expect((await sentence('/api/v1/runs/live/nodes/raw/snapshot.jpg')).message).toBe(
      'There is no picture of "raw" in run "live": it gives no frames. Ask for one that does: "camera", "newest" and "decode".',
    );
  });

  it('for a WebSocket that is not there is answered by HTTP', async () => {
    const client = server.dial('/api/v1/nothing');
    const [, response] = (await once(client.socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(404);
  });
});
