import { VirtualClock } from '@kinegraph/core/testing';
import { CLOSE_CODES } from '@kinegraph/core/protocol';
import { ConnectionUrlError, NoWebSocketError, connectSource, subscribeResults } from '@kinegraph/ui';
import type { ConnectionState, ResultsConnection, ResultsOptions } from '@kinegraph/ui';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TestServer, deadUrl, welcome } from './support/test-server.js';
import { until } from './support/until.js';

/** A subscription whose time is driven by hand and whose states are kept. */
function subscribe(url: string, options: Partial<ResultsOptions> = {}) {
  const clock = new VirtualClock();
  const states: ConnectionState[] = [];
  const connection: ResultsConnection = subscribeResults({
    url,
    WebSocket,
    clock,
    random: () => 1,
    onState: (state) => states.push(state),
    onResult: () => undefined,
    ...options,
  });
  const reach = (state: ConnectionState['state']): Promise<unknown> =>
    until(`the state ${state}`, () => connection.state.state === state);
  return { clock, states, connection, reach };
}

describe('A connection', () => {
  it('is connecting, then live, then closed by this side, with nothing left behind', async () => {
    await using server = await TestServer.open();
    const { clock, states, connection, reach } = subscribe(server.url);
    await reach('live');
    connection.close();
    connection.close();
    expect(states).toEqual([
      { state: 'connecting' },
      { state: 'live' },
      { state: 'closed', cause: { reason: 'closedHere', code: 1000, text: '' } },
    ]);
    expect(clock.pendingCount).toBe(0);
    await until('the server sees it', () => server.clients[0]?.socket.readyState === WebSocket.CLOSED);
  });

  it('tries again with a back-off that doubles to 10 s, where nobody answers', async () => {
    const { clock, connection, reach } = subscribe(await deadUrl());
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      await reach('reconnecting');
      const state = connection.state as ConnectionState & { state: 'reconnecting' };
      expect(state).toMatchObject({ attempt, cause: { reason: 'lost', code: 1006 } });
      waits.push(state.inMs);
      await clock.advance(state.inMs - 1);
      expect(connection.state).toBe(state);
      await clock.advance(1);
      expect(connection.state).not.toBe(state); // the next try, or already its end
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    connection.close();
    expect(clock.pendingCount).toBe(0);
  });

  it('begins a new back-off only after a line that lasted', async () => {
    await using server = await TestServer.open();
    const { clock, connection, reach } = subscribe(server.url);
    const waits: number[] = [];
    for (const lastsMs of [0, 0, 5000, 0]) {
      await reach('live');
      await clock.advance(lastsMs);
      server.clients.at(-1)?.socket.close(CLOSE_CODES.goingAway, 'Restart.');
      await reach('reconnecting');
      const state = connection.state as ConnectionState & { state: 'reconnecting' };
      expect(state.cause).toEqual({ reason: 'goingAway', code: 1001, text: 'Restart.' });
      waits.push(state.inMs);
      await clock.advance(state.inMs);
    }
    expect(waits).toEqual([500, 1000, 500, 1000]);
    connection.close();
  });

  it.each(['badMessage', 'unauthorized', 'forbidden', 'runEnded', 'replaced', 'messageTooLarge'] as const)(
    'ends for good when the server closes it as %s',
    async (reason) => {
      await using server = await TestServer.open(({ socket }) => socket.close(CLOSE_CODES[reason], 'Because.'));
      const { clock, connection, reach } = subscribe(server.url);
      await reach('closed');
      expect(connection.state).toEqual({
        state: 'closed',
        cause: { reason, code: CLOSE_CODES[reason], text: 'Because.' },
      });
      expect(clock.pendingCount).toBe(0);
    },
  );

  it.each(['internal', 'notReading', 'tooManyConnections', 'tooManyFrames'] as const)(
    'comes back when the server closes it as %s',
    async (reason) => {
      await using server = await TestServer.open();
      const { clock, connection, reach } = subscribe(server.url);
      await reach('live');
      server.clients[0]?.socket.close(CLOSE_CODES[reason]);
      await reach('reconnecting');
      await clock.advance(500);
      await reach('live');
      expect(server.clients).toHaveLength(2);
      connection.close();
    },
  );

  it('gives a line up on which nothing is heard', async () => {
    await using server = await TestServer.open(); // it answers no ping
    const { clock, connection, reach } = subscribe(server.url);
    await reach('live');
    await clock.advance(10_000);
    expect(connection.state.state).toBe('live');
    await clock.advance(2000);
    expect(connection.state).toMatchObject({ state: 'reconnecting', cause: { reason: 'silent' } });
    await until('the line is closed', () => server.clients[0]?.socket.readyState === WebSocket.CLOSED);
    connection.close();
  });

  it('gives a line up that is not live in time', async () => {
    await using server = await TestServer.open(); // it never welcomes
    const clock = new VirtualClock();
    const source = connectSource({ url: server.url, WebSocket, clock });
    await until('the ping', () => server.clients[0]?.texts[0]);
    await clock.advance(9999);
    expect(source.state.state).toBe('connecting');
    await clock.advance(1);
    expect(source.state).toMatchObject({ state: 'reconnecting', cause: { reason: 'lost' } });
    source.close();
    expect(clock.pendingCount).toBe(0);
  });

  it('closes with its signal, from any state', async () => {
    await using server = await TestServer.open();
    const aborts = [new AbortController(), new AbortController(), new AbortController()] as const;
    aborts[0].abort();
    const early = subscribe(server.url, { signal: aborts[0].signal });
    expect(early.connection.state.state).toBe('closed');
    const live = subscribe(server.url, { signal: aborts[1].signal });
    await live.reach('live');
    aborts[1].abort();
    const waiting = subscribe(await deadUrl(), { signal: aborts[2].signal });
    await waiting.reach('reconnecting');
    aborts[2].abort();
    for (const { connection, clock } of [early, live, waiting]) {
      expect(connection.state).toMatchObject({ state: 'closed', cause: { reason: 'closedHere' } });
      expect(clock.pendingCount).toBe(0);
    }
  });

  it("answers pings with its own clock and knows the server's", async () => {
    await using server = await TestServer.open((client) => {
      client.socket.on('message', (data: Buffer) => {
        const { type, id, sentMs } = JSON.parse(data.toString('utf8')) as { type: string; id: number; sentMs: number };
        if (type !== 'ping') return;
        client.socket.send(JSON.stringify({ type: 'pong', id, sentMs, clockMs: 70_000 + sentMs }));
        client.socket.send(JSON.stringify({ type: 'ping', id: 9, sentMs: 1.5 }));
      });
      welcome(client);
    });
    const clock = new VirtualClock();
    await clock.advance(1234);
    using source = connectSource({ url: server.url, WebSocket, clock });
    const pong = await until('a pong', () => server.clients[0]?.texts.find(({ type }) => type === 'pong'));
    expect(pong).toEqual({ type: 'pong', id: 9, sentMs: 1.5, clockMs: 1234 });
    expect(source.serverClock).toEqual({ offsetMs: 70_000, roundTripMs: 0 });
  });

  it.each(['ftp://example.org/', 'not a url', '/a/path/without/a/page'])('refuses the address %s', (url) => {
    expect(() => subscribe(url)).toThrow(ConnectionUrlError);
  });

  it('asks for a WebSocket where there is none', () => {
    const kept = Reflect.get(globalThis, 'WebSocket') as unknown;
    Reflect.deleteProperty(globalThis, 'WebSocket'); // newer versions of Node have one
    try {
      expect(() => subscribeResults({ url: 'ws://127.0.0.1', onResult: () => undefined })).toThrow(NoWebSocketError);
    } finally {
      if (kept !== undefined) Reflect.set(globalThis, 'WebSocket', kept);
    }
  });
});
