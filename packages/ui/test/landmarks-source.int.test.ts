import { LandmarksMessageError, readLandmarksMessage } from '@kinegraph/core/protocol';
import { VirtualClock, aHand } from '@kinegraph/core/testing';
import { connectLandmarks, hand21, landmarkRows } from '@kinegraph/ui';
import type { FoundLandmarks, FoundTrack, LandmarksOptions } from '@kinegraph/ui';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TestServer, welcome } from './support/test-server.js';
import { until } from './support/until.js';

const HAND = { id: 'hand-21', points: 21 };

function found(...tracks: FoundTrack[]): FoundLandmarks {
  return { frameWidth: 640, frameHeight: 480, tracks };
}

/** A hand as a model answers it: of no skeleton, and of nobody. */
function unnamed(): FoundTrack {
  const { skeleton: _skeleton, trackId: _trackId, ...hand } = aHand();
  return hand;
}

async function connect(server: TestServer, options: Partial<LandmarksOptions> = {}) {
  const clock = new VirtualClock();
  const source = connectLandmarks({ url: `${server.url}/ingest`, WebSocket, clock, skeleton: hand21, ...options });
  await until('it is live', () => source.state.state === 'live');
  const client = server.clients.at(-1);
  if (client === undefined) throw new Error('No client has come.');
  return { clock, source, client };
}

describe('A source of landmarks', () => {
  it('sends what was found to the last bit, with the identities that it has', async () => {
    await using server = await TestServer.open(welcome);
    const { source, client } = await connect(server);
    const hands = [aHand({ trackId: 7 }), aHand({ trackId: 3, handedness: 'left' })];
    expect(source.send(found(...hands), { sequence: 2 ** 32 + 4, capturedAtMs: 12.5 })).toBe('taken');
    expect(source.send(found(unnamed()), { sequence: 5, capturedAtMs: 45.5 })).toBe('taken');
    const messages = await until('both', () => (client.frames.length === 2 ? client.frames : undefined));
    const size = { frameWidth: 640, frameHeight: 480 };
    expect(messages.map((message) => readLandmarksMessage(message, HAND))).toEqual([
      { sequence: 4, capturedAtMs: 12.5, landmarks: { ...size, tracks: hands } },
      { sequence: 5, capturedAtMs: 45.5, landmarks: { ...size, tracks: [aHand({ trackId: 0 })] } },
    ]);
    const bytes = messages.reduce((sum, { length }) => sum + length, 0);
    expect(source.counts).toEqual({ sent: 2, sentBytes: bytes, paced: 0, dropped: 0, offline: 0 });
    source.close();
  });

  it('follows the rate that the server advises', async () => {
    await using server = await TestServer.open(welcome);
    const { clock, source, client } = await connect(server);
    client.socket.send(JSON.stringify({ type: 'rate', framesPerSecond: 5 }));
    await until('the advice', () => source.framesPerSecond === 5);
    let taken = 0;
    for (let sequence = 0; sequence < 60; sequence += 1) {
      if (source.send(found(), { sequence, capturedAtMs: 0 }) === 'taken') taken += 1;
      await clock.advance(1000 / 30);
      await new Promise((resolve) => setImmediate(resolve)); // for the line to empty
    }
    expect(taken).toBeLessThanOrEqual(11); // the credit of one at the beginning
    expect(source.counts).toMatchObject({ sent: taken, paced: 60 - taken });
    source.close();
  });

  it('waits for nobody: what the line does not take is dropped, and what comes without one', async () => {
    await using server = await TestServer.open(welcome);
    const { source, client } = await connect(server);
    client.socket.pause(); // the server reads nothing more
    const many = found(...Array.from({ length: 64 }, (_, index) => aHand({ trackId: index + 1 })));
    let outcome = '';
    for (let sequence = 0; outcome !== 'busy'; sequence += 1) {
      outcome = source.send(many, { sequence, capturedAtMs: 0 });
      if (sequence % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(source.counts.dropped).toBe(1);
    client.socket.terminate();
    await until('it is lost', () => source.state.state !== 'live');
    expect(source.send(found(), { sequence: 0, capturedAtMs: 0 })).toBe('offline');
    source.close();
  });

  it('refuses what has not the points of its skeleton', async () => {
    await using server = await TestServer.open(welcome);
    const { source, client } = await connect(server);
    const short = { ...unnamed(), image: new Float32Array(80) };
    expect(() => source.send(found(short), { sequence: 0, capturedAtMs: 0 })).toThrow(LandmarksMessageError);
    expect([client.frames.length, source.counts.sent]).toEqual([0, 0]);
    source.close();
  });
});

it('Points of a model become rows; its visibility counts where it tells one', () => {
  const points = [
    { x: 0.5, y: 0.25, z: -0.5, visibility: 0 },
    { x: 1, y: 2 },
  ];
  expect([...landmarkRows(points)]).toEqual([0.5, 0.25, -0.5, 0, 1, 2, 0, 1]);
  expect([...landmarkRows(points, 1)]).toEqual([0.5, 0.25, -0.5, 1, 1, 2, 0, 1]);
});
