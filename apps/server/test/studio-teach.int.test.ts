import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { encodeBundle } from '@kinegraph/plugin-sign-classifier/teach';
import { signTake } from '@kinegraph/plugin-sign-classifier/testing';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';
import { writeSignerFilm } from './support/fake-camera.js';
import { TemporaryFolder } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The open hand waves: one sign, over and over. */
const FILM = { firstFrame: 30, endFrame: 90 };
const PATIENCE = { timeout: 60_000, interval: 100 };

let folder: TemporaryFolder;
let server: LiveServer;
let browser: Browser;
beforeAll(async () => {
  folder = new TemporaryFolder();
  const film = folder.file('camera.mjpeg');
  await writeSignerFilm(film, FILM.firstFrame, FILM.endFrame);
  server = await LiveServer.start([...WITHOUT_MODELS, '--set', `workspace=${folder.path}`]);
  const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS, ...camera] });
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

it('takes of a sign are recorded from the camera, a model is made of them, and names the sign as it is made', async () => {
  // Two more signs that are known already, as of another day.
  const known = [1, 2].flatMap((sign) => [0, 1, 2].map((take) => signTake(sign, take)));
  const sent = await server.get('/api/v1/signs/sets/mine/takes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: encodeBundle(known),
  });
  expect(sent.status).toBe(201);

  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.grantPermissions(['camera'], { origin: server.url });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}/teach`);

  await page.getByRole('button', { name: 'Start the camera' }).first().click();
  // The meter has seen the hand well before anything is recorded.
  await expect.poll(() => page.getByRole('meter').getAttribute('aria-valuetext'), PATIENCE).toMatch(/good|usable/);
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole('textbox', { name: 'Add a sign' }).fill('wave');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Record wave' }).click();
  await page.getByText('Get ready: wave, take 1').waitFor();
  await page.getByText('Now: wave').waitFor();
  const takes = page.getByRole('list', { name: 'Takes of wave' }).getByRole('listitem');
  await expect.poll(() => takes.count(), PATIENCE).toBe(3);
  expect(readdirSync(path.join(folder.path, 'signs/mine/wave'))).toHaveLength(3);

  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByText(/told right\.$/).waitFor();
  const report = page.getByRole('table');
  expect(await report.getByRole('rowheader').allInnerTexts()).toContain('wave');
  // Nothing more has to be done: the run of the camera names signs by it.
  await page.locator('.caption', { hasText: 'wave' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole('button', { name: 'Delete take 3 of wave' }).click();
  await expect.poll(() => takes.count(), PATIENCE).toBe(2);

  // Another page is gone to: the camera's run ends.
  await page.getByRole('link', { name: 'Graphs' }).first().click();
  const running = async (): Promise<readonly string[]> => {
    const { runs } = (await (await server.get('/api/v1/runs')).json()) as { runs: { id: string; result?: unknown }[] };
    return runs.filter(({ result }) => result === undefined).map(({ id }) => id);
  };
  await expect.poll(running, PATIENCE).not.toContain('teach-mine');
  expect(complaints).toEqual([]);
}, 120_000);
