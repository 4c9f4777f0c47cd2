import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { encodeFrameMessage } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { SystemClock } from '@kinegraph/core';
import { Recorders, RecordingReader } from '@kinegraph/recording/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { byClient, byHand } from './support/api-driver.js';
import type { ApiDriver } from './support/api-driver.js';
import { inRepository, TemporaryFolder } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';

const ECHO = JSON.parse(readFileSync(inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json'), 'utf8')) as {
  readonly nodes: object;
  readonly wires: readonly unknown[];
};
/** The same, with a node that records what comes out of the buffer. */
const RECORDED = {
  ...ECHO,
  nodes: { ...ECHO.nodes, keep: { type: 'media.sink.recording', config: { path: 'recordings/by-graph' } } },
  wires: [...ECHO.wires, ['newest.out', 'keep.in']],
};
const PLAYED = {
  kinegraph: 1,
  nodes: {
    played: { type: 'media.source.recording', config: { path: 'recordings/to-play', topic: '/camera' } },
    out: { type: 'core.sink.null' },
  },
  wires: [['played.frame', 'out.in']],
};

const RECORDINGS = '/api/v1/recordings';
const ONE = `${RECORDINGS}/{recording}`;
const PART = `${ONE}/parts/{part}`;
const of = (recording: string) => ({ params: { recording } });

let workspace: TemporaryFolder;
let server: LiveServer;
let jpegs: readonly Uint8Array[];
let folder: string;
beforeAll(async () => {
  workspace = new TemporaryFolder();
  folder = path.join(workspace.path, 'recordings');
  jpegs = await Promise.all([0, 50, 100, 150, 200].map(async (grey) => await aJpeg(64, 48, grey)));
  server = await LiveServer.start([...WITHOUT_MODELS, '--workspace', workspace.path]);
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  workspace[Symbol.dispose]();
});

/** Sends pictures to a run, each when the one before has come out. */
async function feed(run: string, count = jpegs.length, first = 1): Promise<void> {
  const results = await server.socket(`/api/v1/runs/${run}/results`);
  const sender = await server.socket(`/api/v1/runs/${run}/sources/camera/ingest`);
  await sender.message(({ type }) => type === 'welcome');
  for (let sequence = first; sequence < first + count; sequence += 1) {
    const jpeg = jpegs[sequence % jpegs.length] ?? new Uint8Array();
    sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence, capturedAtMs: performance.now() }, jpeg));
    await results.message<ResultMessage>((message) => message['sequence'] === sequence);
  }
  for (const { socket } of [results, sender]) socket.close();
}

async function framesOf(file: string, topic: string): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  for await (const { data } of (await RecordingReader.open(file)).frames(topic)) frames.push(data);
  return frames;
}

interface Seen {
  readonly messages: number;
  readonly started: { readonly dropped: Readonly<Record<string, number>> };
}

/** What a recording tells of how it came about. */
const MADE_OF = {
  'kinegraph.recording': { version: '1', run: 'hall', node: process.version },
  'kinegraph.graph': {
    document: expect.stringContaining('core.source.frames') as string,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  },
  'kinegraph.packages': { '@kinegraph/core': expect.stringMatching(/^\d/) as string },
  'kinegraph.models': {},
};

/** A recording whose second frame comes ten minutes after the first. */
async function recordTenMinutes(where: string, data: Uint8Array): Promise<void> {
  const nothing = (): void => {};
  const events = {
    dropped: nothing,
    wrote: nothing,
    waiting: nothing,
    finished: nothing,
    kept: nothing,
    stopped: nothing,
    resumed: nothing,
  };
  const recorders = new Recorders(new SystemClock());
  const topic = await recorders.open({ path: where, topic: '/camera', runId: 'test', node: 'camera' }, events);
  for (const timestampMs of [0, 600_000]) {
    const place = { sequence: timestampMs, timestampMs, capturedAtMs: timestampMs, clockOffsetMs: 0, source: 'camera' };
    topic.writeFrame(place, { format: 'jpeg', width: 64, height: 48, data });
  }
  await topic.close();
}

