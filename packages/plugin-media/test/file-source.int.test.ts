import { fileURLToPath } from 'node:url';
import { type Clock, type Frame, type Logger, SlotFramePool, SystemClock, WriterLogger } from '@kinegraph/core/plugin';
import { VirtualClock } from '@kinegraph/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { InstalledDecoderDrivers } from '../src/drivers.js';
import { FileSourceConfig } from '../src/file-source/file-source-config.js';
import { FileSource } from '../src/file-source/file-source.js';

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const { signal } = new AbortController();
const pool = new SlotFramePool();
const warnings: string[] = [];
const logger: Logger = new WriterLogger((level, message) => {
  if (level === 'warn') warnings.push(message);
});
let source: FileSource | undefined;

function make(config: Partial<FileSourceConfig> & { path: string }, clock: Clock = new SystemClock()): FileSource {
  const full = FileSourceConfig.parse({ driver: 'node-av', pace: 'as-fast-as-possible', ...config });
  source = new FileSource(full, new InstalledDecoderDrivers(), pool, { resolve: fixture }, clock, logger);
  return source;
}

afterEach(async () => {
  await source?.close();
  source = undefined;
  expect(pool.inUse).toBe(0);
  warnings.length = 0;
});

/** Reads at most `limit` frames; what is wanted of each is noted and the frame closed. */
async function read<T>(from: FileSource, note: (frame: Frame) => T, limit = Number.POSITIVE_INFINITY): Promise<T[]> {
  const notes: T[] = [];
  while (notes.length < limit) {
    const frame = await from.read(signal);
    if (frame === undefined) break;
    notes.push(note(frame));
    frame.close();
  }
  return notes;
}

describe('media.source.file', () => {
  it('gives RGBA frames in shared memory, counted and timed, then ends', async () => {
    const file = make({ path: 'steady.mp4', shortSide: 24 });
    await file.open(signal);
    const frames = await read(file, (frame) => {
      expect(frame.data.buffer).toBeInstanceOf(SharedArrayBuffer);
      return [frame.sequence, frame.timestampMs, frame.width, frame.height, frame.format, frame.data.length];
    });
    expect(frames).toEqual(
      Array.from({ length: 20 }, (_, index) => [index, index * 100, 32, 24, 'rgba8', 32 * 24 * 4]),
    );
    expect(await file.read(signal)).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('loops over the range with timestamps that go on', async () => {
    const file = make({ path: 'steady.mp4', startMs: 500, endMs: 800, loop: true });
    await file.open(signal);
    const times = await read(file, (frame) => [frame.sequence, frame.timestampMs], 8);
    expect(times).toEqual([500, 600, 700, 800, 900, 1000, 1100, 1200].map((ms, index) => [index, ms]));
  });

  it('holds frames back until they are due, by the clock of the run', async () => {
    const clock = new VirtualClock();
    const file = make({ path: 'variable.mp4', pace: 'realtime', startMs: 300 }, clock);
    await file.open(signal);
    await clock.advance(5000); // waiting for the run to begin does not count
    const beganMs = clock.nowMs();
    const reading = read(file, (frame) => [Math.round(frame.timestampMs), frame.capturedAtMs - beganMs], 4);
    const progress = { isOver: false };
    const end = reading.finally(() => {
      progress.isOver = true;
    });
    while (!progress.isOver) {
      // Time moves on only while the source waits for it; decoding takes none.
      if (clock.pendingCount > 0) await clock.advance(1);
      else
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
    }
    const given = await end;
    expect(given.map(([ms]) => ms)).toEqual([300, 400, 612, 712]);
    for (const [ms = 0, capturedMs = 0] of given) expect(Math.abs(capturedMs - (ms - 300))).toBeLessThanOrEqual(1);
  });

  it('lets a read be aborted while it waits for a frame to be due, and closes after it', async () => {
    const file = make({ path: 'steady.mp4', pace: 'realtime' }, new VirtualClock());
    await file.open(signal);
    await read(file, () => undefined, 1);
    const abort = new AbortController();
    const waiting = file.read(abort.signal);
    setTimeout(() => abort.abort(), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'CORE_ABORTED' });
  });

  it('fails its start with a sentence when the file cannot be played', async () => {
    await expect(make({ path: 'nothing.mp4' }).open(signal)).rejects.toMatchObject({ code: 'MEDIA_FILE_MISSING' });
    await expect(make({ path: 'still.png' }).open(signal)).rejects.toMatchObject({ code: 'MEDIA_FILE_UNREADABLE' });
    await expect(make({ path: 'steady.mp4', startMs: 9000 }).open(signal)).rejects.toMatchObject({
      code: 'MEDIA_FILE_NO_FRAMES',
    });
    await expect(make({ path: 'steady.mp4', startMs: 500, endMs: 500 }).open(signal)).rejects.toMatchObject({
      code: 'MEDIA_RANGE',
    });
  });

  it('can be closed without having been opened, and after only having been opened', async () => {
    await make({ path: 'steady.mp4' }).close();
    const file = make({ path: 'steady.mp4', loop: true });
    await file.open(signal);
    await file.close();
    expect(pool.inUse).toBe(0);
  });
});
