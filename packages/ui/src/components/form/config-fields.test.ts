import type { JsonSchema, NodeTypeDescriptor } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import { configFields } from './config-fields.js';

const fieldsOf = (configSchema: JsonSchema) =>
  configFields({ configSchema, liveConfig: [] as readonly string[] } as NodeTypeDescriptor); // nothing else is read
const controlOf = (schema: JsonSchema) => fieldsOf({ type: 'object', properties: { it: schema } })[0]?.control;
const tuple = (length: number): JsonSchema => ({
  ...{ type: 'array', minItems: length, maxItems: length, items: false },
  prefixItems: Array.from({ length }, () => ({ type: 'number' })),
});

describe('configFields', () => {
  it.each<[string, JsonSchema, object]>([
    ['a switch', { type: 'boolean' }, { is: 'switch' }],
    ['a choice', { type: 'string', enum: ['a', 'b'] }, { is: 'choice', of: ['a', 'b'] }],
    ['a number', { type: 'number' }, { is: 'number', range: undefined, isWhole: false }],
    ['a text', { type: 'string' }, { is: 'text' }],
    ['texts', { type: 'array', items: { type: 'string' } }, { is: 'texts' }],
    ['choices', { type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, { is: 'choices', of: ['a', 'b'] }],
    ['a tuple', tuple(3), { is: 'numbers', lengths: [3] }],
    ['tuples', { anyOf: [tuple(1), tuple(3)] }, { is: 'numbers', lengths: [1, 3] }],
    ['a map', { type: 'object', additionalProperties: { type: 'number' } }, { is: 'map' }],
    [
      'a map to numbers or lists of them',
      {
        type: 'object',
        additionalProperties: { anyOf: [{ type: 'number' }, { type: 'array', items: { type: 'number' } }] },
      },
      { is: 'map' },
    ],
    ['a tuple of others', { type: 'array', prefixItems: [{ type: 'string' }], items: false }, { is: 'json' }],
    ['an open tuple', { type: 'array', prefixItems: [{ type: 'number' }] }, { is: 'json' }],
    ['a tuple or a text', { anyOf: [tuple(1), { type: 'string' }] }, { is: 'json' }],
    ['lists of lists', { type: 'array', items: { type: 'array', items: { type: 'string' } } }, { is: 'json' }],
    [
      'an object',
      { type: 'object', properties: { a: { type: 'number' } }, additionalProperties: { type: 'number' } },
      { is: 'json' },
    ],
    ['a map to texts', { type: 'object', additionalProperties: { type: 'string' } }, { is: 'json' }],
  ])('enters %s', (_, schema, control) => {
    expect(controlOf(schema)).toEqual(control);
  });
});
