import { request as httpRequest } from 'node:http';
import { readFileSync } from 'node:fs';
import { encodeFrameMessage } from '@kinegraph/core/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolder, inRepository, start } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';

const ECHO_FILE = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
const ECHO: unknown = JSON.parse(readFileSync(ECHO_FILE, 'utf8'));
const INGEST = '/api/v1/runs/live/sources/camera/ingest';
const RESULTS = '/api/v1/runs/live/results';

/** A request with headers that fetch does not let anybody set. */
async function ask(
  server: LiveServer,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body = '',
): Promise<{ readonly status: number; readonly headers: Record<string, unknown>; readonly body: string }> {
  return await new Promise((resolve, reject) => {
    const request = httpRequest(`${server.url}${path}`, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const codeIn = (text: string): unknown => (JSON.parse(text) as { error: { code: string } }).error.code;
const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('A server on loopback', () => {
  let server: LiveServer;
  let work: TemporaryFolder;
  beforeAll(async () => {
    work = new TemporaryFolder();
    server = await LiveServer.start(
      [
        '--graph',
        ECHO_FILE,
        '--workspace',
        work.path,
        '--tokens-file',
        work.file('tokens.json'),
        '--allow-origin',
        'https://studio.example',
        '--allow-network',
        '127.0.0.9',
        '--set',
        'limits.connectionsPerClient=6',
      ],
      { KINEGRAPH_LIMITS_JSON_BYTES: '2000', KINEGRAPH_LIMITS_RUNS: '2', KINEGRAPH_LIMITS_NODES_PER_GRAPH: '10' },
    );
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    work[Symbol.dispose]();
  });

  it('needs no token', async () => {
    expect(await (await server.get('/api/v1/session')).json()).toEqual({ demandsToken: false, scopes: ['admin'] });
    expect((await server.get('/api/v1/runs')).status).toBe(200);
  });

  it('answers under names of its own machine only', async () => {
    const answers = ['evil.example', 'localhost', '127.0.0.1:1', '[::1]'].map((host) =>
      ask(server, '/api/v1/runs', { host }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([403, 200, 200, 200]);
    expect(codeIn((await ask(server, '/', { host: 'evil.example' })).body)).toBe('SERVER_HOST_NOT_ALLOWED');
  });

  it('lets no page from elsewhere start or stop a run', async () => {
    const body = JSON.stringify({ graph: ECHO, id: 'from-elsewhere' });
    const origins = ['http://evil.example', 'null', server.url.replace('127.0.0.1', 'localhost')];
    for (const origin of origins) {
      const post = await ask(server, '/api/v1/runs', { origin, ...JSON_TYPE }, 'POST', body);
      const stop = await ask(server, '/api/v1/runs/live', { origin }, 'DELETE');
      expect([post.status, stop.status, codeIn(post.body)]).toEqual([403, 403, 'SERVER_ORIGIN_NOT_ALLOWED']);
    }
    const cross = await ask(server, '/api/v1/runs/live', { 'sec-fetch-site': 'cross-site' }, 'DELETE');
    expect(cross.status).toBe(403);
    expect((await server.get('/api/v1/runs/live')).status).toBe(200);
    expect((await server.get('/api/v1/runs/from-elsewhere')).status).toBe(404);
  });

  it('lets no page from elsewhere open a WebSocket, and its own do so', async () => {
    for (const path of [INGEST, RESULTS]) {
      const refused = server.dial(path, [], { origin: 'http://evil.example' });
      await expect(refused.opened).rejects.toThrow('Unexpected server response: 403');
      const rebound = server.dial(path, [], { headers: { host: 'evil.example' } });
      await expect(rebound.opened).rejects.toThrow('Unexpected server response: 403');
    }
    const own = await server.socket(RESULTS, [], { origin: server.url });
    const listed = await server.socket(RESULTS, [], { origin: 'https://studio.example' });
    const program = await server.socket(RESULTS);
    for (const { socket } of [own, listed, program]) socket.close();
    await Promise.all([own.closed, listed.closed, program.closed]);
  });

  it('answers pages of listed origins so that browsers show it to them, and no others', async () => {
    const origin = 'https://studio.example';
    const preflight = await ask(server, '/api/v1/runs', { origin, 'access-control-request-method': 'POST' }, 'OPTIONS');
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, origin]);
    const other = await ask(server, '/api/v1/runs', { origin: 'https://evil.example' });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
    expect(other.headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it('refuses what came through a proxy that it does not know', async () => {
    const { status, body } = await ask(server, '/api/v1/runs', { 'x-forwarded-for': '203.0.113.9' });
    expect([status, codeIn(body)]).toEqual([403, 'SERVER_PROXY_NOT_TRUSTED']);
  });

  it('holds browsers to its own files and itself', async () => {
    const { headers } = await ask(server, '/');
    const { host } = new URL(server.url);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';font-src 'self';img-src 'self' blob: data:;" +
        "media-src 'self' blob:;worker-src 'self' blob:;manifest-src 'self';" +
        `connect-src 'self' ws://${host} wss://${host};form-action 'self';base-uri 'none';frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'permissions-policy': expect.stringMatching(/^camera=\(self\), /),
    });
    expect([headers['x-powered-by'], headers['strict-transport-security']]).toEqual([undefined, undefined]);
  });

  it.each([
    ['too large', JSON_TYPE, `"${'a'.repeat(2000)}"`, 413, 'SERVER_BODY_TOO_LARGE'],
    ['too deep', JSON_TYPE, '['.repeat(100), 400, 'SERVER_BODY_TOO_DEEP'],
    ['no JSON', JSON_TYPE, '{"graph": }', 400, 'SERVER_BODY_NOT_JSON'],
    ['sent as a form, which any page may', { 'Content-Type': 'text/plain' }, '{}', 400, 'SERVER_BODY_NOT_JSON'],
    [
      'compressed, which could be a bomb',
      { ...JSON_TYPE, 'Content-Encoding': 'gzip' },
      'x',
      400,
      'SERVER_BODY_NOT_JSON',
    ],
  ])('refuses a body that is %s', async (_, headers, body, status, code) => {
    const answer = await ask(server, '/api/v1/runs', headers, 'POST', body);
    expect([answer.status, codeIn(answer.body)]).toEqual([status, code]);
  });

  it('refuses a large body that does not say how large it is', async () => {
    const chunked = { ...JSON_TYPE, 'transfer-encoding': 'chunked' };
    // The answer may be overtaken by the end of the connection, since the rest is not read.
    const answer = await ask(server, '/api/v1/runs', chunked, 'POST', ' '.repeat(100_000)).catch(() => undefined);
    expect(answer?.status ?? 413).toBe(413);
    expect((await server.get('/api/v1/runs')).status).toBe(200);
  });

  it('starts no more runs, and none larger, than allowed', async () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [`n${index}`, { type: 'core.sink.results' }]),
    );
    const large = await server.post('/api/v1/runs', { graph: { kinegraph: 1, nodes, wires: [] } });
    expect(large.status).toBe(422);
    expect((await server.post('/api/v1/runs', { graph: ECHO, id: 'two' })).status).toBe(201);
    const third = await server.post('/api/v1/runs', { graph: ECHO, id: 'three' });
    expect([third.status, codeIn(await third.text())]).toEqual([429, 'SERVER_TOO_MANY_RUNS']);
    await server.get('/api/v1/runs/two', { method: 'DELETE' });
  });

  it.each([
    ['reads a file outside', { type: 'media.source.file', config: { path: '/etc/hostname' } }],
    ['climbs out', { type: 'media.source.file', config: { path: '../../../etc/hostname' } }],
    ['reads the tokens', { type: 'media.source.images', config: { path: 'tokens.json' } }],
    ['asks its own machine', { type: 'media.source.camera', config: { url: 'rtsp://127.0.0.1:8554/a' } }],
    ['asks the cloud for its keys', { type: 'media.source.camera', config: { url: 'http://169.254.169.254/a' } }],
    ['looks out of the window', { type: 'media.source.camera', config: { url: 'device:/dev/video0' } }],
    [
      'names a program for a camera',
      { type: 'media.source.camera', config: { url: 'rtsp://127.0.0.9/a', ffmpegPath: '/bin/sh' } },
    ],
    ['names a program', { type: 'media.source.file', config: { path: 'a.mp4', ffmpegPath: '/bin/sh' } }],
  ])('runs no graph that %s', async (_, source) => {
    const graph = {
      kinegraph: 1,
      nodes: { source, sink: { type: 'core.sink.ndjson' } },
      wires: [['source.frame', 'sink.in']],
    };
    const answer = await server.post('/api/v1/runs', { graph });
    const text = await answer.text();
    expect(text).toContain('A graph may not');
    expect(answer.status).toBe(422);
  });

  it('lets a client hold as many connections as allowed, tells the next, and takes others once some have gone', async () => {
    const held = [];
    for (let index = 0; index < 6; index += 1) held.push(await server.socket(RESULTS));
    const next = await server.socket(RESULTS);
    expect(await next.closed).toMatchObject({ code: 4429, reason: expect.stringContaining('6 connections') });
    const plain = await server.get('/api/v1/runs');
    expect([plain.status, codeIn(await plain.text())]).toEqual([429, 'SERVER_TOO_MANY_CONNECTIONS']);
    for (const { socket } of held) socket.close();
    await Promise.all(held.map(({ closed }) => closed));
    await expect.poll(async () => (await server.get('/api/v1/runs')).status).toBe(200);
  });
});

describe('A server that others reach', () => {
  let server: LiveServer;
  let token: string;
  let home: TemporaryFolder;
  const bearer = (text: string): { headers: Record<string, string> } => ({
    headers: { Authorization: `Bearer ${text}` },
  });
  const create = async (...scopes: string[]): Promise<string> => {
    const flags = scopes.flatMap((scope) => ['--scope', scope]);
    const { code, out } = await start(
      ['tokens', 'create', '--tokens-file', home.file('tokens.json'), ...flags],
      home.path,
    ).finished;
    expect(code).toBe(0);
    return out.trim();
  };
  beforeAll(async () => {
    home = new TemporaryFolder();
    server = await LiveServer.start(
      ['--graph', ECHO_FILE, '--host', '0.0.0.0', '--tokens-file', home.file('tokens.json'), '--workspace', home.path],
      {
        KINEGRAPH_LIMITS_FRAMES_PER_SECOND_PER_CONNECTION: '5',
        KINEGRAPH_LIMITS_LOGIN_ATTEMPTS: '4',
      },
    );
    token = await server.printed(/\?token=(\S+)/);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    home[Symbol.dispose]();
  });

  it('demands a token everywhere but where supervisors ask', async () => {
    const paths = [
      '/api/v1/runs',
      '/api/v1/runs/live',
      '/api/v1/node-types',
      '/api/v1/plugins',
      '/api/v1/runs/live/results',
      '/API/V1/RUNS',
      '/',
      '/index.html',
      '/metrics',
      '/nothing',
    ];
    for (const path of paths) expect([path, (await server.get(path)).status]).toEqual([path, 401]);
    for (const path of [INGEST, RESULTS])
      expect(await (await server.socket(path)).closed).toMatchObject({ code: 4401 });
    expect((await server.get('/healthz')).status).toBe(200);
  });

  it('prints a token at its first start, which opens everything', async () => {
    expect((await server.get('/api/v1/runs', bearer(token))).status).toBe(200);
    expect((await server.get(`/api/v1/runs?token=${token}`)).status).toBe(200);
    const sender = await server.socket(`${INGEST}?token=${token}`);
    expect(await sender.message(({ type }) => type === 'welcome')).toMatchObject({ source: 'camera' });
    sender.socket.close();
  });

  it('takes the token out of the address of a page, and remembers it by a cookie', async () => {
    const html = { accept: 'text/html' };
    const { status, headers } = await ask(server, `//evil.example/?token=${token}&a=1`, html);
    expect([status, headers['location']]).toEqual([303, '/evil.example/?a=1']);
    const [cookie = ''] = String((headers['set-cookie'] as string[])[0]).split(';');
    expect((await ask(server, '/api/v1/runs', { cookie })).status).toBe(200);
    expect((await ask(server, '/api/v1/logout', { cookie, origin: 'http://evil.example' }, 'POST')).status).toBe(403);
    expect((await ask(server, '/api/v1/logout', { cookie }, 'POST')).status).toBe(204);
    expect((await ask(server, '/api/v1/runs', { cookie })).status).toBe(401);
  });

  it('shows people where to log in, without any script', async () => {
    const page = await ask(server, '/', { accept: 'text/html' });
    expect([page.status, page.body]).toEqual([
      401,
      expect.stringContaining('<form method="post" action="/api/v1/login">'),
    ]);
    const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
    const login = await ask(server, '/api/v1/login', form, 'POST', `token=${token}`);
    expect([login.status, login.headers['location'], login.headers['set-cookie']]).toEqual([
      303,
      '/',
      [expect.stringMatching(/^kinegraph-\d+=[\w-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/)],
    ]);
    const json = await ask(server, '/api/v1/login', JSON_TYPE, 'POST', JSON.stringify({ token }));
    expect(json.status).toBe(204);
  });

  it('lets each token do what it is for, from the moment it is made until it is revoked', async () => {
    const [view, ingest, deploy] = [await create('view'), await create('ingest'), await create('deploy')];
    const post = async (text: string): Promise<number> =>
      (await server.get('/api/v1/runs', { method: 'POST', ...bearer(text), body: '{}' })).status;
    expect((await server.get('/api/v1/runs', bearer(view))).status).toBe(200);
    expect([await post(view), await post(ingest), await post(deploy)]).toEqual([403, 403, 400]);
    expect(await (await server.socket(`${INGEST}?token=${view}`)).closed).toMatchObject({ code: 4403 });
    const sender = await server.socket(INGEST, [], bearer(ingest));
    expect(await sender.message(({ type }) => type === 'welcome')).toMatchObject({ source: 'camera' });
    sender.socket.close();
    const listed = await start(['tokens', 'list', '--json', '--tokens-file', home.file('tokens.json')], home.path)
      .finished;
    expect(listed.out).not.toMatch(/kg_|sha256/);
    const { id } = (JSON.parse(listed.out) as { id: string; scopes: string[] }[]).find(
      ({ scopes }) => scopes[0] === 'deploy',
    ) ?? { id: '' };
    const { code } = await start(['tokens', 'revoke', id, '--tokens-file', home.file('tokens.json')], home.path)
      .finished;
    expect([code, await post(deploy)]).toEqual([0, 401]);
    await server.get('/api/v1/session', bearer(token)); // a right one, so that the wrong one is forgiven
  });

  it('lets go frames above the rate allowed, and tells the sender', async () => {
    const jpeg = await aJpeg();
    const sender = await server.socket(`${INGEST}?token=${token}`);
    await sender.message(({ type }) => type === 'welcome');
    for (let sequence = 0; sequence < 30; sequence += 1)
      sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence, capturedAtMs: performance.now() }, jpeg));
    expect(await sender.message(({ type }) => type === 'error')).toMatchObject({ code: 'SERVER_TOO_MANY_FRAMES' });
    sender.socket.close();
  });

  it('makes who guesses wait, right token or not', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1)
      statuses.push((await server.get('/api/v1/runs', bearer(`kg_${index}`))).status);
    const limited = await server.get('/api/v1/runs', bearer(token));
    expect([...statuses, limited.status, limited.headers.get('retry-after')]).toEqual([401, 401, 401, 401, 429, '1']);
    expect(codeIn(await limited.text())).toBe('SERVER_LOGIN_LIMITED');
    await expect
      .poll(async () => (await server.get('/api/v1/runs', bearer(token))).status, { timeout: 10_000 })
      .toBe(200);
  });

  it('does not show the token again', async () => {
    await using again = await LiveServer.start([
      '--graph',
      ECHO_FILE,
      '--host',
      '0.0.0.0',
      '--tokens-file',
      home.file('tokens.json'),
      '--workspace',
      home.path,
    ]);
    await again.printed(/(It demands a token)/);
    const { err } = await again.stop();
    expect(err).not.toContain('kg_');
  });
});

describe('kinegraph serve', () => {
  it('prints its configuration with the origin of each value, and no secret', async () => {
    using folder = new TemporaryFolder();
    const { code, out } = await start(['serve', '--print-config', '--port', '5'], folder.path, {
      KINEGRAPH_PLUGINS: '[{"package":"p","settings":{"key":"hunter2"}}]',
    }).finished;
    const { config, from } = JSON.parse(out) as { config: unknown; from: Record<string, string> };
    expect([code, config, from]).toMatchObject([
      0,
      { port: 5, plugins: [{ package: 'p', settings: { key: '(hidden)' } }] },
      { port: '--port', plugins: 'KINEGRAPH_PLUGINS', host: 'default' },
    ]);
    expect(out).not.toContain('hunter2');
  });

  it.each([
    [['--port', 'x'], '--port: "port" is "x"; allowed: a whole number from 0 to 65535.'],
    [['--tls-cert', 'none.pem', '--tls-key', 'none.pem'], 'tls.cert names'],
  ])('does not start with %j', async (flags, sentence) => {
    using folder = new TemporaryFolder();
    const { code, err } = await start(['serve', ...flags], folder.path).finished;
    expect(code).not.toBe(0);
    expect(err).toContain(sentence);
  });
});
