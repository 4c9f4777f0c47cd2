import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { encodeFrameMessage } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import type { Client } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';

const FIXTURES = inRepository('apps/server/test/fixtures');
const ECHO_FILE = `${FIXTURES}/graphs/echo.kinegraph.json`;
const ECHO = JSON.parse(readFileSync(ECHO_FILE, 'utf8')) as { nodes: object; wires: string[][] };
const INGEST = '/api/v1/runs/live/sources/camera/ingest';
const RESULTS = '/api/v1/runs/live/results';

let jpeg: Uint8Array;
beforeAll(async () => {
  jpeg = await aJpeg(320, 240);
});

/** Sends pictures at a camera's rate until the answer is called. */
function keepSending(sender: Client, everyMs = 20, from = 0): () => void {
  let sequence = from;
  const timer = setInterval(() => {
    sendFrame(sender, sequence);
    sequence += 1;
  }, everyMs);
  return () => clearInterval(timer);
}

function sendFrame(sender: Client, sequence: number): void {
  sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence, capturedAtMs: performance.now() }, jpeg));
}

/** A viewer that shakes hands and reads nothing from then on. */
async function deafViewer(server: LiveServer, path: string): Promise<Socket> {
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': Buffer.alloc(16, 1).toString('base64'),
  };
  const [, socket] = (await once(request(server.url + path, { headers }).end(), 'upgrade')) as [unknown, Socket];
  socket.on('error', () => {}); // the server may reset the connection
  socket.pause();
  return socket;
}

/** True where a result of a frame sent just now comes. */
async function goesOn(server: LiveServer, run = 'live'): Promise<boolean> {
  const results = await server.socket(`/api/v1/runs/${run}/results`);
  const sender = await server.socket(`/api/v1/runs/${run}/sources/camera/ingest`);
  const sequence = 3_000_000_000 + Math.floor(Math.random() * 1e9);
  sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence, capturedAtMs: performance.now() }, jpeg));
  const result = await results.message((message) => message['sequence'] === sequence);
  for (const { socket } of [results, sender]) socket.terminate();
  return result['type'] === 'result';
}

