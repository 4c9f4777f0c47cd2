import { describe, expect, it } from 'vitest';
import { aNodeType } from '../../test/support/node-types.js';
import { StaticNodeTypeCatalog } from './catalog.js';

const type = aNodeType({ type: 'acme.mask', kind: 'extractor', plugin: 'acme' });

describe('StaticNodeTypeCatalog', () => {
  it('knows its types, their plugins and the core', () => {
    const catalog = new StaticNodeTypeCatalog([type], { models: '2.0.0' });
    expect([catalog.get('acme.mask'), catalog.get('acme.other')]).toEqual([type, undefined]);
    expect(catalog.list()).toEqual([type]);
    expect(['acme', 'models', '@kinegraph/core', 'other'].map((name) => catalog.hasPlugin(name))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([catalog.pluginVersion('models'), catalog.pluginVersion('acme')]).toEqual(['2.0.0', undefined]);
  });

  it('refuses two types of one name, naming both plugins', () => {
    expect(() => new StaticNodeTypeCatalog([type, { ...type, plugin: 'other' }])).toThrow(
      'Node type "acme.mask" is contributed by acme and by other. A type has one plugin: leave one of them out.',
    );
  });
});
