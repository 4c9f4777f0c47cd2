import { readFileSync } from 'node:fs';
import { schemaText, showValue } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { schemas } from '../schemas.js';
import { CONFIG_KEYS } from './config-keys.js';

const read = (file: string): string => readFileSync(new URL(`../../../../${file}`, import.meta.url), 'utf8');

it.each(Object.entries(schemas))('%s is as the build writes it', (name, type) => {
  expect(read(`apps/server/schemas/${name}`)).toBe(schemaText(type));
});

it('docs/configuration.md has every setting with its variable, default and description', () => {
  const rows = (
    read('docs/configuration.md')
      .split('\n## ')
      .find((section) => section.startsWith('Settings\n'))
      ?.match(/^\| `[a-z][A-Za-z.]*` .*$/gm) ?? []
  ).map(cells);
  const expected = CONFIG_KEYS.map(({ name, variable, schema }) => [
    `\`${name}\``,
    `\`${variable}\``,
    'default' in schema ? `\`${showDefault(schema['default'])}\`` : '',
    String(schema['description']),
  ]);
  expect(rows).toEqual(expected);
});

function showDefault(value: unknown): string {
  return typeof value === 'string'
    ? value
    : Array.isArray(value)
      ? `[${value.map(showValue).join(', ')}]`
      : showValue(value);
}

/** The cells of a row, without the spaces that align them. */
function cells(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
