import { encodeFrameMessage } from '@kinegraph/core/protocol';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveServer } from './support/live-server.js';
import type { Client } from './support/live-server.js';
import { signerJpegs } from './support/signer-jpegs.js';

let server: LiveServer;
let sender: Client;
let sending: NodeJS.Timeout;
beforeAll(async () => {
  const [started, pictures] = await Promise.all([LiveServer.start(), signerJpegs(1_000, 2_000)]);
  server = started;
  sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
  let sequence = 0;
  sending = setInterval(() => {
    const picture = pictures[sequence % pictures.length] ?? new Uint8Array(0);
    sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence, capturedAtMs: performance.now() }, picture));
    sequence += 1;
  }, 50);
  const results = await server.socket('/api/v1/runs/live/results');
  await results.message(({ type }) => type === 'result');
  results.socket.close();
}, 60_000);
afterAll(async () => {
  clearInterval(sending);
  await server[Symbol.asyncDispose]();
});

/** Pixels of a JPEG that are as teal as hands are drawn: far less red than green and blue. Nothing in the clip is. */
async function tealPixels(jpeg: ArrayBuffer): Promise<number> {
  const { data, info } = await sharp(Buffer.from(jpeg)).raw().toBuffer({ resolveWithObject: true });
  let count = 0;
  for (let at = 0; at < data.length; at += info.channels) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    if (Math.min(green, blue) > red + 50) count += 1;
  }
  return count;
}

describe('A snapshot with an overlay', () => {
  const path = (query: string): string => `/api/v1/runs/live/nodes/camera/snapshot.jpg${query}`;

  it('has the hand drawn over the very frame it was found in', async () => {
    const plain = await (await server.get(path('?quality=90'))).arrayBuffer();
    expect(await tealPixels(plain)).toBeLessThan(20);
    const drawn = async (): Promise<number> =>
      await tealPixels(await (await server.get(path('?overlay=all&quality=90'))).arrayBuffer());
    await expect.poll(drawn, { timeout: 20_000 }).toBeGreaterThan(300); // a slow machine may take long to find a hand
  });

  it('draws what the sinks got that are named, and comes in any size', async () => {
    const none = await (await server.get(path('?overlay=angleResults&size=240'))).arrayBuffer();
    expect(await tealPixels(none)).toBeLessThan(20);
    const odd = await server.get(path(`?overlay=landmarkResults,${encodeURIComponent('"手\n')}`));
    expect([odd.status, await odd.json()]).toMatchObject([400, { error: { code: 'SERVER_OVERLAY_SINK' } }]);
    const small = async (): Promise<ArrayBuffer> =>
      await (await server.get(path('?overlay=landmarkResults&size=240&quality=90'))).arrayBuffer();
    expect((await sharp(Buffer.from(await small())).metadata()).height).toBe(240);
    await expect.poll(async () => await tealPixels(await small()), { timeout: 20_000 }).toBeGreaterThan(30);
  });

  it('comes as a stream as well', async () => {
    const stop = new AbortController();
    const stream = await server.get('/api/v1/runs/live/nodes/decode/stream.mjpg?overlay=all', { signal: stop.signal });
    const reader = stream.body?.getReader();
    let text = '';
    while (text.split('--kinegraph-frame').length < 4)
      text += Buffer.from((await reader?.read())?.value ?? []).toString('latin1');
    stop.abort();
    expect(text).toContain('Content-Type: image/jpeg');
  });

  it('is refused where the query is none', async () => {
    expect((await server.get(path('?overlay='))).status).toBe(400);
  });
});
