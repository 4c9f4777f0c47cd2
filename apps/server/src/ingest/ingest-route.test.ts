import { EventEmitter } from 'node:events';
import { Clock, Inlets, silentLogger } from '@kinegraph/core';
import { createNodeHost } from '@kinegraph/core/node';
import { CLOSE_CODES, encodeLandmarksMessage } from '@kinegraph/core/protocol';
import { VirtualClock, aHand, settle } from '@kinegraph/core/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { RunService } from '../runs/run-service.js';
import type { SocketRequest } from '../sockets/socket-router.js';
import { IngestRoute } from './ingest-route.js';
import { SenderClocks } from './sender-clocks.js';
import { Senders } from './senders.js';

const STALLED_AFTER_MS = 1000;
const GRAPH = {
  kinegraph: 1,
  nodes: {
    camera: { type: 'core.source.frames', config: { stalledAfterMs: STALLED_AFTER_MS } },
    out: { type: 'core.sink.results' },
  },
  wires: [['camera.frame', 'out.in']],
};
/** All that is read of a picture which nobody decodes. */
const JPEG_HEAD = [0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 48, 0, 64, 3];

/** The server's end of a WebSocket. Its client answers a close frame when the test lets it, as over a slow line. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  closeCode: number | undefined;
  readonly sent: { readonly type: string }[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text) as { type: string });
  }

  close(code: number): void {
    if (this.readyState !== this.OPEN) return;
    this.readyState = 2;
    this.closeCode = code;
  }

  terminate(): void {
    this.vanish();
  }

  /** The client is gone, with or without a word. */
  vanish(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.emit('close');
  }

  receive(data: string | Uint8Array): void {
    if (this.readyState !== 3) this.emit('message', Buffer.from(data), typeof data !== 'string');
  }
}

/** A source of each kind. */
const BOTH = {
  kinegraph: 1,
  nodes: { ...GRAPH.nodes, hands: { type: 'core.source.landmarks' }, found: { type: 'core.sink.results' } },
  wires: [...GRAPH.wires, ['hands.landmarks', 'found.in']],
};

/** The whole way from sockets to a run, on virtual time. */
async function aRoute(graph: object = GRAPH) {
  const clock = new VirtualClock();
  const platform = createNodeHost({}, { logger: silentLogger });
  platform.container.rebind(Clock).toConstantValue(clock);
  const runs = new RunService(platform, { runs: 4, nodesPerGraph: 9 }, clock, silentLogger);
  const live = await runs.start(graph, { id: 'live', baseFolder: '.' });
  const senders = new Senders();
  const clocks = new SenderClocks();
  const limits = { messageBytes: 1e6, picturePixels: 1e6, framesPerSecondPerConnection: 10_000 };
  const inlets = platform.container.get(Inlets);
  const route = new IngestRoute(runs, inlets, senders, clocks, limits, clock, silentLogger);
  const seen: number[] = [];
  const values: unknown[] = [];
  live.run.observe({
    sinkValue: ({ trace, value }) => {
      seen.push(trace.sequence);
      values.push(value);
    },
  });
  return {
    clock,
    senders,
    clocks,
    live,
    seen,
    values,
    connect(node = 'camera', query = ''): FakeSocket {
      const socket = new FakeSocket();
      const request = { params: { run: 'live', node }, query: new URLSearchParams(query) } as unknown as SocketRequest; // all that it reads
      route.prepare(request)(socket as unknown as WebSocket);
      return socket;
    },
    restart: async () => await runs.start(GRAPH, { id: 'live', baseFolder: '.' }),
    state: () =>
      runs
        .get('live')
        .run.snapshot()
        .nodes.find(({ name }) => name === 'camera')?.connection?.state,
    async [Symbol.asyncDispose]() {
      await runs.close();
      await platform[Symbol.asyncDispose]();
    },
  };
}

/** What happens: to the socket `who`, counted from the newest, or to all. */
type Step =
  | { readonly kind: 'connect' }
  | { readonly kind: 'frame' | 'garbage' | 'vanish'; readonly who: number }
  | { readonly kind: 'texts'; readonly who: number; readonly count: number }
  | { readonly kind: 'wait'; readonly ms: number };
