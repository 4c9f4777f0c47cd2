import { readFileSync } from 'node:fs';
import type { TraceEvent } from '@kinegraph/core';
import { flowsOf, slicesByRow, traceFaults } from '@kinegraph/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';
import { signerJpegs } from './support/signer-jpegs.js';

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

/** Sends pictures to a run's camera, one every 40 ms, until it is disposed of. */
async function sending(to: LiveServer, run: string, pictures: readonly Uint8Array[]): Promise<Disposable> {
  const { socket } = await to.socket(`/api/v1/runs/${run}/sources/camera/ingest`);
  let sent = 0;
  const timer = setInterval(() => socket.send(pictures[(sent += 1) % pictures.length] ?? jpeg), 40);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      socket.close();
    },
  };
}

describe('The trace of a live run', () => {
  it('is recorded for as long as it was asked for, and whole', async () => {
    using _ = await sending(server, 'live', [jpeg]);
    const answer = await server.get('/api/v1/runs/live/trace?seconds=1');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="live-trace.json"');
    const events = (await answer.json()) as TraceEvent[];
    expect(traceFaults(events)).toEqual([]);
    expect([...slicesByRow(events).keys()].toSorted()).toEqual(['camera', 'decode', 'newest', 'raw', 'small']);
    expect([...flowsOf(events).values()].filter((flow) => flow.length === 5).length).toBeGreaterThan(5);
    const times = events.filter(({ ph }) => ph === 'X').map(({ ts }) => ts);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(500_000);
    expect(events.find(({ name }) => name === 'process_name')?.args).toEqual({ name: 'Echo' });
  });

  it('is recorded for one at a time, and ends when that one leaves', async () => {
    const leave = new AbortController();
    await server.get('/api/v1/runs/live/trace?seconds=60', { signal: leave.signal });
    const second = await server.get('/api/v1/runs/live/trace');
    expect([second.status, await second.json()]).toMatchObject([409, { error: { code: 'RUN_RECORDING_REFUSED' } }]);
    leave.abort();
    await expect
      .poll(async () => {
        const again = await server.get('/api/v1/runs/live/trace?seconds=1');
        await again.text();
        return again.status;
      })
      .toBe(200);
  });

  it('is whole where the run ends meanwhile', async () => {
    await server.post('/api/v1/runs', { graph: ECHO, id: 'short' });
    using _ = await sending(server, 'short', [jpeg]);
    const answer = await server.get('/api/v1/runs/short/trace?seconds=60');
    await expect
      .poll(async () => {
        const { figures } = (await (await server.get('/api/v1/runs/short')).json()) as {
          figures: { nodes: { name: string; in: number }[] };
        };
        return figures.nodes.find(({ name }) => name === 'raw')?.in;
      })
      .toBeGreaterThan(3);
    await server.get('/api/v1/runs/short', { method: 'DELETE' });
    const events = (await answer.json()) as TraceEvent[];
    expect(traceFaults(events)).toEqual([]);
    expect(events.some(({ name }) => name === 'now closed')).toBe(true);
  });

  it.each([
    ['/api/v1/runs/live/trace?seconds=61', 400, 'SERVER_REQUEST_INVALID'],
    ['/api/v1/runs/live/trace?seconds=x', 400, 'SERVER_REQUEST_INVALID'],
    ['/api/v1/runs/none/trace', 404, 'SERVER_RUN_UNKNOWN'],
  ])('is not given for %s', async (path, status, code) => {
    const answer = await server.get(path);
    expect([answer.status, await answer.json()]).toMatchObject([status, { error: { code } }]);
  });

  it('has the rows of workers that were there before it began', async () => {
    const [other, pictures] = await Promise.all([LiveServer.start(), signerJpegs(1_000, 1_500)]);
    await using _server = other;
    using _ = await sending(other, 'live', pictures);
    const results = await other.socket('/api/v1/runs/live/results');
    await results.message(({ type }) => type === 'result');
    const events = (await (await other.get('/api/v1/runs/live/trace?seconds=2')).json()) as TraceEvent[];
    expect(traceFaults(events)).toEqual([]);
    const workers = [...slicesByRow(events)].filter(([name]) => name.includes(' worker '));
    expect(workers.length).toBeGreaterThan(0);
    for (const [, slices] of workers) expect(slices.length).toBeGreaterThan(3);
  }, 60_000);
});
