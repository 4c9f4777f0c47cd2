import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SystemClock } from '@kinegraph/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Recorders } from './recorders.js';
import { RecordingReader, summarizePart } from './recording-reader.js';
import { trimRecording } from './trim-recording.js';

const nothing = (): void => {};
const EVENTS = {
  ...{ dropped: nothing, wrote: nothing, waiting: nothing, finished: nothing },
  ...{ kept: nothing, stopped: nothing, resumed: nothing },
};
const clock = new SystemClock();

let folder: string;
let hall: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'trim-'));
  hall = path.join(folder, 'hall');
  await record();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** 100 frames and 100 values, one of each every 40 ms, in parts of a few kilobytes. */
async function record(): Promise<void> {
  const recorders = new Recorders(clock);
  const wish = { path: hall, runId: 'run', limits: { partBytes: 8000, chunkBytes: 1000 } };
  const frames = await recorders.open({ ...wish, topic: '/camera', node: 'camera' }, EVENTS);
  const values = await recorders.open({ ...wish, topic: '/out', node: 'out' }, EVENTS);
  for (let n = 0; n < 100; n += 1) {
    const place = {
      sequence: n,
      timestampMs: n * 40,
      capturedAtMs: n * 40.001,
      clockOffsetMs: 0.125,
      source: 'camera',
    };
    frames.writeFrame(place, { format: 'jpeg', width: 4, height: 3, data: new Uint8Array(60).fill(n) });
    values.writeValue(place, { n, third: n / 3 });
  }
  await frames.close();
  await values.close();
}

async function framesOf(recording: string): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const frame of (await RecordingReader.open(recording)).frames('/camera')) found.push(frame);
  return found;
}
async function valuesOf(recording: string): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const value of (await RecordingReader.open(recording)).values('/out')) found.push(value);
  return found;
}

it('keeps the messages of a span with every bit, and their order, out of several parts', async () => {
  expect((await RecordingReader.open(hall)).parts.length).toBeGreaterThan(2);
  const to = path.join(folder, 'short');
  expect(await trimRecording({ from: hall, to, fromMs: 400, toMs: 3000 }, clock)).toEqual({ path: to, messages: 132 });
  expect(await framesOf(to)).toEqual((await framesOf(hall)).slice(10, 76));
  expect(await valuesOf(to)).toEqual((await valuesOf(hall)).slice(10, 76));
  expect((await RecordingReader.open(to)).topics.map(({ topic, messages }) => [topic, messages])).toEqual([
    ['/camera', 66],
    ['/out', 66],
  ]);
});

it('says where it came from, and has parts of its own size', async () => {
  const to = path.join(folder, 'short');
  await trimRecording({ from: hall, to, fromMs: 0, toMs: 4000, limits: { partBytes: 5000, chunkBytes: 500 } }, clock);
  const files = readdirSync(folder).filter((file) => file.startsWith('short'));
  expect(files.length).toBeGreaterThan(3);
  const { metadata, isComplete } = await summarizePart(path.join(folder, files.at(-1) ?? ''));
  const original = (await RecordingReader.open(hall)).parts[0]?.metadata.get('kinegraph.recording');
  expect(isComplete).toBe(true);
  expect(Object.fromEntries(metadata.get('kinegraph.trim') ?? [])).toMatchObject({
    ...{ recording: 'hall', id: original?.get('id'), fromMs: '0', toMs: '4000' },
  });
  expect(metadata.get('kinegraph.recording')?.get('id')).not.toBe(original?.get('id'));
  expect(metadata.get('kinegraph.part')?.get('part')).toBe(String(files.length));
  expect(await framesOf(to)).toEqual(await framesOf(hall));
});

it('of a span of a span the frames are still those of the original', async () => {
  await trimRecording({ from: hall, to: path.join(folder, 'a'), fromMs: 400, toMs: 3000 }, clock);
  await trimRecording({ from: path.join(folder, 'a'), to: path.join(folder, 'b'), fromMs: 400, toMs: 800 }, clock);
  expect(await framesOf(path.join(folder, 'b'))).toEqual((await framesOf(hall)).slice(20, 31));
});

it.each([
  ['nothing lies in the span', { fromMs: 5000, toMs: 6000 }, undefined, 'it is 3960 ms long'],
  ['the disk is full', { fromMs: 0, toMs: 4000 }, { minFreeBytes: Number.MAX_SAFE_INTEGER }, 'room'],
] as const)('where %s nothing is left', async (_, span, limits, told) => {
  const before = readdirSync(folder);
  const wish = { from: hall, to: path.join(folder, 'short'), ...span, ...(limits === undefined ? {} : { limits }) };
  await expect(trimRecording(wish, clock)).rejects.toThrow(told);
  expect(readdirSync(folder)).toEqual(before);
});

it('where it is given up nothing is left, and the original can be deleted again', async () => {
  const before = readdirSync(folder);
  const wish = { from: hall, to: path.join(folder, 'short'), fromMs: 0, toMs: 4000, signal: AbortSignal.abort() };
  await expect(trimRecording(wish, clock)).rejects.toThrow('abort');
  expect(readdirSync(folder)).toEqual(before);
  expect(new Recorders(clock).isWriting(wish.to)).toBe(false);
});
