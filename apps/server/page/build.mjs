// Bundles the built-in page into dist/page, beside the server that gives it out.

import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(folder, '../dist/page');

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await build({
  entryPoints: [path.join(folder, 'page.ts')],
  outfile: path.join(target, 'page.js'),
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  sourcemap: true,
  logLevel: 'warning',
});
for (const file of ['index.html', 'help.html', 'page.css', 'icon.svg'])
  await cp(path.join(folder, file), path.join(target, file));
