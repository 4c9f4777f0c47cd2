import type { JsonSchema } from '@kinegraph/core';

/**
 * What a text of the environment or of a flag stands for where this schema is expected: a number, `true` or `false`, a list
 * with commas between its items, or JSON. A text that cannot be that stays a text, so that the check shows it as it was met.
 */
export function readText(schema: JsonSchema, text: string): unknown {
  switch (schema['type']) {
    case 'integer':
    case 'number':
      return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : text;
    case 'boolean':
      return { true: true, '1': true, false: false, '0': false }[text.trim().toLowerCase()] ?? text;
    case 'array':
      return text.trim().startsWith('[') ? readJson(text) : itemsOf(text);
    case 'object':
      return readJson(text);
    default:
      return text;
  }
}

function itemsOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
