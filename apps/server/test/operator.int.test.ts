import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeFrameMessage } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byClient } from './support/api-driver.js';
import type { ApiDriver } from './support/api-driver.js';
import { TemporaryFolder } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import { startBroker, startHook } from './support/result-receivers.js';
import type { ResultReceiver } from './support/result-receivers.js';
import { signerJpegs } from './support/signer-jpegs.js';

/** Hands of a client's camera, told to two receivers; frames and hands are recorded. */
const HANDS = {
  kinegraph: 1,
  title: 'Hall',
  nodes: {
    camera: { type: 'core.source.frames' },
    newest: { type: 'core.buffer.latest' },
    decode: { type: 'core.transform.decode', config: { shortSide: 256 } },
    hands: { type: 'mediapipe.hands', config: { numHands: 1, model: 'lite' } },
    smooth: { type: 'core.smoother.ema' },
    frames: { type: 'media.sink.recording', config: { path: 'recordings/hall', topic: '/frames' } },
    landmarks: { type: 'media.sink.recording', config: { path: 'recordings/hall', topic: '/hands' } },
    broker: { type: 'connect.sink.mqtt', config: { connection: 'hall' } },
    hook: { type: 'connect.sink.webhook', config: { webhook: 'crm', batchMs: 50 } },
    results: { type: 'core.sink.results' },
  },
  wires: [
    ['camera.frame', 'newest.in'],
    ['newest.out', 'decode.frame'],
    ['newest.out', 'frames.in'],
    ['decode.frame', 'hands.frame'],
    ['hands.hands', 'smooth.in'],
    ['smooth.out', 'broker.in'],
    ['smooth.out', 'hook.in'],
    ['smooth.out', 'landmarks.in'],
    ['smooth.out', 'results.in'],
  ],
};

/** The same, from the recording; what comes of it is written down. */
const replay = (name: string) => ({
  kinegraph: 1,
  nodes: {
    recorded: { type: 'media.source.recording', config: { path: 'recordings/hall-2', pace: 'as-fast-as-possible' } },
    decode: HANDS.nodes.decode,
    hands: HANDS.nodes.hands,
    smooth: HANDS.nodes.smooth,
    lines: { type: 'core.sink.ndjson', config: { target: name } },
  },
  wires: [
    ['recorded.frame', 'decode.frame'],
    ['decode.frame', 'hands.frame'],
    ['hands.hands', 'smooth.in'],
    ['smooth.out', 'lines.in'],
  ],
});

const RUN = { params: { run: 'hall' } };
const FRAMES = 24;
/** Sequences of what is fed before the server is cut off, and after it. */
const [FIRST, SECOND] = [100, 500];

let folder: TemporaryFolder;
let broker: ResultReceiver;
let hook: ResultReceiver;
let jpegs: readonly Uint8Array[];
let server: LiveServer | undefined;
let api: ApiDriver;

async function start(): Promise<void> {
  server = await LiveServer.start(['--config', path.join(folder.path, 'kinegraph.config.json')]);
  api = byClient(server.url);
  await expect.poll(async () => (await api.ask('get', '/readyz')).status, { timeout: 20_000 }).toBe(200);
}

/** Sends pictures one after the other, each when the one before has come out. @returns the sequences that came out */
async function feed(first: number): Promise<number[]> {
  const results = await there().socket('/api/v1/runs/hall/results');
  const sender = await there().socket('/api/v1/runs/hall/sources/camera/ingest');
  await sender.message(({ type }) => type === 'welcome');
  const came: number[] = [];
  for (const [index, jpeg] of jpegs.entries()) {
    const sequence = first + index;
    sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence, capturedAtMs: performance.now() }, jpeg));
    came.push((await results.message<ResultMessage>((message) => message['sequence'] === sequence)).sequence);
  }
  for (const { socket } of [results, sender]) socket.close();
  return came;
}

function there(): LiveServer {
  if (server === undefined) throw new Error('The server is not there.');
  return server;
}

