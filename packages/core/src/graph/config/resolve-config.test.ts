import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nodeConfigSchema } from './config-schema.js';
import { resolveConfig } from './resolve-config.js';

const Model = z.union([
  z.strictObject({ from: z.literal('file'), path: z.string().min(1), threads: z.int().min(1).max(8).default(2) }),
  z.strictObject({ from: z.literal('store'), id: z.string() }),
]);

const Config = z.strictObject({
  numHands: z.int().min(1).max(4).default(1),
  model: z.enum(['full', 'lite']).default('full'),
  cutoffHz: z.number().positive().max(30).default(1),
  name: z
    .string()
    .regex(/^[a-z]+$/)
    .max(5)
    .optional(),
  shortSide: z.union([z.int().min(16), z.literal('auto')]).default('auto'),
  gapMs: z.number().min(0).nullable().default(null),
  stepMs: z.number().multipleOf(0.5).optional(),
  labels: z.array(z.string()).min(1).max(3).optional(),
  region: z.tuple([z.number(), z.number()]).optional(),
  weights: z.record(z.string(), z.number()).optional(),
  nested: z
    .strictObject({ on: z.boolean().default(true), deep: z.strictObject({ n: z.int().default(3) }).default({ n: 4 }) })
    .prefault({}),
  source: Model.optional(),
});
const SCHEMA = nodeConfigSchema(Config);
const DEFAULTS = {
  numHands: 1,
  model: 'full',
  cutoffHz: 1,
  shortSide: 'auto',
  gapMs: null,
  nested: { on: true, deep: { n: 4 } },
};

function told(config: unknown, schema = SCHEMA): unknown[] {
  const { value, problems } = resolveConfig(schema, config);
  expect(value).toBeUndefined();
  return problems.map(({ code, pointer, message, mend }) => [
    code,
    pointer,
    mend === undefined ? message : `${message} ${mend}`,
  ]);
}

