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

const BASE = '';

export const SHOTS: readonly Shot[] = [
  { name: 'graphs', path: `${BASE}/graphs`, shows: 'main h1' },
  { name: 'editor', path: `${BASE}/graphs/hands`, shows: '.node.extractor' },
  {
    name: 'editor-inspector',
    path: `${BASE}/graphs/hands`,
    shows: '.node.extractor',
    act: async (page) => await page.click('.node.extractor'),
  },
];
