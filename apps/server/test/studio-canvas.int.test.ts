import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_LIMIT_MS } from '../../../test/support/chromium.js';
import type { Page } from 'playwright-core';
import { StudioCanvas, centre, drag } from './support/studio-canvas.js';
import type { Point } from './support/studio-canvas.js';

let studio: StudioCanvas;
beforeAll(async () => {
  studio = await StudioCanvas.start();
}, CHROMIUM_LIMIT_MS);
afterAll(async () => await studio[Symbol.asyncDispose]());
afterEach(async () => await studio.closePages());

const HANDS = {
  nodes: {
    camera: { type: 'core.source.frames' },
    newest: { type: 'core.buffer.latest' },
    hands: { type: 'mediapipe.hands' },
    results: { type: 'core.sink.results' },
  },
  wires: [
    ['camera.frame', 'newest.in'],
    ['newest.out', 'hands.frame'],
    ['hands.hands', 'results.in'],
  ],
};

const LAYOUT = {
  camera: { x: 0, y: 0 },
  newest: { x: 304, y: 0 },
  hands: { x: 600, y: 0 },
  results: { x: 904, y: 160 },
};
const wire = (id: string): string => `.vue-flow__edge[data-id="${id}"]`;

/** The middle of a wire, on the page. */
async function wireMiddle(page: Page, from: string, to: string): Promise<Point> {
  const [a, b] = [await centre(page, `.source[data-port="${from}"]`), await centre(page, `.target[data-port="${to}"]`)];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
async function inCanvas(page: Page, { x, y }: Point): Promise<Point> {
  const box = await page.locator('.canvas').boundingBox();
  return { x: x - (box?.x ?? 0), y: y - (box?.y ?? 0) };
}

describe('The canvas', () => {
  it('adds a node where it is wanted: by a double-click, at the end of a wire, and by key', async () => {
    const page = await studio.open('added', HANDS);
    const popup = page.locator('.quick-add');
    const port = await centre(page, '.source[data-port="hands.hands"]');
    const end = { x: port.x + 40, y: port.y + 160 };
    await drag(page, port, end);
    await popup.waitFor();
    expect(await popup.innerText()).toContain('hands.hands');
    expect(await page.locator('[data-choice="core.source.frames"]').count()).toBe(0);
    await page.keyboard.type('one euro');
    await page.keyboard.press('Enter');
    await expect.poll(() => popup.count()).toBe(0);
    // The port that takes the wire lies where it was let go.
    await page.waitForSelector('.target[data-port="one-euro.in"]');
    const dot = await centre(page, '.target[data-port="one-euro.in"]');
    expect(Math.hypot(dot.x - end.x, dot.y - end.y)).toBeLessThan(8);
    await page.mouse.dblclick(end.x, end.y - 250);
    await page.keyboard.type('camera');
    await page.keyboard.press('Escape');
    await expect.poll(() => popup.count()).toBe(0);
    await page.click('.node.extractor');
    await page.keyboard.press('a');
    await popup.waitFor();
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    const { nodes, wires, layout } = await studio.saved(page, 'added');
    expect(wires).toContainEqual(['hands.hands', 'one-euro.in']);
    const added = Object.keys(nodes).filter((name) => !Object.hasOwn(HANDS.nodes, name));
    expect(added).toHaveLength(2);
    expect(Object.values(nodes).some(({ type }) => type === 'media.source.camera')).toBe(false);
    // Nobody had placed these: they stay where they were drawn.
    expect(layout).toMatchObject({ camera: { x: 0, y: 0 }, results: { x: 780, y: 0 } });
  });

  it('puts nodes into wires: from the palette, from the canvas, from the menu; what does not fit says so', async () => {
    const page = await studio.open('spliced', {
      ...HANDS,
      nodes: { ...HANDS.nodes, spare: { type: 'core.buffer.fifo' }, look: { type: 'core.smoother.ema' } },
      layout: LAYOUT,
    });
    const middle = await wireMiddle(page, 'hands.hands', 'results.in');
    const tip = page.locator('.tip');
    // A smoother takes landmarks, not frames.
    const frames = await wireMiddle(page, 'newest.out', 'hands.frame');
    const title = await centre(page, '[data-id="look"] .head');
    await drag(page, title, frames, async () => {
      await expect.poll(() => tip.innerText()).toContain('frame');
      expect(await page.locator('.hint .refused').count()).toBe(1);
    });
    await drag(page, await centre(page, '[data-id="look"] .head'), middle, async () => {
      await expect.poll(() => page.locator('.hint path:not(.refused)').count()).toBe(1);
    });
    await page.waitForSelector(wire('look.out > results.in'), { state: 'attached' });
    expect(await tip.count()).toBe(0);
    await page.dragAndDrop('[data-type="core.buffer.ring"]', '.canvas', {
      targetPosition: await inCanvas(page, await wireMiddle(page, 'camera.frame', 'newest.in')),
    });
    await page.waitForSelector(wire('ring.out > newest.in'), { state: 'attached' });
    await page.dragAndDrop('[data-type="core.sink.null"]', '.canvas', { targetPosition: { x: 60, y: 60 } });
    await page.waitForSelector('[data-id="null"]');
    // The menu of a wire: by its key, by its button.
    await page.locator(wire('newest.out > hands.frame')).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'What can be done with this wire' }).click();
    await page.keyboard.press('i');
    expect(await page.locator('[role=menuitem]:focus').innerText()).toBe('Insert FIFO');
    await page.keyboard.press('Enter');
    const { wires } = await studio.saved(page, 'spliced');
    expect(wires).toEqual([
      ['camera.frame', 'ring.in'],
      ['fifo.out', 'hands.frame'],
      ['hands.hands', 'look.in'],
      ['look.out', 'results.in'],
      ['newest.out', 'fifo.in'],
      ['ring.out', 'newest.in'],
    ]);
    // Each was one step.
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('Control+z');
    expect((await studio.saved(page, 'spliced')).wires).toEqual(
      HANDS.wires.toSorted((a, b) => String(a).localeCompare(String(b))),
    );
  });

  it('selects with a box, moves with keys, brings into line, and says why a wire is refused', async () => {
    const page = await studio.open('moved', { ...HANDS, layout: LAYOUT });
    const selected = page.locator('.vue-flow__node.selected');
    const [a, b] = [await page.locator('[data-id="camera"]').boundingBox(), await centre(page, '[data-id="hands"]')];
    await page.keyboard.down('Shift');
    await drag(page, { x: (a?.x ?? 0) - 12, y: (a?.y ?? 0) - 12 }, { x: b.x, y: b.y + 120 });
    await page.keyboard.up('Shift');
    await expect.poll(() => selected.count()).toBe(3);
    await page.click('[data-id="newest"] .head', { modifiers: ['Control'] });
    await expect.poll(() => selected.count()).toBe(2);
    for (const key of ['ArrowDown', 'ArrowDown', 'Shift+ArrowRight']) await page.keyboard.press(key);
    let { layout } = await studio.saved(page, 'moved');
    expect(layout).toMatchObject({ camera: { x: 1, y: 20 }, hands: { x: 601, y: 20 }, newest: LAYOUT.newest });
    await page.keyboard.press('Control+z');
    await page.click('[data-id="camera"] .head');
    await page.click('[data-id="results"] .head', { modifiers: ['Control'] });
    await page.click('[data-id="results"] .head', { button: 'right' });
    await page.getByRole('menuitem', { name: 'Align bottom' }).click();
    ({ layout } = await studio.saved(page, 'moved'));
    expect(layout).toEqual({ ...LAYOUT, camera: { x: 0, y: 160 } });
    await page.keyboard.press('F2');
    expect(await page.locator('.text-box').count()).toBe(0); // several have no one name
    await page.click('[data-id="newest"] .head');
    await page.keyboard.press('F2');
    await page.locator('.text-box input').fill('hands');
    expect(await page.locator('.text-box').innerText()).toContain('Another node');
    await page.locator('.text-box input').fill('freshest');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-id="freshest"]');
    await drag(
      page,
      await centre(page, '.source[data-port="camera.frame"]'),
      await centre(page, '.source[data-port="hands.hands"]'),
      async () => {
        await expect.poll(() => page.locator('.tip').innerText()).toContain('from an output to an input');
      },
    );
    expect(await page.locator('.tip').count()).toBe(0);
  });

  it('has comments and groups: written, moved, sized, renamed, taken out; the minimap leads about', async () => {
    const page = await studio.open('noted', { ...HANDS, layout: LAYOUT });
    const focus = '[data-id="camera"] .head';
    await page.click(focus);
    await page.click('[data-id="newest"] .head', { modifiers: ['Control'] });
    await page.keyboard.press('Control+g');
    await page.locator('.group input').fill('Seeing');
    await page.keyboard.press('Enter');
    const title = page.locator('.group .title');
    expect(await title.innerText()).toBe('Seeing');
    const grip = await title.boundingBox();
    const from = { x: (grip?.x ?? 0) + 40, y: (grip?.y ?? 0) + 12 };
    const before = await centre(page, focus);
    await drag(page, from, { x: from.x + 60, y: from.y + 90 }, async () => {
      // Its nodes follow before they are let go.
      await expect.poll(async () => (await centre(page, focus)).y - before.y).toBeGreaterThan(60);
    });
    await page.keyboard.press('c');
    await page.keyboard.type('c is only a letter here');
    await page.keyboard.press('Escape');
    const comment = page.locator('.comment');
    await expect.poll(() => comment.innerText()).toContain('only a letter');
    const corner = await centre(page, '.comment .corner');
    await drag(page, corner, { x: corner.x + 80, y: corner.y + 40 });
    await page.keyboard.press('ArrowDown');
    const { comments = {}, groups, layout } = await studio.saved(page, 'noted');
    expect(groups).toEqual({ group: { title: 'Seeing', nodes: ['camera', 'newest'] } });
    expect(layout?.['camera']?.y).toBeGreaterThan(0);
    expect((layout?.['newest']?.x ?? 0) - (layout?.['camera']?.x ?? 0)).toBe(LAYOUT.newest.x);
    expect(layout?.['hands']).toEqual(LAYOUT.hands);
    expect(comments['comment']?.width).toBeGreaterThan(208);
    await page.keyboard.press('Delete');
    await expect.poll(() => comment.count()).toBe(0);
    expect(await page.locator('.vue-flow__node').count()).toBe(4);
    await page.keyboard.press('Control+z');
    await comment.waitFor();
    await page.click(focus);
    await page.keyboard.press('Control+Shift+g');
    await expect.poll(() => page.locator('.group').count()).toBe(0);
    // One that says nothing is none.
    await page.locator('.vue-flow__pane').click({ button: 'right', position: { x: 60, y: 400 } });
    await page.getByRole('menuitem', { name: 'Add a comment' }).click();
    await page.locator('.comment textarea').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => comment.count()).toBe(1);
    const saved = await studio.saved(page, 'noted');
    expect([Object.keys(saved.comments ?? {}), saved.groups]).toEqual([['comment'], undefined]);
    const was = await centre(page, focus);
    const map = await page.locator('.minimap').boundingBox();
    await page.mouse.click((map?.x ?? 0) + 4, (map?.y ?? 0) + 4);
    await expect.poll(async () => Math.hypot((await centre(page, focus)).x - was.x)).toBeGreaterThan(100);
  });
});
