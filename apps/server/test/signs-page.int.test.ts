import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';
import { CLIP, TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

const PATIENCE_MS = 60_000;
const ALWAYS_WAVE = 'apps/server/test/fixtures/models/always-wave.onnx';
const LIVE = 'apps/server/test/fixtures/graphs/hands-live.kinegraph.json';

let folder: TemporaryFolder;
let server: LiveServer;
let browser: Browser;

interface GraphFile {
  nodes: Record<string, { type: string; config?: Record<string, unknown> }>;
}

beforeAll(async () => {
  folder = new TemporaryFolder();
  // A model that takes every hand for a wave: what is tested is that it is told.
  const graph = JSON.parse(readFileSync(inRepository('examples/graphs/signs.kinegraph.json'), 'utf8')) as GraphFile;
  graph.nodes['classifier'] = { type: 'signs.classifier', config: { model: inRepository(ALWAYS_WAVE) } };
  graph.nodes['clip'] = { type: 'media.source.file', config: { ...graph.nodes['clip']?.config, path: CLIP } };
  writeFileSync(folder.file('my signs.kinegraph.json'), JSON.stringify(graph));
  server = await LiveServer.start([
    ...['--graph', inRepository(LIVE), '--also', folder.file('my signs.kinegraph.json')],
    ...['--media-folder', inRepository('examples'), '--media-folder', inRepository('apps/server/test/fixtures')],
  ]);
  browser = await chromium.launch({
    executablePath: await findChromium(),
    args: [...CHROMIUM_FLAGS, '--use-fake-device-for-media-stream'],
  });
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function openPage(permissions: readonly string[] = []): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.grantPermissions([...permissions], { origin: server.url });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(server.url);
  return { page, complaints };
}

describe('The page with a run that has signs', () => {
  it('shows its pictures and each sign as it is told, without a camera', { timeout: 120_000 }, async () => {
    const { page, complaints } = await openPage();
    await expect.poll(() => page.locator('#run').inputValue(), { timeout: PATIENCE_MS }).toBe('my-signs');
    await page.locator('#film').waitFor({ state: 'visible', timeout: PATIENCE_MS });
    expect(await page.locator('#overlay').isVisible()).toBe(false);
    const size = () => page.evaluate(() => document.querySelector<HTMLImageElement>('#film')?.naturalHeight);
    await expect.poll(size).toBe(384);
    await page.locator('#caption').waitFor({ state: 'visible', timeout: PATIENCE_MS });
    expect(await page.locator('#caption').textContent()).toBe('wave');
    expect(await page.locator('#signs li').first().textContent()).toMatch(/^wave\d+ %\d\d:\d\d:\d\d$/);
    await page.locator('#caption').waitFor({ state: 'hidden', timeout: PATIENCE_MS }); // it does not stay
    expect(await page.locator('#signs li').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it(
    'goes over to the run of the camera where that is wanted, and forgets the signs',
    { timeout: 120_000 },
    async () => {
      const { page, complaints } = await openPage(['camera']);
      await page.locator('#signs li').first().waitFor({ timeout: PATIENCE_MS });
      await page.locator('#camera').click();
      await expect.poll(() => page.locator('#source-state').textContent(), { timeout: PATIENCE_MS }).toBe('live');
      expect(await page.locator('#run').inputValue()).toBe('live');
      expect(await page.locator('#film').isVisible()).toBe(false);
      expect(await page.locator('#signs li').count()).toBe(0);
      await page.locator('#run').selectOption('my-signs');
      await page.locator('#film').waitFor({ state: 'visible', timeout: PATIENCE_MS });
      expect(await page.locator('#source-state').textContent()).toBe('off');
      expect(complaints).toEqual([]);
    },
  );

  it('is told the same signs as results, once for each time the hand is there', { timeout: 120_000 }, async () => {
    const results = await server.socket('/api/v1/runs/my-signs/results');
    const message = await results.message<{ values: { signs: { events: Record<string, unknown>[] } } }>(
      ({ values }) => typeof values === 'object' && values !== null && 'signs' in values,
    );
    const [event] = message.values.signs.events;
    expect(event).toMatchObject({
      label: 'wave',
      trackId: expect.any(Number) as number,
      startMs: expect.any(Number) as number,
      endMs: expect.any(Number) as number,
      alternatives: [{ label: 'none' }],
    });
    expect(event?.['score']).toBeGreaterThan(0.9);
    results.socket.close();
  });
});
