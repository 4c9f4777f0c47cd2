import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRun, parseGraph, resolveGraph, type NodeSnapshot, type Run } from '@kinegraph/core';
import { addPlugins, createNodeHost, type NodeHost } from '@kinegraph/core/node';
import { SystemClock } from '@kinegraph/core/plugin';
import { aHand, landmarksOf } from '@kinegraph/core/testing';
import { Recorders, RecordingReader, useOf } from '@kinegraph/recording/node';
import { afterEach, beforeEach, expect, it } from 'vitest';

const plugin = fileURLToPath(new URL('..', import.meta.url));
const HOUR_MS = 3_600_000;

let temporary: string;
let platform: NodeHost;
beforeEach(async () => {
  temporary = mkdtempSync(path.join(tmpdir(), 'kinegraph-keep-parts-'));
  mkdirSync(path.join(temporary, 'home'));
  platform = createNodeHost({ homeFolder: path.join(temporary, 'home') });
  await addPlugins(platform.host, [plugin], { from: plugin });
});
afterEach(async () => {
  await platform[Symbol.asyncDispose]();
  rmSync(temporary, { recursive: true });
});

const at = (name: string): string => path.join(temporary, name);
const files = (): string[] =>
  readdirSync(temporary)
    .filter((name) => name.includes('.mcap'))
    .sort();

/** Records hands into a part for each time, and has all of them completed so many hours ago, the first one first. */
async function record(name: string, times: readonly number[], hoursAgo: number): Promise<void> {
  const before = files();
  const events = {
    dropped: () => {},
    wrote: () => {},
    waiting: () => {},
    finished: () => {},
    kept: () => {},
    stopped: () => {},
    resumed: () => {},
  };
  const request = { path: at(name), topic: '/hands', runId: 'test', node: 'hands' };
  const limits = { minFreeBytes: 0, partBytes: 1 };
  const topic = await new Recorders(new SystemClock()).open({ ...request, limits }, events);
  for (const [sequence, timestampMs] of times.entries()) {
    const place = { sequence, timestampMs, capturedAtMs: timestampMs, clockOffsetMs: 0, source: 'hands' };
    topic.writeValue(place, landmarksOf(aHand()));
  }
  await topic.close();
  for (const [index, file] of files()
    .filter((one) => !before.includes(one))
    .entries()) {
    const seconds = (Date.now() - hoursAgo * HOUR_MS) / 1000 + index;
    utimesSync(at(file), seconds, seconds);
  }
}

/** A run that plays `from`, and does with it what `sink` says. */
function replay(from: string, pace: string, sink: object, callback?: (value: unknown) => void): Run {
  const hands = { type: 'media.source.recorded-landmarks', config: { path: from, pace, skeleton: 'hand-21' } };
  const graph = { kinegraph: 1, nodes: { hands, out: sink }, wires: [['hands.landmarks', 'out.in']] };
  const { document } = parseGraph(JSON.stringify(graph));
  if (document === undefined) throw new Error('the graph of the test is no graph');
  return createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: temporary,
    callbacks: callback === undefined ? {} : { out: callback },
  });
}

/** Records one pair of hands into `hall`. @returns what its sink counted */
async function recordAnother(keep: object): Promise<NodeSnapshot | undefined> {
  const config = { path: 'hall', topic: '/hands', minFreeBytes: 0, ...keep };
  const run = replay('clip', 'as-fast-as-possible', { type: 'media.sink.recording', config });
  await run.start();
  expect((await run.finished).result).toBe('completed');
  return run.snapshot().nodes.find(({ name }) => name === 'out');
}

it('a replay has the oldest part to its end, then the next recording deletes it', async () => {
  await record('clip', [0], 0);
  await record('hall', [0, 600_000, 600_001], 30); // hall.0001 to hall.0003
  await record('hall', [0], 20); // hall-2
  const values: unknown[] = [];
  const player = replay('hall', 'realtime', { type: 'core.sink.callback' }, (value) => void values.push(value));
  await player.start();
  await expect.poll(() => values.length).toBe(1);
  expect(useOf(at('hall'))).toBe('played');

  const counted = await recordAnother({ keepHours: 10 });
  const played = ['hall.0001.mcap', 'hall.0002.mcap', 'hall.0003.mcap'];
  expect(files()).toEqual(['clip.0001.mcap', 'hall-3.0001.mcap', ...played]);
  expect(counted).toMatchObject({ counters: { parts: 1, deleted_parts: 1 } });
  expect((await RecordingReader.open(at('hall'))).parts).toHaveLength(3);

  await player.stop();
  expect(useOf(at('hall'))).toBeUndefined();
  expect(await recordAnother({ keepHours: 10 })).toMatchObject({ counters: { parts: 1, deleted_parts: 3 } });
  expect(files()).toEqual(['clip.0001.mcap', 'hall-2.0001.mcap', 'hall-3.0001.mcap']);
});
