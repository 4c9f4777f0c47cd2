import { once } from 'node:events';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';

const ECHO = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
const FRAMES_PER_SECOND = 2;
const SENT = 40;

let server: LiveServer;
let jpeg: Uint8Array;
beforeAll(async () => {
  const enabled = ['socketIo', 'liveSigns'].flatMap((name) => [
    ...['--set', `gateways.${name}.enabled=true`],
    ...['--set', `gateways.${name}.graph=${ECHO}`],
  ]);
  const limit = ['--set', `limits.framesPerSecondPerConnection=${FRAMES_PER_SECOND}`];
  [server, jpeg] = await Promise.all([LiveServer.start(['--graph', ECHO, ...enabled, ...limit]), aJpeg()]);
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** Sends frames until the run is up and answers the first, then many at once. */
async function untilRefused(send: () => void, codes: readonly string[]): Promise<void> {
  await expect
    .poll(
      () => {
        for (let count = 0; count < SENT; count += 1) send();
        return codes;
      },
      { timeout: 10_000 },
    )
    .toContain('SERVER_TOO_MANY_FRAMES');
}

describe('The limit of frames a second', () => {
  it('holds for Socket.IO clients', async () => {
    const socket = io(server.url, { transports: ['websocket'], reconnection: false });
    const codes: string[] = [];
    socket.on('frame_error', ({ code }: { code: string }) => codes.push(code));
    await untilRefused(() => socket.emit('frame', { image: jpeg, sequence: 0 }), codes);
    socket.disconnect();
  });

  it('holds for live-signs clients', async () => {
    const { socket } = await server.socket('/ws/live-signs');
    const codes: string[] = [];
    socket.on('message', (data) => {
      const { error } = JSON.parse((data as Buffer).toString()) as { error?: { code: string } };
      if (error !== undefined) codes.push(error.code);
    });
    await untilRefused(() => socket.send(jpeg), codes);
    socket.close();
  });
});

it('A Socket.IO client that asks faster than it can be answered gets no answer to some', async () => {
  const asked = 5_000;
  const address = `${server.url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address);
  let answers = 0;
  let isOver = false;
  socket.on('message', (data) => {
    const text = (data as Buffer).toString();
    if (text.includes('health_response')) answers += 1;
    if (text.includes('frame_error')) isOver = true;
  });
  await once(socket, 'message'); // Engine.IO's handshake
  socket.send('40');
  await once(socket, 'message'); // Socket.IO's
  for (let count = 0; count < asked; count += 1) socket.send('42["health"]');
  // What comes behind is answered again once there is room.
  await expect
    .poll(() => {
      socket.send('42["frame",5]');
      return isOver;
    })
    .toBe(true);
  expect(answers).toBeGreaterThan(0);
  expect(answers).toBeLessThan(asked);
  socket.terminate();
});
