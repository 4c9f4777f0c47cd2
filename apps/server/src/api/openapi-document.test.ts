import { readFileSync } from 'node:fs';
import { validate } from '@readme/openapi-parser';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { packageVersion } from '../package-version.js';
import { openApiDocument } from './openapi-document.js';
import { OPERATIONS } from './operations/index.js';

const text = readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8');
const written = (): object => JSON.parse(text) as object;

describe('The OpenAPI document', () => {
  it('is in step with the operations; a build writes it anew', () => {
    expect(`${JSON.stringify(openApiDocument(OPERATIONS, packageVersion()), null, 2)}\n`).toBe(text);
  });

  it('has the form of OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(written() as Record<string, unknown>);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('has references that lead somewhere, and all parameters of its paths', async () => {
    expect(await validate(written() as Parameters<typeof validate>[0])).toMatchObject({ valid: true });
  });

  it('calls no two operations the same, and has no two for one method and path', () => {
    const ids = OPERATIONS.map(({ id }) => id);
    const places = OPERATIONS.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect([new Set(ids).size, new Set(places).size]).toEqual([ids.length, places.length]);
  });

  it('names only errors that are documented', () => {
    const documented = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
    const codes = new Set(OPERATIONS.flatMap(({ errors }) => errors));
    expect([...codes].filter((code) => !documented.includes(`\`${code}\``))).toEqual([]);
  });
});
