import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { TemporaryFolder } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = { timeout: 60_000, interval: 100 };

// A page waits for a server that may wait for a disk.
vi.setConfig({ testTimeout: 180_000 });

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

async function open(
  path: string,
  { width = 1400, theme = 'light' }: { width?: number; theme?: 'light' | 'dark' } = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${server.url}${path}`);
  return page;
}

const saved = (page: Page) => page.locator('[data-state="saved"]');
const kept = async (
  id: string,
): Promise<{ graph: { nodes: Record<string, object>; wires: string[][] }; revision: number }> =>
  (await (await server.get(`/api/v1/graphs/${id}`)).json()) as Awaited<ReturnType<typeof kept>>;

async function put(id: string, graph: object, revision = 0): Promise<void> {
  const response = await server.get(`/api/v1/graphs/${id}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ graph, revision }),
  });
  expect(response.status).toBe(200);
}

const HANDS = {
  kinegraph: 1,
  nodes: {
    frames: { type: 'core.source.frames' },
    latest: { type: 'core.buffer.latest' },
    hands: { type: 'mediapipe.hands' },
    results: { type: 'core.sink.results' },
  },
  wires: [
    ['frames.frame', 'latest.in'],
    ['hands.hands', 'results.in'],
    ['latest.out', 'hands.frame'],
  ],
};
const focused = async (page: Page): Promise<string | null> =>
  await page.evaluate(() => document.activeElement?.getAttribute('data-row') ?? null);
/** Types into the list that is open, and takes what stands first. */
async function choose(page: Page, text: string): Promise<void> {
  await page.waitForSelector('dialog.choose[open] input:focus');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog.choose', { state: 'detached' });
}
async function violations(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: AXE }).catch(async () => await page.evaluate(AXE));
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

