#!/usr/bin/env node
// Runs turbo with the pinned pnpm on its path and with its telemetry off: `node tools/turbo.mjs run typecheck`.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { passThroughPnpm } from './setup/pnpm.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.exitCode = await passThroughPnpm(root, ['exec', 'turbo', ...process.argv.slice(2)]);
