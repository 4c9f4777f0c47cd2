import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolder } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = { timeout: 30_000, interval: 100 };

let folder: TemporaryFolder;
let server: LiveServer;
let browser: Browser;
beforeAll(async () => {
  folder = new TemporaryFolder();
  server = await LiveServer.start([...WITHOUT_MODELS, '--set', `workspace=${folder.path}`]);
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

/** Opens a page of the studio; what it complains of on its console fails the test. */
async function open(path: string, theme: 'light' | 'dark' = 'light'): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}${path}`);
  return { page, complaints };
}

const add = async (page: Page, type: string): Promise<void> => await page.click(`[data-type="${type}"]`);

/** Draws a wire from an output to an input, or lets it go somewhere else. */
async function draw(page: Page, from: string, to: string): Promise<void> {
  const centre = async (selector: string): Promise<{ x: number; y: number }> => {
    const box = await page.locator(selector).boundingBox();
    if (box === null) throw new Error(`There is no ${selector}.`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const [start, end] = [await centre(`.source[data-port="${from}"]`), await centre(`.target[data-port="${to}"]`)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 30, start.y + 5, { steps: 3 });
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await page.mouse.up();
}

const saved = (page: Page) => page.locator('[data-state="saved"]');
const graphs = async (): Promise<readonly { id: string; revision: number; deployed?: number }[]> =>
  ((await (await server.get('/api/v1/graphs')).json()) as { graphs: [] }).graphs;
const kept = async (id: string): Promise<{ graph: { nodes: object; wires: string[][] }; revision: number }> =>
  (await (await server.get(`/api/v1/graphs/${id}`)).json()) as Awaited<ReturnType<typeof kept>>;

async function put(id: string, graph: object, revision: number): Promise<void> {
  const response = await server.get(`/api/v1/graphs/${id}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ graph, revision }),
  });
  expect(response.status).toBe(200);
}

async function buildHands(page: Page): Promise<void> {
  for (const type of ['core.source.frames', 'core.buffer.latest', 'mediapipe.hands', 'core.sink.results'])
    await add(page, type);
  await page.click('text=Show all');
  await draw(page, 'frames.frame', 'latest.in');
  await draw(page, 'latest.out', 'hands.frame');
  await draw(page, 'hands.hands', 'results.in');
}
const HANDS_WIRES = [
  ['frames.frame', 'latest.in'],
  ['hands.hands', 'results.in'],
  ['latest.out', 'hands.frame'],
];

