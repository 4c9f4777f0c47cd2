import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { CLOSE_CODES, RESULT_SUBPROTOCOLS, encodeFrameMessage } from '@kinegraph/core/protocol';
import { WebSocket } from 'ws';

/** What visitors of a soak share. */
export interface VisitedServer {
  readonly url: string;
  readonly socketUrl: string;
  readonly pictures: readonly Uint8Array[];
  /** Numbers from 0 up to 1, decided by a seed. */
  readonly random: () => number;
  /** A graph without models, whose source is called `camera`. */
  readonly lightGraph: object;
}

/** What visitors have seen. */
export class VisitTally {
  readonly visits = new Map<string, number>();
  readonly errors = new Map<string, number>();
  results = 0;
  frames = 0;
  pictures = 0;

  error(what: string): void {
    this.errors.set(what, (this.errors.get(what) ?? 0) + 1);
  }

  count(kind: string): void {
    this.visits.set(kind, (this.visits.get(kind) ?? 0) + 1);
  }
}

/** A client that comes, does something for `ms`, and goes. */
type Visit = (server: VisitedServer, tally: VisitTally, run: string, ms: number) => Promise<void>;

/** A sender ends where another takes over, and anybody where the run has ended. */
const EXPECTED_CLOSES: readonly number[] = [1000, 1005, 1006, CLOSE_CODES.replaced, CLOSE_CODES.runEnded];
const FRAME_EVERY_MS = 50;

/** Sends frames, answers pings, and leaves with a word or without. */
export const sendFrames: Visit = async (server, tally, run, ms) => {
  const socket = await opened(server, tally, `/api/v1/runs/${run}/sources/camera/ingest`);
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as { type: string; id: number; sentMs: number; code?: string };
    if (message.type === 'ping')
      socket.send(JSON.stringify({ type: 'pong', id: message.id, sentMs: message.sentMs, clockMs: performance.now() }));
    if (message.type === 'error') tally.error(`told ${message.code}`);
  });
  let sequence = 0;
  const sending = setInterval(() => {
    const picture = server.pictures[sequence % server.pictures.length];
    if (socket.readyState !== socket.OPEN || picture === undefined) return;
    socket.send(encodeFrameMessage({ format: 'jpeg', sequence, capturedAtMs: performance.now() }, picture));
    sequence += 1;
    tally.frames += 1;
  }, FRAME_EVERY_MS);
  await pause(ms);
  clearInterval(sending);
  await left(socket, server.random() < 0.5);
};

const watchResults: Visit = async (server, tally, run, ms) => {
  const format = RESULT_SUBPROTOCOLS[Math.floor(server.random() * RESULT_SUBPROTOCOLS.length)] ?? 'kinegraph.json';
  const socket = await opened(server, tally, `/api/v1/runs/${run}/results`, [format]);
  socket.on('message', () => (tally.results += 1));
  await pause(ms);
  await left(socket, server.random() < 0.5);
};

const watchEvents: Visit = async (server, tally, run, ms) => {
  const response = await answered(`${server.url}/api/v1/runs/${run}/results`);
  if (response.statusCode !== 200) tally.error(`events ${response.statusCode}`);
  response.on('data', (chunk: Buffer) => (tally.results += chunk.toString().split('event: result').length - 1));
  await pause(ms);
  await gone(response);
};

const watchPictures: Visit = async (server, tally, run, ms) => {
  const response = await answered(`${server.url}/api/v1/runs/${run}/nodes/camera/stream.mjpg?quality=60`);
  if (response.statusCode !== 200 && response.statusCode !== 404) tally.error(`stream ${response.statusCode}`);
  response.on('data', (chunk: Buffer) => (tally.pictures += chunk.includes('Content-Length') ? 1 : 0));
  await pause(ms);
  await gone(response);
};

const askSnapshots: Visit = async (server, tally, run, ms) => {
  const endMs = performance.now() + ms;
  let tag = '';
  while (performance.now() < endMs) {
    const path = `/api/v1/runs/${run}/nodes/camera/snapshot.jpg?quality=${50 + Math.floor(server.random() * 5)}`;
    const answer = await fetch(server.url + path, { headers: tag === '' ? {} : { 'If-None-Match': tag } });
    await answer.arrayBuffer();
    if (answer.status === 200) tally.pictures += 1;
    else if (answer.status !== 304 && answer.status !== 404) tally.error(`snapshot ${answer.status}`);
    tag = answer.headers.get('ETag') ?? '';
    await pause(60);
  }
};

