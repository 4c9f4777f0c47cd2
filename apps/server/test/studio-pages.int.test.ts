import { copyFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolder, inRepository, kinegraph } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = { timeout: 30_000, interval: 100 };
const HALL = {
  kinegraph: 1,
  title: 'Hall',
  nodes: {
    clip: { type: 'media.source.file', config: { path: 'signer.mp4', loop: true } },
    latest: { type: 'core.buffer.latest' },
    out: { type: 'core.sink.results' },
  },
  wires: [
    ['clip.frame', 'latest.in'],
    ['latest.out', 'out.in'],
  ],
};

let folder: TemporaryFolder;
let server: LiveServer;
let browser: Browser;
let token: string;
/** The tokens file of a server that demands one: sessions can be ended from outside. */
const tokens = (...args: readonly string[]) =>
  kinegraph(['tokens', ...args, '--tokens-file', folder.file('tokens.json')], folder.path);

beforeAll(async () => {
  folder = new TemporaryFolder();
  copyFileSync(inRepository('examples/clips/signer.mp4'), folder.file('signer.mp4'));
  token = (await tokens('create', '--scope', 'admin', '--name', 'test')).out.trim();
  const settings = ['access.tokenOnLoopback=true', `access.tokensFile=${folder.file('tokens.json')}`];
  server = await LiveServer.start([
    ...WITHOUT_MODELS,
    ...[`workspace=${folder.path}`, ...settings].flatMap((one) => ['--set', one]),
  ]);
  const saved = await server.get('/api/v1/graphs/hall', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ graph: HALL, revision: 0 }),
  });
  expect(saved.status).toBe(200);
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

async function open(path: string, theme: 'light' | 'dark' = 'light', as = token): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1300, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  await page.goto(`${server.url}${path}?token=${as}`);
  return page;
}

const text = (page: Page, selector: string) => expect.poll(() => page.locator(selector).innerText(), PATIENCE);

describe('The pages about the server', () => {
  it('start a graph, watch it, hold it and end it', async () => {
    const page = await open('/runs');
    await page.getByLabel('Graph to start').selectOption('hall');
    await page.getByRole('button', { name: 'Start' }).click();
    await text(page, '.toasts').toContain('"hall" runs.');
    await text(page, '[data-run="hall"]').toMatch(/Runs[\s\S]*Well[\s\S]*\d\/s/);
    await page.getByRole('button', { name: 'Pause hall' }).click();
    await text(page, '[data-run="hall"]').toContain('Paused');
    await page.getByRole('button', { name: 'Resume hall' }).click();
    await page.getByRole('link', { name: 'hall', exact: true }).click();
    await text(page, '[data-node="clip"]').toContain('media.source.file');
    await text(page, '[role=log]').toContain('Run "hall" is running.');
    await text(page, 'main').toContain('pauseRun');
    await page.getByRole('button', { name: 'Stop hall' }).click();
    await page.getByRole('button', { name: 'Let it finish' }).click();
    await text(page, 'main').toContain('There is no run "hall" any more.');
  });

  it('record a run, trim what came of it, and replay it in the editor', async () => {
    const page = await open('/runs');
    await page.getByLabel('Graph to start').selectOption('hall');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('link', { name: 'Sources' }).click();
    await expect
      .poll(
        () => page.locator('[data-source="hall/clip"] img').evaluate((image: HTMLImageElement) => image.naturalWidth),
        PATIENCE,
      )
      .toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Recordings' }).click();
    await page.getByLabel('Run to record').selectOption('hall');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await expect
      .poll(
        async () => Number(/\/clip \((\d+)\)/.exec(await page.locator('[data-recording="hall"]').innerText())?.[1]),
        PATIENCE,
      )
      .toBeGreaterThan(20);
    await page.getByRole('button', { name: 'Stop the recording hall' }).click();
    await text(page, '[data-recording="hall"]').toContain('Complete');
    await page.getByRole('button', { name: 'Trim hall' }).click();
    await page.getByRole('slider', { name: 'From' }).focus();
    for (let step = 0; step < 40; step += 1) await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Trim', exact: true }).last().click();
    await text(page, '[data-recording="hall-trim"]').toContain('Complete');
    await page.getByRole('button', { name: 'Replay hall-trim' }).click();
    await expect.poll(() => page.url(), PATIENCE).toContain('/graphs/replay-hall-trim');
    await expect.poll(() => page.locator('.node').count(), PATIENCE).toBe(2);
  });

  it('make a token that is shown once, and revoke it', async () => {
    const page = await open('/settings');
    await page.getByLabel('Name of the token').fill('wall');
    await page.getByRole('button', { name: 'Make a token' }).click();
    const made = await page.locator('.made code').innerText();
    expect(made).toMatch(/^kg_/);
    expect((await server.get(`/api/v1/runs?token=${made}`)).status).toBe(200);
    await page.reload();
    await text(page, '[data-token="wall"]').toContain('view');
    expect(await page.content()).not.toContain(made);
    await page.getByRole('button', { name: 'Revoke wall' }).click();
    await page.getByRole('button', { name: 'Revoke', exact: true }).last().click();
    await expect.poll(() => page.locator('[data-token="wall"]').count(), PATIENCE).toBe(0);
    expect((await server.get(`/api/v1/runs?token=${made}`)).status).toBe(401);
  });

  it('a session that is over is begun again in place, and what waited for it is done', async () => {
    const { out } = await tokens('create', '--scope', 'admin', '--name', 'short');
    const page = await open('/runs', 'light', out.trim());
    await text(page, 'main').toContain('live');
    const { tokens: all } = (await (
      await server.get('/api/v1/tokens', { headers: { Authorization: `Bearer ${token}` } })
    ).json()) as { tokens: { id: string; name: string }[] };
    await tokens('revoke', all.find(({ name }) => name === 'short')?.id ?? '');
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByLabel('Token').fill('kg_wrong');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await text(page, '#sign-in-fault').toContain('not known');
    await dialog.getByLabel('Token').fill(token);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await expect.poll(() => page.locator('.banner').count(), PATIENCE).toBe(0);
    await page.getByRole('button', { name: 'Pause live' }).click();
    await text(page, '[data-run="live"]').toContain('Paused');
  });

  it('say that the server is away, keep what they showed, and go on by themselves when it is back', async () => {
    const page = await open('/runs');
    await text(page, 'main').toContain('live');
    await page.context().setOffline(true);
    await text(page, '.banner').toContain('cannot be reached');
    expect(await page.locator('[data-run="live"]').innerText()).toContain('live');
    await page.context().setOffline(false);
    await expect.poll(() => page.locator('.banner').count(), PATIENCE).toBe(0);
    await text(page, '.toasts').toContain('The server is back.');
  });

  it.each(['light', 'dark'] as const)('have nothing that keeps people out, %s', async (theme) => {
    const page = await open('/runs', theme);
    for (const place of ['Runs', 'Sources', 'Recordings', 'Models', 'Plugins', 'Settings']) {
      await page.getByRole('link', { name: place, exact: true }).click();
      await text(page, 'h1').toBe(place);
      await expect.poll(() => page.locator('main [role=status]:has-text("Loading")').count(), PATIENCE).toBe(0);
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      });
      expect({ place, violations }).toEqual({ place, violations: [] });
    }
  });
});
