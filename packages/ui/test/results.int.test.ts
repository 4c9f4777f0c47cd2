import { FloatResultEncoder } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { subscribeResults } from '@kinegraph/ui';
import type { ResultsOptions } from '@kinegraph/ui';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TestServer } from './support/test-server.js';
import { until } from './support/until.js';

const result: ResultMessage = {
  type: 'result',
  source: 'camera',
  sequence: 7,
  timestampMs: 100,
  capturedAtMs: 200,
  ageMs: 30,
  stages: { hands: 12 },
  dropped: 1,
  values: { hands: { frameWidth: 4, frameHeight: 3, tracks: [] } },
};

async function subscribe(server: TestServer, options: Partial<ResultsOptions> = {}) {
  const results: ResultMessage[] = [];
  const faults: unknown[] = [];
  const connection = subscribeResults({
    url: `${server.url}/results`,
    WebSocket,
    onResult: (message) => results.push(message),
    onFault: (error) => faults.push(error),
    ...options,
  });
  await until('it is live', () => connection.state.state === 'live');
  const client = await until('the client', () => server.clients.at(-1));
  return { results, faults, connection, client };
}

describe('A subscription', () => {
  it('gets results as JSON, and is told what it missed', async () => {
    await using server = await TestServer.open();
    const missed: number[] = [];
    const { results, connection, client } = await subscribe(server, { onMissed: (count) => missed.push(count) });
    expect(client.socket.protocol).toBe('kinegraph.json');
    client.socket.send(JSON.stringify({ type: 'missed', count: 3 }));
    client.socket.send(JSON.stringify(result));
    await until('a result', () => results.length === 1);
    expect(results).toEqual([result]);
    expect(missed).toEqual([3]);
    connection.close();
  });

  it('unpacks MessagePack with what the caller gives', async () => {
    await using server = await TestServer.open();
    // Any packing will do: the client knows none itself.
    const decode = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).reverse().toString('utf8'));
    const pack = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8').reverse();
    const { results, connection, client } = await subscribe(server, { format: 'msgpack', decode });
    expect(client.socket.protocol).toBe('kinegraph.msgpack');
    client.socket.send(pack({ type: 'ping', id: 4, sentMs: 1 }));
    client.socket.send(pack(result));
    await until('a result', () => results.length === 1);
    expect(results).toEqual([result]);
    await until('a pong', () => client.texts.some(({ type, id }) => type === 'pong' && id === 4));
    connection.close();
    expect(() =>
      subscribeResults({ url: server.url, WebSocket, format: 'msgpack', onResult: () => undefined }),
    ).toThrow(/need the option "decode"/);
  });

  it('reads floats with the layout that came before them, anew on each line', async () => {
    await using server = await TestServer.open();
    const { results, faults, connection, client } = await subscribe(server, { format: 'float32', random: () => 0 });
    const encoder = new FloatResultEncoder();
    const bytes = encoder.encode(result);
    client.socket.send(bytes);
    client.socket.send(JSON.stringify(encoder.layout));
    client.socket.send(bytes);
    await until('a result', () => results.length === 1);
    expect(results).toEqual([{ ...result, stages: {} }]);
    expect(faults.map(String)).toEqual([expect.stringMatching(/layout 2; allowed: none, as none has come/)]);
    client.socket.terminate();
    const next = await until('the next line', () => server.clients[1]);
    next.socket.send(bytes);
    await until('the fault', () => faults.length === 2);
    expect(results).toHaveLength(1);
    connection.close();
  });

  it('goes on behind what it cannot read, and behind an error of who is told', async () => {
    await using server = await TestServer.open();
    const told: number[] = [];
    const { faults, connection, client } = await subscribe(server, {
      onResult: ({ sequence }) => {
        told.push(sequence);
        if (sequence === 1) throw new Error('A bug of the caller.');
      },
    });
    for (const message of ['{', '[1]', 'null', '3', '{"type":"later"}', Buffer.from([1, 2])])
      client.socket.send(message);
    for (const sequence of [1, 2]) client.socket.send(JSON.stringify({ ...result, sequence }));
    await until('both results', () => told.length === 2);
    expect(faults).toHaveLength(3);
    expect(connection.state.state).toBe('live');
    connection.close();
  });
});
