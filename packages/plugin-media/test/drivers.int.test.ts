import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecoderDriver, DecodeRequest } from '../src/decoder/frame-stream.js';
import { FfmpegDriver } from '../src/ffmpeg/ffmpeg-driver.js';
import { findFfmpeg } from '../src/ffmpeg/ffmpeg-finder.js';
import { NodeAvDriver } from '../src/node-av/node-av-driver.js';
import { CountedMemory } from './support/counted-memory.js';

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const signerClip = fileURLToPath(new URL('../../../examples/clips/signer.mp4', import.meta.url));
const ffmpeg = await findFfmpeg(undefined);

interface Playback {
  readonly timestamps: number[];
  readonly sizes: string[];
  /** SHA-256 of all pixels. */
  readonly pixels: string;
  readonly fault: unknown;
  readonly durationMs: number | undefined;
}

/** Plays a file to its end; checks that all memory was released. */
async function play(driver: DecoderDriver, file: string, wish: Partial<DecodeRequest> = {}): Promise<Playback> {
  const memory = new CountedMemory();
  const timestamps: number[] = [];
  const sizes = new Set<string>();
  const hash = createHash('sha256');
  let fault: unknown;
  let durationMs: number | undefined;
  try {
    const stream = await driver.open({
      input: { kind: 'file', path: file },
      frameTimeoutMs: 20_000,
      allocate: memory.allocate,
      ...wish,
    });
    try {
      for (let frame = await stream.next(); frame !== undefined; frame = await stream.next()) {
        timestamps.push(frame.timestampMs);
        sizes.add(`${frame.width}x${frame.height}`);
        expect(frame.memory.bytes.length).toBe(frame.width * frame.height * 4);
        hash.update(frame.memory.bytes);
        frame.memory.release();
      }
    } finally {
      await stream.close();
      durationMs = stream.facts.durationMs;
    }
  } catch (error) {
    fault = error;
  }
  expect([memory.open, memory.overReleased]).toEqual([0, 0]);
  return { timestamps, sizes: [...sizes], pixels: hash.digest('hex'), fault, durationMs };
}

const STEADY = Array.from({ length: 20 }, (_, index) => index * 100);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-test-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A file of the test's own with these bytes. */
function file(name: string, bytes: Uint8Array | string): string {
  const target = path.join(folder, name);
  writeFileSync(target, bytes);
  return target;
}

