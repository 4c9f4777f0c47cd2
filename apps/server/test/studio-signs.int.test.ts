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
  browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS] });
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function openPage(at: string): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}${at}`);
  return { page, complaints };
}

describe('A run that has signs', () => {
  it(
    'is seen with each sign as it is told, without a camera; another run forgets them',
    { timeout: 120_000 },
    async () => {
      const { page, complaints } = await openPage('/live/my-signs');
      await page.locator('.caption', { hasText: 'wave' }).waitFor({ timeout: PATIENCE_MS });
      const told = page.getByRole('list', { name: 'Signs told last' }).getByRole('listitem');
      expect(await told.first().innerText()).toMatch(/^wave \d+ %$/);
      await page.locator('.caption', { hasText: 'wave' }).waitFor({ state: 'hidden', timeout: PATIENCE_MS }); // it does not stay
      expect(await told.count()).toBeGreaterThan(0);
      await page.getByRole('combobox').first().selectOption('live');
      await expect.poll(() => told.count(), { timeout: PATIENCE_MS }).toBe(0);
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
