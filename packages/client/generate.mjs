// Writes src/generated/api.ts: the types of all that the server can be asked, from its OpenAPI document.

import { mkdir, writeFile } from 'node:fs/promises';
import { generated } from './generated.mjs';

const file = new URL('./src/generated/api.ts', import.meta.url);
await mkdir(new URL('.', file), { recursive: true });
await writeFile(file, await generated());
