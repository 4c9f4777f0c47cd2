import type * as client from '@kinegraph/ui';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_LIMIT_MS } from '../../../test/support/chromium.js';
import { clientScript, openBrowser, openPage } from './support/browser-page.js';
import { TestServer } from './support/test-server.js';

declare const entry: typeof client;

type Pixel = readonly [red: number, green: number, blue: number];
const SIZE = { width: 1600, height: 800 };

let browser: Browser;
let page: Page;
let server: TestServer;
beforeAll(async () => {
  browser = await openBrowser();
  server = await TestServer.open();
  page = await openPage(browser, await clientScript(), server.url);
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});

/** Draws landmarks over black, and looks at places given as fractions. */
function draw(
  skeletonId: 'hand-21' | 'pose-33',
  rows: readonly (readonly number[])[],
  places: readonly (readonly [number, number])[],
  opacity = 1,
) {
  return page.evaluate(
    ([id, landmarks, looks, { width, height }, alpha]) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('No canvas.');
      context.fillStyle = '#000000';
      context.fillRect(0, 0, width, height);
      const skeleton = id === 'hand-21' ? entry.hand21 : entry.pose33;
      entry.drawSkeleton(context, Float32Array.from(landmarks.flat()), skeleton, { opacity: alpha });
      const pixels = looks.map(([x, y]): Pixel => {
        const [r = 0, g = 0, b = 0] = context.getImageData(Math.round(x * width), Math.round(y * height), 1, 1).data;
        return [r, g, b];
      });
      const left = { alpha: context.globalAlpha, fill: context.fillStyle, width: context.lineWidth };
      const all = context.getImageData(0, 0, width, height).data;
      const touched = all.reduce((sum, value, index) => sum + (index % 4 !== 3 && value > 0 ? 1 : 0), 0);
      return { pixels, left, touched };
    },
    [skeletonId, rows, places, SIZE, opacity] as const,
  );
}

/** Points of a skeleton in a row from left to right, 1 visible. */
function inARow(points: number, visibility = 1): number[][] {
  return Array.from({ length: points }, (_, point) => [0.1 + (0.8 * point) / (points - 1), 0.5, 0, visibility]);
}
const places = (rows: readonly (readonly number[])[]) => rows.map(([x = 0, y = 0]) => [x, y] as const);
const TEAL: Pixel = [0x2e, 0xe6, 0xd0];
const PINK: Pixel = [0xff, 0x5f, 0xa2];

describe('Drawing a skeleton', () => {
  it('puts teal on every joint and bone of a hand, and leaves the context as it was', async () => {
    const rows = inARow(21);
    const between = [0.1 + 0.8 / 40, 0.5] as const;
    const { pixels, left } = await draw('hand-21', rows, [...places(rows), between]);
    expect(pixels).toEqual(pixels.map(() => TEAL));
    expect(left).toEqual({ alpha: 1, fill: '#000000', width: 1 });
  });

  it('puts pink on bodies', async () => {
    const rows = inARow(33);
    const { pixels } = await draw('pose-33', rows, places(rows));
    expect(pixels).toEqual(pixels.map(() => PINK));
  });

  it('leaves out what is hardly visible or no number, with the bones that end there', async () => {
    const tip = [0.5, 0.1, 0, 1];
    const rows = inARow(21).map((_, point) => (point === 8 ? tip : [0.5, 0.9, 0, 1]));
    const bone = [[0.5, 0.5]] as const;
    expect((await draw('hand-21', rows, bone)).pixels).toEqual([TEAL]);
    for (const hidden of [
      [0.5, 0.9, 0, 0.2],
      [Number.NaN, 0.9, 0, 1],
      [0.5, 0.9, 0, Number.NaN],
    ]) {
      const changed = rows.map((row, point) => (point === 7 ? hidden : row));
      expect((await draw('hand-21', changed, bone)).pixels).toEqual([[0, 0, 0]]);
    }
    expect((await draw('hand-21', inARow(21, 0), [])).touched).toBe(0);
    expect((await draw('hand-21', [], [])).touched).toBe(0);
  });

  it('fades with visibility and with opacity', async () => {
    const green = async (visibility: number, opacity: number): Promise<number> => {
      const rows = inARow(21, visibility);
      return (await draw('hand-21', rows, places(rows).slice(4, 5), opacity)).pixels[0]?.[1] ?? -1;
    };
    const steps = [await green(0.35, 1), await green(0.45, 1), await green(0.55, 1), await green(0.9, 1)];
    expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
    expect(await green(1, 0.5)).toBeLessThan(200);
    expect(await green(1, 0)).toBe(0);
  });
});
