import { z } from 'zod';
import type { JsonSchema } from '../node-type.js';
import { asSchema } from './json-schema.js';

/** The order in which the words of a schema are written: what it is, what it allows, what is inside. */
const WORD_ORDER = [
  '$schema',
  '$id',
  '$ref',
  'title',
  'description',
  'type',
  'const',
  'enum',
  'format',
  'pattern',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'default',
  'examples',
  'properties',
  'required',
  'propertyNames',
  'additionalProperties',
  'prefixItems',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
];

/** Words whose value holds schemas by name: the names are not words, their order is the author's. */
const NAMED_SCHEMAS = new Set(['properties', '$defs', 'definitions', 'patternProperties']);
/** Words whose value is plain data and stays as it is. */
const PLAIN_DATA = new Set(['default', 'const', 'enum', 'examples', 'required', 'type']);

/**
 * The JSON Schema (2020-12) of what people write for a zod type: keys with a default may be left out, unknown keys stay
 * forbidden where the type forbids them. The same type always gives the same keys in the same order.
 *
 * @throws Error where the type holds what JSON cannot say (transforms, dates, ...).
 */
export function nodeConfigSchema(type: z.ZodType): JsonSchema {
  const schema = z.toJSONSchema(type, { io: 'input', target: 'draft-2020-12' });
  return ordered(schema);
}

/** A JSON Schema as the text of a committed file: two spaces, a newline at the end. */
export function schemaText(type: z.ZodType): string {
  return `${JSON.stringify(nodeConfigSchema(type), undefined, 2)}\n`;
}

function ordered(schema: JsonSchema): JsonSchema {
  const words = Object.keys(schema).filter((word) => !isNoBound(schema, word));
  const rank = (word: string): number => {
    const place = WORD_ORDER.indexOf(word);
    return place === -1 ? WORD_ORDER.length : place;
  };
  words.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(words.map((word) => [word, orderedValue(word, schema[word])]));
}

function orderedValue(word: string, value: unknown): unknown {
  if (PLAIN_DATA.has(word)) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => orderedSchema(item));
  const schema = asSchema(value);
  if (schema === undefined || !NAMED_SCHEMAS.has(word)) return orderedSchema(value);
  return Object.fromEntries(Object.entries(schema).map(([name, inner]) => [name, orderedSchema(inner)]));
}

function orderedSchema(value: unknown): unknown {
  const schema = asSchema(value);
  return schema === undefined ? value : ordered(schema);
}

/** zod writes the range of safe integers for every whole number: noise for readers, and true without being said. */
function isNoBound(schema: JsonSchema, word: string): boolean {
  return (
    schema['type'] === 'integer' &&
    ((word === 'minimum' && schema[word] === Number.MIN_SAFE_INTEGER) ||
      (word === 'maximum' && schema[word] === Number.MAX_SAFE_INTEGER))
  );
}
