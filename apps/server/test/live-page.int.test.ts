import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';
import { NUMBER_BITS, NUMBER_BLOCK, writeSignerFilm } from './support/fake-camera.js';
import { TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

/** The open hand waves, and goes over into another sign. */
const FILM = { firstFrame: 30, endFrame: 120 };
const HAND_POINTS = 21;
const PATIENCE_MS = 60_000;

let folder: TemporaryFolder;
let server: LiveServer;
let browser: Browser;

beforeAll(async () => {
  folder = new TemporaryFolder();
  const film = folder.file('camera.mjpeg');
  await writeSignerFilm(film, FILM.firstFrame, FILM.endFrame);
  server = await LiveServer.start([
    '--graph',
    inRepository('apps/server/test/fixtures/graphs/hands-live.kinegraph.json'),
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

/** What the page drew for one frame of the camera. */
interface Drawn {
  readonly sequence: number;
  /** The number that the picture on the canvas bears. */
  readonly frame: number;
  /** Of each hand, x and y of its points as fractions. */
  readonly hands: readonly (readonly (readonly [number, number])[])[];
  /** Whether the canvas is teal where the wrist is. */
  readonly isWristTeal: boolean;
}

/** Opens the page, and fails the test where it says anything on its console. */
async function openLivePage(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(server.url);
  return { page, complaints };
}

async function contextWithCamera(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.grantPermissions(['camera'], { origin: server.url });
  return context;
}

/** Keeps what is drawn from now on in the page, one for each frame of the camera, the last drawing of it. */
async function recordDrawn(page: Page): Promise<() => Promise<Drawn[]>> {
  await page.evaluate(
    ({ bits, block }) => {
      const canvas = document.querySelector('canvas');
      const context = canvas?.getContext('2d');
      if (canvas === null || context === null || context === undefined) throw new Error('No canvas.');
      const drawn = new Map<number, unknown>();
      Object.assign(globalThis, { drawn });
      const pixel = (x: number, y: number): Uint8ClampedArray =>
        context.getImageData(Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data;
      canvas.addEventListener('kinegraph:drawn', (event) => {
        const { sequence, tracks } = (
          event as CustomEvent<{ sequence: number; tracks: { opacity: number; image: Float32Array }[] }>
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
        drawn.set(sequence, { sequence, frame, hands, isWristTeal: green > 180 && blue > 160 && red < 110 });
      });
    },
    { bits: NUMBER_BITS, block: NUMBER_BLOCK },
  );
  return () => page.evaluate(() => [...(globalThis as unknown as { drawn: Map<number, Drawn> }).drawn.values()]);
}

/** Where the points truly are, by frame of the clip. */
function truth(): ReadonlyMap<number, readonly (readonly [number, number])[]> {
  const [, ...lines] = readFileSync(inRepository('examples/clips/signer.truth.ndjson'), 'utf8').trim().split('\n');
  const frames = lines.map((line) => JSON.parse(line) as { frame: number; points: [number, number][] | null });
  return new Map(frames.flatMap(({ frame, points }) => (points === null ? [] : [[frame, points]])));
}

/** The median distance of the points from the true ones, as a share of the hand's longer side. */
function errorOf(hand: Drawn['hands'][number], points: readonly (readonly [number, number])[]): number {
  const aspect = 640 / 480;
  const [xs, ys] = [points.map(([x]) => x * aspect), points.map(([, y]) => y)];
  const size = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  return median(hand.map(([x, y], point) => Math.hypot(x * aspect - (xs[point] ?? 0), y - (ys[point] ?? 0)))) / size;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

describe('The live page', () => {
  it('draws the skeleton on the very picture it was found in, over the true joints', { timeout: 120_000 }, async () => {
    const context = await contextWithCamera();
    const { page, complaints } = await openLivePage(context);
    await expect.poll(() => page.locator('#run').inputValue(), { timeout: PATIENCE_MS }).toBe('live');
    await expect.poll(() => page.locator('#results-state').textContent(), { timeout: PATIENCE_MS }).toBe('live');
    await page.keyboard.press('m'); // as the camera sees it, as the truth does
    expect(await page.locator('#mirror').getAttribute('aria-pressed')).toBe('false');

    const drawnSoFar = await recordDrawn(page);
    const results = await server.socket('/api/v1/runs/live/results');
    await page.locator('#overlay-button').click();
    const found = (): ReadonlySet<unknown> =>
      new Set(results.messages.map((message) => (message as { sequence?: number }).sequence));
    const exact = async (): Promise<Drawn[]> => {
      const sequences = found();
      return (await drawnSoFar()).filter(({ sequence, hands }) => sequences.has(sequence) && hands.length > 0);
    };
    await expect.poll(async () => (await exact()).length, { timeout: PATIENCE_MS }).toBeGreaterThan(30);
    const drawn = await exact();
    const points = truth();
    const errors = drawn.map(({ frame, hands }) => errorOf(hands[0] ?? [], points.get(frame) ?? []));
    for (const { frame, hands } of drawn) {
      expect(frame).toBeGreaterThanOrEqual(FILM.firstFrame);
      expect(frame).toBeLessThan(FILM.endFrame);
      expect(hands[0]).toHaveLength(HAND_POINTS);
    }
    expect(new Set(drawn.map(({ frame }) => frame)).size).toBeGreaterThan(10); // it moves
    expect(median(errors)).toBeLessThan(0.04);
    expect(drawn.filter(({ isWristTeal }) => isWristTeal).length).toBeGreaterThan(0.9 * drawn.length);

    expect(await page.locator('#source-state').textContent()).toBe('live');
    const text = (id: string) => expect.poll(() => page.locator(id).textContent(), { timeout: PATIENCE_MS });
    await text('#results').toMatch(/^(?!0\.0)\d+\.\d$/);
    await text('#age').toMatch(/^\d+$/);
    await text('#tracks').toMatch(/^Right hand\d+ %$/);
    expect(complaints).toEqual([]);
    results.socket.close();
  });

  it('gives the source up to another tab, says so, and takes it back', { timeout: 120_000 }, async () => {
    const context = await contextWithCamera();
    const { page: first, complaints } = await openLivePage(context);
    const { page: second } = await openLivePage(context);
    const state = (page: Page) =>
      expect.poll(() => page.locator('#source-state').textContent(), { timeout: PATIENCE_MS });
    for (const page of [first, second]) {
      await page.bringToFront();
      await page.locator('#camera').click();
      await state(page).toBe('live');
    }
    await first.bringToFront();
    await state(first).toBe('taken over by another tab or program');
    const takeBack = first.getByRole('button', { name: 'Take it back' });
    expect(await first.locator('#overlay-title').textContent()).toBe('Another tab or program sends to this run now');
    await takeBack.click();
    await state(first).toBe('live');
    await state(second).toBe('taken over by another tab or program');
    await expect.poll(() => takeBack.isVisible()).toBe(false);
    await first.keyboard.press('c');
    await state(first).toBe('off');
    expect(complaints).toEqual([]);
  });

  it('says what to do where the camera is not allowed', async () => {
    const context = await browser.newContext();
    const { page } = await openLivePage(context);
    await page.locator('#camera').click();
    await expect
      .poll(() => page.locator('#notice').textContent())
      .toMatch(/^The camera was not allowed\. Allow it for this page/);
    expect(await page.locator('#source-state').textContent()).toBe('off');
  });

  it('shows another sender to a tab without a camera', { timeout: 120_000 }, async () => {
    const context = await contextWithCamera();
    const { page: sender } = await openLivePage(context);
    await sender.locator('#camera').click();
    const viewerContext = await browser.newContext();
    const { page: viewer } = await openLivePage(viewerContext);
    await expect.poll(() => viewer.locator('#tracks').textContent(), { timeout: PATIENCE_MS }).toMatch(/^Right hand/);
    expect(await viewer.locator('#source-state').textContent()).toBe('off');
    const figures = async () => [
      await viewer.locator('#results').textContent(),
      await viewer.locator('#tracks').textContent(),
      await viewer.locator('#no-stages').isVisible(),
    ];
    // Each is its own line of the page: a hand that is lost for a frame is found again.
    await expect
      .poll(figures, { timeout: PATIENCE_MS })
      .toEqual([expect.stringMatching(/^[\d.]+$/), expect.stringMatching(/hand/), false]);
    await sender.locator('#camera').click();
    await expect.poll(figures, { timeout: PATIENCE_MS }).toEqual(['–', '', true]); // not those of before
  });

  it(
    'asks for the token where the server does, at first and when the session is over',
    { timeout: 120_000 },
    async () => {
      await using guarded = await LiveServer.start([
        '--graph',
        inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json'),
        '--set',
        'access.tokenOnLoopback=true',
      ]);
      const token = await guarded.printed(/\?token=(\S+)/);
      const page = await (await browser.newContext()).newPage();
      await page.goto(guarded.url);
      expect(await page.title()).toBe('Log in - Kinegraph');
      await page.fill('#token', token);
      await page.getByRole('button', { name: 'Log in' }).click();
      const results = () => expect.poll(() => page.locator('#results-state').textContent(), { timeout: PATIENCE_MS });
      await results().toBe('live');

      await page.context().clearCookies(); // as when the session ends
      const form = page.locator('#login');
      await form.waitFor({ state: 'visible' });
      await page.fill('#token', 'wrong');
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect.poll(() => page.locator('#login-fault').textContent()).toMatch(/\.$/);
      expect(await form.isVisible()).toBe(true);
      await page.fill('#token', token);
      await page.keyboard.press('Enter');
      await form.waitFor({ state: 'hidden' });
      await results().toBe('live');
    },
  );

  it('says why nothing runs, where a graph could not be started', async () => {
    const graph = folder.file('broken.kinegraph.json');
    writeFileSync(graph, JSON.stringify({ kinegraph: 1, nodes: { hands: { type: 'elsewhere.hands' } }, wires: [] }));
    await using broken = await LiveServer.start(['--graph', graph]);
    const page = await (await browser.newContext()).newPage();
    await page.goto(broken.url);
    await expect.poll(() => page.locator('#overlay-title').textContent()).toBe('The run "live" could not start');
    expect(await page.locator('#overlay-text').textContent()).toMatch(/elsewhere\.hands/);
    expect(await page.locator('#overlay-button').isVisible()).toBe(false);
  });

  it('comes back with its camera when the server does', { timeout: 120_000 }, async () => {
    const echo = ['--graph', inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json')];
    const context = await contextWithCamera();
    let first = await LiveServer.start(echo);
    const { port } = new URL(first.url);
    await context.grantPermissions(['camera'], { origin: first.url });
    const page = await context.newPage();
    await page.goto(first.url);
    await page.locator('#overlay-button').click();
    const states = () => Promise.all(['#source-state', '#results-state'].map((id) => page.locator(id).textContent()));
    await expect.poll(states, { timeout: PATIENCE_MS }).toEqual(['live', 'live']);
    const status = () => page.locator('#status').textContent();
    await first.stop();
    await expect.poll(states, { timeout: PATIENCE_MS }).not.toContain('live');
    await expect.poll(status, { timeout: PATIENCE_MS }).toBe('The server does not answer. Is it running?');
    await first[Symbol.asyncDispose]();
    first = await LiveServer.start([...echo, '--port', port]);
    await expect.poll(states, { timeout: PATIENCE_MS }).toEqual(['live', 'live']);
    await expect.poll(status, { timeout: PATIENCE_MS }).toBe('The server answers again.');
    await first[Symbol.asyncDispose]();
  });
});
