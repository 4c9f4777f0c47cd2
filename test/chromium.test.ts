import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from './support/chromium.js';
import type { ChromiumHost } from './support/chromium.js';

let folder: string;
let calls: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-chromium-'));
  calls = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(name: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, '#!/bin/sh\n');
  await chmod(file, 0o755);
  return file;
}

function host(changes: Partial<ChromiumHost> = {}): ChromiumHost {
  const run = async (command: string, args: readonly string[]): Promise<void> => {
    calls.push([path.basename(command), ...args].join(' '));
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (args[0] === 'install') await program('chromium');
  };
  return { env: { PATH: folder }, isRoot: true, run, lockFolder: path.join(folder, 'lock'), ...changes };
}

describe('Finding Chromium', () => {
  it('takes the one that is named, or says that it is none', async () => {
    const named = await program('my-browser');
    await program('chromium');
    expect(await findChromium(host({ env: { PATH: folder, KINEGRAPH_CHROMIUM: named } }))).toBe(named);
    const missing = path.join(folder, 'missing');
    await expect(findChromium(host({ env: { PATH: folder, KINEGRAPH_CHROMIUM: missing } }))).rejects.toThrow(
      /missing", which is no program/,
    );
  });

  it('takes the first of its names on the PATH', async () => {
    const chrome = await program('google-chrome');
    expect(await findChromium(host())).toBe(chrome);
    const chromium = await program('chromium');
    expect(await findChromium(host({ env: { PATH: `${path.join(folder, 'none')}:${folder}` } }))).toBe(chromium);
    expect(calls).toEqual([]);
  });

  it('installs it where it may, once for all that ask', async () => {
    await program('apt-get');
    const found = await Promise.all([findChromium(host()), findChromium(host())]);
    expect(found).toEqual([path.join(folder, 'chromium'), path.join(folder, 'chromium')]);
    expect(calls).toEqual(['apt-get update', 'apt-get install -y --no-install-recommends chromium']);
  });

  it('says in one line how to get it where it may not install, or cannot', async () => {
    await expect(findChromium(host())).rejects.toThrow(/^The tests in a browser need Chromium: install it [^\n]*$/);
    await program('apt-get');
    await expect(findChromium(host({ isRoot: false }))).rejects.toThrow(/KINEGRAPH_CHROMIUM to its path/);
    expect(calls).toEqual([]);
    await expect(findChromium(host({ run: () => Promise.resolve() }))).rejects.toThrow(/need Chromium/);
  });
});