function describeDriver(driver: DecoderDriver): void {
  it.each(['steady.mp4', 'steady.mkv', 'steady.mpegts'])('gives every frame of %s at its time', async (name) => {
    const { timestamps, sizes, fault, durationMs } = await play(driver, fixture(name));
    expect(fault).toBeUndefined();
    expect(timestamps.map(Math.round)).toEqual(STEADY);
    expect(sizes).toEqual(['64x48']);
    expect(durationMs).toBeGreaterThan(1890); // MPEG-TS does not count the last frame's length
    expect(durationMs).toBeLessThan(2110);
  });

  it('gives the same pixels, whatever container they came in', async () => {
    const [mp4, mkv] = await Promise.all([play(driver, fixture('steady.mp4')), play(driver, fixture('steady.mkv'))]);
    expect(mkv.pixels).toBe(mp4.pixels);
  });

  it('keeps the exact times of a variable frame rate', async () => {
    const { timestamps } = await play(driver, fixture('variable.mp4'));
    const expected = [
      0, 200, 300, 400, 612.3, 712.3, 812.3, 1012.3, 1112.3, 1212.3, 1412.3, 1512.3, 1612.3, 1812.3, 1912.3,
    ];
    expect(timestamps).toEqual(expected);
  });

  it('plays the clip of the examples', async () => {
    const { timestamps, sizes, fault } = await play(driver, signerClip, { endMs: 1000 });
    expect(fault).toBeUndefined();
    expect(timestamps.map((ms) => Math.round(ms * 3))).toEqual(Array.from({ length: 30 }, (_, index) => index * 100));
    expect(sizes).toEqual(['640x480']);
  });

  it('sets rotated pictures upright and makes pixels square', async () => {
    expect((await play(driver, fixture('rotated.mp4'))).sizes).toEqual(['48x64']);
    expect((await play(driver, fixture('wide-pixels.mp4'))).sizes).toEqual(['128x48']);
  });

  it('turns a rotated picture the right way round', async () => {
    const upright = await firstPicture(driver, fixture('steady.mp4'));
    const rotated = await firstPicture(driver, fixture('rotated.mp4'));
    // The track asks for a quarter turn clockwise: the left column, read upwards, becomes the top row.
    for (let x = 0; x < 48; x += 1) expect(rotated.at(x, 0)).toEqual(upright.at(0, 47 - x));
  });

  it('reduces to the short side and never enlarges', async () => {
    expect((await play(driver, fixture('steady.mp4'), { shortSide: 24 })).sizes).toEqual(['32x24']);
    expect((await play(driver, fixture('rotated.mp4'), { shortSide: 24 })).sizes).toEqual(['24x32']);
    expect((await play(driver, fixture('steady.mp4'), { shortSide: 480 })).sizes).toEqual(['64x48']);
  });

  it.each(['steady.mp4', 'steady.mkv', 'steady.mpegts'])(
    'starts and ends %s exactly where it is told, between key frames too',
    async (name) => {
      const { timestamps, fault } = await play(driver, fixture(name), { startMs: 1300, endMs: 1700 });
      expect(fault).toBeUndefined();
      expect(timestamps.map(Math.round)).toEqual([1300, 1400, 1500, 1600]);
    },
  );

  it('gives the same pixels after a seek', async () => {
    const whole = await firstPicture(driver, fixture('steady.mp4'), 1300);
    const sought = await firstPicture(driver, fixture('steady.mp4'), 1300, { startMs: 1300 });
    expect(Buffer.compare(whole.pixels, sought.pixels)).toBe(0);
  });

  it('tells a range without frames', async () => {
    for (const wish of [{ startMs: 5000 }, { startMs: 1310, endMs: 1390 }]) {
      expect((await play(driver, fixture('steady.mp4'), wish)).fault).toMatchObject({ code: 'MEDIA_FILE_NO_FRAMES' });
    }
  });

  it.each(['steady.mp4', 'steady.mkv'])('gives the frames of a cut %s before the cut, then tells', async (name) => {
    const bytes = readFileSync(fixture(name));
    const cut = file(`cut-${name}`, bytes.subarray(0, Math.round(bytes.length * 0.8)));
    const { timestamps, fault } = await play(driver, cut);
    expect(timestamps.length).toBeGreaterThan(3);
    expect(timestamps.map(Math.round)).toEqual(STEADY.slice(0, timestamps.length));
    expect(fault).toMatchObject({
      code: 'MEDIA_FILE_TRUNCATED',
      message: expect.stringMatching(/cut off.*of 2\.\d+ s/),
    });
  });

  it('ends a cut MPEG-TS at its end, which nobody can tell from a whole one', async () => {
    const bytes = readFileSync(fixture('steady.mpegts'));
    const { timestamps, fault } = await play(
      driver,
      file('cut.mpegts', bytes.subarray(0, 188 * Math.floor((bytes.length * 0.7) / 188))),
    );
    expect(fault).toBeUndefined();
    expect(timestamps.length).toBeGreaterThan(3);
  });

  it.each<[string, () => string, string]>([
    ['an empty file', () => file('empty.mp4', ''), 'MEDIA_FILE_EMPTY'],
    ['text', () => file('text.mp4', 'This is no video.\n'), 'MEDIA_FILE_UNREADABLE'],
    [
      'text that a terminal would show',
      () => file('text.txt', 'Even plain text can be "played".\n'.repeat(50)),
      'MEDIA_FILE_UNREADABLE',
    ],
    ['noise', () => file('noise.mp4', noise(5000)), 'MEDIA_FILE_UNREADABLE'],
    [
      'an MP4 without its index',
      () => file('tail.mp4', readFileSync(fixture('steady.mp4')).subarray(1800)),
      'MEDIA_FILE_UNREADABLE',
    ],
    ['a picture', () => fixture('still.png'), 'MEDIA_FILE_UNREADABLE'],
    [
      'a playlist',
      () =>
        file(
          'list.m3u8',
          `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${fixture('steady.mpegts')}\n#EXT-X-ENDLIST\n`,
        ),
      'MEDIA_FILE_UNREADABLE',
    ],
    [
      'a script of files',
      () => file('concat.txt', `ffconcat version 1.0\nfile '${fixture('steady.mp4')}'\n`),
      'MEDIA_FILE_UNREADABLE',
    ],
    ['sound', () => fixture('sound-only.m4a'), 'MEDIA_FILE_NO_VIDEO'],
    ['nothing', () => path.join(folder, 'nothing.mp4'), 'MEDIA_FILE_MISSING'],
    ['a folder', () => folder, 'MEDIA_FILE_KIND'],
  ])('refuses %s in one sentence that names it', async (_name, make, code) => {
    const target = make();
    const { timestamps, fault } = await play(driver, target);
    expect(timestamps).toEqual([]);
    expect(fault).toMatchObject({ code, message: expect.stringContaining(target) });
    expect((fault as Error).message).not.toMatch(/\n/);
  });

  it('opens files whose names look like options, addresses or templates', async () => {
    const names = ['-i.mp4', 'http:host.mp4', '100%d.mp4', "it's, [odd]; name.mp4"];
    for (const name of names) {
      const target = path.join(folder, name);
      copyFileSync(fixture('steady.mp4'), target);
      expect((await play(driver, target, { endMs: 250 })).timestamps).toEqual([0, 100, 200]);
    }
  });
}

