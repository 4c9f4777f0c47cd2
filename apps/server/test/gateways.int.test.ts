import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { LiveSignsMessage } from '../src/gateways/live-signs/live-signs-message.js';
import type { PoseResult } from '../src/gateways/socket-io/pose-result.js';
import { inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import { signerJpegs } from './support/signer-jpegs.js';

const PATIENCE_MS = 20_000;

let server: LiveServer;
let pictures: readonly Uint8Array[];
beforeAll(async () => {
  const enabled = ['socketIo', 'liveSigns'].flatMap((name) => ['--set', `gateways.${name}.enabled=true`]);
  [server, pictures] = await Promise.all([LiveServer.start(enabled), signerJpegs(1_000, 1_500)]);
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** Sends pictures, each as `send` does, until `isOver`. */
async function sendUntil(isOver: () => boolean, send: (picture: Uint8Array, index: number) => void): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (let index = 0; !isOver(); index += 1) {
    if (performance.now() > deadlineMs) throw new Error('No fitting result came.');
    const picture = pictures[index % pictures.length];
    if (picture !== undefined) send(picture, index);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

async function runIds(): Promise<readonly string[]> {
  const { runs } = (await (await server.get('/api/v1/runs')).json()) as { runs: { id: string; state: string }[] };
  return runs.filter(({ state }) => state !== 'ended').map(({ id }) => id);
}

describe('The Socket.IO protocol', () => {
  let socket: Socket;
  afterAll(() => {
    socket.disconnect();
  });

  it('answers frames with where body and hands are, as its front ends read it', async () => {
    socket = io(server.url, { transports: ['websocket'], reconnection: false });
    const results: PoseResult[] = [];
    socket.on('pose_result', (result: PoseResult) => results.push(result));
    const send = (picture: Uint8Array, index: number): void => {
      socket.emit('frame', {
        image: Buffer.from(picture).toString('base64'),
        timestamp: Date.now(),
        sequence: 100 + index,
      });
    };
    await sendUntil(() => results.some(({ hands }) => hands.right.length > 0), send);
    const result = results.find(({ hands }) => hands.right.length > 0);
    expect(result?.hands.right.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['wrist', 'thumb_tip', 'index_mcp', 'index_tip', 'pinky_tip']),
    );
    const wrist = result?.hands.right[0];
    // The signer's wrist is in the lower middle of the picture, which is 640x480.
    expect(wrist?.x).toBeGreaterThan(160);
    expect(wrist?.x).toBeLessThan(480);
    expect(wrist?.x).toBeCloseTo((wrist?.normalized_x ?? 0) * 640, -1);
    expect(wrist?.y).toBeCloseTo((wrist?.normalized_y ?? 0) * 480, -1);
    expect(result?.sequence).toBeGreaterThanOrEqual(100);
    expect(result).toMatchObject({ mode: '3D', dropped: expect.any(Number) });
    expect(Object.keys(result?.timings ?? {})).toEqual(
      expect.arrayContaining([
        'image_decode',
        'downscale',
        'pose_detection',
        'hand_detection',
        '3d_calculation',
        'smoothing',
        'total_backend',
      ]),
    );
    expect(result?.timings['hand_detection']).toBeGreaterThan(0);
    expect(result?.timings['total_backend']).toBeGreaterThan(result?.timings['hand_detection'] ?? 0);
    for (const { body } of results) expect([0, 17]).toContain(body.length);
  });

  it('leaves angles out where a client wants none, answers health, and names what it cannot read', async () => {
    const results: PoseResult[] = [];
    const errors: { code: string }[] = [];
    socket.on('pose_result', (result: PoseResult) => results.push(result));
    socket.on('frame_error', (error: { code: string }) => errors.push(error));
    await sendUntil(
      () => results.some(({ mode }) => mode === '2D'),
      (picture) => socket.emit('frame', { image: picture, sequence: 0, use3D: false }),
    );
    expect(results.find(({ mode }) => mode === '2D')).toMatchObject({
      pose_3d_angles: {},
      pose_3d_coords: {},
      sequence: 0,
    });
    const health = new Promise((resolve) => socket.once('health_response', resolve));
    socket.emit('health');
    expect(await health).toEqual({ status: 'ok' });
    for (const event of [undefined, { image: 5 }, { image: 'bm8gcGljdHVyZQ==' }]) socket.emit('frame', event);
    await expect
      .poll(() => errors.map(({ code }) => code))
      .toEqual(['SERVER_FRAME_EVENT', 'SERVER_FRAME_EVENT', 'IMAGE_UNKNOWN_FORMAT']);
  });

  it('gives every client a run of its own, which goes with it', async () => {
    expect(await runIds()).toContain('socket-io-1');
    const other = io(server.url, { transports: ['websocket'], reconnection: false, forceNew: true });
    await expect.poll(runIds, { timeout: PATIENCE_MS }).toContain('socket-io-2');
    other.disconnect();
    socket.disconnect();
    await expect.poll(runIds, { timeout: PATIENCE_MS }).toEqual(['live']);
  });
});

describe('Clients of gateways', () => {
  it('have no more runs than they may, and those who leave make room', async () => {
    await using small = await LiveServer.start([
      ...['--set', 'gateways.liveSigns.enabled=true', '--set', 'limits.gatewayRuns=1'],
      ...['--set', `gateways.liveSigns.graph=${inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json')}`],
      ...['--graph', inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json')],
    ]);
    const first = await small.socket('/ws/live-signs');
    const listed = async (): Promise<string> => await (await small.get('/api/v1/runs')).text();
    await expect.poll(listed).toContain('live-signs-1');
    const second = small.dial('/ws/live-signs');
    expect(await second.closed).toMatchObject({ code: 4429, reason: expect.stringContaining('limits.gatewayRuns') });
    first.socket.close();
    await expect.poll(listed).not.toContain('live-signs-1');
    const third = await small.socket('/ws/live-signs');
    await expect.poll(listed).toContain('live-signs-2');
    third.socket.close();
  });
});

describe('The live-signs protocol', () => {
  it('answers bare JPEGs with landmarks, and with the count of the picture', async () => {
    const client = await server.socket('/ws/live-signs');
    const found = (): LiveSignsMessage | undefined =>
      (client.messages as LiveSignsMessage[]).find(({ landmarks }) => landmarks !== undefined);
    await sendUntil(
      () => found() !== undefined,
      (picture) => client.socket.send(picture),
    );
    const { landmarks = [], frame } = found() ?? {};
    expect(landmarks).toHaveLength(96);
    expect(frame).toBeGreaterThanOrEqual(0);
    const [x = 0, y = 0] = landmarks[74] ?? []; // the wrist of the right hand
    expect([x > 0.2 && x < 0.8, y > 0.3 && y < 1]).toEqual([true, true]);
    client.socket.close();
    await expect.poll(runIds, { timeout: PATIENCE_MS }).toEqual(['live']);
  });

  it('leaves landmarks out where the byte before the JPEG says so, and names what it cannot read', async () => {
    const client = await server.socket('/ws/live-signs');
    await sendUntil(
      () => client.messages.length > 0,
      (picture) => client.socket.send(Uint8Array.of(0, ...picture)),
    );
    expect(client.messages[0]).not.toHaveProperty('landmarks');
    client.socket.send(Buffer.from('nothing'));
    expect(await client.message(({ error }) => error !== undefined)).toMatchObject({
      error: { code: 'IMAGE_UNKNOWN_FORMAT' },
    });
    client.socket.close();
  });
});
