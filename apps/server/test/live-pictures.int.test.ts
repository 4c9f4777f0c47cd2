import { encodeFrameMessage, readFrameMessage } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';
import type { Client } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';

let server: LiveServer;
beforeAll(async () => {
  server = await LiveServer.start(WITHOUT_MODELS);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const PICTURES = '/api/v1/runs/live/nodes/camera/pictures';
const SENT = 12;

/** The pictures that a client has got, with what their headers say. */
function framesOf({ messages }: Client): { sequence: number; capturedAtMs: number; image: Uint8Array }[] {
  return messages.flatMap((message) => {
    if (!(message instanceof Uint8Array)) return [];
    const { header, image } = readFrameMessage(message);
    return header === undefined ? [] : [{ ...header, image }];
  });
}

describe('Pictures by their frames', () => {
  it('bear the number and the time that the results of their frame bear', async () => {
    const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    const pictures = await server.socket(`${PICTURES}?size=32&quality=60`);
    const results = await server.socket('/api/v1/runs/live/results');
    for (let sequence = 0; sequence < SENT; sequence += 1) {
      // A clock of its own with many decimals: the results tell three of them.
      const capturedAtMs = 1e6 + 33.3333333 * sequence;
      sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence, capturedAtMs }, await aJpeg(64, 48, sequence)));
      await expect.poll(() => framesOf(pictures).at(-1)?.sequence).toBe(sequence);
      await results.message(({ sequence: of }) => of === sequence);
    }
    const times = new Map(
      results.messages.flatMap((message) => {
        const { type, sequence, capturedAtMs } = message as ResultMessage;
        return type === 'result' ? [[sequence, capturedAtMs] as const] : [];
      }),
    );
    const frames = framesOf(pictures);
    expect(frames.map(({ sequence }) => sequence)).toEqual(Array.from({ length: SENT }, (_, index) => index));
    for (const { sequence, capturedAtMs } of frames) expect(capturedAtMs).toBe(times.get(sequence));
    const { width, height } = await sharp(Buffer.from(frames[0]?.image ?? [])).metadata();
    expect([width, height]).toEqual([43, 32]);
    for (const { socket } of [sender, pictures, results]) socket.close();
  });

  it('come to those who only now look, and again when the source was away', async () => {
    const first = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    first.socket.send(await aJpeg(64, 48, 1));
    const pictures = await server.socket(PICTURES);
    await expect.poll(() => framesOf(pictures).length).toBeGreaterThan(0);
    first.socket.close();
    await first.closed;
    const before = framesOf(pictures).length;
    const second = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    second.socket.send(await aJpeg(64, 48, 2));
    await expect.poll(() => framesOf(pictures).length).toBeGreaterThan(before);
    second.socket.close();
    pictures.socket.close();
  });

  it('end with their run, and there are none of what gives no frames', async () => {
    const graph = {
      kinegraph: 1,
      nodes: { camera: { type: 'core.source.frames' }, out: { type: 'core.sink.results' } },
      wires: [['camera.frame', 'out.in']],
    };
    expect((await server.post('/api/v1/runs', { graph, id: 'short' })).status).toBe(201);
    const pictures = await server.socket('/api/v1/runs/short/nodes/camera/pictures');
    await server.get('/api/v1/runs/short', { method: 'DELETE' });
    expect(await pictures.closed).toEqual({ code: 4404, reason: 'The run has ended.' });
    for (const node of ['nobody', 'out']) {
      const { code, reason } = await server.dial(`/api/v1/runs/live/nodes/${node}/pictures`).closed;
      expect([code, reason]).toEqual([4404, expect.stringContaining(node)]);
    }
  });

  it('are refused where they are asked for wrongly, and where a viewer says something', async () => {
    const refused = server.dial(`${PICTURES}?size=big`);
    await expect(refused.opened).rejects.toThrow('400');
    const talking = await server.socket(PICTURES);
    talking.socket.send('{"type":"ping","id":7,"sentMs":1}');
    expect(await talking.message(({ type }) => type === 'pong')).toMatchObject({ id: 7, sentMs: 1 });
    talking.socket.send('hello');
    expect((await talking.closed).code).toBe(4400);
  });
});
