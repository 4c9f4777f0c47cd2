import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SystemClock, withTimeLimit } from '@kinegraph/core/plugin';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../src/ffmpeg/ffmpeg-finder.js';
import { CameraKit } from './support/camera-kit.js';
import { readH264Clip } from './support/h264-clip.js';
import { HlsServer } from './support/hls-server.js';
import { MjpegCamera, type CameraMood } from './support/mjpeg-camera.js';
import { RtspServer } from './support/rtsp-server.js';

const ffmpeg = await findFfmpeg(undefined);
const jpeg = readFileSync(new URL('fixtures/pictures/1.jpg', import.meta.url));
const signer = fileURLToPath(new URL('../../../examples/clips/signer.mp4', import.meta.url));

let camera: MjpegCamera;

beforeEach(async () => {
  camera = await MjpegCamera.start([jpeg]);
});

afterEach(async () => {
  await camera[Symbol.asyncDispose]();
});

const increases = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));

describe('a faulty camera', () => {
  it('may be off when the graph starts, and come later', async () => {
    await camera.stop();
    await using kit = new CameraKit({ url: camera.url() });
    await kit.source.open();
    while (kit.reports.at(-1)?.error === undefined) await delay(5);
    await camera.listen();
    await kit.frames(3);
    expect(kit.states).toEqual(['waiting', 'live']);
    expect(kit.reports.find(({ error }) => error !== undefined)?.error).toMatchObject({
      code: 'MEDIA_CAMERA_UNREACHABLE',
      data: { reason: 'Connection refused' },
    });
  });

  it('may freeze: it counts as stalled, then the connection is made anew', async () => {
    camera.mood = { kind: 'freezes', fps: 30, frames: 20 };
    await using kit = new CameraKit({ url: camera.url(), frameTimeoutMs: 3000 });
    await kit.source.open();
    const before = await kit.frames(1);
    await kit.until('stalled');
    camera.mood = { kind: 'steady', fps: 30 };
    await kit.until('live');
    const after = await kit.frames(5);
    expect(kit.states).toEqual(['waiting', 'live', 'stalled', 'reconnecting', 'live']);
    expect(kit.reports[3]?.error).toMatchObject({ code: 'MEDIA_CAMERA_SILENT', data: { limitMs: 3000 } });
    expect(increases([...before, ...after].map(({ timestampMs }) => timestampMs))).toBe(true);
    expect(increases([...before, ...after].map(({ sequence }) => sequence))).toBe(true);
  });

  it('may drop the line', async () => {
    camera.mood = { kind: 'drops', fps: 30, frames: 20 };
    await using kit = new CameraKit({ url: camera.url() });
    await kit.source.open();
    await kit.until('reconnecting');
    expect(kit.reports.at(-1)?.error).toMatchObject({ code: 'MEDIA_CAMERA_LOST' });
    camera.mood = { kind: 'steady', fps: 30 };
    await kit.until('live');
    expect(kit.states).toEqual(['waiting', 'live', 'reconnecting', 'live']);
  });

  it('may lose its power and come back: times go on counting up though its own begin again', async () => {
    await using rtsp = await RtspServer.start({ clip: await readH264Clip(signer, 60) });
    await using kit = new CameraKit({ url: rtsp.url() });
    await kit.source.open();
    const before = await kit.frames(20);
    await rtsp.stop();
    await kit.until('reconnecting');
    await rtsp.listen();
    await kit.until('live');
    const after = await kit.frames(10);
    expect(increases([...before, ...after].map(({ timestampMs }) => timestampMs))).toBe(true);
    expect((after.at(-1)?.timestampMs ?? 0) - (before[0]?.timestampMs ?? 0)).toBeGreaterThan(1000); // the pause counts
  });

  it('may take the connection and say nothing', async () => {
    camera.mood = { kind: 'black-hole' };
    await using kit = new CameraKit({ url: camera.url(), frameTimeoutMs: 2000 });
    await kit.source.open();
    while (kit.reports.at(-1)?.error === undefined) await delay(5);
    expect(kit.reports.at(-1)).toMatchObject({ state: 'waiting', error: { code: 'MEDIA_CAMERA_SILENT' } });
    camera.mood = { kind: 'steady', fps: 30 };
    await kit.frames(1);
    expect(kit.state).toBe('live');
  });

  it('may pause for 450 ms and then send all at once', async () => {
    camera.mood = { kind: 'bursts', fps: 30, pauseMs: 450 };
    await using kit = new CameraKit({ url: camera.url() });
    await kit.source.open();
    const frames = await kit.frames(40);
    expect(increases(frames.map(({ timestampMs }) => timestampMs))).toBe(true);
    expect(kit.states).toEqual(['waiting', 'live']);
  });

  it('may announce 30 frames a second and send 29.7', async () => {
    await using rtsp = await RtspServer.start({ clip: await readH264Clip(signer, 60), fps: 29.7 });
    await using kit = new CameraKit({ url: rtsp.url() });
    await kit.source.open();
    const frames = await kit.frames(90);
    expect(increases(frames.map(({ timestampMs }) => timestampMs))).toBe(true);
    for (const { timestampMs, capturedAtMs } of frames) expect(timestampMs).toBeLessThanOrEqual(capturedAtMs + 0.1);
    expect(kit.states).toEqual(['waiting', 'live']);
  });
});