describe.each([
  ['asked by hand', byHand],
  ['asked by the generated client', byClient],
] as const)('Recordings, %s', (_, driverOf) => {
  let api: ApiDriver;
  beforeAll(() => {
    api = driverOf(server.url);
  });
  beforeEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    for (const run of ['hall', 'player']) await api.ask('delete', '/api/v1/runs/{run}', { params: { run } });
  });

  async function run(graph: object, id = 'hall'): Promise<void> {
    const started = await api.ask('post', '/api/v1/runs', { body: { graph, id } });
    expect(started).toEqual({ status: 201, body: expect.objectContaining({ id }) as unknown });
  }
  const state = async (recording: string) =>
    ((await api.ask('get', ONE, of(recording))).body as { state: string }).state;

  it('are none at first', async () => {
    expect(await api.ask('get', RECORDINGS)).toEqual({ status: 200, body: { recordings: [] } });
    const unknown = { status: 404, body: { error: { code: 'SERVER_RECORDING_UNKNOWN' } } };
    expect(await api.ask('get', ONE, of('hall'))).toMatchObject(unknown);
    expect(await api.ask('delete', ONE, of('hall'))).toMatchObject(unknown);
    expect(await api.ask('post', `${ONE}/stop`, of('hall'))).toMatchObject(unknown);
    expect(await api.ask('get', PART, { params: { recording: 'hall', part: '1' } })).toMatchObject(unknown);
  });

  it('are made of a run without a change to its graph, and have what went through it', async () => {
    await run(ECHO);
    const before = (await api.ask('get', '/api/v1/runs/{run}', { params: { run: 'hall' } })).body as { graph: object };
    const begun = await api.ask('post', RECORDINGS, { body: { run: 'hall', nodes: ['camera', 'decode', 'small'] } });
    expect(begun).toMatchObject({
      status: 201,
      body: {
        id: 'hall',
        state: 'writing',
        run: 'hall',
        started: { nodes: ['camera', 'decode', 'small'], dropped: {} },
      },
    });
    await feed('hall');
    // Pixels that come while those before are made a JPEG are left out, and counted: a slow machine leaves out more.
    const seen = async () => {
      const { messages, started } = (await api.ask('get', ONE, of('hall'))).body as Seen;
      return messages + (started.dropped['encoder-busy'] ?? 0);
    };
    await expect.poll(seen, { timeout: 10_000 }).toBe(15);
    expect((await api.ask('get', RECORDINGS)).body).toMatchObject({ recordings: [{ id: 'hall', state: 'writing' }] });
    const stopped = await api.ask('post', `${ONE}/stop`, of('hall'));
    const frames = { schema: 'foxglove.CompressedImage', messages: 5 };
    expect(stopped).toMatchObject({
      status: 200,
      body: {
        state: 'complete',
        run: 'hall',
        topics: expect.arrayContaining([
          { ...frames, topic: '/camera', isLossy: false },
          { ...frames, messages: expect.any(Number) as number, topic: '/decode', isLossy: true },
          { ...frames, messages: expect.any(Number) as number, topic: '/small', isLossy: true },
        ]) as unknown,
        parts: [{ part: 1, file: 'hall.0001.mcap', state: 'complete' }],
      },
    });
    const after = (await api.ask('get', '/api/v1/runs/{run}', { params: { run: 'hall' } })).body;
    expect(after).toMatchObject({ state: 'running', graph: before.graph });
    const kept = await framesOf(path.join(folder, 'hall'), '/camera');
    const sent = [1, 2, 3, 4, 0].map((index) => jpegs[index]);
    expect(kept.map((data, index) => Buffer.compare(data, sent[index] ?? new Uint8Array()))).toEqual([0, 0, 0, 0, 0]);
    expect((await api.ask('get', ONE, of('hall'))).body).toMatchObject({
      durationMs: expect.any(Number) as number,
      startedAt: expect.stringMatching(/^20\d\d-/) as string,
      metadata: MADE_OF,
    });
  });

  it('record all sinks and sources where none are named, and end with their run', async () => {
    await run(RECORDED);
    expect(await api.ask('post', RECORDINGS, { body: { run: 'hall', id: 'all' } })).toMatchObject({
      status: 201,
      body: { id: 'all', started: { nodes: expect.arrayContaining(['camera', 'raw', 'small']) as unknown } },
    });
    expect(await api.ask('post', RECORDINGS, { body: { run: 'hall', id: 'all', frames: false } })).toMatchObject({
      status: 201,
      body: { id: 'all-2', started: { nodes: expect.not.arrayContaining(['camera', 'keep']) as unknown } },
    });
    await feed('hall', 2);
    await api.ask('delete', '/api/v1/runs/{run}', { params: { run: 'hall' } });
    await expect.poll(async () => await state('all')).toBe('complete');
    await expect.poll(async () => await state('all-2')).toBe('complete');
    const { recordings } = (await api.ask('get', RECORDINGS)).body as {
      recordings: { id: string; topics: object[] }[];
    };
    expect(recordings.map(({ id, topics }) => [id, topics.length])).toEqual([
      ['all', 3],
      ['all-2', 2],
      ['by-graph', 1],
    ]);
  });

  it('leave events of who started, stopped and deleted them', async () => {
    await run(ECHO);
    await api.ask('post', RECORDINGS, { body: { run: 'hall', id: 'told' } });
    await feed('hall', 1);
    await api.ask('post', `${ONE}/stop`, of('told'));
    await api.ask('delete', ONE, of('told'));
    await api.ask('delete', ONE, of('told'));
    const { events } = (await api.ask('get', '/api/v1/events')).body as { events: Record<string, unknown>[] };
    expect(events.slice(0, 4).map(({ action, target, outcome }) => [action, target, outcome])).toEqual([
      ['deleteRecording', 'recordings/told', 'refused'],
      ['deleteRecording', 'recordings/told', 'ok'],
      ['stopRecording', 'recordings/told', 'ok'],
      ['startRecording', 'recordings/told', 'ok'],
    ]);
  });

  it('leave no file where nothing came', async () => {
    await run(ECHO);
    await api.ask('post', RECORDINGS, { body: { run: 'hall' } });
    expect((await api.ask('get', ONE, of('hall'))).body).toMatchObject({ state: 'writing', parts: [], metadata: {} });
    expect((await api.ask('post', `${ONE}/stop`, of('hall'))).body).toMatchObject({ messages: 0, parts: [] });
    expect((await api.ask('get', RECORDINGS)).body).toEqual({ recordings: [] });
  });

  it('are refused where there is nothing to record', async () => {
    await run(ECHO);
    const start = async (body: object) => {
      const { status, body: answer } = await api.ask('post', RECORDINGS, { body });
      return [status, (answer as { error?: { code: string } }).error?.code];
    };
    expect(await start({ run: 'nobody' })).toEqual([404, 'SERVER_RUN_UNKNOWN']);
    expect(await start({ run: 'hall', nodes: ['nobody'] })).toEqual([404, 'SERVER_NODE_UNKNOWN']);
    expect(await start({ run: 'hall', nodes: ['newest'] })).toEqual([422, 'SERVER_RECORDING_NODE']);
    for (const id of ['..', '../hall', 'a/b', '.hidden', '', 'a'.repeat(65)])
      expect(await start({ run: 'hall', id })).toEqual([400, 'SERVER_REQUEST_INVALID']);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  it('of a graph are listed while they are written, and are its own to stop', async () => {
    await run(RECORDED);
    await feed('hall', 3);
    await expect.poll(async () => (await api.ask('get', ONE, of('by-graph'))).body).toMatchObject({ messages: 3 });
    expect(await state('by-graph')).toBe('writing');
    expect(await api.ask('post', `${ONE}/stop`, of('by-graph'))).toMatchObject({
      status: 409,
      body: { error: { code: 'SERVER_RECORDING_NOT_STARTED' } },
    });
    expect(await api.ask('delete', ONE, of('by-graph'))).toMatchObject({
      status: 409,
      body: { error: { code: 'SERVER_RECORDING_IN_USE' } },
    });
    const figures = async () => {
      const { body } = await api.ask('get', '/api/v1/runs/{run}', { params: { run: 'hall' } });
      return (body as { figures: { nodes: { name: string }[] } }).figures.nodes.find(({ name }) => name === 'keep');
    };
    const written = statSync(path.join(folder, 'by-graph.0001.mcap.part')).size;
    expect(await figures()).toMatchObject({
      counters: { taken: 3, written_bytes: written },
      gauges: { queue_bytes: 0 },
    });
    await api.ask('delete', '/api/v1/runs/{run}', { params: { run: 'hall' } });
    expect((await api.ask('get', ONE, of('by-graph'))).body).toMatchObject({ state: 'complete', metadata: MADE_OF });
    expect((await api.ask('delete', ONE, of('by-graph'))).status).toBe(204);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are not deleted while they are played', async () => {
    await recordTenMinutes(path.join(folder, 'to-play'), jpegs[0] ?? new Uint8Array());
    expect((await api.ask('post', '/api/v1/runs', { body: { graph: PLAYED, id: 'player' } })).status).toBe(201);
    const playing = async () => (await api.ask('get', ONE, of('to-play'))).body as { isPlayed: boolean };
    expect(await playing()).toMatchObject({ isPlayed: true, state: 'complete', durationMs: 600_000 });
    expect(await api.ask('delete', ONE, of('to-play'))).toMatchObject({
      status: 409,
      body: { error: { code: 'SERVER_RECORDING_IN_USE' } },
    });
    await api.ask('delete', '/api/v1/runs/{run}', { params: { run: 'player' } });
    await expect.poll(async () => (await playing()).isPlayed).toBe(false);
    expect((await api.ask('delete', ONE, of('to-play'))).status).toBe(204);
  });

  it('lead nowhere else', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(workspace.path, 'secret.0001.mcap'), 'secret');
    writeFileSync(path.join(workspace.path, 'secret.txt'), 'secret');
    symlinkSync(path.join(workspace.path, 'secret.txt'), path.join(folder, 'link.0001.mcap'));
    mkdirSync(path.join(folder, 'folder.0001.mcap'));
    expect((await api.ask('get', RECORDINGS)).body).toEqual({ recordings: [] });
    for (const recording of ['../secret', '..', 'link', 'folder', '%2e%2e%2fsecret', '/etc/passwd', 'secret\0'])
      for (const params of [{ recording, part: '1' }]) {
        expect((await api.ask('get', ONE, { params })).status).toBe(404);
        expect((await api.ask('get', PART, { params })).status).toBe(404);
      }
    expect((await api.ask('delete', ONE, of('../secret'))).status).toBe(404);
    expect(readFileSync(path.join(workspace.path, 'secret.0001.mcap'), 'utf8')).toBe('secret');
    rmSync(path.join(workspace.path, 'secret.0001.mcap'));
  });

  it('tell what is broken off, and what is no recording', async () => {
    await run(RECORDED);
    await feed('hall', 3);
    await api.ask('delete', '/api/v1/runs/{run}', { params: { run: 'hall' } });
    const whole = readFileSync(path.join(folder, 'by-graph.0001.mcap'));
    writeFileSync(path.join(folder, 'by-graph.0002.mcap.part'), whole.subarray(0, whole.length - 100));
    writeFileSync(path.join(folder, 'odd.0001.mcap'), 'no recording');
    const told = (await api.ask('get', RECORDINGS)).body as { recordings: object[] };
    expect(told.recordings).toMatchObject([
      { id: 'by-graph', state: 'incomplete', messages: 6, parts: [{ state: 'complete' }, { state: 'incomplete' }] },
      { id: 'odd', state: 'damaged', parts: [{ state: 'damaged', error: { code: 'RECORDING_NOT_MCAP' } }] },
    ]);
    expect(JSON.stringify(told)).not.toContain(workspace.path);
  });
});

