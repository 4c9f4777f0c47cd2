import { readImageHeader } from '@kinegraph/core';
import { readFrameMessage } from '@kinegraph/core/protocol';
import type * as client from '@kinegraph/ui';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_LIMIT_MS } from '../../../test/support/chromium.js';
import { clientScript, openBrowser, openPage } from './support/browser-page.js';
import { CAMERA_BITS, CAMERA_FRAMES, numberedFilm } from './support/numbered-camera.js';
import { TestServer, welcome } from './support/test-server.js';
import { until } from './support/until.js';

/** What the functions inside the page find there. */
declare const entry: typeof client;

let browser: Browser;
let script: string;
let film: Awaited<ReturnType<typeof numberedFilm>>;

beforeAll(async () => {
  film = await numberedFilm();
  script = await clientScript();
  browser = await openBrowser(['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film.file}`]);
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  await film[Symbol.asyncDispose]();
});

/** What to take away from the browser, so that it does as others must. */
type Lacking = 'MediaStreamTrackProcessor' | 'requestVideoFrameCallback' | 'OffscreenCanvas';

/**
 * Sends the camera for a while from inside the page.
 * @returns The number that each picture kept bears, by sequence, and what the connection counted.
 */
async function sendFor(page: Page, url: string, pictures: number, lacking: readonly Lacking[]) {
  return page.evaluate(
    async ([to, count, without, bits]) => {
      for (const name of without) {
        Reflect.deleteProperty(globalThis, name);
        Reflect.deleteProperty(HTMLVideoElement.prototype, name);
      }
      const stream = await entry.openCamera();
      const [track] = stream.getVideoTracks();
      if (track === undefined) throw new Error('A stream without a track.');
      const source = entry.connectSource({ url: to });
      while (source.state.state !== 'live') await new Promise((resolve) => setTimeout(resolve, 5));
      let input: HTMLVideoElement | MediaStreamTrack = track;
      if (!entry.canWatchTracks()) {
        input = document.createElement('video');
        input.muted = true;
        input.srcObject = stream;
        await input.play();
      }
      const canvas = document.createElement('canvas');
      canvas.width = bits;
      canvas.height = 1;
      const context = canvas.getContext('2d', { willReadFrequently: true });
      const numbers: [number, number][] = [];
      const sending = entry.sendCamera(source, input, {
        onPicture: ({ sequence, picture }) => {
          context?.drawImage(picture.image, 0, 0, bits, 1);
          const pixels = context?.getImageData(0, 0, bits, 1).data ?? [];
          numbers.push([
            sequence,
            [...Array(bits).keys()].reduce((sum, bit) => sum + (((pixels[bit * 4] ?? 0) > 128 ? 1 : 0) << bit), 0),
          ]);
          picture.close();
        },
      });
      while (numbers.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
      sending.stop();
      await sending.ended;
      const { captured } = sending;
      await new Promise((resolve) => setTimeout(resolve, 200));
      const still = { captured: sending.captured === captured, track: track.readyState };
      const { counts } = source;
      const nowMs = performance.now();
      track.stop();
      source.close();
      return { numbers, counts, still, nowMs };
    },
    [url, pictures, lacking, CAMERA_BITS] as const,
  );
}

/** The number that a JPEG bears, read by the browser. */
async function numberIn(page: Page, jpeg: Uint8Array): Promise<number> {
  return page.evaluate(
    async ([base64, bits]) => {
      const image = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${base64}`)).blob());
      const canvas = new OffscreenCanvas(bits, 1);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0, bits, 1);
      const pixels = context?.getImageData(0, 0, bits, 1).data ?? [];
      return [...Array(bits).keys()].reduce((sum, bit) => sum + (((pixels[bit * 4] ?? 0) > 128 ? 1 : 0) << bit), 0);
    },
    [Buffer.from(jpeg).toString('base64'), CAMERA_BITS] as const,
  );
}

describe('A camera in Chromium', () => {
  it.each<[string, readonly Lacking[]]>([
    ['from its track', []],
    ['from an element, by its frame callbacks', ['MediaStreamTrackProcessor']],
    ['from an element, by looking', ['MediaStreamTrackProcessor', 'requestVideoFrameCallback']],
    ['without an OffscreenCanvas', ['MediaStreamTrackProcessor', 'OffscreenCanvas']],
  ])(
    'is sent %s, each picture kept being the very frame of its sequence',
    { timeout: 60_000 },
    async (_how, lacking) => {
      await using server = await TestServer.open(welcome);
      const page = await openPage(browser, script, server.url);
      await page.context().grantPermissions(['camera']);
      const { numbers, counts, still, nowMs } = await sendFor(page, server.url, 20, lacking);
      expect(still).toEqual({ captured: true, track: 'live' });
      expect(counts).toMatchObject({ offline: 0, paced: 0 });
      const frames = server.clients[0]?.frames ?? [];
      await until('all frames', () => frames.length === counts.sent);
      expect(frames.length).toBeGreaterThan(3);

      const sent = frames.map((message) => readFrameMessage(message));
      const sequences = sent.map(({ header }) => header?.sequence ?? -1);
      const times = sent.map(({ header }) => header?.capturedAtMs ?? -1);
      expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.every((ms) => ms > 0 && ms < nowMs)).toBe(true);
      expect(numbers.map(([sequence]) => sequence)).toEqual(numbers.map((_, index) => index));
      expect(new Set(numbers.map(([, number]) => number)).size).toBeGreaterThan(10); // each frame once, on the whole
      expect(numbers.every(([, number]) => number < CAMERA_FRAMES)).toBe(true);

      const reader = await openPage(browser, script, server.url);
      const kept = new Map(numbers);
      for (const { header, image } of sent.slice(0, 8)) {
        expect(readImageHeader(image)).toMatchObject({ format: 'jpeg', width: 512, height: 384 });
        expect(await numberIn(reader, image)).toBe(kept.get(header?.sequence ?? -1));
      }
      await page.context().close();
      await reader.context().close();
    },
  );

  it('that is not allowed, not there, or asked for by an unsafe page is told so', async () => {
    const codeOn = (page: Page): Promise<string> =>
      page.evaluate(() =>
        entry.openCamera().then(
          () => 'opened',
          (error: unknown) => (error instanceof entry.CameraError ? error.code : String(error)),
        ),
      );
    await using server = await TestServer.open();
    expect(await codeOn(await openPage(browser, script, server.url))).toBe('UI_CAMERA_DENIED');
    const bare = await openBrowser(['--host-resolver-rules=MAP camera.example 127.0.0.1']);
    try {
      const page = await openPage(bare, script, server.url);
      await page.context().grantPermissions(['camera']);
      expect(await codeOn(page)).toBe('UI_CAMERA_NONE');
      const unsafe = server.url.replace('127.0.0.1', 'camera.example');
      expect(await codeOn(await openPage(bare, script, unsafe))).toBe('UI_CAMERA_INSECURE');
    } finally {
      await bare.close();
    }
  });
});
