import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byClient, byHand } from './support/api-driver.js';
import type { ApiDriver, Asked } from './support/api-driver.js';
import { TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';

const CLIP = inRepository('examples/clips/signer.mp4');
/** Lives on a camera: measured, it reads a clip instead. */
const CAMERA = {
  kinegraph: 1,
  title: 'Camera',
  nodes: { camera: { type: 'core.source.frames' }, out: { type: 'core.sink.null' } },
  wires: [['camera.frame', 'out.in']],
};
const HANDS = JSON.parse(readFileSync(inRepository('examples/graphs/hands.kinegraph.json'), 'utf8')) as {
  readonly nodes: Readonly<Record<string, { readonly config?: object }>>;
};

interface Told {
  readonly id: number;
  readonly state: string;
  readonly measured?: readonly (readonly { readonly results: number; readonly accuracy?: object }[])[];
  readonly error?: { readonly code: string; readonly message: string };
}

let folder: TemporaryFolder;
let server: LiveServer;
beforeEach(async () => {
  folder = new TemporaryFolder();
  copyFileSync(CLIP, path.join(folder.path, 'clip.mp4'));
  copyFileSync(CLIP.replace('.mp4', '.truth.ndjson'), path.join(folder.path, 'clip.truth.ndjson'));
  server = await LiveServer.start([...WITHOUT_MODELS, '--set', `workspace=${folder.path}`]);
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const WITHIN = { timeout: 60_000, interval: 200 };
const start = async (api: ApiDriver, body: object): Promise<Asked> =>
  await api.ask('post', '/api/v1/benchmarks', { body });
const get = async (api: ApiDriver, id: number): Promise<Told> =>
  (await api.ask('get', '/api/v1/benchmarks/{benchmark}', { params: { benchmark: String(id) } })).body as Told;

describe.each([
  ['asked by hand', byHand],
  ['asked by the generated client', byClient],
] as const)('Benchmarks, %s', (_, driverOf) => {
  it('measure kept graphs and sent ones in turn, and are kept with what they were measured on', async () => {
    const api = driverOf(server.url);
    await api.ask('put', '/api/v1/graphs/{graph}', {
      params: { graph: 'camera' },
      body: { graph: CAMERA, revision: 0 },
    });
    const asked = await start(api, {
      graphs: [{ id: 'camera' }, { graph: HANDS, title: 'As sent' }],
      ...{ input: 'clip.mp4', seconds: 1, repeat: 2, pace: 'realtime' },
    });
    expect(asked).toMatchObject({
      status: 202,
      body: { state: 'running', graphs: [{ graph: 'camera', revision: 1 }, { title: 'As sent' }] },
    });
    const { id } = asked.body as Told;
    expect(await start(api, { graphs: [{ id: 'camera' }], input: 'clip.mp4' })).toMatchObject({
      status: 409,
      body: { error: { code: 'SERVER_BENCHMARK_BUSY' } },
    });
    await expect.poll(async () => (await get(api, id)).state, WITHIN).toBe('done');
    const benchmark = await get(api, id);
    expect(benchmark).toMatchObject({
      conditions: { seconds: 1, repeat: 2, pace: 'realtime', input: 'clip.mp4' },
      alongside: 1, // the server's own graph
      machine: { node: process.version },
    });
    expect(benchmark.measured?.map((runs) => runs.length)).toEqual([2, 2]);
    for (const run of benchmark.measured?.flat() ?? []) expect(run.results).toBeGreaterThan(0);
    // The truth of the clip is beside it.
    for (const run of benchmark.measured?.[1] ?? [])
      expect(run.accuracy).toMatchObject({ framesWithHand: expect.any(Number) as unknown });
    expect((await api.ask('get', '/api/v1/benchmarks', { query: { graph: 'camera' } })).body).toMatchObject({
      benchmarks: [{ id, state: 'done' }],
    });
    expect((await api.ask('get', '/api/v1/benchmarks', { query: { graph: 'other' } })).body).toEqual({
      benchmarks: [],
    });
    const params = { benchmark: String(id) };
    expect((await api.ask('delete', '/api/v1/benchmarks/{benchmark}', { params })).status).toBe(204);
    expect(await api.ask('get', '/api/v1/benchmarks/{benchmark}', { params })).toMatchObject({
      status: 404,
      body: { error: { code: 'SERVER_BENCHMARK_UNKNOWN' } },
    });
  });

  it('say what is wrong before anything is measured', async () => {
    const api = driverOf(server.url);
    const refused = async (body: object): Promise<unknown> => {
      const { status, body: told } = await start(api, body);
      return [status, (told as { error: { code: string } }).error.code];
    };
    expect(await refused({ graphs: [] })).toEqual([400, 'SERVER_REQUEST_INVALID']);
    expect(await refused({ graphs: [{ id: 'nobody' }] })).toEqual([404, 'SERVER_GRAPH_UNKNOWN']);
    expect(
      await refused({ graphs: [{ graph: { kinegraph: 1, nodes: { a: { type: 'x.y.z' } }, wires: [] } }] }),
    ).toEqual([...[422, 'SERVER_GRAPH_REFUSED']]);
    expect(await refused({ graphs: [{ graph: CAMERA }], input: '../elsewhere.mp4' })).toEqual([
      ...[403, 'CORE_FILE_NOT_ALLOWED'],
    ]);
    const two = { ...CAMERA, nodes: { ...CAMERA.nodes, other: { type: 'core.source.frames' } } };
    expect(await refused({ graphs: [{ graph: two }], input: 'clip.mp4' })).toEqual([422, 'GRAPH_INPUT_UNCLEAR']);
    const unclear = (await start(api, { graphs: [{ graph: two }], input: 'clip.mp4' })).body as Told;
    expect(unclear.error?.message).toMatch(/^An input \(clip\.mp4\) takes the place/); // and not where it is on this machine
  });
});

it('A benchmark that is given up keeps what was measured, and the next one runs', async () => {
  const api = byHand(server.url);
  const { id } = (await start(api, { graphs: [{ graph: CAMERA }], input: 'clip.mp4', seconds: 1, repeat: 20 }))
    .body as Told;
  await expect.poll(async () => (await get(api, id)).measured?.[0]?.length ?? 0, WITHIN).toBeGreaterThan(0);
  expect(
    (await api.ask('delete', '/api/v1/benchmarks/{benchmark}', { params: { benchmark: String(id) } })).status,
  ).toBe(204);
  const given = await get(api, id);
  expect(given.state).toBe('cancelled');
  expect(given.measured?.[0]?.length).toBeGreaterThan(0);
  expect(given.measured?.[0]?.length).toBeLessThan(20);
  const next = await start(api, { graphs: [{ graph: CAMERA }], input: 'clip.mp4', seconds: 0.5 });
  expect(next.status).toBe(202);
  await expect.poll(async () => (await get(api, (next.body as Told).id)).state, WITHIN).toBe('done');
});

it('A benchmark can be followed until it ends', async () => {
  const { id } = (
    await start(byHand(server.url), {
      graphs: [{ graph: CAMERA, title: 'of rtsp://anna:hunter2@cam/' }],
      ...{ input: 'clip.mp4', seconds: 1, repeat: 2 },
    })
  ).body as Told;
  const response = await fetch(`${server.url}/api/v1/benchmarks/${id}/events`, { signal: AbortSignal.timeout(60_000) });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const text = await response.text();
  expect(text.endsWith('event: end\ndata: {}\n\n')).toBe(true);
  const told = [...text.matchAll(/^data: (\{.+\})$/gm)].flatMap(([, json = '']) => {
    const benchmark = JSON.parse(json) as Told & { progress?: { done: number; of: number } };
    return benchmark.id === undefined ? [] : [benchmark];
  });
  expect(told[0]).toMatchObject({ state: 'running', progress: { of: 2 } });
  expect(told.at(-1)).toMatchObject({ state: 'done', measured: [[{}, {}]] });
  expect(text).toContain('of rtsp://***@cam/');
  expect(text).not.toContain('hunter2');
  const done = told.flatMap(({ progress }) => progress?.done ?? []);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
});

it('A benchmark of a graph with more to tell than the system takes at once is whole', async () => {
  const names = Array.from({ length: 700 }, (_, index) => `${'a'.repeat(60)}${index}`);
  const graph = {
    ...CAMERA,
    nodes: { ...CAMERA.nodes, ...Object.fromEntries(names.map((name) => [name, { type: 'core.sink.results' }])) },
    wires: [...CAMERA.wires, ...names.map((name) => [CAMERA.wires[0]?.[0], `${name}.in`])],
  };
  const api = byHand(server.url);
  const { id } = (await start(api, { graphs: [{ graph }], input: 'clip.mp4', seconds: 0.5 })).body as Told;
  await expect.poll(async () => (await get(api, id)).state, WITHIN).not.toBe('running');
  expect(await get(api, id)).toMatchObject({ state: 'done', measured: [[{}]] });
});

it('A benchmark that was cut off with its server is told to be interrupted', async () => {
  const api = byHand(server.url);
  const { id } = (await start(api, { graphs: [{ graph: CAMERA }], input: 'clip.mp4', seconds: 30 })).body as Told;
  server.running.child.kill('SIGKILL');
  await server.running.finished;
  server = await LiveServer.start([...WITHOUT_MODELS, '--set', `workspace=${folder.path}`]);
  expect((await get(byHand(server.url), id)).state).toBe('interrupted');
});

it('A graph that takes the process down makes the benchmark fail, and not the server', async () => {
  await server[Symbol.asyncDispose]();
  const exits = inRepository('apps/server/test/fixtures/plugin-exits');
  server = await LiveServer.start([...WITHOUT_MODELS, '--set', `workspace=${folder.path}`, '--plugin', exits]);
  const api = byHand(server.url);
  const graph = {
    kinegraph: 1,
    nodes: { clip: { type: 'media.source.file', config: { path: 'clip.mp4' } }, bad: { type: 'exits.sink' } },
    wires: [['clip.frame', 'bad.in']],
  };
  const { id } = (await start(api, { graphs: [{ graph }], seconds: 10 })).body as Told;
  await expect.poll(async () => (await get(api, id)).state, WITHIN).toBe('failed');
  expect((await get(api, id)).error?.code).toBe('SERVER_BENCHMARK_CUT');
  expect((await api.ask('get', '/healthz')).status).toBe(200);
});
