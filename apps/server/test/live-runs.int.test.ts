import { connect } from 'node:net';
import { readFileSync } from 'node:fs';
import { decode as decodeMsgpack } from '@msgpack/msgpack';
import { encodeFrameMessage, readFloatResult, readLayout } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';

const ECHO_FILE = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
/** Pictures in, pictures' sizes out: no model, so that tests are quick. */
const ECHO = JSON.parse(readFileSync(ECHO_FILE, 'utf8')) as { nodes: Record<string, unknown>; wires: string[][] };

/** The head of a JPEG with nothing behind it. */
const BROKEN_JPEG = Uint8Array.of(
  0xff,
  0xd8,
  0xff,
  0xc0,
  0,
  17,
  8,
  0,
  48,
  0,
  64,
  3,
  1,
  0x22,
  0,
  2,
  0x11,
  1,
  3,
  0x11,
  1,
  0xff,
  0xd9,
);

let server: LiveServer;
let jpeg: Uint8Array;
beforeAll(async () => {
  server = await LiveServer.start(['--graph', ECHO_FILE]);
  jpeg = await aJpeg();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('Runs over HTTP', () => {
  it('start, are listed, shown and end', async () => {
    const started = await server.post('/api/v1/runs', { graph: ECHO, id: 'second' });
    expect([started.status, started.headers.get('location')]).toEqual([201, '/api/v1/runs/second']);
    expect(await started.json()).toMatchObject({
      id: 'second',
      title: 'Echo',
      state: 'running',
      sources: [{ node: 'camera', type: 'core.source.frames', connection: { state: 'waiting' } }],
    });
    const { runs } = (await (await server.get('/api/v1/runs')).json()) as { runs: { id: string }[] };
    expect(runs.map(({ id }) => id)).toEqual(['live', 'second']);
    expect(await (await server.get('/api/v1/runs/second')).json()).toMatchObject({
      graph: { title: 'Echo' },
      figures: { state: 'running' },
    });
    expect((await server.post('/api/v1/runs', { graph: ECHO, id: 'second' })).status).toBe(409);
    expect((await server.get('/api/v1/runs/second', { method: 'DELETE' })).status).toBe(204);
    expect((await server.get('/api/v1/runs/second')).status).toBe(404);
  });

  it.each([
    [
      'a graph that is at fault',
      { graph: { kinegraph: 1, nodes: { a: { type: 'core.nothing' } }, wires: [] } },
      422,
      'SERVER_GRAPH_REFUSED',
    ],
    ['a body of another form', { id: '../x', more: 1 }, 400, 'SERVER_REQUEST_INVALID'],
  ])('refuse %s', async (_what, body, status, code) => {
    const answer = await server.post('/api/v1/runs', body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code, message: expect.stringMatching(/\.$/) } });
  });

  it('name every problem of a graph as the command line does', async () => {
    const nodes = { ...ECHO.nodes, hands: { type: 'somewhere.hands' } };
    const answer = await server.post('/api/v1/runs', { graph: { ...ECHO, nodes } });
    expect(await answer.json()).toMatchObject({
      error: {
        problems: expect.arrayContaining([expect.objectContaining({ code: 'GRAPH_UNKNOWN_NODE_TYPE', node: 'hands' })]),
      },
    });
  });

  it('show no password of a camera, neither in the graph nor in problems with it', async () => {
    const url = 'rtsp://admin:open-sesame@127.0.0.1:1/stream';
    const nodes = {
      ...ECHO.nodes,
      door: { type: 'media.source.camera', config: { url } },
      porch: { type: 'core.sink.null' },
    };
    const wires = [...ECHO.wires, ['door.frame', 'porch.in']];
    const network = ['--allow-network', '127.0.0.1'];
    await using other = await LiveServer.start(['--graph', ECHO_FILE, ...network]);
    expect((await other.post('/api/v1/runs', { graph: { ...ECHO, nodes, wires }, id: 'door' })).status).toBe(201);
    const shown = await (await other.get('/api/v1/runs/door')).text();
    expect(shown).toContain('rtsp://***@127.0.0.1:1/stream');
    const faulty = { ...nodes, door: { type: 'media.source.camera', config: { url, transport: url } } };
    const refused = await other.post('/api/v1/runs', { graph: { ...ECHO, nodes: faulty, wires } });
    expect(refused.status).toBe(422);
    const { err } = await other.stop();
    for (const text of [shown, await refused.text(), err]) expect(text).not.toContain('open-sesame');
  });

  it('tell what this server can do', async () => {
    const { nodeTypes } = (await (await server.get('/api/v1/node-types')).json()) as { nodeTypes: { type: string }[] };
    expect(nodeTypes.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['core.source.frames', 'mediapipe.hands']),
    );
    const { plugins } = (await (await server.get('/api/v1/plugins')).json()) as { plugins: { name: string }[] };
    expect(plugins.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['@kinegraph/core', '@kinegraph/plugin-media']),
    );
    const skeletons = (await (await server.get('/api/v1/skeletons')).json()) as {
      id: string;
      connections: unknown[];
    }[];
    expect(skeletons.find(({ id }) => id === 'hand-21')?.connections).toHaveLength(21);
    const paw = { id: 'paw-2', title: 'Paw', points: ['wrist', 'tip'], connections: [[0, 1]] };
    expect((await server.post('/api/v1/runs', { graph: { ...ECHO, skeletons: [paw] }, id: 'paws' })).status).toBe(201);
    const ofRun = (await (await server.get('/api/v1/runs/paws/skeletons')).json()) as { id: string }[];
    expect(ofRun).toContainEqual(paw);
    expect(ofRun.map(({ id }) => id)).toContain('hand-21');
    await server.get('/api/v1/runs/paws', { method: 'DELETE' });
    expect(await (await server.get('/api/v1/nothing')).json()).toMatchObject({ error: { code: 'SERVER_NOT_FOUND' } });
    expect(await (await server.get('/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await server.get('/readyz')).json()).toEqual({ status: 'ready' });
  });
});

describe('Frames and results over WebSockets', () => {
  it('go in with a header and come out as JSON and MessagePack, both sinks in one message', async () => {
    const json = await server.socket('/api/v1/runs/live/results');
    const msgpack = await server.socket('/api/v1/runs/live/results', ['kinegraph.msgpack']);
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    expect(await sender.message(({ type }) => type === 'welcome')).toMatchObject({ run: 'live', source: 'camera' });
    sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence: 41, capturedAtMs: performance.now() }, jpeg));
    const result = await json.message<ResultMessage>(({ type }) => type === 'result');
    expect(result).toMatchObject({ source: 'camera', sequence: 41, dropped: 0 });
    expect(Object.keys(result.values).length).toBeGreaterThan(0);
    const small = await json.message<ResultMessage>(
      ({ values }) => typeof values === 'object' && values !== null && 'small' in values,
    );
    expect(small.values['small']).toEqual({ width: 43, height: 32, format: 'rgba8' });
    expect(small.stages['decode']).toBeGreaterThan(0);
    await expect.poll(() => msgpack.messages.length).toBeGreaterThan(0);
    expect(decodeMsgpack(msgpack.messages[0] as Uint8Array)).toMatchObject({ type: 'result', sequence: 41 });
    for (const { socket } of [json, msgpack, sender]) socket.close();
  });

  it('come out as floats after the layout that says what they mean', async () => {
    const floats = await server.socket('/api/v1/runs/live/results', ['kinegraph.float32']);
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence: 77, capturedAtMs: performance.now() }, jpeg));
    await expect.poll(() => floats.messages.length).toBeGreaterThan(1);
    const [layout, bytes] = floats.messages;
    expect(layout).toMatchObject({ type: 'layout', sources: ['camera'] });
    expect(readFloatResult(bytes as Uint8Array, readLayout(layout))).toMatchObject({ source: 'camera', sequence: 77 });
    for (const { socket } of [floats, sender]) socket.close();
  });

  it('count bare images by themselves', async () => {
    const results = await server.socket('/api/v1/runs/live/results');
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    sender.socket.send(jpeg);
    await results.message(({ sequence }) => sequence === 0);
    sender.socket.send(jpeg);
    await results.message(({ sequence }) => sequence === 1);
    for (const { socket } of [results, sender]) socket.close();
  });

  it('keep the clock of the client apart from the server’s', async () => {
    const results = await server.socket('/api/v1/runs/live/results');
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    const AHEAD_MS = 3_600_000;
    const clock = (): number => performance.now() + AHEAD_MS;
    sender.socket.on('message', (data, isBinary) => {
      if (isBinary) return;
      const message = JSON.parse((data as Buffer).toString()) as { type: string; id: number; sentMs: number };
      if (message.type === 'ping')
        sender.socket.send(JSON.stringify({ type: 'pong', id: message.id, sentMs: message.sentMs, clockMs: clock() }));
    });
    await sender.message(({ type, id }) => type === 'ping' && id === 4);
    sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence: 900, capturedAtMs: clock() - 200 }, jpeg));
    const { ageMs, capturedAtMs } = await results.message<ResultMessage>(({ sequence }) => sequence === 900);
    expect(ageMs).toBeGreaterThan(200);
    expect(ageMs).toBeLessThan(2_000); // the client's clock is an hour ahead
    expect(capturedAtMs).toBeGreaterThan(AHEAD_MS - 1_000_000_000);
    for (const { socket } of [results, sender]) socket.close();
  });

  it('are refused with a sentence where they cannot be used, and the connection stays', async () => {
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    sender.socket.send(Buffer.from('no picture at all'));
    expect(await sender.message(({ type }) => type === 'error')).toMatchObject({ code: 'IMAGE_UNKNOWN_FORMAT' });
    sender.socket.send(JSON.stringify({ type: 'ping', id: 7, sentMs: 1 }));
    expect(await sender.message(({ type, id }) => type === 'pong' && id === 7)).toMatchObject({ sentMs: 1 });
    sender.socket.close();
  });

  it('belong to the newest sender', async () => {
    const first = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    const second = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    expect(await first.closed).toMatchObject({ code: 4409, reason: expect.stringContaining('taken this source over') });
    second.socket.close();
  });

  it.each([
    ['/api/v1/runs/none/results', 4404, 'There is no run "none"'],
    ['/api/v1/runs/live/sources/decode/ingest', 4404, 'no source "decode"'],
  ])('to %s are closed with a reason', async (path, code, reason) => {
    expect(await server.dial(path).closed).toMatchObject({ code, reason: expect.stringContaining(reason) });
  });

  it('that are too large close the connection with a sentence', async () => {
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    sender.socket.send(new Uint8Array(9 * 1024 * 1024));
    expect(await sender.closed).toMatchObject({ code: 1009, reason: expect.stringContaining('8388608 bytes') });
  });
});

