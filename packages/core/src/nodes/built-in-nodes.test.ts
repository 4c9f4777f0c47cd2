import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builtInNodes } from './index.js';

const PORT_TYPES =
  /^(any|frame|angles|detections|landmarks\/(\*|mixed|\{to\}|\{skeleton\})|\$in|window<(\$in|landmarks\/\*)>)$/;

it('every type has a name of its own under core., by kind', () => {
  const types = builtInNodes.map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
  for (const { type, kind } of builtInNodes) expect(type).toMatch(new RegExp(`^core\\.${kind}\\.[a-z-]+$`));
});

describe.each(builtInNodes.map((node) => [node.type, node] as const))('%s', (_type, node) => {
  it('runs without any configuration, and refuses keys that it does not have', () => {
    const defaults = node.config.safeParse({});
    expect(defaults.error?.message).toBeUndefined();
    expect(node.config.safeParse({ noSuchKey: 1 }).success).toBe(false);
    for (const key of node.liveConfig)
      expect(node.config.safeParse({ [key]: {} }).success, `live key ${key}`).toBe(false);
  });

  it('says of every key its title and what it means, in a schema that is plain JSON', () => {
    const schema = z.toJSONSchema(node.config, { io: 'input' });
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      expect(property, key).toMatchObject({ title: expect.any(String), description: expect.stringMatching(/\.$/) });
    }
  });

  it('has described ports of known types', () => {
    expect(node.description).toMatch(/\.$/);
    expect(Object.keys(node.inputs).length > 0).toBe(node.kind !== 'source');
    for (const { type, description } of [...Object.values(node.inputs), ...Object.values(node.outputs)]) {
      for (const alternative of type.split('|')) expect(alternative).toMatch(PORT_TYPES);
      expect(description).toMatch(/\.$/);
    }
  });
});
