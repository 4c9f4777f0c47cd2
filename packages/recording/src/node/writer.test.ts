import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SystemClock } from '@kinegraph/core/plugin';
import { McapIndexedReader } from '@mcap/core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VALUE_SCHEMA, FRAME_SCHEMA } from '../codec/index.js';
import type { RecordingChannel } from '../mcap/index.js';
import { DEFAULT_LIMITS, RecordingWriter, type FinishedPart, type RecordingLimits } from './index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-recording-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const values: RecordingChannel = { topic: '/values', schema: VALUE_SCHEMA, metadata: {} };
const frames: RecordingChannel = { topic: '/frames', schema: FRAME_SCHEMA, metadata: {} };

interface Trial {
  readonly writer: RecordingWriter;
  readonly dropped: Record<string, number>;
  readonly finished: FinishedPart[];
  readonly told: string[];
  readonly cost: { bytes: number; waiting: number };
}

function trial(limits: Partial<RecordingLimits> = {}, recording = path.join(folder, 'hall')): Trial {
  const dropped: Record<string, number> = {};
  const finished: FinishedPart[] = [];
  const told: string[] = [];
  const cost = { bytes: 0, waiting: 0 };
  const all = { ...DEFAULT_LIMITS, minFreeBytes: 0, ...limits };
  const writer = new RecordingWriter(recording, { 'kinegraph.recording': { version: '1' } }, all, new SystemClock(), {
    dropped: ({ topic }, cause, count) => {
      dropped[`${topic} ${cause}`] = (dropped[`${topic} ${cause}`] ?? 0) + count;
    },
    wrote: (bytes) => void (cost.bytes += bytes),
    waiting: (bytes) => void (cost.waiting = bytes),
    finished: (part) => void finished.push(part),
    stopped: ({ code }) => void told.push(code),
    resumed: () => void told.push('resumed'),
  });
  return { writer, dropped, finished, told, cost };
}

function put(writer: RecordingWriter, n: number, bytes: number, channel = frames): void {
  const data = new Uint8Array(bytes).fill(n % 251);
  new DataView(data.buffer).setUint32(0, n);
  writer.write({ channel, logTime: BigInt(n), data, isFrame: channel === frames });
}

/** The numbers of all messages, read by the official reader with all checksums. */
async function numbersIn(file: string): Promise<number[]> {
  const bytes = readFileSync(file);
  const readable = {
    size: () => Promise.resolve(BigInt(bytes.byteLength)),
    read: (offset: bigint, size: bigint) =>
      Promise.resolve(new Uint8Array(bytes.subarray(Number(offset), Number(offset + size)))),
  };
  const reader = await McapIndexedReader.Initialize({ readable });
  const numbers: number[] = [];
  for await (const { data } of reader.readMessages({ validateCrcs: true }))
    numbers.push(new DataView(data.buffer, data.byteOffset).getUint32(0));
  return numbers;
}

