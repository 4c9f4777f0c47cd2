import { cpSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';
import { TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';

const PATIENCE = { timeout: 60_000, interval: 100 };

let folder: TemporaryFolder;
let browser: Browser;
beforeAll(async () => {
  folder = new TemporaryFolder();
  mkdirSync(folder.file('examples'));
  cpSync(inRepository('examples/clips'), folder.file('examples/clips'), { recursive: true });
  browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS] });
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  folder[Symbol.dispose]();
});

/** As `npm start` starts it, in a workspace that stays. */
const started = async (): Promise<LiveServer> =>
  await LiveServer.start([
    ...['--workspace', folder.path, '--starter', inRepository('examples/starter/hands.kinegraph.json')],
    ...WITHOUT_MODELS, // the graph beside it, which waits for cameras
  ]);

interface GraphOfRun {
  readonly graph: { readonly nodes: Readonly<Record<string, { readonly config?: Readonly<Record<string, unknown>> }>> };
}
const cutoffIn = async (server: LiveServer): Promise<unknown> => {
  const { graph } = (await (await server.get('/api/v1/runs/hands')).json()) as GraphOfRun;
  return graph.nodes['smooth']?.config?.['minCutoffHz'];
};

it(
  'leads who is there for the first time from a graph that runs to one of their own, which is there after a restart',
  { timeout: 180_000 },
  async () => {
    const server = await started();
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    page.setDefaultTimeout(PATIENCE.timeout);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(server.url);
    await expect.poll(() => page.url(), PATIENCE).toBe(`${server.url}/graphs/hands`);

    // A hand is seen, with what was found drawn on it.
    await page.waitForSelector('canvas[role=img]', { state: 'attached' });
    await page.evaluate(async () => {
      const canvas = document.querySelector('canvas[role=img]');
      await new Promise<void>((resolve) => {
        canvas?.addEventListener('kinegraph:drawn', (event) => {
          if ((event as CustomEvent<{ tracks: readonly unknown[] }>).detail.tracks.length > 0) resolve();
        });
      });
    });

    const step = (title: string) => page.getByRole('dialog', { name: title }).waitFor();
    await page.getByRole('button', { name: 'Show me' }).click();
    await step('This runs now');
    await page.getByRole('button', { name: 'Next' }).click();
    await step('The graph');
    await page.locator('.node.smoother').click();
    await step('Change it while it runs');
    expect(await cutoffIn(server)).toBeUndefined();
    await page
      .getByRole('slider', { name: /cutoff/i })
      .first()
      .press('PageUp');
    await step('Your own hands');
    // It was taken over by what runs, before anything was saved.
    await expect.poll(() => cutoffIn(server), PATIENCE).toEqual(expect.any(Number));
    const moved = await cutoffIn(server);
    await page.getByRole('button', { name: 'Next' }).click();
    await step('Keep it');
    await page.locator('[data-tour=deploy]').click();
    await page.getByRole('button', { name: 'Save and deploy' }).click(); // it says first what it comes to
    await step('A graph of your own runs');
    await page.getByRole('button', { name: 'Done' }).click();
    expect(complaints).toEqual([]);
    await page.context().close();
    await server.stop();
    await server[Symbol.asyncDispose]();

    const again = await started();
    await expect.poll(() => cutoffIn(again), PATIENCE).toBe(moved);
    const { graphs } = (await (await again.get('/api/v1/graphs')).json()) as { graphs: unknown[] };
    expect(graphs).toMatchObject([{ id: 'hands', revision: 2, deployed: 2 }]);
    await again[Symbol.asyncDispose]();
  },
);
