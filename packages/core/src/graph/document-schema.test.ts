import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { schemaText } from './config/config-schema.js';
import { resolveConfig } from './config/resolve-config.js';
import { GraphDocument } from './document.js';
import type { JsonSchema } from './node-type.js';

const file = new URL('../../schemas/graph-1.schema.json', import.meta.url);

describe('graph-1.schema.json', () => {
  it('is in step with the definition in the code: build the package and commit the file', async () => {
    expect(await readFile(file, 'utf8')).toBe(schemaText(GraphDocument));
  });

  it('alone accepts and refuses what the definition does', async () => {
    const schema = JSON.parse(await readFile(file, 'utf8')) as JsonSchema;
    const good = {
      kinegraph: 1,
      nodes: { a: { type: 'x', config: { b: [1] } } },
      wires: [['a.b', 'c.d']],
      layout: { a: { x: 0, y: 1 } },
    };
    const bad: unknown[] = [
      { ...good, kinegraph: 2 },
      { ...good, nodes: { A: { type: 'x' } } },
      { ...good, nodes: { a: {} } },
      { ...good, wires: [['a.b']] },
      { ...good, wires: [['a', 'c.d']] },
      { ...good, more: 1 },
    ];
    expect(resolveConfig(schema, good).value).toEqual(good);
    for (const document of bad) {
      expect(resolveConfig(schema, document).problems).not.toEqual([]);
      expect(GraphDocument.safeParse(document).success).toBe(false);
    }
  });
});
