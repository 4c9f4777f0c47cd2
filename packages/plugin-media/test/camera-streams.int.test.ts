import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { findFfmpeg } from '../src/ffmpeg/ffmpeg-finder.js';
import { CameraKit, type Seen } from './support/camera-kit.js';
import { readH264Clip } from './support/h264-clip.js';
import { HlsServer } from './support/hls-server.js';
import { MjpegCamera } from './support/mjpeg-camera.js';
import { RtspServer } from './support/rtsp-server.js';

const ffmpeg = await findFfmpeg(undefined);
const clip = await readH264Clip(fileURLToPath(new URL('../../../examples/clips/signer.mp4', import.meta.url)), 120);
const jpeg = readFileSync(new URL('fixtures/pictures/1.jpg', import.meta.url));
const largerJpeg = readFileSync(new URL('fixtures/larger.jpg', import.meta.url));
const PASSWORD = 's3cr@t w0rd';

let rtsp: RtspServer;
let guarded: Record<'basic' | 'digest', RtspServer>;
let mjpeg: MjpegCamera;

beforeAll(async () => {
  rtsp = await RtspServer.start({ clip });
  const login = { user: 'admin', password: PASSWORD };
  guarded = {
    basic: await RtspServer.start({ clip, login: { scheme: 'basic', ...login } }),
    digest: await RtspServer.start({ clip, login: { scheme: 'digest', ...login } }),
  };
  mjpeg = await MjpegCamera.start([jpeg]);
});

afterAll(async () => {
  await Promise.all([rtsp.stop(), guarded.basic.stop(), guarded.digest.stop(), mjpeg.stop()]);
});

afterEach(() => {
  vi.unstubAllEnvs();
  mjpeg.mood = { kind: 'steady', fps: 30 };
  mjpeg.credentials = undefined;
  mjpeg.pictures = [jpeg];
});

/** Strictly increasing, and none after its arrival. */
function expectTimes(frames: readonly Seen[]): void {
  for (const [index, { timestampMs, capturedAtMs, sequence }] of frames.entries()) {
    expect(timestampMs).toBeLessThanOrEqual(capturedAtMs + 0.1);
    expect(timestampMs).toBeGreaterThan(frames[index - 1]?.timestampMs ?? Number.NEGATIVE_INFINITY);
    expect(sequence).toBeGreaterThan(frames[index - 1]?.sequence ?? -1);
  }
}

