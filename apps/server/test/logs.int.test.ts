import { describe, expect, it } from 'vitest';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';

const ECHO_FILE = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
/** Long enough to stand for nothing else. */
const SECRETS = { token: 'kg_Zq1token1qZabcdefghij', header: 'Zq2header2qZ', camera: 'Zq3camera3qZ' };

/** A server under all that could make it talk: tokens, a camera with a password, pictures that cannot be decoded. */
async function logged(format: 'json' | 'text'): Promise<string> {
  const settings = [`logging.format=${format}`, 'logging.level=debug', 'media.networkAllow=127.0.0.1'];
  await using server = await LiveServer.start(['--graph', ECHO_FILE, ...settings.flatMap((one) => ['--set', one])]);
  const query = `?token=${SECRETS.token}`;
  await server.get(`/api/v1/runs/live${query}`);
  await server.get(`/api/v1/runs/none${query}&more=1`);
  await server.get('/api/v1/runs', { headers: { Authorization: `Bearer ${SECRETS.header}` } });
  await server.dial(`/api/v1/runs/none/results${query}`).closed;
  const camera = {
    type: 'media.source.camera',
    config: { url: `rtsp://admin:${SECRETS.camera}@127.0.0.1:9/live` },
  };
  const graph = {
    kinegraph: 1,
    nodes: { camera, out: { type: 'core.sink.null' } },
    wires: [['camera.frame', 'out.in']],
  };
  expect((await server.post(`/api/v1/runs${query}`, { graph, id: 'door' })).status).toBe(201);
  const damaged = new Uint8Array(await aJpeg());
  damaged.fill(0, 200); // its header is right
  const sender = await server.socket(`/api/v1/runs/live/sources/camera/ingest${query}`);
  await expect
    .poll(
      async () => {
        sender.socket.send(damaged);
        const answers = await Promise.all(['live', 'door'].map((run) => server.get(`/api/v1/runs/${run}`)));
        const runs = (await Promise.all(answers.map((answer) => answer.json()))) as {
          figures: { nodes: { name: string; failed: number; connection?: { lastError?: unknown } }[] };
        }[];
        const all = runs.flatMap(({ figures }) => figures.nodes);
        return (
          all.some(({ failed }) => failed > 0) && all.some(({ connection }) => connection?.lastError !== undefined)
        );
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  sender.socket.close();
  const { code, err } = await server.stop();
  expect(code).toBe(0);
  return err;
}

describe('The log of a server', () => {
  it('as JSON has run and node in every line about them, whole errors, and no secret', async () => {
    const text = await logged('json');
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
    const lines = text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []));
    for (const line of lines) expect(line).toMatchObject({ level: expect.any(String), time: expect.any(String) });
    const failed = lines.find(({ message }) => message.startsWith('A packet failed'));
    expect(failed).toMatchObject({
      level: 'warn',
      run: 'live',
      node: 'decode',
      error: {
        code: expect.stringMatching(/^IMAGE_/),
        message: expect.any(String),
        stack: expect.stringMatching(/\n +at /),
      },
    });
    const away = lines.find(({ run, node, level }) => run === 'door' && node === 'camera' && level === 'warn');
    expect(away).toMatchObject({ message: expect.stringContaining('rtsp://127.0.0.1:9/live') });
    const requests = lines.filter(({ url }) => url !== undefined);
    expect(requests.find(({ status }) => status === 404)).toMatchObject({
      method: 'GET',
      url: '/api/v1/runs/none?more=1',
      run: 'none',
    });
    expect(requests.find(({ url, status }) => url === '/api/v1/runs/live' && status === 200)?.run).toBe('live');
    const opened = lines.find(({ message }) => message.startsWith('A WebSocket to') && message.endsWith('is open.'));
    expect(opened).toMatchObject({ level: 'debug', run: expect.any(String) });
    expect(lines.some(({ message }) => message.includes('/none/results is refused: There is no run "none"'))).toBe(
      true,
    );
  }, 60_000);

  it('as text says the same to people', async () => {
    const text = await logged('text');
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
    expect(text).toMatch(
      /^\d\d:\d\d:\d\d warn {2}live\/decode: A packet failed: .* \(IMAGE_[A-Z_]+\)\n {4}\S+Error: .*\n {4} +at /m,
    );
    expect(text).toMatch(/^\d\d:\d\d:\d\d warn {2}door\/camera: .*rtsp:\/\/127\.0\.0\.1:9\/live/m);
    expect(text).toMatch(/^\d\d:\d\d:\d\d debug none: GET \/api\/v1\/runs\/none\?more=1: 404 after \d/m);
  }, 60_000);
});

interface Line {
  readonly level: string;
  readonly message: string;
  readonly run?: string;
  readonly node?: string;
  readonly url?: string;
  readonly status?: number;
}
