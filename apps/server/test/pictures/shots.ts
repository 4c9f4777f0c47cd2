import type { Page } from 'playwright-core';

/** A picture to be taken: a page, and what is done to it before. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  /** It is there once the page shows this. */
  readonly shows: string;
  readonly size?: 'wide' | 'narrow';
  readonly act?: (page: Page) => Promise<void>;
}

const EDITOR = '/graphs/hands';
const NODES = '.node.extractor';
/** A hand has been found and drawn, figures have come. */
const seen = async (page: Page): Promise<void> => {
  await page.waitForSelector('canvas[role=img]', { state: 'attached' });
  await page.evaluate(async () => {
    const canvas = document.querySelector('canvas[role=img]');
    await new Promise<void>((resolve) => {
      canvas?.addEventListener('kinegraph:drawn', (event) => {
        if ((event as CustomEvent<{ tracks: readonly unknown[] }>).detail.tracks.length > 0) resolve();
      });
    });
  });
};
const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

export const SHOTS: readonly Shot[] = [
  { name: 'home', path: '/', shows: NODES, act: seen },
  { name: 'graphs', path: '/graphs', shows: 'main h1' },
  {
    name: 'editor',
    path: EDITOR,
    shows: NODES,
    act: async (page) => {
      await page.click('.node.smoother');
      await seen(page);
    },
  },
  { name: 'editor-narrow', path: EDITOR, shows: '.editor-bar', size: 'narrow' },
  {
    name: 'outline',
    path: EDITOR,
    shows: NODES,
    act: async (page) => await page.getByRole('button', { name: 'Outline' }).click(),
  },
  { name: 'commands', path: EDITOR, shows: NODES, act: press('Control+k') },
  { name: 'keys', path: EDITOR, shows: NODES, act: press('?') },
  {
    name: 'add',
    path: EDITOR,
    shows: NODES,
    act: async (page) => {
      await page.click('.node.extractor');
      await page.keyboard.press('a');
    },
  },
  { name: 'deploy', path: EDITOR, shows: NODES, act: press('Control+Enter') },
  { name: 'tour', path: EDITOR, shows: NODES, act: async (page) => await page.click('text=Show me') },
  {
    name: 'charts',
    path: EDITOR,
    shows: NODES,
    act: async (page) => {
      await page.getByRole('tab', { name: 'Charts' }).click();
      await seen(page);
    },
  },
  { name: 'live', path: '/live/hands', shows: '.live-panel', act: seen },
  {
    name: 'live-frozen',
    path: '/live/hands',
    shows: '.live-panel',
    act: async (page) => {
      await seen(page);
      await page.keyboard.press('Space');
    },
  },
  { name: 'runs', path: '/runs', shows: 'main h1' },
  { name: 'run', path: '/runs/hands', shows: 'main h1' },
  { name: 'sources', path: '/sources', shows: 'main h1' },
  { name: 'recordings', path: '/recordings', shows: 'main h1' },
  { name: 'models', path: '/models', shows: 'tbody tr' },
  { name: 'plugins', path: '/plugins', shows: 'main h1' },
  { name: 'settings', path: '/settings', shows: 'main h1' },
  { name: 'teach', path: '/teach', shows: '.takes' },
  { name: 'graphs-narrow', path: '/graphs', shows: 'main h1', size: 'narrow' },
];
