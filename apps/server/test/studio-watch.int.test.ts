import { copyFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = { timeout: 30_000, interval: 100 };
const GRAPH = {
  kinegraph: 1,
  title: 'Clip',
  nodes: {
    clip: { type: 'media.source.file', config: { path: 'signer.mp4', pace: 'realtime', loop: true, shortSide: 384 } },
    newest: { type: 'core.buffer.latest' },
    hands: { type: 'mediapipe.hands', config: { numHands: 1 } },
    smooth: { type: 'core.smoother.one-euro', config: { beta: 15 } },
    results: { type: 'core.sink.results' },
  },
  wires: [
    ['clip.frame', 'newest.in'],
    ['newest.out', 'hands.frame'],
    ['hands.hands', 'smooth.in'],
    ['smooth.out', 'results.in'],
  ],
};

let folder: TemporaryFolder;
let server: LiveServer;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  folder = new TemporaryFolder();
  copyFileSync(inRepository('examples/clips/signer.mp4'), folder.file('signer.mp4'));
  server = await LiveServer.start([
    ...WITHOUT_MODELS,
    ...['--plugin', inRepository('apps/server/test/fixtures/plugin-unruly')],
    ...['--set', `workspace=${folder.path}`],
  ]);
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ graph: GRAPH, revision: 0 });
  expect((await server.get('/api/v1/graphs/clip', { method: 'PUT', headers, body })).status).toBe(200);
  expect((await server.post('/api/v1/graphs/clip/deploy', {})).status).toBe(200);
  browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS] });
  page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}/graphs/clip`);
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const running = async (): Promise<{ graph: typeof GRAPH; figures: { nodes: { name: string; state: string }[] } }> =>
  (await (await server.get('/api/v1/runs/clip')).json()) as Awaited<ReturnType<typeof running>>;
/** How many different colours a canvas has: an empty one has one. */
const colours = async (selector: string): Promise<number> =>
  await page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const seen = new Set<number>();
      for (let at = 0; at < data.length; at += 4)
        seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 3] ?? 0));
      return seen.size;
    });

/** Rests with the pointer on the middle of a wire. */
async function pointAt(wire: string): Promise<void> {
  const box = await page.locator(`.vue-flow__edge[data-id="${wire}"] path`).first().boundingBox();
  if (box === null) throw new Error(`There is no wire ${wire}.`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 2 });
}

describe('A run that is watched in the editor', () => {
  it('shows figures at each node that move, and the slowest path', async () => {
    const rate = page.locator('[data-figures-of="hands"] .rate');
    await expect.poll(() => rate.innerText(), PATIENCE).toMatch(/^[1-9][\d.]* \/s$/);
    const work = page.locator('[data-figures-of="hands"] .times').first();
    const first = await work.innerText();
    await expect.poll(() => work.innerText(), PATIENCE).not.toBe(first);
    await page.getByRole('button', { name: 'Slowest path' }).click();
    await expect.poll(() => page.locator('.heat [data-heat-of="hands"]').count(), PATIENCE).toBe(1);
  }, 60_000);

  it('shows a picture and a skeleton at the wire that is pointed at, and keeps what is pinned', async () => {
    await pointAt('clip.frame > newest.in');
    await expect.poll(() => colours('.probe-popup [data-probe="frame"]'), PATIENCE).toBeGreaterThan(50);
    await page.mouse.move(600, 700);
    await expect.poll(() => page.locator('.probe-popup').count(), PATIENCE).toBe(0);
    await pointAt('hands.hands > smooth.in');
    await expect.poll(() => colours('.probe-popup [data-probe="landmarks"]'), PATIENCE).toBeGreaterThan(1);
    await page.locator('.probe-popup').getByRole('button', { name: 'Pin a probe' }).click();
    await page.reload();
    await page.getByRole('tab', { name: 'Probes' }).click();
    await expect.poll(() => colours('[data-probe-of="hands.hands"] canvas'), PATIENCE).toBeGreaterThan(1);
    await page.getByRole('tab', { name: 'Charts' }).click();
    await expect
      .poll(() => page.locator('[data-chart="rates"] tr', { hasText: 'hands' }).innerText(), PATIENCE)
      .toMatch(/[1-9]/);
  }, 60_000);

  it('changes the run at once where a live value is changed, and back when that is taken back', async () => {
    await page.locator('.node.smoother .title').click();
    const beta = page.locator('[data-field="beta"] input[type=number]');
    await beta.fill('40');
    await page.keyboard.press('Tab');
    await expect.poll(async () => (await running()).graph.nodes.smooth.config.beta, PATIENCE).toBe(40);
    await expect.poll(() => page.locator('.run-layer .news').innerText(), PATIENCE).toContain('applied live');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await running()).graph.nodes.smooth.config.beta, PATIENCE).toBe(15);
  }, 60_000);

  it('has no violation that axe-core would find', async () => {
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
      return (await axe.run()).violations.map(({ id }) => id);
    });
    expect(found).toEqual([]);
  }, 60_000);

  it('tries a draft without saving it, and goes back to what is deployed', async () => {
    const nodes = async (): Promise<number> => Object.keys((await running()).graph.nodes).length;
    await page.locator('[data-type="core.source.frames"]').click();
    await page.getByRole('button', { name: 'Try the draft' }).click();
    await expect.poll(nodes, PATIENCE).toBe(6);
    expect(await page.locator('[data-state="deployed"]').innerText()).toContain('Revision 1 runs');
    await page.getByRole('button', { name: 'Back to what is deployed' }).click();
    await expect.poll(nodes, PATIENCE).toBe(5);
  }, 60_000);

  it('tells at its node, and in the inspector, that a worker has died, and why none is started any more', async () => {
    const clip = GRAPH.nodes.clip;
    const graph = {
      ...{
        kinegraph: 1,
        nodes: { clip, bad: { type: 'unruly.node', config: { fault: 'exit', at: 3, always: true } } },
      },
      wires: [['clip.frame', 'bad.frame']],
    };
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ graph, revision: 0 });
    expect((await server.get('/api/v1/graphs/dying', { method: 'PUT', headers, body })).status).toBe(200);
    await page.goto(`${server.url}/graphs/dying`);
    await page.getByRole('button', { name: 'Deploy' }).click();
    const badge = page.locator('[data-figures-of="bad"]');
    await expect.poll(() => badge.locator('.state').innerText(), PATIENCE).toMatch(/restarting|quarantined/);
    await expect.poll(() => badge.locator('.message').innerText(), PATIENCE).toContain('worker');
    await page.locator('.node.extractor .title').click();
    await expect.poll(() => page.locator('.node-now .trouble').innerText(), PATIENCE).toContain('worker');
    expect(complaints).toEqual([]);
  }, 60_000);
});