const sendGarbage: Visit = async (server, tally, run) => {
  const socket = await opened(server, tally, `/api/v1/runs/${run}/sources/camera/ingest`);
  for (let count = 0; count < 30 && socket.readyState === socket.OPEN; count += 1) {
    socket.send(Uint8Array.from({ length: 200 }, () => Math.floor(server.random() * 256)));
    socket.send('{"type":');
    await pause(10);
  }
  await left(socket, false);
};

const lookAround: Visit = async (server, tally, run) => {
  for (const path of ['runs', `runs/${run}`, 'node-types', 'plugins', 'runs/nobody']) {
    const answer = await fetch(`${server.url}/api/v1/${path}`);
    await answer.text();
    if (answer.status !== (path.endsWith('nobody') ? 404 : 200)) tally.error(`${path} ${answer.status}`);
  }
};

let made = 0;

/** A run of its own, with somebody who sends and somebody who looks; they may still be there when it is deleted. */
const makeRun: Visit = async (server, tally, _run, ms) => {
  made += 1;
  const id = `soak-${made}`;
  const started = await fetch(`${server.url}/api/v1/runs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ graph: server.lightGraph, id }),
  });
  await started.text();
  if (started.status !== 201) return tally.error(`start ${started.status}`);
  const clients = [sendFrames(server, tally, id, ms), watchResults(server, tally, id, ms * 0.8)];
  await pause(ms * 0.9);
  const ended = await fetch(`${server.url}/api/v1/runs/${id}`, { method: 'DELETE' });
  if (ended.status !== 204) tally.error(`end ${ended.status}`);
  await Promise.all(clients);
};

/** Who comes how often. */
export const VISITS: readonly (readonly [kind: string, weight: number, visit: Visit])[] = [
  ['sender', 4, sendFrames],
  ['results', 6, watchResults],
  ['events', 3, watchEvents],
  ['mjpeg', 3, watchPictures],
  ['snapshots', 3, askSnapshots],
  ['garbage', 1, sendGarbage],
  ['management', 1, lookAround],
  ['run', 3, makeRun],
];

/** Lets `places` clients come and go until `signal` fires; settles when all have left. */
export async function keepVisiting(
  server: VisitedServer,
  tally: VisitTally,
  places: number,
  signal: AbortSignal,
): Promise<void> {
  const all = VISITS.flatMap(([kind, weight, visit]) => Array.from({ length: weight }, () => ({ kind, visit })));
  const visitor = async (): Promise<void> => {
    while (!signal.aborted) {
      const { kind, visit } = all[Math.floor(server.random() * all.length)] ?? { kind: 'none', visit: lookAround };
      tally.count(kind);
      try {
        await visit(server, tally, 'live', 200 + server.random() * 2_000);
      } catch (error) {
        tally.error(`${kind}: ${error instanceof Error ? error.message : String(error)}`);
        await pause(100); // a server that is gone must not be asked without pause
      }
    }
  };
  await Promise.all(Array.from({ length: places }, visitor));
}

async function opened(
  server: VisitedServer,
  tally: VisitTally,
  path: string,
  protocols: string[] = [],
): Promise<WebSocket> {
  const socket = new WebSocket(server.socketUrl + path, protocols, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  socket.on('error', () => {}); // 'close' follows
  socket.on('close', (code) => {
    if (!EXPECTED_CLOSES.includes(code)) tally.error(`closed with ${code}`);
  });
  return socket;
}

async function left(socket: WebSocket, withAWord: boolean): Promise<void> {
  if (socket.readyState === socket.CLOSED) return;
  const closed = new Promise((resolve) => socket.once('close', resolve));
  if (withAWord) socket.close();
  else socket.terminate();
  await closed;
}

async function answered(url: string): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    get(url, { agent: false }, resolve).on('error', reject);
  });
}

/** Cuts the connection of an answer that goes on without end. */
async function gone(response: IncomingMessage): Promise<void> {
  response.on('error', () => {}); // it is we who end it
  const closed = new Promise((resolve) => response.once('close', resolve));
  if (response.closed) return;
  response.destroy();
  await closed;
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