describe('The editor', () => {
  it('builds the hands graph from an empty canvas by mouse, saves and deploys it', async () => {
    const { page, complaints } = await open('/graphs');
    await page.getByLabel('Name of the new graph').fill('hands');
    await page.getByRole('button', { name: 'New graph' }).click();
    await buildHands(page);
    await expect.poll(() => page.locator('.problems').innerText()).toContain('No problems.');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 1');
    expect((await kept('hands')).graph.wires).toEqual(HANDS_WIRES);
    await page.getByRole('button', { name: 'Deploy' }).click();
    await expect.poll(() => page.locator('[data-state="deployed"]').innerText(), PATIENCE).toBe('Runs as revision 1');
    const runs = (await (await server.get('/api/v1/runs')).json()) as { runs: { id: string; state: string }[] };
    expect(runs.runs).toContainEqual(expect.objectContaining({ id: 'hands', state: 'running' }));
    // Draft, saved and deployed are three things.
    await page.click('.node.extractor');
    await page.getByLabel('Hands at most', { exact: true }).last().fill('1');
    await page.keyboard.press('Tab');
    await expect.poll(() => saved(page).innerText()).toBe('Unsaved changes');
    await expect.poll(() => page.locator('[data-state="deployed"]').innerText()).toBe('Revision 1 runs, not this one');
    await page.goto(`${server.url}/graphs`);
    await expect.poll(() => page.locator('main').innerText(), PATIENCE).toContain('Revision 1 runs');
    expect(complaints).toEqual([]);
  });

  it('takes all back, and does it again', async () => {
    const { page } = await open('/graphs/back');
    await buildHands(page);
    const nodes = page.locator('.node');
    await expect.poll(() => nodes.count()).toBe(4);
    for (let step = 0; step < 7; step += 1) await page.keyboard.press('Control+z');
    await expect.poll(() => nodes.count()).toBe(0);
    for (let step = 0; step < 7; step += 1) await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => nodes.count()).toBe(4);
    await page.keyboard.press('Control+s');
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 1');
    expect((await kept('back')).graph.wires).toEqual(HANDS_WIRES);
  });

  it('lays no wire that does not fit, and says what is wrong at its node and field', async () => {
    const { page } = await open('/graphs/faults');
    await add(page, 'core.source.frames');
    await add(page, 'core.smoother.ema');
    await page.click('text=Show all');
    await draw(page, 'frames.frame', 'ema.in');
    expect(await page.locator('.vue-flow__edge').count()).toBe(0);
    await page.click('.node.smoother');
    const factor = page.locator('[data-field="timeConstantMs"] input[type=number]');
    await factor.fill('-7');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator('[data-field="timeConstantMs"] .fault').innerText()).toContain('-7');
    await page.locator('[data-field="timeConstantMs"]').getByRole('button', { name: 'Default' }).click();
    await expect.poll(() => page.locator('[data-field="timeConstantMs"] .fault').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Deploy' }).isDisabled()).toBe(true);
  });

  it('offers a choice where somebody else has saved meanwhile', async () => {
    const empty = { kinegraph: 1, title: 'Mine', nodes: { out: { type: 'core.sink.null' } }, wires: [] };
    await put('shared', empty, 0);
    const { page } = await open('/graphs/shared');
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 1');
    await put('shared', { ...empty, title: 'Theirs' }, 1);
    await add(page, 'core.source.frames');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.locator('.conflict').innerText(), PATIENCE).toContain('revision 2');
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 3');
    expect(Object.keys((await kept('shared')).graph.nodes)).toEqual(['frames', 'out']);
  });

  it('takes no changes before the graph is there, which would lose them', async () => {
    const { page } = await open('/graphs');
    let answer = (): void => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/v1/graphs', async (route) => {
      await held;
      await route.continue();
    });
    const types = page.waitForResponse('**/api/v1/node-types');
    await page.goto(`${server.url}/graphs/slow`);
    await types;
    await page.waitForSelector('.palette');
    expect(await page.locator('[data-type]').count()).toBe(0);
    answer();
    await add(page, 'core.sink.null');
    await expect.poll(() => page.locator('.node').count(), PATIENCE).toBe(1);
  });

  it('loses nothing where the page is closed, and can still take it back', async () => {
    const { page } = await open('/graphs/again');
    await buildHands(page);
    await expect.poll(() => page.locator('.vue-flow__edge').count()).toBe(3);
    await page.waitForTimeout(600); // the draft is written a moment after the last step
    await page.reload();
    await expect.poll(() => page.locator('.vue-flow__edge').count(), PATIENCE).toBe(3);
    await expect.poll(() => saved(page).innerText()).toBe('Not saved yet');
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.locator('.vue-flow__edge').count()).toBe(2);
    await page.keyboard.press('Control+s');
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 1');
    await page.waitForTimeout(600);
    // Nothing is unsaved: what somebody else has saved is what the page shows.
    await put('again', { kinegraph: 1, nodes: { out: { type: 'core.sink.null' } }, wires: [] }, 1);
    await page.reload();
    await expect.poll(() => page.locator('.node').count(), PATIENCE).toBe(1);
    // Something is: it stays, with a choice.
    await add(page, 'core.source.frames');
    await page.waitForTimeout(600);
    await put('again', { kinegraph: 1, title: 'Theirs', nodes: {}, wires: [] }, 2);
    await page.reload();
    await expect.poll(() => page.locator('.conflict').innerText(), PATIENCE).toContain('revision 3');
    expect(await page.locator('.node').count()).toBe(2);
    await page.getByRole('button', { name: 'Load theirs' }).click();
    await expect.poll(() => page.locator('.node').count(), PATIENCE).toBe(0);
    await page.waitForTimeout(600);
    await page.reload();
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 3');
  });

  it('copies nodes as the text of a graph, pastes them, and puts a node on a wire', async () => {
    const { page } = await open('/graphs/copies');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
    await buildHands(page);
    await page.locator('.vue-flow__pane').click({ position: { x: 20, y: 150 } });
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await expect.poll(() => page.locator('.node').count()).toBe(8);
    await expect.poll(() => page.locator('.vue-flow__edge').count()).toBe(6);
    const text = await page.evaluate(async () => await navigator.clipboard.readText());
    expect(JSON.parse(text)).toMatchObject({ kinegraph: 1, wires: HANDS_WIRES });
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.locator('.node').count()).toBe(4);
    await page.getByLabel('hands.hands > results.in').dispatchEvent('click');
    await page.locator('.insert').getByRole('button', { name: 'EMA' }).click();
    await page.keyboard.press('Control+s');
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 1');
    expect((await kept('copies')).graph.wires).toEqual([
      ['ema.out', 'results.in'],
      ['frames.frame', 'latest.in'],
      ['hands.hands', 'ema.in'],
      ['latest.out', 'hands.frame'],
    ]);
  });

  it('keeps a node of a missing plugin as it is', async () => {
    const nodes = { lost: { type: 'nobody.knows', config: { b: [1, { a: null }], a: 0.1 } } };
    await put('lost', { kinegraph: 1, nodes, wires: [] }, 0);
    const { page } = await open('/graphs/lost');
    await expect.poll(() => page.locator('.node.unknown').count(), PATIENCE).toBe(1);
    await add(page, 'core.sink.null');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 2');
    expect(JSON.stringify((await kept('lost')).graph.nodes)).toContain(JSON.stringify(nodes.lost));
  });

  it('says that the server cannot be reached, and tries again', async () => {
    const { page } = await open('/graphs/offline');
    await add(page, 'core.sink.null');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.locator('.failures').innerText(), PATIENCE).toContain('cannot be reached');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 1');
    expect((await graphs()).map(({ id }) => id)).toContain('offline');
  });
});

describe.each(['light', 'dark'] as const)('In %s colours', (theme) => {
  it.each([
    ['the list of graphs', '/graphs', 'h1'],
    ['the editor', '/graphs/axe', '[data-type="core.sink.null"]'],
  ])('%s has nothing that keeps people out', async (_, path, ready) => {
    const { page } = await open(path, theme);
    await page.waitForSelector(ready);
    if (path !== '/graphs') {
      await buildHands(page);
      await page.click('.node.extractor');
    }
    await page.addScriptTag({ content: AXE }).catch(async () => await page.evaluate(AXE));
    const violations = await page.evaluate(async () => {
      const axe = (
        globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe;
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    });
    expect(violations).toEqual([]);
  });
});
