// Writes openapi.json beside this file: what the server answers at /api/v1/openapi.json, for those who read or generate
// from it without a server. A file that is in step is left alone, so that watchers see no change where there is none.

import { readFile, writeFile } from 'node:fs/promises';
import { OPERATIONS, openApiDocument } from './dist/api/index.js';
import { packageVersion } from './dist/package-version.js';

const file = new URL('./openapi.json', import.meta.url);
const text = `${JSON.stringify(openApiDocument(OPERATIONS, packageVersion()), null, 2)}\n`;
const before = await readFile(file, 'utf8').catch(() => '');
if (text !== before) await writeFile(file, text);
