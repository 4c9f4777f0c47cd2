import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { encodeBundle } from '@kinegraph/plugin-sign-classifier/teach';
import { signTake } from '@kinegraph/plugin-sign-classifier/testing';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../../test/support/chromium.js';
import { CLIP, TemporaryFolder, inRepository } from '../support/kinegraph.js';
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
  // As `npm start` starts it.
  mkdirSync(workspace.file('examples'));
  cpSync(path.dirname(CLIP), workspace.file('examples/clips'), { recursive: true });
  server = await LiveServer.start([
    ...['--workspace', workspace.path, '--starter', inRepository('examples/starter/hands.kinegraph.json')],
  ]);
  browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS] });
  await server.post('/api/v1/recordings', { run: 'hands', id: 'first', frames: true });
  await server.get('/api/v1/signs/sets/mine/takes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: encodeBundle([0, 1, 2].flatMap((sign) => [0, 1, 2].map((take) => signTake(sign, take)))),
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
