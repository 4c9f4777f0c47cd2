import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRun, parseGraph, resolveGraph, type RunOutcome } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import { Frame, FramePool, SystemClock, type Landmarks } from '@kinegraph/core/plugin';
import { aHand, landmarksOf, seededRandom } from '@kinegraph/core/testing';
import { RecordingReader, Recorders, resultDigest, type DigestedResult } from '@kinegraph/recording/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const fixtures = path.join(folder, 'test/fixtures');
const PICTURE = readFileSync(path.join(fixtures, 'pictures/1.jpg'));

let temporary: string;
beforeAll(async () => {
  temporary = mkdtempSync(path.join(tmpdir(), 'kinegraph-recordings-'));
  mkdirSync(path.join(temporary, 'home'));
  await recordStream();
});
afterAll(() => {
  rmSync(temporary, { recursive: true });
});

/** The packets of the stream that the tests play: uneven times, a sender's clock far away, a gap in the count. */
const TIMES = [0.1, 33.4, 33.4001, 66.7, 100.000001, 133.3, 240].map((timestampMs, index) => ({
  timestampMs: 12_345.678 + timestampMs,
  capturedAtMs: 1.7e12 + timestampMs,
  clockOffsetMs: -1.7e12,
  sequence: index < 4 ? index : index + 10,
  source: 'phone',
}));

function handsAt(index: number): Landmarks {
  const random = seededRandom(index + 1);
  const points = (): Float32Array =>
    Float32Array.from({ length: 84 }, (_, at) => (at % 4 === 3 ? random() : random() * 2 - 0.5));
  return landmarksOf({ ...aHand({ trackId: 1, handedness: 'left' }), image: points(), world: points() });
}

async function all<T>(items: AsyncIterable<T> | undefined): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items ?? []) list.push(item);
  return list;
}

/** Writes `stream`: seven frames and the hands in them, in parts of a few packets. */
async function recordStream(): Promise<void> {
  const recorders = new Recorders(new SystemClock());
  const events = {
    dropped: () => {},
    wrote: () => {},
    waiting: () => {},
    finished: () => {},
    kept: () => {},
    stopped: () => {},
    resumed: () => {},
  };
  const request = {
    path: path.join(temporary, 'stream'),
    runId: 'test',
    limits: { minFreeBytes: 0, chunkBytes: 2 * PICTURE.byteLength, partBytes: 4 * PICTURE.byteLength },
  };
  const frames = await recorders.open({ ...request, topic: '/frames', node: 'frames' }, events);
  const hands = await recorders.open({ ...request, topic: '/hands', node: 'hands' }, events);
  for (const [index, place] of TIMES.entries()) {
    frames.writeFrame(place, { format: 'jpeg', width: 0, height: 0, data: PICTURE });
    hands.writeValue(place, handsAt(index));
  }
  await frames.close();
  await hands.close();
}

interface Outcome {
  readonly outcome: RunOutcome;
  readonly results: readonly DigestedResult[];
  readonly startError?: unknown;
}

/** Runs a graph whose sink is `out`; frames are taken as their bytes. */
async function run(nodes: object, wires: readonly (readonly [string, string])[]): Promise<Outcome> {
  await using platform = createNodeHost({ homeFolder: path.join(temporary, 'home') });
  await addPlugins(platform.host, [folder], { from: folder });
  const all = { ...nodes, out: { type: 'core.sink.callback' } };
  const { document } = parseGraph(JSON.stringify({ kinegraph: 1, nodes: all, wires }));
  if (document === undefined) throw new Error('the graph of the test is no graph');
  const results: DigestedResult[] = [];
  const graph = createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: temporary,
    callbacks: {
      out: (value, { timestampMs, sequence }) => {
        const kept = value instanceof Frame ? value.data.slice() : value;
        results.push({ sink: 'out', source: 'played', sequence, timestampMs, value: kept });
      },
    },
  });
  let startError: unknown;
  await graph.start().catch((error: unknown) => {
    startError = error;
  });
  const outcome = await graph.finished;
  expect(outcome.shutdownFailures).toEqual([]);
  expect(platform.container.get(FramePool).inUse).toBe(0);
  return { outcome, results, ...(startError === undefined ? {} : { startError }) };
}

const fast = { path: 'stream', pace: 'as-fast-as-possible' };

