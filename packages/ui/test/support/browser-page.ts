import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { bundleForBrowser } from '../../../../test/support/browser-bundle.js';
import { CHROMIUM_FLAGS, findChromium } from '../../../../test/support/chromium.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const entry = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** Starts Chromium with further flags. */
export async function openBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS, ...flags] });
}

/** The client as a script with everything in the global `entry`. */
export async function clientScript(): Promise<string> {
  readFileSync(entry); // says plainly when it is not built
  return (await bundleForBrowser(entry, root)).script;
}

/** A page of a server, with the client in the global `entry`. */
export async function openPage(browser: Browser, script: string, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.addScriptTag({ content: script });
  return page;
}
