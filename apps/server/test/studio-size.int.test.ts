import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

const BUILT = new URL(
  './dist/',
  pathToFileURL(createRequire(import.meta.url).resolve('@kinegraph/studio/package.json')),
);
const chunks = JSON.parse(readFileSync(new URL('.vite/manifest.json', BUILT), 'utf8')) as Record<string, Chunk>;

/** The files of JavaScript that a browser has to get before a page shows: those of it, and what they import at once. */
function loaded(entries: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = chunks[name];
    if (chunk === undefined) throw new Error(`The build has no ${name}.`);
    if (chunk.file.endsWith('.js')) files.add(chunk.file);
    for (const each of chunk.imports ?? []) visit(each);
  };
  for (const entry of entries) visit(entry);
  return files;
}

it('needs less than 350 kB of compressed JavaScript for the editor', () => {
  const files = loaded(['index.html', 'src/editor/editor-page.vue']);
  const bytes = [...files].map((file) => gzipSync(readFileSync(new URL(file, BUILT))).length);
  const total = bytes.reduce((sum, each) => sum + each, 0);
  expect(files.size).toBeGreaterThan(1);
  expect(total).toBeGreaterThan(50_000); // else it was not the editor that was looked at
  expect(total).toBeLessThan(350_000);
});
