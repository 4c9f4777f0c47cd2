import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SystemClock } from '@kinegraph/core';
import { aHand, landmarksOf } from '@kinegraph/core/testing';
import { Recorders, type TopicRecorder } from '@kinegraph/recording/node';
import { median, type Benchmark, type Figure } from './benchmark.js';

const ROUNDS = 9;
/** 20 MB: less than the recorder's queue, so that nothing is dropped however slow the disk is. */
const FRAMES = 500;
const FRAME_BYTES = 40_000;
const CHUNK_BYTES = 1024 ** 2;

/** What recording costs: the run that is recorded, and the disk. */
export const recordingBenchmark: Benchmark = {
  name: 'recording',
  title: 'recording frames and landmarks, beside writing the same bytes to a plain file',
  async run(tell): Promise<readonly Figure[]> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-bench-recording-'));
    try {
      tell(`${ROUNDS} rounds of ${FRAMES} frames, in turn with a plain file`);
      return await measure(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measure(folder: string): Promise<readonly Figure[]> {
  const recorded: number[] = [];
  const plain: number[] = [];
  const perFrame: number[] = [];
  const perHand: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const name = path.join(folder, `round-${round}`);
    const one = await record(name);
    const plainMs = await append(`${name}.plain`);
    if (round < 0) continue; // warming up
    recorded.push(one.wholeMs);
    perFrame.push(one.frameMs);
    perHand.push(one.handMs);
    plain.push(plainMs);
  }
  const megabytes = (FRAMES * FRAME_BYTES) / 1e6;
  const ratio = median(recorded.map((ms, index) => ms / (plain[index] ?? Number.NaN)));
  return [
    { what: 'a frame of 40 kB, until the run goes on', value: median(perFrame), unit: 'ms', target: { below: 0.5 } },
    { what: 'landmarks of two hands, until the run goes on', value: median(perHand), unit: 'ms', target: { below: 2 } },
    { what: 'recorded and on the disk', value: megabytes / (median(recorded) / 1000), unit: 'MB/s' },
    { what: 'the same bytes in a plain file, on the disk', value: megabytes / (median(plain) / 1000), unit: 'MB/s' },
    { what: 'time of recording against that of the plain file', value: ratio, unit: 'times' },
  ];
}

async function record(name: string): Promise<{ wholeMs: number; frameMs: number; handMs: number }> {
  const recorders = new Recorders(new SystemClock());
  let dropped = 0;
  const events = {
    dropped: (_cause: string, count: number) => void (dropped += count),
    wrote: () => {},
    waiting: () => {},
    finished: () => {},
    kept: () => {},
    stopped: () => {},
    resumed: () => {},
  };
  const topicOf = async (topic: string): Promise<TopicRecorder> =>
    await recorders.open({ path: name, topic, node: topic, runId: 'bench', limits: { minFreeBytes: 0 } }, events);
  const frames = await topicOf('/frames');
  const hands = await topicOf('/hands');
  const data = new Uint8Array(FRAME_BYTES).map((_, at) => at * 31);
  const value = landmarksOf(aHand({ trackId: 1 }), aHand({ trackId: 2 }));
  const place = (sequence: number): Parameters<TopicRecorder['writeValue']>[0] => {
    const timestampMs = sequence * 33.3;
    return { timestampMs, capturedAtMs: timestampMs, clockOffsetMs: 0, sequence, source: 'source' };
  };
  const startMs = performance.now();
  for (let at = 0; at < FRAMES; at += 1)
    frames.writeFrame(place(at), { format: 'jpeg', width: 640, height: 480, data });
  const framesMs = performance.now() - startMs;
  await frames.flush();
  const wholeMs = performance.now() - startMs;
  const handsStartMs = performance.now();
  for (let at = 0; at < FRAMES; at += 1) hands.writeValue(place(at), value);
  const handsMs = performance.now() - handsStartMs;
  await frames.close();
  await hands.close();
  if (dropped > 0) throw new Error(`${dropped} messages were dropped: the figures would lie.`);
  return { wholeMs, frameMs: framesMs / FRAMES, handMs: handsMs / FRAMES };
}

/** What the disk takes anyway: the same bytes in pieces of a chunk, and their way to the disk. */
async function append(name: string): Promise<number> {
  const bytes = new Uint8Array(CHUNK_BYTES).fill(7);
  const startMs = performance.now();
  await using file = await open(name, 'wx');
  for (let left = FRAMES * FRAME_BYTES; left > 0; left -= CHUNK_BYTES)
    await file.write(bytes, 0, Math.min(left, CHUNK_BYTES));
  await file.datasync();
  return performance.now() - startMs;
}