describe('A file of a recording', () => {
  const url = `${RECORDINGS}/file/parts/1`;
  let bytes: Buffer;
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251));
    writeFileSync(path.join(folder, 'file.0001.mcap'), bytes);
  });
  const ask = async (headers: Record<string, string> = {}, method = 'GET') => {
    const response = await server.get(url, { headers, method });
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  };

  it('comes whole, with what tells it from others', async () => {
    const { status, headers, body } = await ask();
    expect([status, Buffer.compare(body, bytes)]).toEqual([200, 0]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'content-type': 'application/octet-stream',
      'content-length': '5000',
      'content-disposition': 'attachment; filename=file.0001.mcap',
      'cache-control': 'private, no-cache',
      etag: expect.stringMatching(/^"[^"]+"$/) as string,
    });
    const head = await ask({}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), head.body.length]).toEqual([200, '5000', 0]);
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=1000-1999', 1000, 2000],
    ['bytes=4990-9000', 4990, 5000],
    ['bytes=4999-', 4999, 5000],
    ['bytes=-10', 4990, 5000],
  ])('comes in ranges: %s', async (range, from, to) => {
    const { status, headers, body } = await ask({ Range: range });
    expect([status, headers.get('content-range')]).toEqual([206, `bytes ${from}-${to - 1}/5000`]);
    expect(Buffer.compare(body, bytes.subarray(from, to))).toBe(0);
  });

  it('has no range beyond its end', async () => {
    const { status, headers, body } = await ask({ Range: 'bytes=5000-' });
    expect([status, headers.get('content-range'), headers.get('content-type')]).toEqual([
      416,
      'bytes */5000',
      'application/json; charset=utf-8',
    ]);
    expect(JSON.parse(body.toString())).toMatchObject({ error: { code: 'SERVER_RANGE_NOT_SATISFIABLE' } });
  });

  it('goes on where a download was cut, unless it has become another', async () => {
    const tag = (await ask()).headers.get('etag') ?? '';
    const rest = await ask({ Range: 'bytes=3000-', 'If-Range': tag });
    expect([rest.status, Buffer.compare(rest.body, bytes.subarray(3000))]).toEqual([206, 0]);
    const other = await ask({ Range: 'bytes=3000-', 'If-Range': '"other"' });
    expect([other.status, other.body.length]).toEqual([200, 5000]);
  });

  it('is not sent to who has it', async () => {
    const tag = (await ask()).headers.get('etag') ?? '';
    const { status, body } = await ask({ 'If-None-Match': tag });
    expect([status, body.length]).toEqual([304, 0]);
  });
});
