import { writeFileSync } from 'node:fs';
import { hand21, pose33 } from '@kinegraph/core';
import type { Skeleton } from '@kinegraph/core';
import { connectLandmarks, subscribeResults } from '@kinegraph/ui';
import type { FoundTrack } from '@kinegraph/ui';
import { expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { TemporaryFolder } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

const PATIENCE = { timeout: 20_000 };
const FRAMES = 60;
const FRAME_MS = 20;
/** What finding landmarks takes, more or less: no frame comes in the moment of its capture. */
const FOUND_AFTER_MS = 15;

const GRAPH = {
  kinegraph: 1,
  nodes: {
    hands: { type: 'core.source.landmarks', config: { skeleton: 'hand-21' } },
    body: { type: 'core.source.landmarks', config: { skeleton: 'pose-33' } },
    both: { type: 'core.transform.join' },
    handsOut: { type: 'core.sink.results' },
    bodyOut: { type: 'core.sink.results' },
    bothOut: { type: 'core.sink.results' },
  },
  wires: [
    ['hands.landmarks', 'handsOut.in'],
    ['body.landmarks', 'bodyOut.in'],
    ['hands.landmarks', 'both.a'],
    ['body.landmarks', 'both.b'],
    ['both.out', 'bothOut.in'],
  ],
};

const track = ({ points }: Skeleton): FoundTrack => ({
  trackId: 1,
  score: 0.9,
  image: Float32Array.from({ length: points.length * 4 }, () => 0.5),
});

it('hands and a body that one client finds in its frames have the same timestamps, and are joined by them', async () => {
  using folder = new TemporaryFolder();
  writeFileSync(folder.file('both.kinegraph.json'), JSON.stringify(GRAPH));
  await using server = await LiveServer.start(['--graph', folder.file('both.kinegraph.json')]);
  const run = `${server.url}/api/v1/runs/live`;
  const seen = new Map<string, Map<number, number>>();
  using viewer = subscribeResults({
    url: `${run}/results`,
    WebSocket,
    onResult: ({ values, sequence, timestampMs }) => {
      for (const sink of Object.keys(values))
        seen.set(sink, (seen.get(sink) ?? new Map<number, number>()).set(sequence, timestampMs));
    },
  });
  const url = (source: string): string => `${run}/sources/${source}/ingest`;
  using hands = connectLandmarks({ url: url('hands'), WebSocket, skeleton: hand21 });
  using body = connectLandmarks({ url: url('body'), WebSocket, skeleton: pose33 });
  const states = (): string[] => [viewer, hands, body].map(({ state }) => state.state);
  await vi.waitFor(() => expect(states()).toEqual(['live', 'live', 'live']), PATIENCE);
  for (let sequence = 0; sequence < FRAMES; sequence += 1) {
    const frame = { sequence, capturedAtMs: performance.now() - FOUND_AFTER_MS };
    hands.send({ frameWidth: 640, frameHeight: 480, tracks: [track(hand21)] }, frame);
    // The other one takes longer, and what comes in between may tell more of the clock.
    await new Promise((resolve) => setTimeout(resolve, sequence % 3));
    body.send({ frameWidth: 640, frameHeight: 480, tracks: [track(pose33)] }, frame);
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
  }
  const of = (sink: string): [number, number][] => [...(seen.get(sink) ?? [])];
  await vi.waitFor(() => expect(of('bodyOut').length).toBeGreaterThan(FRAMES / 2), PATIENCE);
  const inBoth = of('handsOut').filter(([sequence]) => seen.get('bodyOut')?.has(sequence));
  expect(inBoth.length).toBeGreaterThan(FRAMES / 2);
  const apart = inBoth.filter(([sequence, timestampMs]) => seen.get('bodyOut')?.get(sequence) !== timestampMs);
  expect(apart).toEqual([]);
  await vi.waitFor(() => expect(of('bothOut').length).toBeGreaterThan(FRAMES / 2), PATIENCE);
}, 60_000);

it('a clock without a name is refused with a sentence', async () => {
  using folder = new TemporaryFolder();
  writeFileSync(folder.file('both.kinegraph.json'), JSON.stringify(GRAPH));
  await using server = await LiveServer.start(['--graph', folder.file('both.kinegraph.json')]);
  const closed = await new Promise<[number, string]>((resolve, reject) => {
    const socket = new WebSocket(`${server.url}/api/v1/runs/live/sources/hands/ingest?clock=`);
    socket.on('error', reject);
    socket.on('close', (code, reason) => resolve([code, reason.toString()]));
  });
  expect(closed).toEqual([4400, expect.stringContaining('allowed: 1-64')]);
}, 60_000);