it('gives the newest picture after a pause of its reader, and counts the others as replaced', async () => {
  await using kit = new CameraKit({ url: camera.url() });
  await kit.source.open();
  const [first] = await kit.frames(5);
  const last = (first?.sequence ?? 0) + 4;
  const sentBefore = camera.sent;
  while (camera.sent < sentBefore + 60) await delay(5);
  const [next] = await kit.frames(1);
  // What was sent but not shown yet is on its way; it does not grow with the pause.
  expect(camera.sent - (next?.sequence ?? 0)).toBeLessThan(20);
  expect(kit.metrics.dropped['replaced']).toBeGreaterThan((next?.sequence ?? 0) - last - 3);
});

describe('stopping takes less than two seconds', () => {
  const CASES: [string, CameraMood, (kit: CameraKit) => Promise<unknown>][] = [
    ['while it is live', { kind: 'steady', fps: 30 }, (kit) => kit.frames(2)],
    ['while it is stalled', { kind: 'freezes', fps: 30, frames: 10 }, (kit) => kit.until('stalled')],
    [
      'while it waits for the first frame',
      { kind: 'black-hole' },
      async () => {
        while (camera.visits === 0) await delay(5);
      },
    ],
    ['while it is refused', { kind: 'says', status: 401 }, (kit) => kit.until('refused')],
    ['while it reconnects', { kind: 'drops', fps: 30, frames: 10 }, (kit) => kit.until('reconnecting')],
    ['at once', { kind: 'steady', fps: 30 }, () => Promise.resolve()],
  ];
  for (const driver of ['ffmpeg', 'node-av'] as const) {
    const lacking = driver === 'ffmpeg' && !ffmpeg.found ? ` (skipped: ${ffmpeg.reason})` : '';
    it.skipIf(lacking !== '').each(CASES)(`%s, with ${driver}${lacking}`, async (_state, mood, reach) => {
      camera.mood = mood;
      await using kit = new CameraKit({ url: camera.url(), driver });
      await kit.source.open();
      await reach(kit);
      await withTimeLimit(new SystemClock(), 2000, 'Stopping', kit.source.close());
      const visits = camera.visits;
      await delay(50);
      expect(camera.visits).toBe(visits);
      expect(kit.pool.inUse).toBe(0);
    });
  }

  it('while it spreads the frames of an HLS segment', async () => {
    await using server = await HlsServer.start();
    await using kit = new CameraKit({ url: server.url() });
    await kit.source.open();
    await kit.frames(2);
    await withTimeLimit(new SystemClock(), 2000, 'Stopping', kit.source.close());
    expect(kit.pool.inUse).toBe(0);
  });
});

