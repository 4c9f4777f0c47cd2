import { StaticNodeTypeCatalog } from '@kinegraph/core';
import type { GraphDocument, NodeTypeDescriptor } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { liveValuesOfStep } from './live-keys.js';

const type = (
  name: string,
  kind: NodeTypeDescriptor['kind'],
  liveConfig: readonly string[] = [],
): NodeTypeDescriptor => ({
  ...{ type: name, kind, title: name, typeVersion: 1, plugin: 'test', runsIn: 'main', stateless: true, live: false },
  configSchema: { type: 'object', properties: { shortSide: { type: 'integer' }, file: { type: 'string' } } },
  liveConfig,
  inputs: kind === 'source' ? {} : { in: { type: 'frame' } },
  outputs: kind === 'sink' ? {} : { out: { type: 'frame' } },
});
const catalog = new StaticNodeTypeCatalog([
  type('t.camera', 'source'),
  type('t.scale', 'transform', ['shortSide']),
  type('t.out', 'sink'),
]);
const graph = (scale: object, more: GraphDocument['nodes'] = {}): GraphDocument => ({
  kinegraph: 1,
  nodes: {
    camera: { type: 't.camera' },
    scale: { type: 't.scale', config: { ...scale } },
    out: { type: 't.out' },
    ...more,
  },
  wires: [
    ['camera.out', 'scale.in'],
    ['scale.out', 'out.in'],
  ],
});

it('are those of the step, forth and back', () => {
  const [before, after] = [graph({ shortSide: 384 }), graph({ shortSide: 200 })];
  expect(liveValuesOfStep(before, before, after, catalog)).toEqual([{ node: 'scale', key: 'shortSide', value: 200 }]);
  expect(liveValuesOfStep(after, after, before, catalog)).toEqual([{ node: 'scale', key: 'shortSide', value: 384 }]);
  const plain = graph({});
  expect(liveValuesOfStep(after, after, plain, catalog)).toEqual([
    { node: 'scale', key: 'shortSide', value: undefined },
  ]);
});

it('are none where the draft differs in more than live values, or nothing that runs has changed', () => {
  const [before, after] = [graph({ shortSide: 384 }), graph({ shortSide: 200 })];
  const another = { extra: { type: 't.out' } };
  expect(
    liveValuesOfStep(before, graph({ shortSide: 384 }, another), graph({ shortSide: 200 }, another), catalog),
  ).toEqual([]);
  expect(liveValuesOfStep(before, before, { ...before, layout: { out: { x: 9, y: 9 } } }, catalog)).toEqual([]);
  expect(liveValuesOfStep(before, after, after, catalog)).toEqual([]);
  expect(liveValuesOfStep(before, before, graph({ shortSide: 384, file: 'a.mp4' }), catalog)).toEqual([]);
});
