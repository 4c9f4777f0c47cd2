import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../../test/support/chromium.js';
import { CLIP, HANDS, TemporaryFolder } from '../support/kinegraph.js';
import { LiveServer } from '../support/live-server.js';
import { SHOTS } from './shots.js';

const FOLDER = process.env['KINEGRAPH_PICTURES'] ?? 'pictures';
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const;
const THEMES = ['light', 'dark'] as const;
const PATIENCE_MS = 30_000;

let workspace: TemporaryFolder;
let server: LiveServer;
let browser: Browser;
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  workspace = new TemporaryFolder();
  const settings = ['--set', `workspace=${workspace.path}`, '--set', `media.folders=["${path.dirname(CLIP)}"]`];
  server = await LiveServer.start(['--graph', HANDS, ...settings]);
  browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS] });
  // A graph as somebody would have it: saved, and changed since.
  const graph: unknown = JSON.parse(readFileSync(HANDS, 'utf8'));
  await server.get('/api/v1/graphs/hands', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ graph, revision: 0 }),
  });
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
  workspace[Symbol.dispose]();
});

async function opened(shot: (typeof SHOTS)[number], theme: (typeof THEMES)[number]): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZES[shot.size ?? 'wide'], colorScheme: theme });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${server.url}${shot.path}`);
  await page.waitForSelector(shot.shows);
  return page;
}

describe.each(THEMES)('%s', (theme) => {
  it.each(SHOTS)('$name', async (shot) => {
    const page = await opened(shot, theme);
    await shot.act?.(page);
    await page.screenshot({ path: path.join(FOLDER, `${shot.name}-${theme}.png`), animations: 'disabled' });
    await page.context().close();
  });
});