describe('By keyboard alone', () => {
  it('the hands graph is built from an empty one, configured, saved and deployed', async () => {
    const page = await open('/graphs/keys');
    const rows = page.locator('[role=treeitem]');
    await page.waitForSelector('.editor');
    await page.keyboard.press('Control+Shift+O');
    await page.waitForSelector('.outline .main');
    await page.keyboard.press('+');
    await choose(page, 'client frames');
    await expect.poll(() => focused(page), PATIENCE).toBe('frames');
    // From the port on: only what fits is offered, and comes wired.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('+');
    await choose(page, 'buffer.latest');
    await expect.poll(() => rows.count(), PATIENCE).toBe(7);
    await page.keyboard.press('+'); // on a node: anything
    await choose(page, 'mediapipe.hands');
    await page.keyboard.press('+');
    await choose(page, 'sink.results');
    await expect.poll(() => page.locator('[role=treeitem][aria-level="1"]').count(), PATIENCE).toBe(4);
    // Two ports are connected by choosing.
    await page.keyboard.press('Home');
    await page.keyboard.type('hands');
    await expect.poll(() => focused(page)).toBe('hands');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await choose(page, 'latest');
    await page.keyboard.press('Home');
    await page.keyboard.type('results');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await choose(page, 'hands.hands');
    await expect.poll(() => page.locator('.problems').innerText(), PATIENCE).toContain('No problems.');
    // A value is changed in the form, and one is back in the list.
    await page.keyboard.press('Home');
    await page.keyboard.type('hands');
    await page.keyboard.press('Enter');
    const field = async (): Promise<string | undefined> =>
      await page.evaluate(() => {
        const { activeElement } = document;
        const key = activeElement?.closest('[data-field]')?.getAttribute('data-field') ?? '';
        return `${key} ${activeElement?.getAttribute('type') ?? ''}`;
      });
    await expect.poll(field).toBe('model text');
    for (let tabs = 0; tabs < 6 && (await field()) !== 'numHands number'; tabs += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('hands');
    // Nodes are grouped, moved to the first group there is, and taken out of it.
    for (const [node, group] of [
      ['hands', 'new group'],
      ['results', ''],
      ['frames', ''],
      ['frames', 'out of'],
    ] as const) {
      await page.keyboard.press('Home');
      await page.keyboard.type(node);
      await expect.poll(() => focused(page)).toBe(node);
      await page.keyboard.press('Control+G');
      await choose(page, group);
    }
    await expect.poll(() => page.locator('[data-row="results"] [data-group]').innerText()).toBe('in Group');
    await page.keyboard.press('Home');
    await page.keyboard.type('hands');
    await expect.poll(() => focused(page)).toBe('hands');
    // A wire is taken out, and back.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toBe('input latest.out > hands.frame');
    await page.keyboard.press('Delete');
    await expect.poll(() => page.locator('.problems').innerText()).toContain('has no wire');
    await page.keyboard.press('Control+Z');
    await expect.poll(() => page.locator('.problems').innerText()).toContain('No problems.');
    // Lines have gone to other places meanwhile, and the list has the focus still.
    await page.keyboard.press('Home');
    await page.keyboard.type('results');
    await expect.poll(() => focused(page)).toBe('results');
    await page.keyboard.press('Control+S');
    await expect.poll(() => saved(page).innerText(), PATIENCE).toContain('1');
    const { graph } = await kept('keys');
    expect(graph).toMatchObject({ groups: { group: { title: 'Group', nodes: ['hands', 'results'] } } });
    expect(graph.wires).toEqual(HANDS.wires);
    expect(graph.nodes['hands']).toMatchObject({ config: { numHands: 1 } });
    await page.keyboard.press('Control+Enter');
    const deployed = page.locator('[data-state="deployed"]');
    await expect.poll(() => deployed.innerText(), PATIENCE).toBe('Runs as revision 1');
  });

  it('commands are found by a few of their letters, nodes are gone to, and keys are listed', async () => {
    await put('commands', HANDS);
    const page = await open('/graphs/commands');
    await page.waitForSelector('.node.extractor');
    await page.keyboard.press('Control+K');
    await choose(page, 'go hands');
    await expect.poll(() => page.locator('.node.selected .title').innerText()).toBe('hands');
    await page.keyboard.press('F1');
    await choose(page, 'add ema');
    await expect.poll(() => page.locator('.node').count()).toBe(5);
    await page.keyboard.press('Control+K');
    await page.waitForSelector('dialog.choose[open]');
    // What was used last stands first.
    await expect.poll(() => page.locator('[role=option]').first().getAttribute('data-choice')).toContain('ema');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog.choose', { state: 'detached' }); // until then keys are the dialog's
    await page.keyboard.press('?');
    await expect.poll(() => page.locator('dialog.keys').innerText()).toContain('Ctrl+Shift+Z');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog.keys', { state: 'detached' });
    await page.keyboard.press('Control+F');
    await page.keyboard.type('core.');
    await expect.poll(() => page.locator('.find .place').innerText()).toBe('1 of 4 · type');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(() => page.locator('.find .place').innerText()).toBe('4 of 4 · type');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.find').count()).toBe(0);
  });
});

describe('Problems', () => {
  it('lead to their field, and are mended by a button, which can be taken back', async () => {
    await put('mends', {
      ...HANDS,
      nodes: { ...HANDS.nodes, hands: { type: 'mediapipe.hands', config: { numHands: 99 } } },
      wires: HANDS.wires.slice(0, 2),
    });
    const page = await open('/graphs/mends');
    const problems = page.locator('.problems');
    await page.waitForSelector('[data-code="GRAPH_CONFIG_INVALID"]');
    await page.click('[data-code="GRAPH_CONFIG_INVALID"]');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[data-field]')?.getAttribute('data-field')))
      .toBe('numHands');
    await page.click('[data-code="GRAPH_INPUT_UNCONNECTED"]');
    await expect.poll(() => page.locator('.port.pointed').getAttribute('data-port')).toBe('hands.frame');
    await page.locator('.problems [data-mend="set-value"]').click();
    await problems.getByRole('button', { name: 'Wire latest.out to hands.frame' }).click();
    await expect.poll(() => problems.innerText()).toContain('No problems.');
    await page.keyboard.press('Control+Z');
    await expect.poll(() => problems.innerText()).toContain('has no wire');
    await page.keyboard.press('Control+Shift+Z');
    await page.keyboard.press('Control+S');
    await expect.poll(async () => (await kept('mends')).graph.wires, PATIENCE).toEqual(HANDS.wires);
  });
});

describe('Draft, saved and deployed', () => {
  it('shows what deploying restarts, discards a draft, looks at an old revision and restores it', async () => {
    await put('states', HANDS);
    const page = await open('/graphs/states');
    await page.waitForSelector('.node.extractor');
    await page.getByRole('button', { name: 'Deploy' }).click();
    const deployed = page.locator('[data-state="deployed"]');
    await expect.poll(() => deployed.innerText(), PATIENCE).toBe('Runs as revision 1');
    await page.keyboard.press('Control+K');
    await choose(page, 'go hands');
    await page.locator('[data-field="numHands"] input[type=number]').fill('1');
    await page.keyboard.press('Tab');
    const draft = page.locator('[data-state="draft"]');
    await expect.poll(() => draft.innerText()).toBe('Draft of revision 1');
    await page.keyboard.press('Control+Enter');
    const sheet = page.locator('dialog.sheet');
    await expect.poll(() => sheet.innerText(), PATIENCE).toContain('numHands: 2 → 1');
    expect(await sheet.innerText()).toContain('No node is restarted.');
    expect(await violations(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Save and deploy' }).click();
    await expect.poll(() => deployed.innerText(), PATIENCE).toBe('Runs as revision 2');
    await page.locator('[data-field="numHands"] input[type=number]').fill('3');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    await expect.poll(() => draft.innerText()).toBe('No draft');
    await page.getByRole('button', { name: 'History' }).click();
    await page.locator('[data-revision="1"]').click();
    await expect.poll(() => sheet.innerText(), PATIENCE).toContain('numHands: 2 → 1');
    expect(await violations(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'View on the canvas' }).click();
    await expect.poll(() => page.locator('.revision').innerText()).toContain('Revision 1');
    await page.locator('.revision').getByRole('button', { name: 'Restore' }).click();
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 3');
    expect((await kept('states')).graph.nodes['hands']).toEqual({ type: 'mediapipe.hands' });
  });

  it(
    'names revisions, compares any two, renames the graph with its run, and tells that it was deleted elsewhere',
    { timeout: 90_000 },
    async () => {
      await put('line', HANDS);
      await put('taken', HANDS);
      const page = await open('/graphs/line');
      await page.waitForSelector('.node.extractor');
      await page.getByRole('button', { name: 'Deploy' }).click();
      const deployed = page.locator('[data-state="deployed"]');
      await expect.poll(() => deployed.innerText(), PATIENCE).toBe('Runs as revision 1');
      await page.keyboard.press('Control+K');
      await choose(page, 'go hands');
      const count = page.locator('[data-field="numHands"] input[type=number]');
      await count.fill('1');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Control+Shift+S');
      const sheet = page.locator('dialog.sheet');
      await page.locator('[data-field="revision-name"]').fill('One hand');
      await page.keyboard.press('Enter');
      await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 2');
      await page.getByRole('button', { name: 'History' }).click();
      await expect.poll(() => sheet.locator('[data-revision="2"] strong').innerText(), PATIENCE).toBe('One hand');
      await sheet.locator('[data-revision="1"]').click();
      await sheet.locator('[data-field="revision-name"]').fill('As it came');
      await page.keyboard.press('Enter');
      await expect.poll(() => sheet.locator('[data-revision="1"] strong').innerText(), PATIENCE).toBe('As it came');
      await sheet.locator('[data-side="from"]').selectOption({ label: 'What is saved (2)' });
      await sheet.locator('[data-side="to"]').selectOption({ label: 'What is deployed (1)' });
      await expect.poll(() => sheet.innerText(), PATIENCE).toContain('numHands: 1 → 2');
      expect(await violations(page)).toEqual([]);
      await sheet.getByRole('button', { name: 'Close' }).click();

      await count.fill('3'); // goes with it as the draft
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Rename the graph' }).click();
      const id = sheet.getByRole('textbox');
      await id.fill('taken');
      await expect.poll(() => sheet.innerText(), PATIENCE).toContain('There is a graph taken already.');
      expect(await sheet.getByRole('button', { name: 'Rename' }).isDisabled()).toBe(true);
      await id.fill('line-2');
      expect(await violations(page)).toEqual([]);
      await sheet.getByRole('button', { name: 'Rename' }).click();
      await expect.poll(() => page.url(), PATIENCE).toContain('/graphs/line-2');
      await expect.poll(() => page.locator('[data-state="draft"]').innerText(), PATIENCE).toBe('Draft of revision 2');
      await expect.poll(() => deployed.innerText(), PATIENCE).toBe('Revision 1 runs, not this one');
      const { runs } = (await (await server.get('/api/v1/runs')).json()) as { runs: { id: string; result?: object }[] };
      const running = runs.filter(({ result }) => result === undefined).map((run) => run.id);
      expect(running).toContain('line-2');
      expect(running).not.toContain('line');
      expect((await server.get('/api/v1/graphs/line')).status).toBe(404);
      expect((await kept('line-2')).graph.nodes['hands']).toMatchObject({ config: { numHands: 1 } });

      expect((await server.get('/api/v1/graphs/line-2?revision=2', { method: 'DELETE' })).status).toBe(204);
      const notice = page.locator('[data-notice="gone"]');
      await expect.poll(() => notice.innerText(), PATIENCE).toContain('was deleted on the server');
      await page.reload(); // the draft is still there, and what became of the graph, too
      await notice.getByRole('button', { name: 'Save it anew' }).click();
      await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 4');
      expect((await kept('line-2')).graph.nodes['hands']).toMatchObject({ config: { numHands: 3 } });
      // Who saves before the editor has looked is told the same.
      const before = await (await server.get('/api/v1/graphs')).text();
      await page.route('**/api/v1/graphs', (route) => route.fulfill({ body: before, contentType: 'application/json' }));
      await page.keyboard.press('Control+K');
      await choose(page, 'go hands');
      await count.fill('2');
      await page.keyboard.press('Tab');
      expect((await server.get('/api/v1/graphs/line-2?revision=4', { method: 'DELETE' })).status).toBe(204);
      await page.keyboard.press('Control+S');
      await notice.getByRole('button', { name: 'Discard the draft' }).click();
      await page.waitForSelector('main.graphs');
      expect((await server.get('/api/v1/graphs/line-2')).status).toBe(404);
    },
  );

  it('takes a file as a draft, says why another is no graph, and deletes with a way back', async () => {
    const page = await open('/graphs');
    const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    const input = page.locator('input[type=file]');
    await input.setInputFiles(file('broken.json', '{"kinegraph": 1,'));
    await expect
      .poll(() => page.locator('main').page().locator('body').innerText())
      .toContain('broken.json is no graph');
    await input.setInputFiles(file('My Hands.kinegraph.json', JSON.stringify(HANDS)));
    await expect.poll(() => page.url(), PATIENCE).toContain('/graphs/my-hands');
    await expect.poll(() => page.locator('.node').count(), PATIENCE).toBe(4);
    await page.keyboard.press('Control+S');
    await expect.poll(() => saved(page).innerText(), PATIENCE).toBe('Saved as revision 1');
    await page.goto(`${server.url}/graphs`);
    await page.getByRole('button', { name: 'Delete my-hands' }).click();
    await page.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Delete my-hands' }).count(), PATIENCE).toBe(0);
    await page.goto(`${server.url}/graphs/my-hands`);
    await page.getByRole('button', { name: 'History' }).click();
    await page.locator('[data-revision="1"]').click();
    await page.locator('dialog.sheet').getByRole('button', { name: 'Restore' }).click();
    await expect.poll(async () => (await kept('my-hands')).revision, PATIENCE).toBe(3);
  });
});

describe.each(['light', 'dark'] as const)('In %s colours', (theme) => {
  it('the outline, on a small screen too, has nothing that keeps people out', async () => {
    await put(`small-${theme}`, HANDS);
    const page = await open(`/graphs/small-${theme}`, { width: 420, theme });
    await page.waitForSelector('[role=treeitem]');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Inspector' }).click();
    await page.locator('[data-row="hands"]').click({ position: { x: 40, y: 10 } });
    await page.waitForSelector('[data-field="numHands"]');
    expect(await violations(page)).toEqual([]);
  });
});
