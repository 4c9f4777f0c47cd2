import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from '../../../../test/support/chromium.js';
import { TemporaryFolder } from './kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './live-server.js';

/** A point of the page. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How long anything may take that a test waits for. */
const PATIENCE_MS = 15_000;

/** The canvas of the studio in a browser, with a server of its own. */
export class StudioCanvas implements AsyncDisposable {
  private constructor(
    private readonly folder: TemporaryFolder,
    private readonly server: LiveServer,
    private readonly browser: Browser,
  ) {}

  static async start(): Promise<StudioCanvas> {
    const folder = new TemporaryFolder();
    const server = await LiveServer.start([...WITHOUT_MODELS, '--set', `workspace=${folder.path}`]);
    const browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS] });
    return new StudioCanvas(folder, server, browser);
  }

  /** Saves a graph, and opens it. */
  async open(id: string, graph: object, theme: 'light' | 'dark' = 'light'): Promise<Page> {
    const response = await this.server.get(`/api/v1/graphs/${id}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ graph: { kinegraph: 1, ...graph }, revision: 0 }),
    });
    if (!response.ok) throw new Error(`The graph was refused: ${await response.text()}`);
    const context = await this.browser.newContext({ viewport: { width: 1400, height: 900 }, colorScheme: theme });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: this.server.url });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${this.server.url}/graphs/${id}`);
    await page.waitForSelector('.vue-flow__node');
    return page;
  }

  /** Saves what is on the page. @returns what the server has then */
  async saved(page: Page, id: string): Promise<Saved> {
    const answered = page.waitForResponse((one) => one.request().method() === 'PUT' && one.url().endsWith(`/${id}`));
    await page.keyboard.press('Control+s');
    await answered;
    const response = await this.server.get(`/api/v1/graphs/${id}`);
    return ((await response.json()) as { graph: Saved }).graph;
  }

  async closePages(): Promise<void> {
    for (const context of this.browser.contexts()) await context.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await this.server[Symbol.asyncDispose]();
    this.folder[Symbol.dispose]();
  }
}

/** A graph as the server has it. */
export interface Saved {
  readonly nodes: Readonly<Record<string, { readonly type: string }>>;
  readonly wires: readonly (readonly [string, string])[];
  readonly layout?: Readonly<Record<string, Point>>;
  readonly comments?: Readonly<Record<string, Point & { readonly text: string; readonly width: number }>>;
  readonly groups?: Readonly<Record<string, { readonly title: string; readonly nodes: readonly string[] }>>;
}

/** The middle of what a selector finds. */
export async function centre(page: Page, selector: string): Promise<Point> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`There is no ${selector}.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags with the mouse from one point to another. @param hold - what is done before it is let go */
export async function drag(page: Page, from: Point, to: Point, hold?: () => Promise<void>): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((2 * from.x + to.x) / 3, (2 * from.y + to.y) / 3, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await hold?.();
  await page.mouse.up();
}
