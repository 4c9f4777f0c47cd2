import { VirtualClock } from '@kinegraph/core/testing';
import { readFrameMessage } from '@kinegraph/core/protocol';
import { connectSource } from '@kinegraph/ui';
import type { SourceConnection, SourceOptions } from '@kinegraph/ui';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TestServer, welcome } from './support/test-server.js';
import type { TestClient } from './support/test-server.js';
import { until } from './support/until.js';

const image = Uint8Array.of(0xff, 0xd8, 1, 2, 3);
const frame = (sequence: number) => ({ format: 'jpeg' as const, capturedAtMs: sequence * 10, sequence });

async function connect(server: TestServer, options: Partial<SourceOptions> = {}) {
  const clock = new VirtualClock();
  const source = connectSource({ url: `${server.url}/ingest`, WebSocket, clock, ...options });
  await until('it is live', () => source.state.state === 'live');
  const client = server.clients.at(-1);
  if (client === undefined) throw new Error('No client has come.');
  return { clock, source, client };
}

function say({ socket }: TestClient, message: object): void {
  socket.send(JSON.stringify(message));
}

/** Offers a frame every `stepMs`; gives how many were taken. */
async function offerFor(durationMs: number, stepMs: number, source: SourceConnection, clock: VirtualClock) {
  let taken = 0;
  for (let atMs = 0; atMs < durationMs; atMs += stepMs) {
    if (source.send(image, frame(taken)) === 'taken') taken += 1;
    await clock.advance(stepMs);
    await new Promise((resolve) => setImmediate(resolve)); // for the line to empty
  }
  return taken;
}

describe('A source', () => {
  it('sends images behind their header', async () => {
    await using server = await TestServer.open(welcome);
    const { source, client } = await connect(server);
    expect(source.send(image, { format: 'webp', capturedAtMs: 12.5, sequence: 2 ** 32 - 1 })).toBe('taken');
    const [message = image] = await until('a frame', () => (client.frames.length > 0 ? client.frames : undefined));
    const read = readFrameMessage(message);
    expect(read.header).toEqual({ format: 'webp', sequence: 2 ** 32 - 1, capturedAtMs: 12.5 });
    expect([...read.image]).toEqual([...image]);
    expect(source.counts).toEqual({ sent: 1, sentBytes: 29, paced: 0, dropped: 0, offline: 0 });
    source.close();
  });

  it('follows the rate that the server advises, and its own limit', async () => {
    await using server = await TestServer.open(welcome);
    const rates: number[] = [];
    const { clock, source, client } = await connect(server, {
      maxFramesPerSecond: 20,
      onRate: (rate) => rates.push(rate),
    });
    expect(await offerFor(2000, 10, source, clock)).toBe(40);
    say(client, { type: 'rate', framesPerSecond: 5 });
    say(client, { type: 'rate', framesPerSecond: 50 });
    await until('both advices', () => rates.length === 2);
    expect(rates).toEqual([5, 20]);
    say(client, { type: 'rate', framesPerSecond: 5 });
    await until('the advice', () => source.framesPerSecond === 5);
    expect(await offerFor(2000, 10, source, clock)).toBeLessThanOrEqual(11); // the credit of one at the beginning
    expect(source.counts.paced).toBeGreaterThan(200);
    source.close();
  });

  it('holds back what the line does not take, and sends the newest once it does', async () => {
    await using server = await TestServer.open(welcome);
    const { source, client } = await connect(server);
    client.socket.pause(); // the server reads nothing more
    const large = new Uint8Array(4_000_000);
    const outcomes: string[] = [];
    for (let sequence = 0; sequence < 40; sequence += 1) {
      outcomes.push(source.send(large, frame(sequence)));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const taken = outcomes.filter((outcome) => outcome === 'taken').length;
    expect(outcomes.at(-1)).toBe('busy');
    expect(source.counts).toMatchObject({ sent: taken, dropped: 40 - taken });
    client.socket.resume();
    await until('the line is empty', () => client.frames.length === taken);
    expect(await until('room', () => source.send(image, frame(99)) === 'taken')).toBe(true);
    await until('the newest', () => client.frames.length === taken + 1);
    expect(readFrameMessage(client.frames.at(-1) ?? image).header?.sequence).toBe(99);
    source.close();
  });

  it('encodes only what it takes, one at a time', async () => {
    await using server = await TestServer.open(welcome);
    const faults: unknown[] = [];
    const { source, client } = await connect(server, { onFault: (error) => faults.push(error) });
    let finish = (_bytes: Uint8Array): void => undefined;
    let encoded = 0;
    const encode = (): Promise<Uint8Array> => {
      encoded += 1;
      return new Promise((resolve) => {
        finish = resolve;
      });
    };
    expect([source.send(encode, frame(1)), source.send(encode, frame(2)), source.send(image, frame(3))]).toEqual([
      'taken',
      'busy',
      'busy',
    ]);
    expect(encoded).toBe(1);
    finish(image);
    await until('the frame', () => client.frames.length === 1);
    source.send(() => Promise.reject(new Error('No encoder.')), frame(4));
    await until('the fault', () => faults.length === 1);
    expect(await until('the next', () => source.send(image, frame(5)) === 'taken')).toBe(true);
    source.close();
  });

  it('drops what the server would refuse, and what comes while there is no line', async () => {
    await using server = await TestServer.open((client) => welcome(client, 100));
    const { source, client } = await connect(server);
    expect(source.welcome?.maxMessageBytes).toBe(100);
    expect(source.send(new Uint8Array(77), frame(1))).toBe('tooLarge');
    expect(source.send(new Uint8Array(76), frame(2))).toBe('taken');
    client.socket.terminate();
    await until('it is lost', () => source.state.state === 'reconnecting');
    expect(source.send(image, frame(3))).toBe('offline');
    expect(source.welcome).toBeUndefined();
    expect(source.counts).toMatchObject({ sent: 1, dropped: 1, offline: 1 });
    source.close();
  });

  it('passes on what the server says of its frames, and goes on', async () => {
    await using server = await TestServer.open(welcome);
    const errors: unknown[] = [];
    const faults: unknown[] = [];
    const { source, client } = await connect(server, {
      onError: (error) => errors.push(error),
      onFault: (error) => faults.push(error),
    });
    client.socket.send('no JSON');
    client.socket.send('null');
    say(client, { type: 'news of a later version' });
    const error = { type: 'error', code: 'IMAGE_BROKEN', message: 'The image ends early.', sequence: 3 };
    say(client, error);
    await until('the error', () => errors.length === 1);
    expect(errors).toEqual([error]);
    expect(faults).toHaveLength(1);
    expect(source.state.state).toBe('live');
    source.close();
  });
});
