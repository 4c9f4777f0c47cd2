import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configFields } from '../packages/ui/src/components/form/config-fields.js';

type NodeType = Parameters<typeof configFields>[0];
const PLUGINS = ['connect', 'media', 'mediapipe', 'sign-classifier', 'yolo'];

it('leaves nothing of the node types of bundled plugins to be entered as JSON', () => {
  const schemas = PLUGINS.flatMap((name) => {
    const folder = new URL(`../packages/plugin-${name}/schemas/`, import.meta.url);
    return readdirSync(folder).map(
      (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as NodeType['configSchema'],
    );
  });
  const fields = schemas.flatMap((configSchema) =>
    configFields({ configSchema, liveConfig: [] as readonly string[] } as NodeType),
  );
  expect(fields.length).toBeGreaterThan(80);
  expect(fields.filter(({ control }) => control.is === 'json').map(({ key }) => key)).toEqual([]);
});
