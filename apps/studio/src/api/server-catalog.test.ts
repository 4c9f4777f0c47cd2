import { validateGraph } from '@kinegraph/core';
import type { GraphDocument, NodeTypeDescriptor } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { serverCatalog } from './server-catalog.js';

const type = (
  name: string,
  kind: NodeTypeDescriptor['kind'],
  ports: Pick<NodeTypeDescriptor, 'inputs' | 'outputs'>,
): NodeTypeDescriptor => ({
  ...{ type: name, kind, title: name, typeVersion: 1, plugin: 'acme', runsIn: 'main', stateless: true, live: false },
  configSchema: { type: 'object', properties: { skeleton: { type: 'string', default: 'paw-3' } } },
  liveConfig: [],
  ...ports,
});
const nodeTypes = [
  type('acme.paws', 'source', { inputs: {}, outputs: { paws: { type: 'landmarks/{skeleton}' } } }),
  type('acme.out', 'sink', { inputs: { in: { type: 'landmarks/paw-3' } }, outputs: {} }),
];
const skeletons = [{ id: 'paw-3', title: 'Paw', points: ['heel', 'left', 'right'], connections: [[0, 1] as const] }];
const plugins = [
  { name: 'acme', version: '1.2.3', state: 'active' },
  { name: 'data-only', version: '2.0.0', state: 'listed' },
  { name: 'broken', version: '1.0.0', state: 'refused' },
];
const graph = (asked: Readonly<Record<string, string>> = {}): GraphDocument => ({
  kinegraph: 1,
  plugins: asked,
  nodes: { paws: { type: 'acme.paws' }, out: { type: 'acme.out' } },
  wires: [['paws.paws', 'out.in']],
});
const codesOf = (asked?: Readonly<Record<string, string>>): readonly string[] =>
  validateGraph(graph(asked), serverCatalog({ nodeTypes, plugins, skeletons })).map(({ code }) => code);

it('knows the skeletons that plugins contribute', () => {
  expect(codesOf()).toEqual([]);
});

it('knows the versions of plugins, also of those without node types', () => {
  expect(codesOf({ acme: '^1.0.0', 'data-only': '^2.0.0' })).toEqual([]);
  expect(codesOf({ acme: '^2.0.0' })).toEqual(['GRAPH_PLUGIN_VERSION']);
});

it('has no plugin that the server refused', () => {
  expect(codesOf({ broken: '^1.0.0' })).toEqual(['GRAPH_PLUGIN_MISSING']);
});
