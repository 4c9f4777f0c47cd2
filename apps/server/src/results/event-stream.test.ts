import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { VirtualClock, aTrace } from '@kinegraph/core/testing';
import type { ResolvedGraph } from '@kinegraph/core';
import express from 'express';
import type { Response } from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveRun } from '../runs/live-run.js';
import { ResultsHub } from '../runs/results-hub.js';
import { RunClients } from '../runs/run-clients.js';
import { streamEvents } from './event-stream.js';

const NOT_READING_MS = 40_000;
/** More than all buffers between the two sides take. */
const LARGE = 'x'.repeat(32 * 2 ** 20);

let server: Server;
let clock: VirtualClock;
let hub: ResultsHub;
let clients: RunClients;
let answered: Promise<Response>;
beforeEach(async () => {
  clock = new VirtualClock();
  const graph = { nodes: [], wires: [] } as unknown as ResolvedGraph;
  hub = new ResultsHub(
    clock,
    () => graph,
    () => {},
  );
  clients = new RunClients();
  const live = { results: hub, clients, outcome: undefined } as unknown as LiveRun; // all that is looked at
  const app = express();
  answered = new Promise((resolve) => {
    app.get('/', (_request, response) => {
      streamEvents(response, live, clock, NOT_READING_MS);
      resolve(response);
    });
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function asking(method: string): Socket {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`${method} / HTTP/1.1\r\nHost: server\r\n\r\n`);
  return socket;
}

describe('A client of the event stream', () => {
  it('that does not read is sent nothing behind the end of the run, and is cut off', async () => {
    const socket = asking('GET');
    socket.pause();
    const response = await answered;
    const faults: unknown[] = [];
    response.on('error', (error) => faults.push(error));
    hub.observer.sinkValue?.({ sink: 'out', value: LARGE, timestampMs: 1, trace: aTrace() });
    await Promise.resolve();
    hub.end();
    await clock.advance(NOT_READING_MS - 1);
    await new Promise((resolve) => void setImmediate(resolve));
    expect([faults, response.destroyed]).toEqual([[], false]);
    const closed = once(response, 'close');
    await clock.advance(1);
    await closed;
    expect([clients.count('results-sse'), clock.pendingCount]).toEqual([0, 0]);
    socket.destroy();
  });

  it('is told now and then that the line is up, for as long as it is there', async () => {
    const socket = asking('GET');
    let said = '';
    socket.setEncoding('utf8').on('data', (text: string) => (said += text));
    const response = await answered;
    await clock.advance(15_000);
    await clock.advance(15_000);
    while (said.split(': still here').length < 3) await once(socket, 'data');
    const closed = once(response, 'close');
    socket.destroy();
    await closed;
    expect([clients.count('results-sse'), clock.pendingCount]).toEqual([0, 0]);
  });

  it('that asks for the head only is not kept waiting', async () => {
    const socket = asking('HEAD');
    socket.resume();
    const response = await answered;
    if (!response.closed) await once(response, 'close');
    expect([response.statusCode, hub.viewers]).toEqual([200, 0]);
    socket.destroy();
  });
});
