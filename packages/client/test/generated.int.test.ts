import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generated } from '../generated.mjs';

it('The types are those of the server that stands beside them; "npm run generate:client" writes them anew', async () => {
  expect(await readFile(new URL('../src/generated/api.ts', import.meta.url), 'utf8')).toBe(await generated());
});
