import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';
import { NUMBER_BITS, NUMBER_BLOCK, writeSignerFilm } from './support/fake-camera.js';
import { TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import type { Client } from './support/live-server.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The open hand waves, and goes over into another sign. */
const FILM = { firstFrame: 30, endFrame: 120 };
const HAND_POINTS = 21;
const PATIENCE = { timeout: 60_000, interval: 100 };
type Points = readonly (readonly [number, number])[];

let folder: TemporaryFolder;
let server: LiveServer;
let browser: Browser;

beforeAll(async () => {
  folder = new TemporaryFolder();
  const film = folder.file('camera.mjpeg');
  await writeSignerFilm(film, FILM.firstFrame, FILM.endFrame);
  // As `npm start` does it: a workspace with the sample clip, and the graph to begin with.
  const workspace = folder.file('workspace');
  mkdirSync(path.join(workspace, 'examples'), { recursive: true });
  cpSync(inRepository('examples/clips'), path.join(workspace, 'examples/clips'), { recursive: true });
  server = await LiveServer.start([
    ...['--workspace', workspace, '--starter', inRepository('examples/starter/hands.kinegraph.json')],
    ...['--graph', inRepository('apps/server/test/fixtures/graphs/hands-live.kinegraph.json')],
  ]);
  const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS, ...camera] });
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});
// A tab that a failed test left open would go on sending.
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function contextWithCamera(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  await context.grantPermissions(['camera'], { origin: server.url });
  return context;
}