const who = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'connect' as const }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constantFrom('frame' as const, 'garbage' as const, 'vanish' as const), who }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('texts' as const), who, count: fc.constantFrom(1, 99, 150) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 300, 999, 1000) }) },
);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('Senders that come, take over and go leave one at most, the state of the source right, and no timer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
      vi.clearAllTimers(); // of a try that failed
      await using test = await aRoute();
      const { clock, senders, live, seen } = test;
      const sockets: FakeSocket[] = [];
      let sequence = 0;
      let lastFrameMs: number | undefined; // of those who hold the source since somebody has connected
      const holder = (): FakeSocket | undefined => {
        const newest = sockets.at(-1); // a newer one always takes over
        return newest?.readyState === 3 ? undefined : newest;
      };
      const pick = (index: number): FakeSocket | undefined => sockets.at(-1 - index);
      for (const one of steps) {
        if (one.kind === 'connect') {
          const before = holder();
          sockets.push(test.connect());
          if (before !== undefined) expect(before.closeCode).toBeDefined();
        } else if (one.kind === 'frame') {
          const socket = pick(one.who);
          const bytes = frameMessage((sequence += 1));
          const [from, counted] = [seen.length, socket !== undefined && socket.readyState === socket.OPEN];
          socket?.receive(bytes);
          await settle();
          // Who was replaced or closed may still have frames under way; they are not taken.
          expect(seen.slice(from)).toEqual(counted ? [sequence] : []);
          if (counted) lastFrameMs = clock.nowMs();
        } else if (one.kind === 'garbage') pick(one.who)?.receive(Uint8Array.of(1, 2, 3));
        else if (one.kind === 'texts') for (let text = 0; text < one.count; text += 1) pick(one.who)?.receive('{');
        else if (one.kind === 'vanish') pick(one.who)?.vanish();
        else if (one.kind === 'wait') await clock.advance(one.ms);
        await settle();
        if (holder() === undefined) lastFrameMs = undefined;
        const isStalled = lastFrameMs !== undefined && clock.nowMs() - lastFrameMs >= STALLED_AFTER_MS;
        const state = lastFrameMs === undefined ? 'waiting' : isStalled ? 'stalled' : 'live';
        expect([senders.size, test.state()]).toEqual([holder() === undefined ? 0 : 1, state]);
        const open = sockets.filter(({ readyState }) => readyState === 1);
        expect(open.length).toBeLessThanOrEqual(1);
        // One timer waits for the answer to each close frame, however much still comes.
        expect(vi.getTimerCount()).toBe(sockets.filter(({ readyState }) => readyState === 2).length);
        for (const { closeCode } of sockets)
          expect([undefined, CLOSE_CODES.replaced, CLOSE_CODES.badMessage]).toContain(closeCode);
      }
      for (const socket of sockets) socket.vanish();
      await test[Symbol.asyncDispose]();
      expect([senders.size, live.clients.count('sender'), vi.getTimerCount(), clock.nextDueMs]).toEqual([
        0,
        0,
        0,
        undefined,
      ]);
    }),
    { numRuns: 100 },
  );
});

it('Senders may come while their run opens, and are told where it has ended', async () => {
  await using test = await aRoute();
  const { live } = test;
  await live.run.stop('drop');
  const late = test.connect();
  expect(late.closeCode).toBe(CLOSE_CODES.runEnded);
  late.vanish();
  const opening = test.restart();
  const early = test.connect();
  await opening;
  expect(early.closeCode).toBeUndefined();
  early.receive(frameMessage(7));
  await settle();
  expect(test.state()).toBe('live');
  early.vanish();
});

it('A source is sent what it takes, and the other kind is refused in so many words', async () => {
  await using test = await aRoute(BOTH);
  const value = { frameWidth: 640, frameHeight: 480, tracks: [aHand({ trackId: 4 }), aHand({ trackId: 2 })] };
  const landmarks = encodeLandmarksMessage({ sequence: 8, capturedAtMs: 5 }, { id: 'hand-21', points: 21 }, value);
  const bad = Uint8Array.from(landmarks).fill(0x78, 32, 34);
  const [camera, hands] = [test.connect('camera'), test.connect('hands')];
  for (const [socket, messages] of [
    [camera, [landmarks, frameMessage(7)]],
    [hands, [frameMessage(7), Uint8Array.of(1, 2, 3), landmarks, bad]],
  ] as const)
    for (const message of messages) {
      socket.receive(message);
      await settle();
      await test.clock.advance(1000); // an error a second is told
    }
  const told = (socket: FakeSocket): unknown[] => socket.sent.filter(({ type }) => ['welcome', 'error'].includes(type));
  expect(told(camera)).toMatchObject([
    { source: 'camera', takes: 'frames' },
    { code: 'SERVER_INGEST_KIND', sequence: 8, message: expect.stringMatching(/was sent landmarks .* takes pictures/) },
  ]);
  expect(told(hands)).toMatchObject([
    { source: 'hands', takes: 'landmarks' },
    {
      code: 'SERVER_INGEST_KIND',
      sequence: 7,
      message: expect.stringMatching(/was sent a picture or other bytes, but takes landmarks/),
    },
    { code: 'SERVER_INGEST_KIND', message: expect.stringMatching(/was sent a picture or other bytes/) },
    {
      code: 'PROTOCOL_LANDMARKS',
      sequence: 8,
      message: expect.stringMatching(/skeleton "xxnd-21"; allowed: "hand-21"/),
    },
  ]);
  expect(test.seen).toEqual([7, 8]);
  expect(test.values[1]).toEqual(value);
  for (const socket of [camera, hands]) socket.vanish();
});

/** With the header of the protocol. */
function frameMessage(sequence: number): Uint8Array {
  const message = new Uint8Array(24 + JPEG_HEAD.length);
  const view = new DataView(message.buffer);
  view.setUint32(0, 0x4b474652);
  message.set([1, 1], 4);
  view.setUint32(8, sequence, true);
  message.set(JPEG_HEAD, 24);
  return message;
}
