import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import type { Client } from './support/live-server.js';
import { parseExposition, valueOf } from './support/exposition.js';
import type { Family } from './support/exposition.js';
import { aJpeg } from './support/pictures.js';

const ECHO_FILE = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
const ECHO = JSON.parse(readFileSync(ECHO_FILE, 'utf8')) as object;

let server: LiveServer;
let jpeg: Uint8Array;
beforeAll(async () => {
  server = await LiveServer.start(['--graph', ECHO_FILE]);
  jpeg = await aJpeg();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function scrape(): Promise<ReadonlyMap<string, Family>> {
  const answer = await server.get('/metrics');
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return parseExposition(await answer.text());
}

/** Sends pictures and waits for the result of each. */
async function sendFrames(sender: Client, results: Client, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const before = results.messages.length;
    sender.socket.send(jpeg);
    await expect.poll(() => results.messages.length).toBeGreaterThan(before);
  }
}

describe('/metrics of a running server', () => {
  it('follows frames from their sender to the viewer', async () => {
    const results = await server.socket('/api/v1/runs/live/results');
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    await sendFrames(sender, results, 5);
    sender.socket.send(Buffer.from('no picture at all'));
    await sender.message(({ type }) => type === 'error');
    const camera = { run: 'live', node: 'camera' };
    const families = await scrape();
    expect(valueOf(families, 'kinegraph_ingest_frames_total', camera)).toBe(6);
    expect(valueOf(families, 'kinegraph_ingest_refused_total', camera)).toBe(1);
    expect(valueOf(families, 'kinegraph_node_packets_total', { ...camera, direction: 'out' })).toBe(5);
    const decode = { run: 'live', node: 'decode', type: 'core.transform.decode' };
    expect(valueOf(families, 'kinegraph_node_working_seconds_count', decode)).toBe(5);
    expect(valueOf(families, 'kinegraph_node_working_seconds_sum', decode)).toBeGreaterThan(0);
    expect(valueOf(families, 'kinegraph_sink_age_seconds_count', { run: 'live', node: 'raw' })).toBe(5);
    expect(valueOf(families, 'kinegraph_source_connection_state', { ...camera, state: 'live' })).toBe(1);
    expect(valueOf(families, 'kinegraph_node_state', { ...camera, state: 'open' })).toBe(1);
    expect(valueOf(families, 'kinegraph_results_published_total', { run: 'live', source: 'camera' })).toBeGreaterThan(
      4,
    );
    expect(valueOf(families, 'kinegraph_clients', { run: 'live', kind: 'sender' })).toBe(1);
    expect(valueOf(families, 'kinegraph_clients', { run: 'live', kind: 'results-websocket' })).toBe(1);
    expect(valueOf(families, 'kinegraph_websockets')).toBe(2);
    for (const { socket } of [sender, results]) socket.close();
    // Each of the two connections ends in its own time.
    await expect.poll(async () => valueOf(await scrape(), 'kinegraph_websockets')).toBe(0);
    const later = await scrape();
    expect(valueOf(later, 'kinegraph_clients', { run: 'live', kind: 'sender' })).toBe(0);
    expect(valueOf(later, 'kinegraph_ingest_frames_total', camera), 'the sender has left').toBe(6);
  });

  it('tells previews that were encoded from those out of the cache, and from those that the client has', async () => {
    const results = await server.socket('/api/v1/runs/live/results');
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    await sendFrames(sender, results, 1);
    const before = await scrape();
    const path = '/api/v1/runs/live/nodes/camera/snapshot.jpg?size=16';
    const tag = (await server.get(path)).headers.get('etag') ?? '';
    for (let again = 0; again < 3; again += 1) await (await server.get(path)).arrayBuffer();
    expect((await server.get(path, { headers: { 'If-None-Match': tag } })).status).toBe(304);
    const after = await scrape();
    const grown = (name: string, labels = {}): number => valueOf(after, name, labels) - valueOf(before, name, labels);
    expect(grown('kinegraph_previews_total', { origin: 'encoded' })).toBe(1);
    expect(grown('kinegraph_previews_total', { origin: 'cache' })).toBe(3);
    expect(grown('kinegraph_snapshots_unchanged_total')).toBe(1);
    for (const { socket } of [sender, results]) socket.close();
  });

  it('counts viewers by what they look at', async () => {
    const leave = new AbortController();
    await server.get('/api/v1/runs/live/results', { signal: leave.signal });
    const count = async (kind: string): Promise<number> =>
      valueOf(await scrape(), 'kinegraph_clients', { run: 'live', kind });
    expect(await count('results-sse')).toBe(1);
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    sender.socket.send(jpeg);
    await expect.poll(async () => (await server.get('/api/v1/runs/live/nodes/camera/snapshot.jpg')).status).toBe(200);
    await server.get('/api/v1/runs/live/nodes/camera/stream.mjpg', { signal: leave.signal });
    expect(await count('mjpeg')).toBe(1);
    leave.abort();
    sender.socket.close();
    await expect.poll(async () => (await count('results-sse')) + (await count('mjpeg'))).toBe(0);
  });

  it('forgets a run that has ended, and counts it among the ended', async () => {
    await server.post('/api/v1/runs', { graph: ECHO, id: 'short' });
    const ofShort = (families: ReadonlyMap<string, Family>): number =>
      [...families.values()].flatMap(({ samples }) => samples.filter(({ labels }) => labels['run'] === 'short')).length;
    const during = await scrape();
    expect(ofShort(during)).toBeGreaterThan(5 * 70); // five nodes
    expect(valueOf(during, 'kinegraph_runs', { state: 'running' })).toBe(2);
    await server.get('/api/v1/runs/short', { method: 'DELETE' });
    const after = await scrape();
    expect([ofShort(after), valueOf(after, 'kinegraph_runs', { state: 'running' })]).toEqual([0, 1]);
  });

  it('tells of the server: version, plugins, event loop', async () => {
    const families = await scrape();
    const { version } = JSON.parse(readFileSync(inRepository('apps/server/package.json'), 'utf8')) as {
      version: string;
    };
    expect(valueOf(families, 'kinegraph_build_info', { version })).toBe(1);
    expect(valueOf(families, 'kinegraph_plugin_state', { plugin: '@kinegraph/core', state: 'active' })).toBe(1);
    expect(valueOf(families, 'kinegraph_plugin_state', { plugin: '@kinegraph/plugin-media', state: 'refused' })).toBe(
      0,
    );
    expect(valueOf(families, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  });

  it('is behind the same gate as everything else', async () => {
    await using other = await LiveServer.start(['--graph', ECHO_FILE, '--set', 'access.tokenOnLoopback=true']);
    const answer = await other.get('/metrics');
    expect([answer.status, await answer.json()]).toMatchObject([401, { error: { code: 'SERVER_UNAUTHORIZED' } }]);
  });

  it('is not there where it is not wanted', async () => {
    await using other = await LiveServer.start(['--graph', ECHO_FILE, '--set', 'metrics.enabled=false']);
    const answer = await other.get('/metrics');
    expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: 'SERVER_NOT_FOUND' } }]);
  });
});