for (const driver of ['ffmpeg', 'node-av'] as const) {
  const lacking = driver === 'ffmpeg' && !ffmpeg.found ? ` (skipped: ${ffmpeg.reason})` : '';
  describe.skipIf(lacking !== '')(`media.source.camera with ${driver}${lacking}`, () => {
    it.each(['tcp', 'udp'] as const)('shows RTSP over %s', async (transport) => {
      await using kit = new CameraKit({ url: rtsp.url(), driver, transport });
      await kit.source.open();
      const frames = await kit.frames(30);
      expectTimes(frames);
      expect(frames.at(-1)?.size).toBe('640x480');
      expect(rtsp.transports.at(-1)).toBe(transport);
      expect(kit.states).toEqual(['waiting', 'live']);
    });

    it('reduces the picture while it is decoded', async () => {
      await using kit = new CameraKit({ url: rtsp.url(), driver, shortSide: 120 });
      await kit.source.open();
      expect((await kit.frames(1))[0]?.size).toBe('160x120');
    });

    it.each(['basic', 'digest'] as const)('logs in with a password of the environment (%s)', async (scheme) => {
      vi.stubEnv('KINEGRAPH_CAMERA_TEST', PASSWORD);
      await using kit = new CameraKit({
        url: guarded[scheme].url(),
        driver,
        username: 'admin',
        passwordEnv: 'KINEGRAPH_CAMERA_TEST',
      });
      await kit.source.open();
      await kit.frames(2);
      expect(kit.states).toEqual(['waiting', 'live']);
    });

    it('is refused by RTSP without showing the password that was wrong', async () => {
      await using kit = new CameraKit({ url: `${guarded.digest.url('admin:wr0ng-w0rd@')}?token=t0ken`, driver });
      await kit.source.open();
      await kit.until('refused');
      expect(kit.reports.at(-1)?.error).toMatchObject({ code: 'MEDIA_CAMERA_REFUSED', data: { status: 401 } });
      expect(kit.everythingSaid).not.toMatch(/wr0ng|t0ken|admin/);
    });

    it('is refused by a path that is not there', async () => {
      await using kit = new CameraKit({ url: rtsp.url('', '/nothing'), driver });
      await kit.source.open();
      await kit.until('refused');
      expect(kit.reports.at(-1)?.error).toMatchObject({ code: 'MEDIA_CAMERA_REFUSED', data: { status: 404 } });
    });

    it('shows Motion JPEG over HTTP, timed by arrival, with user name and password', async () => {
      mjpeg.credentials = `admin:${PASSWORD}`;
      await using kit = new CameraKit({ url: mjpeg.url('admin:s3cr%40t%20w0rd@', '?channel=1'), driver });
      await kit.source.open();
      const frames = await kit.frames(30);
      expectTimes(frames);
      for (const { timestampMs, capturedAtMs } of frames.slice(1)) expect(capturedAtMs - timestampMs).toBeLessThan(0.1);
    });

    it('shows a camera that changes the size of its pictures', async () => {
      await using kit = new CameraKit({ url: mjpeg.url(), driver });
      await kit.source.open();
      expect((await kit.frames(5)).at(-1)?.size).toBe('32x24');
      mjpeg.pictures = [largerJpeg];
      while ((await kit.frames(1))[0]?.size !== '48x36');
      expect((await kit.frames(5)).map(({ size }) => size)).toEqual(Array.from({ length: 5 }, () => '48x36'));
      expect(kit.state).toBe('live');
    });

    it.each([401, 403, 404])('is refused by HTTP with status %i', async (status) => {
      mjpeg.mood = { kind: 'says', status };
      await using kit = new CameraKit({ url: mjpeg.url('admin:wr0ng-w0rd@', '?token=t0ken'), driver });
      await kit.source.open();
      await kit.until('refused');
      expect(kit.reports.at(-1)?.error).toMatchObject({ code: 'MEDIA_CAMERA_REFUSED', data: { status } });
      expect(kit.everythingSaid).not.toMatch(/wr0ng|t0ken|admin/);
    });

    it('shows HLS evenly, though it comes a segment at a time', async () => {
      await using server = await HlsServer.start();
      await using kit = new CameraKit({ url: server.url(), driver });
      await kit.source.open();
      const frames = await kit.frames(20);
      expectTimes(frames);
      const steps = frames.slice(1).map(({ timestampMs }, index) => timestampMs - (frames[index]?.timestampMs ?? 0));
      // 10 frames a second. Read as they come, the five frames of a segment would be milliseconds apart.
      expect(steps.filter((step) => step > 80 && step < 130).length).toBeGreaterThan(12);
      expect(server.asked.filter((path) => path.endsWith('.ts'))[0]).toBe('/segment-2.ts'); // the newest one
      expect(kit.metrics.dropped).toEqual({});
    });

    it('opens no file of this machine, whatever a playlist says', async () => {
      const segment = new URL('fixtures/hls/segment-0.mpegts', import.meta.url).href;
      await using server = await HlsServer.start(segment);
      await using kit = new CameraKit({ url: server.url(), driver, frameTimeoutMs: 2000 });
      await kit.source.open();
      // Its first try may be over before a busy machine has asked for anything.
      while (!server.asked.includes('/live.m3u8')) await delay(5);
      const tries = kit.reports.length;
      while (kit.reports.length === tries) await delay(5);
      expect([...new Set(kit.states)]).toEqual(['waiting']);
      expect(kit.reports.at(-1)?.error).toBeDefined();
    });

    it('says why there is nothing to connect to', async () => {
      await using kit = new CameraKit({ url: 'rtsp://admin:s3cret-w0rd@127.0.0.1:9/main', driver });
      await kit.source.open();
      while (kit.reports.at(-1)?.error === undefined) await delay(5);
      expect(kit.reports.at(-1)).toMatchObject({
        state: 'waiting',
        error: { code: 'MEDIA_CAMERA_UNREACHABLE', data: { reason: 'Connection refused' } },
      });
      expect(kit.everythingSaid).not.toMatch(/s3cret|admin/);
    });
  });
}