describe('A server', () => {
  let server: LiveServer;
  beforeAll(async () => {
    const limits = ['connectionsPerClient=500', 'connections=1000', 'notReadingSeconds=2'];
    const plugins = ['plugin-stuck', 'plugin-in-workers'].flatMap((name) => ['--plugin', `${FIXTURES}/${name}`]);
    const set = limits.flatMap((limit) => ['--set', `limits.${limit}`]);
    server = await LiveServer.start(['--graph', ECHO_FILE, ...plugins, ...set]);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  it('outlives 200 clients that connect, send and vanish', async () => {
    const url = server.url.replace('http', 'ws');
    for (let wave = 0; wave < 4; wave += 1) {
      const sockets = Array.from(
        { length: 50 },
        (_, index) => new WebSocket(url + (index % 2 === 0 ? INGEST : RESULTS)),
      );
      await Promise.all(
        sockets.map(async (socket, index) => {
          socket.on('error', () => {}); // a newer sender has taken over, or it was ended in mid-handshake
          await Promise.race([once(socket, 'open'), once(socket, 'close')]);
          if (socket.readyState !== socket.OPEN) return;
          if (index % 2 === 0) socket.send(jpeg);
          if (index % 3 === 0) socket.close();
          else socket.terminate();
        }),
      );
    }
    expect(await goesOn(server)).toBe(true);
    const { sources } = (await (await server.get('/api/v1/runs/live')).json()) as {
      sources: { connection: { state: string } }[];
    };
    expect(sources[0]?.connection.state).toMatch(/waiting|live/);
  });

  it('goes on beside a client that sends garbage, and ends it when it has had enough', async () => {
    const sender = await server.socket(INGEST);
    for (const garbage of [
      Buffer.from([0x4b, 0x47, 0x46, 0x52]),
      Buffer.alloc(100_000, 7),
      jpeg.subarray(0, 300),
      Buffer.alloc(0),
    ])
      sender.socket.send(garbage);
    await sender.message(({ type }) => type === 'error');
    expect(sender.socket.readyState).toBe(sender.socket.OPEN);
    for (let text = 0; text < 100; text += 1) sender.socket.send(`{"type":${'['.repeat(50)}`);
    expect(await sender.closed).toMatchObject({ code: 4400 });
    expect(await goesOn(server)).toBe(true);
  });

  it('goes on beside a client that breaks the protocol of WebSockets', async () => {
    const sender = await server.socket(INGEST);
    (sender.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(
      Buffer.from([0xff, 0xff, 0xff, 0xff]),
    );
    expect(await sender.closed).toMatchObject({ code: 1002 });
    expect(await goesOn(server)).toBe(true);
  });

  it.each(['//[', 'http://[', '//:0/', '/socket.iox', '*'])(
    'goes on beside a client that wants a socket at %j, and lets go of it',
    async (target) => {
      const { port, host } = new URL(server.url);
      const socket = connect(Number(port), '127.0.0.1');
      const closed = once(socket, 'close');
      socket.on('error', () => {}); // the server may reset the connection
      const headers = [`Host: ${host}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
      socket.write(`GET ${target} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
      socket.resume();
      await closed;
      expect(await goesOn(server)).toBe(true);
    },
  );

  it('goes on with a sink that never returns', async () => {
    const graph = {
      ...ECHO,
      nodes: { ...ECHO.nodes, apart: { type: 'core.buffer.latest' }, stuck: { type: 'stuck.sink' } },
      wires: [...ECHO.wires, ['newest.out', 'apart.in'], ['apart.out', 'stuck.in']],
    };
    expect((await server.post('/api/v1/runs', { graph, id: 'stuck' })).status).toBe(201);
    for (let turn = 0; turn < 3; turn += 1) expect(await goesOn(server, 'stuck')).toBe(true);
  });

  it('goes on when a worker dies in the middle of a frame', async () => {
    const graph = {
      ...ECHO,
      nodes: {
        ...ECHO.nodes,
        moody: { type: 'in-workers.moody', config: { exitAt: 5 } },
        moods: { type: 'core.sink.results' },
      },
      wires: [...ECHO.wires, ['decode.frame', 'moody.frame'], ['moody.out', 'moods.in']],
    };
    const started = await server.post('/api/v1/runs', { graph, id: 'moody' });
    expect([started.status, await started.json()]).toMatchObject([201, { id: 'moody' }]);
    const results = await server.socket('/api/v1/runs/moody/results');
    const sender = await server.socket('/api/v1/runs/moody/sources/camera/ingest');
    const mood = async (isIt: (sequence: number) => boolean): Promise<ResultMessage> =>
      await results.message<ResultMessage>(
        ({ values, sequence }) =>
          isIt(Number(sequence)) && typeof values === 'object' && values !== null && 'moods' in values,
      );
    // One at a time, so that the frame it dies of is not let go as an old one.
    for (let sequence = 0; sequence < 5; sequence += 1) {
      sendFrame(sender, sequence);
      await mood((other) => other === sequence);
    }
    sendFrame(sender, 5);
    const trouble = async (): Promise<object | undefined> => {
      const { figures } = (await (await server.get('/api/v1/runs/moody')).json()) as {
        figures: { nodes: { name: string; trouble?: object }[] };
      };
      return figures.nodes.find(({ name }) => name === 'moody')?.trouble;
    };
    await expect.poll(trouble, { timeout: 20_000 }).toBeDefined();
    const stop = keepSending(sender, 100, 6);
    const after = await mood((sequence) => sequence > 5);
    expect(after.values['moods']).toEqual({ sequence: after.sequence });
    stop();
    for (const { socket } of [sender, results]) socket.terminate();
  });

  it('closes a client that does not read, and the others get their results', async () => {
    const graph = {
      ...ECHO,
      nodes: {
        ...ECHO.nodes,
        many: { type: 'core.buffer.window', config: { count: 2000, whole: false } },
        windows: { type: 'core.sink.results' },
      },
      wires: [...ECHO.wires, ['newest.out', 'many.in'], ['many.out', 'windows.in']],
    };
    expect((await server.post('/api/v1/runs', { graph, id: 'windows' })).status).toBe(201);
    const deaf = await deafViewer(server, '/api/v1/runs/windows/results');
    const hearing = await server.socket('/api/v1/runs/windows/results');
    const sender = await server.socket('/api/v1/runs/windows/sources/camera/ingest');
    const stop = keepSending(sender, 10);
    await expect.poll(() => hearing.messages.length, { timeout: 20_000 }).toBeGreaterThan(300);
    await new Promise((resolve) => setTimeout(resolve, 4_000)); // notReadingSeconds, and what a close frame is given
    const heard = hearing.messages.length;
    const gone = once(deaf, 'close');
    deaf.resume();
    await gone;
    await expect.poll(() => hearing.messages.length).toBeGreaterThan(heard);
    expect(hearing.socket.readyState).toBe(hearing.socket.OPEN);
    stop();
  }, 60_000);
});

describe('SIGTERM', () => {
  it('under load ends the server in order: every client is told, and nothing that hangs keeps it', async () => {
    await using server = await LiveServer.start(['--graph', ECHO_FILE, '--plugin', `${FIXTURES}/plugin-stuck`]);
    const graph = {
      ...ECHO,
      nodes: { ...ECHO.nodes, stuck: { type: 'stuck.sink' } },
      wires: [...ECHO.wires, ['newest.out', 'stuck.in']],
    };
    await server.post('/api/v1/runs', { graph, id: 'stuck' });
    const stuckSender = await server.socket('/api/v1/runs/stuck/sources/camera/ingest');
    const sender = await server.socket(INGEST);
    const viewers = await Promise.all(Array.from({ length: 10 }, async () => await server.socket(RESULTS)));
    const events = await server.get(RESULTS);
    const stops = [keepSending(sender, 10), keepSending(stuckSender, 10)];
    await viewers[0]?.message(({ type }) => type === 'result');
    const picture = await server.get('/api/v1/runs/live/nodes/camera/stream.mjpg');
    const { code } = await server.stop();
    for (const stop of stops) stop();
    expect(code).toBe(0);
    for (const client of [sender, stuckSender, ...viewers])
      expect(await client.closed).toEqual({ code: 1001, reason: 'The server is stopping.' });
    expect(await events.text()).toContain('event: end');
    await picture.arrayBuffer().catch(() => {}); // it ends, whichever way
  });

  it('for the second time ends it at once', async () => {
    await using server = await LiveServer.start(['--graph', ECHO_FILE, '--plugin', `${FIXTURES}/plugin-stuck`]);
    const graph = {
      ...ECHO,
      nodes: { ...ECHO.nodes, stuck: { type: 'stuck.sink' } },
      wires: [...ECHO.wires, ['newest.out', 'stuck.in']],
    };
    await server.post('/api/v1/runs', { graph, id: 'stuck' });
    const sender = await server.socket('/api/v1/runs/stuck/sources/camera/ingest');
    const stop = keepSending(sender, 10);
    const results = await server.socket('/api/v1/runs/stuck/results');
    await results.message(({ type }) => type === 'result'); // the sink has one, too
    server.running.child.kill('SIGTERM');
    await sender.closed; // it is about to stop, and has to wait for the sink
    server.running.child.kill('SIGTERM');
    const { code } = await server.running.finished;
    stop();
    expect(code).toBe(130);
  });
});