beforeAll(async () => {
  folder = new TemporaryFolder();
  broker = await startBroker();
  hook = await startHook();
  jpegs = (await signerJpegs(2000, 3000)).slice(0, FRAMES);
  const connect = {
    package: '@kinegraph/plugin-connect',
    settings: { connections: { hall: { url: broker.url } }, webhooks: { crm: { url: hook.url } } },
  };
  const config = {
    workspace: folder.path,
    plugins: ['@kinegraph/plugin-media', '@kinegraph/plugin-mediapipe', connect],
    media: { networkAllow: ['127.0.0.1'] },
  };
  writeFileSync(path.join(folder.path, 'kinegraph.config.json'), JSON.stringify(config));
}, 60_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await broker[Symbol.asyncDispose]();
  await hook[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

describe('An operator', () => {
  it('puts a graph, deploys it and feeds it, and both receivers see every result', async () => {
    await start();
    const put = await api.ask('put', '/api/v1/graphs/{graph}', {
      params: { graph: 'hall' },
      body: { graph: HANDS, revision: 0 },
    });
    expect(put).toMatchObject({ status: 200, body: { revision: 1, problems: [] } });
    const deployed = await api.ask('post', '/api/v1/graphs/{graph}/deploy', { params: { graph: 'hall' }, body: {} });
    expect(deployed).toMatchObject({ status: 200, body: { revision: 1, run: { id: 'hall', state: 'running' } } });
    const came = await feed(FIRST);
    expect(came).toHaveLength(FRAMES);
    await expect.poll(() => broker.sequences, { timeout: 10_000 }).toEqual(came);
    await expect.poll(() => hook.sequences, { timeout: 10_000 }).toEqual(came);
  }, 90_000);

  it('finds the graph running again after kill -9, fed and told as before', async () => {
    there().running.child.kill('SIGKILL');
    await there().running.finished;
    await start();
    expect((await api.ask('get', '/api/v1/runs/{run}', RUN)).body).toMatchObject({ state: 'running', title: 'Hall' });
    const came = await feed(SECOND);
    await expect.poll(() => broker.sequences.filter((one) => one >= SECOND), { timeout: 10_000 }).toEqual(came);
    await expect.poll(() => hook.sequences.filter((one) => one >= SECOND), { timeout: 10_000 }).toEqual(came);
    expect((await api.ask('delete', '/api/v1/runs/{run}', RUN)).status).toBe(204);
  }, 90_000);

  it('plays the recording, and gets the very results that were told live, each time', async () => {
    const files = readdirSync(path.join(folder.path, 'recordings'));
    // The first was cut off: what of it had come to the disk can be read. The second was ended.
    expect(files.toSorted()).toEqual(['hall-2.0001.mcap', expect.stringMatching(/^hall\.0001\.mcap/)]);
    const params = { run: 'replay' };
    const state = async () => (await api.ask('get', '/api/v1/runs/{run}', { params })).body as { state: string };
    const told = [...broker.values].filter(([sequence]) => sequence >= SECOND).toSorted(([a], [b]) => a - b);
    expect(told).toHaveLength(FRAMES);
    for (const name of ['one.ndjson', 'two.ndjson']) {
      const started = await api.ask('post', '/api/v1/runs', { body: { graph: replay(name), id: 'replay' } });
      expect(started).toEqual({ status: 201, body: expect.objectContaining({ id: 'replay' }) as unknown });
      await expect.poll(async () => (await state()).state, { timeout: 30_000 }).toBe('ended');
      const lines = readFileSync(path.join(folder.path, name), 'utf8').trim().split('\n');
      const played = lines.map((line) => JSON.parse(line) as { sequence: number; value: unknown });
      expect(played.map(({ sequence, value }) => [sequence, value])).toEqual(told);
    }
    expect(JSON.stringify(told)).toContain('hand-21'); // there was something to be found
  }, 90_000);
});
