import fc from 'fast-check';
import type { GraphDocument } from '../../src/graph/index.js';

const name = fc.stringMatching(/^[a-z][a-zA-Z0-9-]{0,8}$/);
const text = fc.string({ unit: 'binary', maxLength: 12 });

/** Any JSON value, without the one key that no document may have. */
const jsonValue = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
const config = fc.dictionary(
  text.filter((key) => key !== '__proto__'),
  jsonValue,
  { maxKeys: 5, noNullPrototype: true },
);

const node = fc.record(
  {
    type: fc.string({ minLength: 1, maxLength: 20 }),
    typeVersion: fc.integer({ min: 1, max: 9 }),
    title: text,
    config,
    concurrency: fc.integer({ min: 1, max: 64 }),
    sync: fc.constantFrom('timestamp' as const, 'latest' as const),
  },
  { requiredKeys: ['type'], noNullPrototype: true },
);

const endpoint = fc.tuple(name, name).map(([nodeName, port]) => `${nodeName}.${port}`);

const skeleton = fc.record(
  {
    id: fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/),
    title: fc.string({ minLength: 1, maxLength: 9 }),
    points: fc.array(fc.string({ minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 5 }),
    connections: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 4 }),
  },
  { noNullPrototype: true },
);

/** Documents of any content that fit the format; their graphs need not make sense. */
export const anyGraphDocument: fc.Arbitrary<GraphDocument> = fc.record(
  {
    $schema: text,
    kinegraph: fc.constant(1 as const),
    title: text,
    description: text,
    plugins: fc.dictionary(fc.stringMatching(/^@?[a-z][a-z/-]{0,12}$/), text, { maxKeys: 4, noNullPrototype: true }),
    skeletons: fc.uniqueArray(skeleton, { selector: ({ id }) => id, maxLength: 3 }),
    nodes: fc.dictionary(name, node, { maxKeys: 6, noNullPrototype: true }),
    wires: fc.array(fc.tuple(endpoint, endpoint), { maxLength: 8 }),
    layout: fc.dictionary(
      name,
      fc.record({ x: fc.double({ noNaN: true, noDefaultInfinity: true }), y: fc.integer() }, { noNullPrototype: true }),
      { maxKeys: 4, noNullPrototype: true },
    ),
    comments: fc.dictionary(
      name,
      fc.record(
        {
          text,
          ...{ x: fc.double({ noNaN: true, noDefaultInfinity: true }), y: fc.integer() },
          ...{ width: fc.integer({ min: 16, max: 4000 }), height: fc.double({ noNaN: true, min: 16, max: 4000 }) },
        },
        { noNullPrototype: true },
      ),
      { maxKeys: 3, noNullPrototype: true },
    ),
    groups: fc.dictionary(
      name,
      fc.record({ title: text, nodes: fc.array(name, { maxLength: 4 }) }, { noNullPrototype: true }),
      { maxKeys: 3, noNullPrototype: true },
    ),
  },
  { requiredKeys: ['kinegraph', 'nodes', 'wires'], noNullPrototype: true },
);

/** The same keys and values in another order of keys. */
export function shuffledKeys<T extends object>(record: T, order: readonly number[]): T {
  const keys = Object.keys(record);
  const ranked = keys.map((key, index) => [order[index % Math.max(1, order.length)] ?? 0, index, key] as const);
  ranked.sort(([a, i], [b, j]) => a - b || i - j);
  return Object.fromEntries(ranked.map(([, , key]) => [key, Reflect.get(record, key) as unknown])) as T;
}
