import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';
import { writeSignerFilm } from './support/fake-camera.js';
import { TemporaryFolder } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';

const PATIENCE = { timeout: 60_000, interval: 100 };

let folder: TemporaryFolder;
let browser: Browser;
beforeAll(async () => {
  folder = new TemporaryFolder();
  const film = folder.file('camera.mjpeg');
  await writeSignerFilm(film, 30, 60);
  const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS, ...camera] });
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  folder[Symbol.dispose]();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const newContext = async (): Promise<BrowserContext> =>
  await browser.newContext({ viewport: { width: 1300, height: 850 } });

describe('The studio', () => {
  it('is not given out without a token where the server demands one', { timeout: 60_000 }, async () => {
    await using guarded = await LiveServer.start([...WITHOUT_MODELS, '--set', 'access.tokenOnLoopback=true']);
    const token = await guarded.printed(/\?token=(\S+)/);
    const page = await (await newContext()).newPage();
    await page.goto(`${guarded.url}/runs`);
    expect(await page.title()).toBe('Log in - Kinegraph');
    expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe('grid'); // its style is let through
    await page.fill('#token', 'wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    expect(await page.title()).toBe('Log in - Kinegraph');
    await page.fill('#token', token);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('navigation').waitFor();
    await expect.poll(() => page.url(), PATIENCE).toBe(`${guarded.url}/live/live`);
  });

  it('says why nothing runs, where a graph could not be started', async () => {
    const graph = folder.file('broken.kinegraph.json');
    writeFileSync(graph, JSON.stringify({ kinegraph: 1, nodes: { hands: { type: 'elsewhere.hands' } }, wires: [] }));
    await using broken = await LiveServer.start(['--graph', graph]);
    const page = await (await newContext()).newPage();
    await page.goto(`${broken.url}/runs`);
    await page.getByText(/elsewhere\.hands/).waitFor(PATIENCE);
  });

  it('comes back with its camera when the server does', { timeout: 120_000 }, async () => {
    let server = await LiveServer.start(WITHOUT_MODELS);
    const { port } = new URL(server.url);
    const context = await newContext();
    await context.grantPermissions(['camera'], { origin: server.url });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE.timeout);
    await page.goto(server.url); // it leads to the one run that there is
    await page.getByRole('button', { name: 'Use my camera' }).click();
    const frames = async (): Promise<number> => {
      const { figures } = (await (await server.get('/api/v1/runs/live')).json()) as {
        figures: { nodes: { name: string; out: number }[] };
      };
      return figures.nodes.find(({ name }) => name === 'camera')?.out ?? 0;
    };
    await expect.poll(frames, PATIENCE).toBeGreaterThan(5);
    await server.stop();
    const banner = page.getByText('The server cannot be reached');
    await banner.first().waitFor();
    await server[Symbol.asyncDispose]();
    server = await LiveServer.start([...WITHOUT_MODELS, '--port', port]);
    await banner.first().waitFor({ state: 'hidden' });
    await expect.poll(frames, PATIENCE).toBeGreaterThan(5); // without a click
    await server[Symbol.asyncDispose]();
  });
});