describe('resolveConfig', () => {
  it('fills in defaults, also inside objects and inside defaults', () => {
    expect(resolveConfig(SCHEMA, undefined)).toEqual({ value: DEFAULTS, problems: [] });
    expect(resolveConfig(SCHEMA, { nested: { deep: {} }, source: { from: 'file', path: 'a' } }).value).toEqual({
      ...DEFAULTS,
      nested: { on: true, deep: { n: 3 } },
      source: { from: 'file', path: 'a', threads: 2 },
    });
  });

  it('gives what the zod type beside the class gives', () => {
    for (const config of [
      {},
      { numHands: 4 },
      { labels: ['a'], weights: { x: 1 }, region: [1, 2] },
      { gapMs: 3, shortSide: 256 },
    ]) {
      expect(resolveConfig(SCHEMA, config).value).toEqual(Config.parse(config));
    }
  });

  it('answers with values of its own: changing one changes neither schema nor configuration', () => {
    const config = { labels: ['a'] };
    const first = resolveConfig(SCHEMA, config).value as { labels: string[]; nested: { deep: { n: number } } };
    first.labels.push('b');
    first.nested.deep.n = 99;
    expect(config).toEqual({ labels: ['a'] });
    expect(resolveConfig(SCHEMA, {}).value).toEqual(DEFAULTS);
  });

  it.each([
    [{ numHands: 12 }, '/numHands', '"numHands" is 12; allowed: a whole number from 1 to 4.'],
    [{ numHands: 1.5 }, '/numHands', '"numHands" is 1.5; allowed: a whole number from 1 to 4.'],
    [{ numHands: '2' }, '/numHands', '"numHands" is "2"; allowed: a whole number from 1 to 4.'],
    [{ numHands: Number.NaN }, '/numHands', '"numHands" is NaN; allowed: a whole number from 1 to 4.'],
    [{ model: 'ful' }, '/model', '"model" is "ful"; allowed: "full" or "lite". Did you mean "full"?'],
    [{ cutoffHz: 0 }, '/cutoffHz', '"cutoffHz" is 0; allowed: a number above 0 and at most 30.'],
    [
      { name: 'UPPER' },
      '/name',
      '"name" is "UPPER"; allowed: a text of at most 5 characters that fits the pattern ^[a-z]+$.',
    ],
    [
      { shortSide: 'aut' },
      '/shortSide',
      '"shortSide" is "aut"; allowed: a whole number at least 16 or "auto". Did you mean "auto"?',
    ],
    [{ gapMs: 'x' }, '/gapMs', '"gapMs" is "x"; allowed: a number at least 0 or null.'],
    [{ stepMs: 0.3 }, '/stepMs', '"stepMs" is 0.3; allowed: a number in steps of 0.5.'],
    [{ labels: [] }, '/labels', '"labels" is []; allowed: a list of 1 to 3 items, each a text.'],
    [{ labels: ['a', 2] }, '/labels/1', '"labels[1]" is 2; allowed: a text.'],
    [{ region: [1] }, '/region', '"region" is [1]; allowed: a list of a number and a number.'],
    [{ weights: { x: 'y' } }, '/weights/x', '"weights.x" is "y"; allowed: a number.'],
    [{ nested: { on: 1 } }, '/nested/on', '"nested.on" is 1; allowed: true or false.'],
    [{ nested: { deep: { n: 'x' } } }, '/nested/deep/n', '"nested.deep.n" is "x"; allowed: a whole number.'],
    [
      { source: { from: 'file', path: '' } },
      '/source/path',
      '"source.path" is ""; allowed: a text of at least 1 character.',
    ],
    [
      { source: { from: 'disk' } },
      '/source',
      '"source" is {"from":"disk"}; allowed: an object with the keys from, path and threads or an object with the keys from and id.',
    ],
  ])('says of %j what is allowed', (config, pointer, sentence) => {
    expect(told(config)).toEqual([['GRAPH_CONFIG_INVALID', pointer, sentence]]);
  });

  it('names unknown keys with the nearest there is, and missing ones', () => {
    expect(told({ numHand: 2, zzzzzz: 1, nested: { onn: 1 }, source: { from: 'store' } })).toEqual([
      [
        'GRAPH_CONFIG_KEY_UNKNOWN',
        '/nested/onn',
        'There is no key "onn" in "nested"; the keys are "on" and "deep". Did you mean "on"?',
      ],
      ['GRAPH_CONFIG_KEY_MISSING', '/source/id', '"source.id" is missing; allowed: a text. Add "source.id".'],
      ['GRAPH_CONFIG_KEY_UNKNOWN', '/numHand', expect.stringContaining('Did you mean "numHands"?')],
      ['GRAPH_CONFIG_KEY_UNKNOWN', '/zzzzzz', expect.stringContaining('Remove "zzzzzz".')],
    ]);
  });

  it('reports each fault once, all at once', () => {
    const problems = told({ numHands: 0, model: 1, region: ['a'], gapMs: -1 }) as string[][];
    expect(problems.map(([, pointer]) => pointer)).toEqual(['/numHands', '/model', '/gapMs', '/region']);
  });

  it('refuses a configuration that is no object', () => {
    expect(told([])).toEqual([
      ['GRAPH_CONFIG_INVALID', '', expect.stringMatching(/^The configuration is \[\]; allowed: an object/)],
    ]);
  });

  it('lets a schema of hand pass what it does not forbid', () => {
    const schema = {
      type: 'object',
      properties: { a: { $ref: '#/$defs/size' } },
      $defs: { size: { type: 'integer', maximum: 9 } },
    };
    expect(resolveConfig(schema, { a: 1, more: true }).value).toEqual({ a: 1, more: true });
    expect(told({ a: 10 }, schema as never)).toEqual([
      ['GRAPH_CONFIG_INVALID', '/a', '"a" is 10; allowed: a whole number at most 9.'],
    ]);
  });

  it.each([{ type: 'frob' }, { not: { type: 'string' } }, { type: 'string', pattern: '(' }])(
    'tells that %j cannot be used',
    (schema) => {
      expect(told({}, schema as never)).toEqual([
        [
          'GRAPH_CONFIG_SCHEMA_UNUSABLE',
          '',
          expect.stringMatching(/^The configuration cannot be checked, because .* Tell the author of the plugin\.$/),
        ],
      ]);
    },
  );

  it('reads no key off the prototype of objects', () => {
    expect(told({ constructor: 1 })).toEqual([['GRAPH_CONFIG_KEY_UNKNOWN', '/constructor', expect.any(String)]]);
    expect(told(JSON.parse('{"__proto__": {"numHands": 2}}'))).toEqual([
      ['GRAPH_CONFIG_KEY_UNKNOWN', '/__proto__', expect.any(String)],
    ]);
  });
});

describe('nodeConfigSchema', () => {
  it('keeps ranges, defaults, titles and closed objects, without noise', () => {
    const type = z
      .strictObject({ b: z.int().default(2).meta({ title: 'B' }), a: z.number().min(0) })
      .meta({ description: 'd' });
    expect(JSON.stringify(nodeConfigSchema(type))).toBe(
      '{"$schema":"https://json-schema.org/draft/2020-12/schema","description":"d","type":"object","properties":{"b":{"title":"B","type":"integer","default":2},"a":{"type":"number","minimum":0}},"required":["a"],"additionalProperties":false}',
    );
  });

  it('refuses what JSON cannot say', () => {
    expect(() => nodeConfigSchema(z.strictObject({ at: z.date() }))).toThrow(/cannot be represented/);
  });
});
