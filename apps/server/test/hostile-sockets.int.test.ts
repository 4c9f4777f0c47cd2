import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

const ECHO = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
const SOCKET_IO = ['--set', 'gateways.socketIo.enabled=true', '--set', `gateways.socketIo.graph=${ECHO}`];
const HANDSHAKE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': Buffer.alloc(16, 1).toString('base64'),
};

/** A client that asks for a WebSocket by hand, keeps its side open whatever the server does, and answers nothing. */
async function asking(server: LiveServer, path: string, headers: Record<string, string> = {}): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.on('error', () => {}); // the server may reset the connection
  const lines = Object.entries({ Host: `${hostname}:${port}`, ...HANDSHAKE, ...headers });
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  await once(socket, 'connect');
  return socket;
}

/** Settles once the connection is gone: one that is only half closed still takes what is written. */
async function cutOff(socket: Socket): Promise<void> {
  socket.resume();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('end', () => resolve()));
  const timer = setInterval(() => socket.write('still here'), 50);
  await closed;
  clearInterval(timer);
}

describe('A client that is refused a WebSocket', () => {
  it('is cut off beside the path of Socket.IO too, and may reset its connection', async () => {
    await using server = await LiveServer.start(['--graph', ECHO, ...SOCKET_IO]);
    const left = await asking(server, '/socket.iox/?EIO=4&transport=websocket');
    left.resetAndDestroy();
    const waiting = await asking(server, '/socket.iox/?EIO=4&transport=websocket');
    await cutOff(waiting);
    expect((await server.get('/healthz')).status).toBe(200);
  });

  it('loses its connection, though it keeps its own side open', async () => {
    await using server = await LiveServer.start(['--graph', ECHO]);
    const socket = await asking(server, '/api/v1/runs/live/results', { Origin: 'http://elsewhere.example' });
    await cutOff(socket);
    expect((await server.get('/healthz')).status).toBe(200);
  });
});

describe('A server that stops', () => {
  it('cuts off a Socket.IO client that does not answer', async () => {
    await using server = await LiveServer.start(['--graph', ECHO, ...SOCKET_IO]);
    const headers = HANDSHAKE;
    const [, socket] = (await once(
      request(`${server.url}/socket.io/?EIO=4&transport=websocket`, { headers }).end(),
      'upgrade',
    )) as [unknown, Socket];
    socket.on('error', () => {});
    const { err, code } = await server.stop();
    expect(code).toBe(0);
    expect(err).not.toContain('Not everything has ended in time');
  });
});