it('is not slowed by sixteen cameras that stall', async () => {
  await using live = new CameraKit({ url: camera.url(), frameTimeoutMs: 60_000 });
  await live.source.open();
  await live.frames(10);
  const alone = await shareShown(live);
  await using frozen = await MjpegCamera.start([jpeg]);
  frozen.mood = { kind: 'freezes', fps: 30, frames: 20 };
  const stalled = Array.from({ length: 16 }, () => new CameraKit({ url: frozen.url(), frameTimeoutMs: 60_000 }));
  try {
    await Promise.all(stalled.map((kit) => kit.source.open()));
    await Promise.all(stalled.map((kit) => kit.until('stalled')));
    await live.frames(10); // what waited while sixteen processes started
    const together = await shareShown(live);
    expect(together / alone).toBeGreaterThan(0.85);
    expect(stalled.map((kit) => kit.state)).toEqual(stalled.map(() => 'stalled'));
  } finally {
    await Promise.all(stalled.map((kit) => kit[Symbol.asyncDispose]()));
  }
});

/** Frames that were shown for each that the camera sent meanwhile. */
async function shareShown(kit: CameraKit): Promise<number> {
  const sentBefore = camera.sent;
  const frames = await kit.frames(60);
  return frames.length / (camera.sent - sentBefore);
}

// The list of processes shows everybody's command lines to everybody.
for (const driver of ['ffmpeg', 'node-av'] as const) {
  const lacking =
    process.platform !== 'linux'
      ? ' (skipped: there is no /proc here)'
      : driver === 'ffmpeg' && !ffmpeg.found
        ? ` (skipped: ${ffmpeg.reason})`
        : '';
  it.skipIf(lacking !== '')(`${driver} shows no password in the list of processes${lacking}`, async () => {
    await using kit = new CameraKit({ url: camera.url('admin:s3cret-w0rd@', '?token=t0ken'), driver });
    await kit.source.open();
    await kit.frames(1);
    const lines = childCommandLines();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toMatch(/s3cret|t0ken/);
  });
}

function childCommandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];
        return parent === String(process.pid) ? [readFileSync(`/proc/${pid}/cmdline`, 'latin1')] : [];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

describe('an address that may not be opened', () => {
  it('fails the start where the address itself is not allowed', async () => {
    const refusal = new Error('not this one');
    const asked: unknown[] = [];
    const check = (...question: unknown[]): void => {
      asked.push(question);
      throw refusal;
    };
    await using kit = new CameraKit({ url: camera.url('admin:s3cret-w0rd@', '?token=t0ken') }, { check });
    await expect(kit.source.open()).rejects.toBe(refusal);
    expect(asked).toEqual([[camera.url()]]);
  });

  it('is refused where its name leads to an address that is not allowed, before anything is sent', async () => {
    const check = (_url: string, addresses?: readonly string[]): void => {
      if (addresses?.includes('127.0.0.1') === true) throw new Error('no loopback');
    };
    await using kit = new CameraKit(
      { url: camera.url('admin:s3cret-w0rd@').replace('127.0.0.1', 'localhost') },
      { check },
    );
    await kit.source.open();
    await kit.until('refused');
    expect(kit.reports.at(-1)?.error).toMatchObject({ code: 'MEDIA_CAMERA_NOT_ALLOWED' });
    expect(camera.visits).toBe(0);
    expect(kit.everythingSaid).not.toContain('s3cret');
  });
});

it('fails the start for what can never work', async () => {
  await using ftp = new CameraKit({ url: 'ftp://127.0.0.1/video' });
  await expect(ftp.source.open()).rejects.toMatchObject({ code: 'MEDIA_CAMERA_URL' });
  await using lost = new CameraKit({ url: camera.url(), ffmpegPath: '/nowhere/ffmpeg' });
  await expect(lost.source.open()).rejects.toMatchObject({ code: 'MEDIA_DECODER_MISSING' });
  await using nameless = new CameraKit({ url: camera.url(), passwordEnv: 'KINEGRAPH_CAMERA_NOBODY' });
  await expect(nameless.source.open()).rejects.toMatchObject({ code: 'MEDIA_CAMERA_PASSWORD' });
});