async function allNumbers(where = folder): Promise<number[]> {
  const files = readdirSync(where).filter((name) => name.endsWith('.mcap'));
  return (await Promise.all(files.sort().map(async (name) => await numbersIn(path.join(where, name))))).flat();
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

describe('a recording', () => {
  it('tells each byte that it writes, in all its parts, and what waits', async () => {
    const { writer, cost } = trial({ partBytes: 300_000 });
    for (let n = 0; n < 30; n += 1) put(writer, n, 40_000);
    expect(cost.waiting).toBeGreaterThan(30 * 40_000);
    await writer.close();
    const files = readdirSync(folder);
    expect(files.length).toBeGreaterThan(3);
    const onDisk = files.map((name) => readFileSync(path.join(folder, name)).byteLength);
    expect(cost).toEqual({ bytes: onDisk.reduce((sum, bytes) => sum + bytes, 0), waiting: 0 });
  });

  it('has all messages in one complete file once it is closed', async () => {
    const { writer, finished, dropped } = trial();
    for (let n = 0; n < 50; n += 1) put(writer, n, 40_000, n % 2 === 0 ? frames : values);
    await writer.close();
    expect(readdirSync(folder)).toEqual(['hall.0001.mcap']);
    expect(await allNumbers()).toEqual(upTo(50));
    expect(finished).toMatchObject([{ messages: 50, path: path.join(folder, 'hall.0001.mcap') }]);
    expect(finished[0]?.bytes).toBe(readFileSync(path.join(folder, 'hall.0001.mcap')).byteLength);
    expect(dropped).toEqual({});
  });

  it('leaves nothing behind where nothing came', async () => {
    const { writer } = trial();
    await writer.flush();
    await writer.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is cut into parts, each complete in itself and none larger than asked for', async () => {
    const { writer } = trial({ partBytes: 300_000, chunkBytes: 60_000 });
    for (let n = 0; n < 100; n += 1) put(writer, n, 20_000);
    await writer.close();
    const parts = readdirSync(folder).sort();
    expect(parts.length).toBeGreaterThan(7);
    for (const part of parts) {
      expect(part).toMatch(/^hall\.\d{4}\.mcap$/);
      expect((await numbersIn(path.join(folder, part))).length).toBeGreaterThan(0);
      expect(readFileSync(path.join(folder, part)).byteLength).toBeLessThan(310_000); // and its summary
    }
    expect(await allNumbers()).toEqual(upTo(100));
  });

  it('is on the disk after a flush, though the part goes on', async () => {
    const { writer } = trial();
    put(writer, 0, 100);
    await writer.flush();
    expect(readdirSync(folder)).toEqual(['hall.0001.mcap.part']);
    expect(readFileSync(path.join(folder, 'hall.0001.mcap.part')).includes(Buffer.from(new Uint8Array(90)))).toBe(true);
    await writer.close();
  });

  it('lets the oldest frames go where the disk does not keep pace, and values only when no frame is left', async () => {
    const { writer, dropped } = trial({ queueBytes: 100_000 });
    for (let n = 0; n < 100; n += 1) put(writer, n, n % 10 === 0 ? 100 : 10_000, n % 10 === 0 ? values : frames);
    await writer.close();
    const left = await allNumbers();
    expect(left.filter((n) => n % 10 === 0)).toHaveLength(10);
    expect(left.filter((n) => n % 10 !== 0)).toEqual(
      upTo(100)
        .filter((n) => n % 10 !== 0)
        .slice(-9),
    );
    expect(dropped).toEqual({ '/frames disk-slow': 81 });
  });

  it('does not take what is larger than all its memory', async () => {
    const { writer, dropped } = trial({ queueBytes: 100_000 });
    put(writer, 0, 100_001);
    put(writer, 1, 100);
    await writer.close();
    expect(await allNumbers()).toEqual([1]);
    expect(dropped).toEqual({ '/frames disk-slow': 1 });
  });

  it('stops before the disk is full, and counts what came after', async () => {
    const { writer, dropped, told } = trial({ minFreeBytes: 2 ** 52 });
    put(writer, 0, 100);
    await writer.flush();
    put(writer, 1, 100);
    await writer.close();
    expect(told).toEqual(['RECORDING_DISK_FULL']);
    expect(dropped).toEqual({ '/frames disk-full': 2 });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells a folder that is no longer there, and goes on taking', async () => {
    const { writer, dropped, told } = trial({}, path.join(folder, 'gone', 'hall'));
    put(writer, 0, 100);
    await writer.flush();
    await writer.close();
    expect(told).toEqual(['RECORDING_WRITE']);
    expect(dropped).toEqual({ '/frames write-failed': 1 });
  });
});

/** A disk of a few megabytes, or undefined where this user may not mount one. */
function smallDisk(megabytes: number): string | undefined {
  const place = mkdtempSync(path.join(tmpdir(), 'kinegraph-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', place], { stdio: 'ignore' });
    return place;
  } catch {
    rmSync(place, { recursive: true });
    return undefined;
  }
}

const disk = smallDisk(3);
afterEach(() => {
  if (disk !== undefined) for (const name of readdirSync(disk)) rmSync(path.join(disk, name));
});

describe.skipIf(disk === undefined)('a disk of 3 MB that runs full (skipped where no disk can be mounted)', () => {
  it('keeps what was written readable, counts the rest, and records again in a new part once there is room', async () => {
    const place = disk ?? '';
    writeFileSync(path.join(place, 'other'), new Uint8Array(1_000_000));
    const { writer, dropped, told, finished } = trial({ chunkBytes: 200_000 }, path.join(place, 'hall'));
    for (let n = 0; n < 100; n += 1) {
      put(writer, n, 40_000);
      if (n % 5 === 4) await writer.flush();
    }
    expect(told).toEqual(['RECORDING_DISK_FULL']);
    const before = await allNumbers(place);
    expect(before.length).toBeGreaterThan(20);
    expect(before).toEqual(upTo(before.length));
    expect(dropped).toEqual({ '/frames disk-full': 100 - before.length });

    rmSync(path.join(place, 'other'));
    await new Promise((resolve) => {
      setTimeout(resolve, 1100); // it looks again after a second
    });
    for (let n = 100; n < 110; n += 1) put(writer, n, 40_000);
    await writer.close();
    expect(told).toEqual(['RECORDING_DISK_FULL', 'resumed']);
    expect(await allNumbers(place)).toEqual([...before, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
    expect(finished).toHaveLength(2);
  });

  it('gives up the last chunk where only the end of the file has no room', async () => {
    const place = disk ?? '';
    const { writer, dropped, told } = trial({ chunkBytes: 4000 }, path.join(place, 'hall'));
    for (let n = 0; n < 1400; n += 1) {
      put(writer, n, 4000);
      if (n % 10 === 9) await writer.flush();
    }
    await writer.close();
    expect(told).toEqual(['RECORDING_DISK_FULL']);
    const left = await allNumbers(place);
    expect(left).toEqual(upTo(left.length));
    expect(left.length).toBeGreaterThan(500);
    expect(dropped).toEqual({ '/frames disk-full': 1400 - left.length });
  });
});

afterAll(() => {
  if (disk === undefined) return;
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});