/** Opens a page of the studio; what it complains of on its console fails the test. */
async function open(context: BrowserContext, at: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}${at}`);
  return { page, complaints };
}

/** What was drawn last of one frame. */
interface Drawn {
  readonly sequence: number;
  readonly isFrozen: boolean;
  /** The number that the picture on the canvas bears; only the film of the camera has one. */
  readonly frame: number;
  /** Of each hand, x and y of its points as fractions. */
  readonly hands: readonly Points[];
  /** Whether the canvas is teal where the wrist is. */
  readonly isWristTeal: boolean;
}

/** Keeps what is drawn from now on, by frame. */
async function recordDrawn(page: Page): Promise<() => Promise<Drawn[]>> {
  await page.waitForSelector('canvas[role=img]', { state: 'attached' });
  await page.evaluate(
    ({ bits, block }) => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas[role=img]');
      const context = canvas?.getContext('2d');
      if (canvas === null || context === null || context === undefined) throw new Error('No canvas.');
      const drawn = new Map<number, unknown>();
      Object.assign(globalThis, { drawn });
      const pixel = (x: number, y: number): Uint8ClampedArray =>
        context.getImageData(Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data;
      canvas.addEventListener('kinegraph:drawn', (event) => {
        const { sequence, tracks, isFrozen } = (
          event as CustomEvent<{
            sequence: number;
            isFrozen: boolean;
            tracks: { opacity: number; image: Float32Array }[];
          }>
        ).detail;
        let frame = 0;
        for (let bit = 0; bit < bits; bit += 1) {
          const [red = 0] = pixel((bit + 0.5) * block.width, 0.5 * block.height);
          if (red > 128) frame |= 1 << bit;
        }
        const shown = tracks.filter(({ opacity }) => opacity === 1).map(({ image }) => image);
        const hands = shown.map((image) =>
          Array.from({ length: image.length / 4 }, (_, point) => [image[point * 4], image[point * 4 + 1]]),
        );
        const [wrist] = shown;
        const [red = 0, green = 0, blue = 0] = wrist === undefined ? [] : pixel(wrist[0] ?? 0, wrist[1] ?? 0);
        const isWristTeal = green > 180 && blue > 160 && red < 110;
        drawn.delete(sequence); // the newest stands last
        drawn.set(sequence, { sequence, isFrozen, frame, hands, isWristTeal });
      });
    },
    { bits: NUMBER_BITS, block: NUMBER_BLOCK },
  );
  return () => page.evaluate(() => [...(globalThis as unknown as { drawn: Map<number, Drawn> }).drawn.values()]);
}

/** Where the points truly are, by frame of the clip. */
function truth(): ReadonlyMap<number, Points> {
  const [, ...lines] = readFileSync(inRepository('examples/clips/signer.truth.ndjson'), 'utf8').trim().split('\n');
  const frames = lines.map((line) => JSON.parse(line) as { frame: number; points: [number, number][] | null });
  return new Map(frames.flatMap(({ frame, points }) => (points === null ? [] : [[frame, points]])));
}

/** The median distance of the points from the true ones, as a share of the hand's longer side. */
function errorOf(hand: Points, points: Points): number {
  const aspect = 640 / 480;
  const [xs, ys] = [points.map(([x]) => x * aspect), points.map(([, y]) => y)];
  const size = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  return median(hand.map(([x, y], point) => Math.hypot(x * aspect - (xs[point] ?? 0), y - (ys[point] ?? 0)))) / size;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** How far the hands of frames of the camera are from the truth. */
function errorsOf(drawn: readonly Drawn[], points = truth()): number[] {
  return drawn.map(({ frame, hands }) => errorOf(hands[0] ?? [], points.get(frame) ?? []));
}

/** The image landmarks of the one hand of each frame that came to a result, by the frame's number. */
function imagesOf({ messages }: Client): ReadonlyMap<number, readonly (readonly number[])[]> {
  type Message = { sequence: number; values?: { handResults?: { tracks: { image: number[][] }[] } } };
  return new Map(
    (messages as Message[]).flatMap(({ sequence, values }) => {
      const tracks = values?.handResults?.tracks ?? [];
      return tracks[0] === undefined || tracks.length > 1 ? [] : [[sequence, tracks[0].image] as const];
    }),
  );
}

const source = (page: Page, kind: string) => page.locator(`[data-source="${kind}"]`);
const trouble = (page: Page) => page.locator('.trouble');
const runGraph = async (run: string): Promise<{ nodes: Record<string, { type: string; config?: object }> }> =>
  ((await (await server.get(`/api/v1/runs/${run}`)).json()) as { graph: Awaited<ReturnType<typeof runGraph>> }).graph;

describe('The live view', () => {
  it(
    'shows the first graph on the sample clip, then the own camera by one click, and takes it back',
    { timeout: 180_000 },
    async () => {
      const { page, complaints } = await open(await contextWithCamera(), '/graphs/hands');
      const drawnSoFar = await recordDrawn(page);
      // The clip: its hand is found, and drawn where it is.
      const found = async (): Promise<Drawn[]> => (await drawnSoFar()).filter(({ hands }) => hands.length > 0);
      await expect.poll(async () => (await found()).length, PATIENCE).toBeGreaterThan(5);
      const clip = await found();
      expect(clip.filter(({ isWristTeal }) => isWristTeal).length).toBeGreaterThan(0.9 * clip.length);
      expect(await source(page, 'clip').getAttribute('aria-pressed')).toBe('true');

      // One click, and the own camera is what runs, as a step of the draft.
      await source(page, 'browser').click();
      await expect.poll(() => source(page, 'browser').getAttribute('aria-pressed'), PATIENCE).toBe('true');
      expect((await runGraph('hands')).nodes['source']).toEqual({ type: 'core.source.frames' });
      await expect.poll(() => page.locator('[data-camera]').isVisible(), PATIENCE).toBe(true);
      expect(await page.locator('[data-layer="mirrored"]').getAttribute('aria-pressed')).toBe('true');
      await page.locator('[data-layer="mirrored"]').click(); // as the camera sees it, as the truth does
      const results = await server.socket('/api/v1/runs/hands/results');
      await page.evaluate(() => (globalThis as unknown as { drawn: Map<number, unknown> }).drawn.clear());
      // Of frames that have a result of their own, what is drawn is what was found in that very frame.
      const exact = async (): Promise<{ drawn: Drawn; image: readonly (readonly number[])[] }[]> => {
        const images = imagesOf(results);
        return (await found()).flatMap((drawn) => {
          const image = images.get(drawn.sequence);
          return image === undefined ? [] : [{ drawn, image }];
        });
      };
      await expect.poll(async () => (await exact()).length, PATIENCE).toBeGreaterThan(10);
      const own = await exact();
      const isExact = own.filter(({ drawn, image }) => {
        expect(drawn.frame).toBeGreaterThanOrEqual(FILM.firstFrame);
        expect(drawn.frame).toBeLessThan(FILM.endFrame);
        expect(drawn.hands[0]).toHaveLength(HAND_POINTS);
        return image.every(([x = 0, y = 0], point) => {
          const [atX = 9, atY = 9] = drawn.hands[0]?.[point] ?? [];
          return Math.hypot(x - atX, y - atY) < 0.002;
        });
      });
      // A slow machine has drawn some pictures before their results came, with what lay nearest.
      expect(isExact.length).toBeGreaterThan(0.25 * own.length);
      expect(new Set(own.map(({ drawn }) => drawn.frame)).size).toBeGreaterThan(5); // it moves
      results.socket.close();

      // What was tried is not what is kept; a step back is a step of the draft and of the run.
      expect(await page.locator('[data-state="saved"]').innerText()).toBe('Unsaved changes');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => page.locator('[data-state="saved"]').innerText()).toBe('Saved as revision 1');
      const running = async (): Promise<string | undefined> => (await runGraph('hands')).nodes['source']?.type;
      await expect.poll(running, PATIENCE).toBe('media.source.file');
      await page.getByRole('button', { name: 'Redo' }).click();
      await expect.poll(running, PATIENCE).toBe('core.source.frames');

      // A clip of the workspace comes in the camera's place.
      await source(page, 'clip').click();
      await page.getByRole('button', { name: /signer\.mp4/ }).click();
      await expect
        .poll(async () => (await runGraph('hands')).nodes['source']?.type, PATIENCE)
        .toBe('media.source.file');
      await expect.poll(() => page.locator('[data-camera]').count(), PATIENCE).toBe(0);
      // What the server does not allow is told with its own sentence.
      await source(page, 'network').click();
      await page.getByLabel('Address of the camera').fill('rtsp://192.0.2.7/stream1');
      await page.getByRole('button', { name: 'Use it' }).click();
      await expect.poll(() => page.locator('body').innerText(), PATIENCE).toContain('192.0.2.7');
      expect((await runGraph('hands')).nodes['source']?.type).toBe('media.source.file');
      expect(complaints.filter((text) => !text.includes('422') && !text.includes('403'))).toEqual([]);
    },
  );

  it('freezes, steps and scrubs, each picture with its own skeleton', { timeout: 120_000 }, async () => {
    const { page, complaints } = await open(await contextWithCamera(), '/live/live');
    const drawnSoFar = await recordDrawn(page);
    await page.getByRole('button', { name: 'Use my camera' }).click();
    await page.locator('[data-layer="mirrored"][aria-pressed="true"]').click();
    const live = async (): Promise<Drawn[]> => (await drawnSoFar()).filter(({ hands }) => hands.length > 0);
    await expect.poll(async () => (await live()).length, PATIENCE).toBeGreaterThan(40);
    await expect.poll(() => page.locator('[data-figure="results"]').innerText(), PATIENCE).toMatch(/^(?!0\.0)\d+\.\d/);
    expect(await page.locator('[data-figure="age"]').innerText()).toMatch(/\d+ \/ \d+/);
    expect(await page.locator('[data-figure="drawn"]').innerText()).toMatch(/^[1-9]/);

    const newest = async (): Promise<Drawn | undefined> => (await drawnSoFar()).at(-1);
    await page.locator('.stage').click();
    await page.keyboard.press('Space');
    await expect.poll(async () => (await newest())?.isFrozen, PATIENCE).toBe(true);
    await expect.poll(() => page.getByRole('button', { name: 'Go live' }).isVisible()).toBe(true);
    const first = await newest();
    await page.waitForFunction(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))),
    );
    expect((await newest())?.sequence).toBe(first?.sequence); // it stands
    const steps: Drawn[] = [];
    for (let step = 0; step < 12; step += 1) {
      const before = (await newest())?.sequence ?? 0;
      await page.keyboard.press('ArrowLeft');
      await expect.poll(async () => (await newest())?.sequence, PATIENCE).toBeLessThan(before);
      steps.push((await newest()) as Drawn); // it was just seen
    }
    expect(steps.every(({ isFrozen }) => isFrozen)).toBe(true);
    const withHands = steps.filter(({ hands }) => hands.length > 0);
    expect(withHands.length).toBeGreaterThan(6);
    expect(median(errorsOf(withHands))).toBeLessThan(0.06);
    // The other end of the last seconds, by the slider; then the present again.
    const stepped = (await newest())?.sequence ?? 0;
    await page.getByRole('slider', { name: 'The last seconds' }).fill('0');
    await expect.poll(async () => (await newest())?.sequence, PATIENCE).toBeLessThan(stepped);
    const oldest = (await newest())?.sequence ?? 0;
    await expect.poll(() => page.locator('.ago').innerText()).toMatch(/^[\d.]+ s ago$/);
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await newest())?.sequence, PATIENCE).toBeGreaterThan(oldest);
    await page.getByRole('button', { name: 'Go live' }).click();
    await expect.poll(async () => (await newest())?.isFrozen, PATIENCE).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('gives the source up to another tab, which sees itself, and takes it back', { timeout: 120_000 }, async () => {
    const context = await contextWithCamera();
    const { page: first, complaints } = await open(context, '/live/live');
    await first.getByRole('button', { name: 'Use my camera' }).click();
    await expect.poll(() => first.locator('[data-camera]').isVisible(), PATIENCE).toBe(true);
    // Who has no camera sees the pictures of who has one, with what is found in them.
    const { page: viewer } = await open(await browser.newContext(), '/live/live');
    const seen = await recordDrawn(viewer);
    const withHand = async (): Promise<number> => (await seen()).filter(({ hands }) => hands.length > 0).length;
    await expect.poll(withHand, PATIENCE).toBeGreaterThan(5);
    const ofFilm = (await seen()).filter(({ hands }) => hands.length > 0);
    expect(median(errorsOf(ofFilm))).toBeLessThan(0.06);
    await viewer.close();

    const { page: second } = await open(context, '/live/live');
    await second.bringToFront();
    await second.locator('[data-source="browser"]').click();
    await expect.poll(() => second.locator('[data-camera]').isVisible(), PATIENCE).toBe(true);
    await first.bringToFront();
    await expect.poll(() => trouble(first).innerText(), PATIENCE).toContain('Another tab or program sends to this run');
    await first.getByRole('button', { name: 'Take it back' }).click();
    await expect.poll(() => trouble(first).count(), PATIENCE).toBe(0);
    await second.bringToFront();
    await expect.poll(() => trouble(second).innerText(), PATIENCE).toContain('Another tab or program');
    expect(complaints).toEqual([]);
  });

  it('says what to do where the camera is not allowed', async () => {
    const { page } = await open(await browser.newContext(), '/live/live');
    await page.locator('[data-source="browser"]').click();
    await expect
      .poll(() => trouble(page).innerText(), PATIENCE)
      .toMatch(/^The camera was not allowed\. Allow it for this page/);
    await expect.poll(() => page.getByRole('button', { name: 'Use my camera' }).isVisible()).toBe(true);
  });

  it.each(['light', 'dark'] as const)(
    'has nothing that keeps people out, in %s colours',
    { timeout: 60_000 },
    async (colorScheme) => {
      const { page } = await open(await browser.newContext({ colorScheme }), '/live/hands');
      await page.locator('[data-source="clip"]').click();
      await page.getByRole('button', { name: /signer\.mp4/ }).waitFor();
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
      expect(violations).toEqual([]);
    },
  );
});
