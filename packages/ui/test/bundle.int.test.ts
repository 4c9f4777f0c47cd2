import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bundleForBrowser } from '../../../test/support/browser-bundle.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The packages from registries that a bundle has taken in: the bundler names each file in a comment. */
async function packagesIn(entry: string): Promise<string[]> {
  const { nodeImports, script } = await bundleForBrowser(fileURLToPath(new URL(entry, import.meta.url)), root);
  expect(nodeImports).toEqual([]);
  return [...new Set([...script.matchAll(/node_modules\/(?!\.pnpm)([^/\n]+)\//g)].map(([, name = '']) => name))];
}

describe('The bundle of the client', () => {
  it('takes nothing in but its own code, though the core has schemas and containers', async () => {
    expect(await packagesIn('../dist/index.js')).toEqual([]);
    expect(await packagesIn('../../core/dist/index.js')).toEqual(expect.arrayContaining(['zod', 'semver']));
  });
});
