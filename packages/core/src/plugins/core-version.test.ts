import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { schemaText } from '../graph/index.js';
import { schemas } from '../schemas.js';
import { CORE_VERSION } from './core-version.js';

const file = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('what is written twice', () => {
  it('is in step: the version here and in package.json', async () => {
    expect(JSON.parse(await file('package.json'))).toMatchObject({ version: CORE_VERSION });
  });

  it.each(Object.entries(schemas))('is in step: schemas/%s and its zod definition', async (name, schema) => {
    expect(await file(`schemas/${name}`)).toBe(schemaText(schema));
  });
});
