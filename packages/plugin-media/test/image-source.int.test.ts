import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNodeHost } from '@kinegraph/core/node';
import { FramePool, ImageCodec, type Clock, type Frame, SystemClock, WriterLogger } from '@kinegraph/core/plugin';
import { CountingMetrics, VirtualClock } from '@kinegraph/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImageSourceConfig } from '../src/image-source/image-source-config.js';
import { ImageSource } from '../src/image-source/image-source.js';

const pictures = fileURLToPath(new URL('fixtures/pictures', import.meta.url));
const { container } = createNodeHost();
const codec = container.get(ImageCodec);
const pool = container.get(FramePool);
const { signal } = new AbortController();
let folder: string;
let warnings: string[];
let drops: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-test-'));
  warnings = [];
  drops = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  expect(pool.inUse).toBe(0);
});

async function open(config: Partial<ImageSourceConfig>, clock: Clock = new SystemClock()): Promise<ImageSource> {
  const full = ImageSourceConfig.parse({ path: pictures, pace: 'as-fast-as-possible', ...config });
  const paths = { resolve: (name: string) => path.resolve(folder, name) };
  const metrics = Object.assign(new CountingMetrics(), { drop: (cause: string) => drops.push(cause) });
  const logger = new WriterLogger((_level, message) => warnings.push(message));
  const source = new ImageSource(full, codec, paths, clock, metrics, logger);
  await source.open();
  return source;
}

/** Colour of the first pixel, in words. */
function colourOf(frame: Frame): string {
  const [red = 0, green = 0, blue = 0] = frame.data;
  if (red > 200) return 'red';
  return green > blue ? 'green' : 'blue';
}

async function read<T>(source: ImageSource, note: (frame: Frame) => T, limit = Number.POSITIVE_INFINITY): Promise<T[]> {
  const notes: T[] = [];
  while (notes.length < limit) {
    const frame = await source.read(signal);
    if (frame === undefined) break;
    notes.push(note(frame));
    frame.close();
  }
  return notes;
}

describe('media.source.images', () => {
  it('gives the images of a folder in natural order, then ends', async () => {
    const source = await open({ fps: 4 });
    const frames = await read(source, (frame) => [
      colourOf(frame),
      frame.sequence,
      frame.timestampMs,
      frame.width,
      frame.height,
      frame.format,
    ]);
    expect(frames).toEqual([
      ['red', 0, 0, 32, 24, 'rgba8'],
      ['green', 1, 250, 32, 24, 'rgba8'],
      ['blue', 2, 500, 32, 24, 'rgba8'],
    ]);
    expect(await source.read(signal)).toBeUndefined();
  });

  it('gives one image, reduced', async () => {
    const source = await open({ path: path.join(pictures, '1.jpg'), shortSide: 16 });
    expect(await read(source, (frame) => [frame.width, frame.height])).toEqual([[21, 16]]);
  });

  it('loops with timestamps that go on', async () => {
    const source = await open({ fps: 10, loop: true });
    expect(await read(source, (frame) => [colourOf(frame), frame.timestampMs], 5)).toEqual([
      ['red', 0],
      ['green', 100],
      ['blue', 200],
      ['red', 300],
      ['green', 400],
    ]);
  });

  it('keeps the pace by the clock of the run, and can be aborted while it waits', async () => {
    const clock = new VirtualClock();
    const source = await open({ fps: 10, pace: 'realtime' }, clock);
    await read(source, () => undefined, 1);
    const abort = new AbortController();
    const waiting = source.read(abort.signal);
    while (clock.pendingCount === 0) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    abort.abort();
    expect(await waiting).toBeUndefined();
  });

  it.each<[string, (good: Buffer) => Uint8Array, RegExp]>([
    ['cut', (good) => good.subarray(0, good.length - 30), /JPEG/],
    ['empty', () => new Uint8Array(0), /empty|0 bytes/i],
    ['no image', () => new TextEncoder().encode('This is a text that calls itself an image.'), /JPEG/],
    ['20,000 pixels wide', (good) => withWidth(good, 20_000), /20000/],
  ])('names an image that is %s, and leaves it out if told to', async (_name, spoil, reason) => {
    const good = readFileSync(path.join(pictures, '1.jpg'));
    writeFileSync(path.join(folder, '0.jpg'), spoil(good));
    copyFileSync(path.join(pictures, '1.jpg'), path.join(folder, '1.jpg'));
    const failing = await open({ path: '.' });
    await expect(failing.read(signal)).rejects.toMatchObject({
      code: 'MEDIA_IMAGE_UNREADABLE',
      message: expect.stringContaining(path.join(folder, '0.jpg')),
    });
    await expect((await open({ path: '.' })).read(signal)).rejects.toThrow(reason);

    const skipping = await open({ path: '.', onUnreadable: 'skip' });
    expect(await read(skipping, (frame) => [colourOf(frame), frame.sequence])).toEqual([['red', 1]]);
    expect([warnings.length, drops]).toEqual([1, ['unreadable']]);
  });

  it('ends rather than turns for ever when no image can be read', async () => {
    writeFileSync(path.join(folder, '0.jpg'), 'nothing');
    const source = await open({ path: '.', onUnreadable: 'skip', loop: true });
    expect(await source.read(signal)).toBeUndefined();
  });

  it('tells of a folder without images when it is opened', async () => {
    await expect(open({ path: '.' })).rejects.toMatchObject({ code: 'MEDIA_FILE_KIND' });
  });
});

/** The JPEG with another width in its frame header (SOF0). */
function withWidth(jpeg: Buffer, width: number): Uint8Array {
  const changed = Buffer.from(jpeg);
  const header = changed.indexOf(Buffer.from([0xff, 0xc0]));
  expect(header).toBeGreaterThan(0);
  changed.writeUInt16BE(width, header + 7);
  return changed;
}