describe('Results as Server-Sent Events', () => {
  it('come as they are published, and end with the run', async () => {
    await server.post('/api/v1/runs', { graph: ECHO, id: 'events' });
    const events = await server.get('/api/v1/runs/events/results');
    expect(events.headers.get('content-type')).toContain('text/event-stream');
    const sender = await server.socket('/api/v1/runs/events/sources/camera/ingest');
    sender.socket.send(jpeg);
    await sender.message(({ type }) => type === 'ping');
    const text = events.text();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await server.get('/api/v1/runs/events', { method: 'DELETE' });
    expect(await text).toMatch(/^data: \{"type":"result"[\s\S]*event: end/);
    expect(await sender.closed).toMatchObject({ code: 4404, reason: 'The run has ended.' });
  });
});

describe('Pictures', () => {
  it('are the very bytes that came, told apart by their tag, and gone when the sender is gone', async () => {
    const path = '/api/v1/runs/live/nodes/camera/snapshot.jpg';
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    sender.socket.send(jpeg);
    await expect.poll(async () => (await server.get(path)).status).toBe(200);
    const picture = await server.get(path);
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(new Uint8Array(jpeg));
    const tag = picture.headers.get('etag') ?? '';
    expect((await server.get(path, { headers: { 'If-None-Match': tag } })).status).toBe(304);
    for (const known of [`W/${tag}`, `"other", ${tag}`, '*'])
      expect((await server.get(path, { headers: { 'If-None-Match': known } })).status, known).toBe(304);
    const smaller = await server.get(`${path}?size=16&quality=50`);
    expect(smaller.headers.get('etag')).not.toBe(tag);
    expect((await smaller.arrayBuffer()).byteLength).toBeGreaterThan(100);
    sender.socket.close();
    await expect.poll(async () => (await server.get(path)).status).toBe(404);
    expect(await (await server.get(path)).json()).toMatchObject({ error: { code: 'SERVER_PICTURE_NONE' } });
  });

  it.each([
    ['snapshot.jpg?quality=101', 400, 'SERVER_REQUEST_INVALID'],
    ['snapshot.jpg?size=big', 400, 'SERVER_REQUEST_INVALID'],
  ])('refuse %s', async (query, status, code) => {
    const answer = await server.get(`/api/v1/runs/live/nodes/camera/${query}`);
    expect([answer.status, await answer.json()]).toMatchObject([status, { error: { code } }]);
  });

  it('of nodes that are not there are refused', async () => {
    const answer = await server.get('/api/v1/runs/live/nodes/nobody/snapshot.jpg');
    expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: 'SERVER_NODE_UNKNOWN' } }]);
  });

  it('come as a stream that any browser shows', async () => {
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    sender.socket.send(jpeg);
    const path = '/api/v1/runs/live/nodes/camera/stream.mjpg';
    await expect.poll(async () => (await server.get('/api/v1/runs/live/nodes/camera/snapshot.jpg')).status).toBe(200);
    const stop = new AbortController();
    const stream = await server.get(path, { signal: stop.signal });
    expect(stream.headers.get('content-type')).toBe('multipart/x-mixed-replace; boundary=kinegraph-frame');
    const reader = stream.body?.getReader();
    let bytes = 0;
    sender.socket.send(await aJpeg(64, 48, 30));
    while (bytes < 2 * jpeg.length) bytes += (await reader?.read())?.value?.length ?? 0;
    stop.abort();
    sender.socket.close();
  });

  it('that are broken are told as such, and do not end the stream', async () => {
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    const path = '/api/v1/runs/live/nodes/camera';
    sender.socket.send(jpeg);
    await expect.poll(async () => (await server.get(`${path}/snapshot.jpg?size=16`)).status).toBe(200);
    const stop = new AbortController();
    const stream = await server.get(`${path}/stream.mjpg?size=16`, { signal: stop.signal });
    const reader = stream.body?.getReader();
    await reader?.read();
    sender.socket.send(BROKEN_JPEG);
    const broken = async (): Promise<Response> => await server.get(`${path}/snapshot.jpg?size=16`);
    await expect.poll(async () => (await broken()).status).toBe(404);
    const answer = await broken();
    expect([answer.headers.get('etag'), await answer.json()]).toMatchObject([
      null,
      { error: { code: 'IMAGE_BROKEN' } },
    ]);
    sender.socket.send(await aJpeg(64, 48, 30));
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
    stop.abort();
    sender.socket.close();
  });

  it('are not waited for where the head of the stream is asked for', async () => {
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    sender.socket.send(jpeg);
    const path = '/api/v1/runs/live/nodes/camera';
    await expect.poll(async () => (await server.get(`${path}/snapshot.jpg`)).status).toBe(200);
    const { hostname, port } = new URL(server.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.write(`HEAD ${path}/stream.mjpg HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`);
    let head = '';
    for await (const part of socket.setEncoding('utf8')) head += String(part);
    expect(head).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*kinegraph-frame/);
    sender.socket.close();
  });
});

describe('The server', () => {
  it('ends in order within five seconds, telling every client', async () => {
    await using other = await LiveServer.start(['--graph', ECHO_FILE]);
    const results = await other.socket('/api/v1/runs/live/results');
    const sender = await other.socket('/api/v1/runs/live/sources/camera/ingest');
    sender.socket.send(jpeg);
    const { code } = await other.stop();
    expect(code).toBe(0);
    for (const client of [results, sender])
      expect(await client.closed).toEqual({ code: 1001, reason: 'The server is stopping.' });
  });
});
