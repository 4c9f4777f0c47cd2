import { copyFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CLIP, TemporaryFolder } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = { timeout: 60_000, interval: 100 };

let folder: TemporaryFolder;
let server: LiveServer;
let browser: Browser;
beforeAll(async () => {
  folder = new TemporaryFolder();
  server = await LiveServer.start([...WITHOUT_MODELS, '--workspace', folder.path]);
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

async function open(theme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${server.url}/graphs`);
  await page.waitForSelector('[data-example]');
  return page;
}
const card = (page: Page, id: string) => page.locator(`[data-example="${id}"]`);
const runButton = (page: Page, id: string) => card(page, id).getByRole('button', { name: /^Run / });

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

/** The graphs of the gallery that have all they need. */
async function ready(): Promise<readonly string[]> {
  const { graphs } = (await (await server.get('/api/v1/example-graphs')).json()) as {
    graphs: { id: string; models: { isThere: boolean }[] }[];
  };
  return graphs.filter(({ models }) => models.every(({ isThere }) => isThere)).map(({ id }) => id);
}

describe('The gallery', () => {
  it('says what is missing, and opens a graph as a draft all the same', { timeout: 90_000 }, async () => {
    for (const theme of ['light', 'dark'] as const) {
      const page = await open(theme);
      expect(await violations(page)).toEqual([]);
    }
    const page = await open();
    expect(await card(page, 'hands').innerText()).toContain('signer.mp4 is in no folder that graphs may read');
    expect(await runButton(page, 'hands').isDisabled()).toBe(true);
    expect(await card(page, 'people').getByRole('link', { name: 'Fetch it' }).count()).toBe(1);
    await card(page, 'hands').getByRole('button', { name: 'Open Hands as a draft' }).click();
    await page.waitForURL('**/graphs/hands');
    await expect.poll(() => page.locator('.canvas .node').count(), PATIENCE).toBe(4);
    await expect.poll(() => page.locator('[data-state="saved"]').innerText(), PATIENCE).toContain('Not saved');
    expect(await (await server.get('/api/v1/graphs')).json()).toEqual({ graphs: [] });
  });

  it('runs each graph whose models are there, until results come', { timeout: 240_000 }, async () => {
    copyFileSync(CLIP, folder.file('signer.mp4'));
    const ids = await ready();
    expect(ids).toEqual(expect.arrayContaining(['hands', 'body', 'dance', 'signs']));
    for (const id of ids) {
      const page = await open();
      await runButton(page, id).click();
      await page.waitForURL(`**/graphs/${id}`);
      // Seen running, in the live view beside the canvas.
      await expect
        .poll(() => page.locator('[data-figure="results"]').innerText(), PATIENCE)
        .toMatch(/^(?!0\.0)\d+\.\d/);
      expect(await page.locator('[data-state="saved"]').innerText()).toBe('Saved as revision 1');
      expect((await server.get(`/api/v1/runs/${id}`, { method: 'DELETE' })).status).toBe(204);
      await page.context().close();
    }
  });
});
