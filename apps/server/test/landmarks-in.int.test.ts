import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRun, resolveGraph } from '@kinegraph/core';
import type { Admission, GraphDocument, Landmarks, ResultCallback } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import { RecordingReader, resultDigest } from '@kinegraph/recording/node';
import type { DigestedResult } from '@kinegraph/recording/node';
import { connectLandmarks, hand21, subscribeResults } from '@kinegraph/ui';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CLIP, TemporaryFolder, inRepository, start } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

const PLUGINS = ['media', 'mediapipe', 'sign-classifier'].map((name) => `@kinegraph/plugin-${name}`);
const EXAMPLE = JSON.parse(
  readFileSync(inRepository('examples/graphs/landmarks-in.kinegraph.json'), 'utf8'),
) as GraphDocument;
/** What is compared: what came in, and what was made of it, by the output that gives it. */
const OUTPUTS = {
  sent: 'newest.out',
  smooth: 'smooth.out',
  angles: 'angles.angles',
  classified: 'classifier.classification',
} as const;
const PATIENCE = { timeout: 20_000 };
/** How often a camera brings frames. */
const FRAME_MS = 33;

/** Runs a graph in this process to its end. */
async function runHere(
  document: GraphDocument,
  baseFolder: string,
  callbacks: Record<string, ResultCallback>,
  admission: Admission = 'live',
): Promise<void> {
  await using platform = createNodeHost();
  await addPlugins(platform.host, PLUGINS, { from: import.meta.dirname });
  const graph = resolveGraph(document, platform.host.catalog);
  const { host, container } = platform;
  const run = createRun({ graph, host, platform: container, baseFolder, callbacks, admission });
  await run.start();
  const { error } = await run.finished;
  if (error !== undefined) throw error;
}

/** What a browser would find in two seconds of the clip, as MediaPipe finds it here. */
async function foundHands(): Promise<readonly Landmarks[]> {
  const found: Landmarks[] = [];
  const config = { path: CLIP, pace: 'as-fast-as-possible', startMs: 2000, endMs: 4000, shortSide: 256 };
  const document: GraphDocument = {
    kinegraph: 1,
    nodes: {
      clip: { type: 'media.source.file', config },
      hands: { type: 'mediapipe.hands', config: { model: 'lite', numHands: 1 } },
      keep: { type: 'core.sink.callback' },
    },
    wires: [
      ['clip.frame', 'hands.frame'],
      ['hands.hands', 'keep.in'],
    ],
  };
  await runHere(document, '.', { keep: (value) => void found.push(value as Landmarks) }); // of that port
  return found;
}

/** The example with a sink of this type behind each output that is compared. */
function example(
  nodes: GraphDocument['nodes'],
  sink: (output: string) => GraphDocument['nodes'][string],
): GraphDocument {
  const { layout: _layout, plugins: _plugins, ...graph } = EXAMPLE;
  const sinks = Object.keys(OUTPUTS).map((output) => [`${output}Out`, sink(output)] as const);
  const wires = Object.entries(OUTPUTS).map(([output, from]): [string, string] => [from, `${output}Out.in`]);
  return {
    ...graph,
    nodes: { ...graph.nodes, ...nodes, ...Object.fromEntries(sinks) },
    wires: [...(graph.wires ?? []), ...wires],
  };
}

/** In place of the source: what was recorded of it. */
const recordedHands = (pace: string): GraphDocument['nodes'] => ({
  hands: {
    type: 'media.source.recorded-landmarks',
    config: { path: 'recordings/hall', topic: '/sent', skeleton: 'hand-21', pace },
  },
});

/** What the recorded landmarks come to in the same graph, exactly. */
async function replayed(pace: string): Promise<readonly DigestedResult[]> {
  const results: DigestedResult[] = [];
  const into = (sink: string): ResultCallback => {
    return (value, { timestampMs, sequence }) =>
      void results.push({ sink, source: 'hands', sequence, timestampMs, value });
  };
  const callbacks = Object.fromEntries(Object.keys(OUTPUTS).map((output) => [`${output}Out`, into(output)]));
  const graph = example(recordedHands(pace), () => ({ type: 'core.sink.callback' }));
  await runHere(graph, folder.path, callbacks, 'lossless');
  return results;
}

/** What the server recorded while hands were sent to it. */
async function recorded(): Promise<readonly DigestedResult[]> {
  const reader = await RecordingReader.open(path.join(folder.path, 'recordings/hall'));
  const results: DigestedResult[] = [];
  for (const sink of Object.keys(OUTPUTS))
    for await (const value of reader.values(`/${sink}`)) results.push({ ...value, sink });
  return results;
}

