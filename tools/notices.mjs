#!/usr/bin/env node
// Writes THIRD_PARTY_NOTICES.md from the installed production dependencies.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectDependencies } from './notices/collect.mjs';
import { renderNotices } from './notices/render.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
fs.writeFileSync(path.join(root, 'THIRD_PARTY_NOTICES.md'), renderNotices(collectDependencies(root)));
