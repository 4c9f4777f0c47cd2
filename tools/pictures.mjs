#!/usr/bin/env node
// Takes pictures of every page and state of the studio, in both themes, into a folder: `npm run pictures [FOLDER]`.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = path.resolve(process.argv[2] ?? 'pictures');
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'apps/server/test/pictures/vitest.config.ts'],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, KINEGRAPH_PICTURES: folder } },
);
process.exitCode = status ?? 1;