describe('frames that were recorded', () => {
  it('come again with their bytes, times and numbers, across all parts', async () => {
    expect((await RecordingReader.open(path.join(temporary, 'stream'))).parts.length).toBeGreaterThan(1);
    const { outcome, results } = await run({ clip: { type: 'media.source.recording', config: fast } }, [
      ['clip.frame', 'out.in'],
    ]);
    expect(outcome.result).toBe('completed');
    expect(results.map(({ timestampMs, sequence }) => [timestampMs, sequence])).toEqual(
      TIMES.map(({ timestampMs, sequence }) => [timestampMs, sequence]),
    );
    for (const { value } of results) expect(Buffer.compare(value as Uint8Array, PICTURE)).toBe(0);
  });

  it('are the same pixels each time they are decoded, at either pace', async () => {
    const digests: string[] = [];
    for (const pace of ['as-fast-as-possible', 'as-fast-as-possible', 'realtime']) {
      const clip = { type: 'media.source.recording', config: { path: 'stream', pace, decode: true } };
      const { results } = await run({ clip }, [['clip.frame', 'out.in']]);
      expect(results).toHaveLength(TIMES.length);
      digests.push(resultDigest(results));
    }
    expect(new Set(digests).size).toBe(1);
  });

  it('can be recorded again beside their landmarks, and nothing changes', async () => {
    const { outcome } = await run(
      {
        frames: { type: 'media.source.recording', config: fast },
        hands: { type: 'media.source.recorded-landmarks', config: { ...fast, skeleton: 'hand-21' } },
        keepFrames: { type: 'media.sink.recording', config: { path: 'copy', topic: '/frames', minFreeBytes: 0 } },
        keepHands: { type: 'media.sink.recording', config: { path: 'copy', topic: '/hands', minFreeBytes: 0 } },
      },
      [
        ['frames.frame', 'keepFrames.in'],
        ['hands.landmarks', 'keepHands.in'],
        ['hands.landmarks', 'out.in'],
      ],
    );
    expect(outcome.result).toBe('completed');
    const [before, after] = await Promise.all(
      ['stream', 'copy'].map(async (name) => await RecordingReader.open(path.join(temporary, name))),
    );
    const place = { clockOffsetMs: 0, source: '' }; // those of the replay differ: it is another source
    const frames = async (reader = before): Promise<unknown[]> =>
      (await all(reader?.frames('/frames'))).map((frame) => ({
        ...frame,
        ...place,
        data: Buffer.from(frame.data).toString('base64'),
      }));
    const hands = async (reader = before): Promise<unknown[]> =>
      (await all(reader?.values('/hands'))).map((item) => ({ ...item, ...place }));
    expect(await frames(after)).toEqual(await frames());
    expect(await hands(after)).toEqual(await hands());
    expect((await hands(after)).length).toBe(TIMES.length);
  });
});

describe('landmarks that were recorded', () => {
  const smooth = (pace: string): Parameters<typeof run> => [
    {
      hands: { type: 'media.source.recorded-landmarks', config: { path: 'stream', pace, skeleton: 'hand-21' } },
      smooth: { type: 'core.smoother.one-euro' },
    },
    [
      ['hands.landmarks', 'smooth.in'],
      ['smooth.out', 'out.in'],
    ],
  ];

  it('come again to the last bit', async () => {
    const { results } = await run(
      { hands: { type: 'media.source.recorded-landmarks', config: { ...fast, skeleton: 'hand-21' } } },
      [['hands.landmarks', 'out.in']],
    );
    expect(results.map(({ value }) => value)).toEqual(TIMES.map((_, index) => handsAt(index)));
  });

  it('give a smoother the same results at either pace', async () => {
    const digests: string[] = [];
    for (const pace of ['realtime', 'as-fast-as-possible', 'as-fast-as-possible']) {
      const { results, outcome } = await run(...smooth(pace));
      expect([outcome.result, results.length]).toEqual(['completed', TIMES.length]);
      expect(results[3]?.value).not.toEqual(handsAt(3)); // it did smooth
      digests.push(resultDigest(results));
    }
    expect(new Set(digests).size).toBe(1);
  });
});

describe('a recording that cannot be played', () => {
  it.each([
    ['is not there', { path: 'nothing' }, 'RECORDING_MISSING'],
    ['has no such topic', { path: 'stream', topic: '/other' }, 'RECORDING_TOPIC'],
    ['is no recording', { path: path.join(fixtures, 'still.png') }, 'RECORDING_NOT_MCAP'],
  ])('%s: the run does not start, and says so', async (_what, config, code) => {
    const clip = { type: 'media.source.recording', config };
    const { startError } = await run({ clip }, [['clip.frame', 'out.in']]);
    expect(startError).toMatchObject({ cause: { code } });
  });

  it('is damaged in its middle: all before the damage is played, then the run fails', async () => {
    const { parts } = await RecordingReader.open(path.join(temporary, 'stream'));
    const files = parts.map((part) => readFileSync(part.path));
    const hurt = files.findLast((bytes) => bytes.includes(PICTURE));
    const at = hurt?.indexOf(PICTURE) ?? 0;
    if (hurt !== undefined) hurt[at + 40] = (hurt[at + 40] ?? 0) ^ 0xff;
    for (const [index, bytes] of files.entries())
      writeFileSync(path.join(temporary, `hurt.${String(index + 1).padStart(4, '0')}.mcap`), bytes);
    const clip = { type: 'media.source.recording', config: { ...fast, path: 'hurt' } };
    const { outcome, results } = await run({ clip }, [['clip.frame', 'out.in']]);
    expect(outcome).toMatchObject({ result: 'failed', error: { cause: { code: 'RECORDING_DAMAGED' } } });
    expect(results.length).toBeGreaterThan(0);
    expect(results.length).toBeLessThan(TIMES.length);
  });
});
