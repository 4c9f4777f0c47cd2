import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { bundleForBrowser } from './support/browser-bundle.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const core = path.join(root, 'packages/core');

/** The file behind an entry of `@kinegraph/core`. */
async function entryFile(entry: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(core, 'package.json'), 'utf8')) as {
    exports: Record<string, { default: string }>;
  };
  const file = manifest.exports[entry]?.default;
  if (file === undefined) throw new Error(`@kinegraph/core has no entry "${entry}"`);
  return path.join(core, file);
}

describe('@kinegraph/core in a browser', () => {
  it.each(['.', './plugin', './protocol', './testing'])('entry %s imports nothing of Node', async (entry) => {
    const { nodeImports, script } = await bundleForBrowser(await entryFile(entry), root);

    expect(nodeImports).toEqual([]);
    expect(script.length).toBeGreaterThan(1000);
  });

  it.each([
    { entry: '.', name: 'serviceId' },
    { entry: './plugin', name: 'serviceId' },
  ])('entry $entry loads where there are no globals of Node', async ({ entry, name }) => {
    const { script } = await bundleForBrowser(await entryFile(entry), root);
    const page: Record<string, unknown> = {
      performance,
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      queueMicrotask,
      structuredClone,
      AbortController,
      AbortSignal,
      DOMException,
      Event,
      EventTarget,
      MessageChannel,
      TextDecoder,
      TextEncoder,
      URL,
      crypto,
      console,
    };
    vm.runInNewContext(script, page);

    expect(page['entry']).toHaveProperty(name);
  });

  it('says who imports what when something of Node is imported', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-bundle-'));
    try {
      await writeFile(path.join(folder, 'entry.js'), "export { read } from './reader.js';\n");
      await writeFile(
        path.join(folder, 'reader.js'),
        "import { readFileSync } from 'node:fs';\nimport os from 'os';\nimport sharp from 'sharp';\nexport const read = [readFileSync, os, sharp];\n",
      );
      const { nodeImports } = await bundleForBrowser(path.join(folder, 'entry.js'), folder);

      expect(nodeImports).toEqual(
        ['node:fs', 'os', 'sharp'].map((specifier) => ({ specifier, importer: 'reader.js' })),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
