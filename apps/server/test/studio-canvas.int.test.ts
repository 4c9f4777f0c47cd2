import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_LIMIT_MS } from '../../../test/support/chromium.js';
import { StudioCanvas, centre, drag } from './support/studio-canvas.js';

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
});
