import type { NodeTypeDescriptor } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import { rankTypes } from './rank-types.js';

const type = (
  of: string,
  kind: NodeTypeDescriptor['kind'],
  title: string,
  description?: string,
): NodeTypeDescriptor => ({
  ...{ type: of, kind, title, typeVersion: 1, plugin: 'test', inputs: {}, outputs: {}, runsIn: 'main' },
  ...{ stateless: true, live: false, configSchema: {}, liveConfig: [] },
  ...(description === undefined ? {} : { description }),
});
const TYPES = [
  type('core.sink.results', 'sink', 'Results', 'What the latest frame gave.'),
  type('core.buffer.latest', 'buffer', 'Latest'),
  type('core.smoother.one-euro', 'smoother', 'One Euro'),
  type('media.source.camera', 'source', 'Camera'),
];
const found = (query: string): readonly string[] =>
  rankTypes(TYPES, query).flatMap(({ kind, types }) => types.map(({ title }) => `${kind}: ${title}`));

describe('A search for node types', () => {
  it('without words has all, as graphs have them', () => {
    expect(found(' ')).toEqual(['source: Camera', 'buffer: Latest', 'smoother: One Euro', 'sink: Results']);
  });

  it('has the best first, whatever its kind', () => {
    expect(found('LATEST')).toEqual(['buffer: Latest', 'sink: Results']);
    expect(found('results')).toEqual(['sink: Results']);
  });

  it('needs every word, wherever it is', () => {
    expect(found('euro smooth')).toEqual(['smoother: One Euro']);
    expect(found('euro camera')).toEqual([]);
  });
});