function noise(byteCount: number): Uint8Array {
  let state = 12345;
  return Uint8Array.from({ length: byteCount }, () => (state = (state * 1103515245 + 12345) % 2 ** 31) >> 16);
}

/** The picture at a time, with access to its pixels. */
async function firstPicture(driver: DecoderDriver, target: string, atMs = 0, wish: Partial<DecodeRequest> = {}) {
  const memory = new CountedMemory();
  const stream = await driver.open({
    input: { kind: 'file', path: target },
    frameTimeoutMs: 20_000,
    allocate: memory.allocate,
    ...wish,
  });
  try {
    for (let frame = await stream.next(); frame !== undefined; frame = await stream.next()) {
      const { width, timestampMs } = frame;
      const pixels = Uint8Array.from(frame.memory.bytes);
      frame.memory.release();
      if (timestampMs >= atMs)
        return {
          pixels,
          at: (x: number, y: number) => [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)],
        };
    }
    throw new Error('the file has no such picture');
  } finally {
    await stream.close();
  }
}

describe('driver node-av', () => {
  describeDriver(new NodeAvDriver());

  it('says how to get a decoder where the package is missing', async () => {
    // The compiled child, where no node_modules can be found from.
    const lonely = path.join(folder, 'lonely');
    mkdirSync(lonely);
    writeFileSync(path.join(lonely, 'package.json'), '{ "type": "module" }');
    cpSync(fileURLToPath(new URL('../dist', import.meta.url)), path.join(lonely, 'dist'), { recursive: true });
    const { fault } = await play(new NodeAvDriver(path.join(lonely, 'dist/node-av/child.js')), fixture('steady.mp4'));
    expect(fault).toMatchObject({
      code: 'MEDIA_DECODER_MISSING',
      message: expect.stringMatching(/Install ffmpeg .* or add the package node-av/),
    });
  });
});

describe.skipIf(!ffmpeg.found)(`driver ffmpeg${ffmpeg.found ? '' : ` (skipped: ${ffmpeg.reason})`}`, () => {
  const driver = new FfmpegDriver(ffmpeg.found ? ffmpeg.executable : '');
  describeDriver(driver);

  it('gives the same times and sizes as node-av, and the same pictures to the eye', async () => {
    const wish = { shortSide: 30, startMs: 250 };
    const [one, other] = await Promise.all([
      play(driver, fixture('variable.mp4'), wish),
      play(new NodeAvDriver(), fixture('variable.mp4'), wish),
    ]);
    expect(one.timestamps).toEqual(other.timestamps);
    expect(one.sizes).toEqual(other.sizes);
    const [mine, theirs] = await Promise.all([
      firstPicture(driver, fixture('variable.mp4'), 300, wish),
      firstPicture(new NodeAvDriver(), fixture('variable.mp4'), 300, wish),
    ]);
    const distance = mine.pixels.reduce((sum, value, index) => sum + Math.abs(value - (theirs.pixels[index] ?? 0)), 0);
    expect(distance / mine.pixels.length).toBeLessThan(2); // two versions of FFmpeg may round differently
  });
});

it('a link to a video is followed', async () => {
  const link = path.join(folder, 'link.mp4');
  symlinkSync(fixture('steady.mp4'), link);
  expect((await play(new NodeAvDriver(), link, { endMs: 150 })).timestamps).toEqual([0, 100]);
});