let folder: TemporaryFolder;
let found: readonly Landmarks[];
const ages: number[] = [];
const errors: unknown[] = [];

/** Sends what was found to a server that records all that comes of it. */
beforeAll(async () => {
  folder = new TemporaryFolder();
  found = await foundHands();
  const config = folder.file('kinegraph.config.json');
  writeFileSync(config, JSON.stringify({ workspace: folder.path, plugins: PLUGINS }));
  const graph = example({}, (output) => ({
    type: 'media.sink.recording',
    config: { path: 'recordings/hall', topic: `/${output}`, minFreeBytes: 0 },
  }));
  writeFileSync(folder.file('hall.kinegraph.json'), JSON.stringify(graph));
  await using server = await LiveServer.start(['--config', config, '--graph', folder.file('hall.kinegraph.json')]);
  const run = `${server.url}/api/v1/runs/live`;
  const viewer = subscribeResults({ url: `${run}/results`, WebSocket, onResult: ({ ageMs }) => void ages.push(ageMs) });
  const sender = connectLandmarks({
    url: `${run}/sources/hands/ingest`,
    WebSocket,
    skeleton: hand21,
    onError: (error) => void errors.push(error),
  });
  await vi.waitFor(() => expect([sender.state.state, viewer.state.state]).toEqual(['live', 'live']), PATIENCE);
  expect(sender.welcome).toMatchObject({ source: 'hands', takes: 'landmarks' });
  for (const [sequence, { frameWidth, frameHeight, tracks }] of found.entries()) {
    sender.send({ frameWidth, frameHeight, tracks }, { sequence, capturedAtMs: performance.now() });
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
  }
  // One hand with its world, and what stands before it.
  expect(sender.counts.sentBytes).toBeLessThanOrEqual(sender.counts.sent * 736);
  await vi.waitFor(() => expect(ages.length).toBeGreaterThan(0), PATIENCE);
  sender.close();
  viewer.close();
  expect((await server.stop()).code).toBe(0);
}, 120_000);
afterAll(() => folder[Symbol.dispose]());

const bySink = (results: readonly DigestedResult[], name: string): readonly DigestedResult[] =>
  results.filter(({ sink }) => sink === name);

it(
  'Hands that a client found and sent come to the results that the same landmarks come to in one graph, bit for bit',
  { timeout: 60_000 },
  async () => {
    expect(found.filter(({ tracks }) => tracks.length > 0).length).toBeGreaterThan(40);
    expect(ages.every((ageMs) => ageMs >= 0)).toBe(true);
    expect(errors).toEqual([]);
    const [live, again] = [await recorded(), await replayed('as-fast-as-possible')];
    const came = bySink(live, 'sent');
    expect(came.length).toBeGreaterThan(found.length / 2); // a slow machine lets some go
    for (const { sequence, value } of came) expect(value).toEqual(found[sequence]);
    for (const sink of Object.keys(OUTPUTS)) {
      const was = bySink(live, sink);
      const places = new Set(was.map(({ timestampMs }) => timestampMs));
      expect(was.length, sink).toBeGreaterThan(0);
      // The window may have let go a snapshot that the classifier had no time for; the replay has all of them.
      const is = bySink(again, sink).filter(({ timestampMs }) => places.has(timestampMs));
      expect(resultDigest(is), sink).toBe(resultDigest(was));
    }
  },
);

it('Exact replays through buffers that drop are the same at either pace', { timeout: 60_000 }, async () => {
  const digests: string[] = [];
  for (const pace of ['as-fast-as-possible', 'realtime', 'as-fast-as-possible'])
    digests.push(resultDigest(await replayed(pace)));
  expect(new Set(digests).size).toBe(1);
});

it('So are those of the command line', { timeout: 60_000 }, async () => {
  const graph = example(recordedHands('realtime'), () => ({ type: 'core.sink.ndjson' }));
  const file = folder.file('again.kinegraph.json');
  writeFileSync(file, JSON.stringify(graph));
  const lines = async (pace: string): Promise<readonly string[]> => {
    const args = ['run', file, '--exact', '--quiet', '--format', 'ndjson', '--set', `hands.pace=${pace}`];
    const { code, out, err } = await start(args, folder.path).finished;
    expect([code, err]).toEqual([0, '']);
    const told = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    // How sinks take turns, and how old results are, is not theirs.
    return told.map(({ ageMs: _ageMs, ...rest }) => JSON.stringify(rest)).toSorted();
  };
  const once = await lines('realtime');
  expect(once.length).toBeGreaterThan(found.length);
  expect(await lines('as-fast-as-possible')).toEqual(once);
});
