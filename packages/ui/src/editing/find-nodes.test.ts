import { StaticNodeTypeCatalog } from '@kinegraph/core';
import type { GraphDocument } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { findNodes } from './find-nodes.js';

const CATALOG = new StaticNodeTypeCatalog([
  {
    ...{ type: 'mediapipe.hands', typeVersion: 1, kind: 'extractor', title: 'MediaPipe Hands', plugin: 'test' },
    ...{ runsIn: 'main', stateless: false, live: false, inputs: {}, outputs: {}, configSchema: {}, liveConfig: [] },
  },
]);
const GRAPH: GraphDocument = {
  kinegraph: 1,
  nodes: {
    clip: { type: 'media.source.file', config: { path: 'clips/Signer.mp4', shortSide: 384 } },
    left: { type: 'mediapipe.hands', title: 'One side', config: { model: 'lite' } },
    out: { type: 'core.sink.null' },
  },
  wires: [],
};

it.each([
  ['LEFT', [{ node: 'left', by: 'name' }]],
  ['one s', [{ node: 'left', by: 'title' }]],
  ['mediapipe h', [{ node: 'left', by: 'type' }]],
  ['.sink.', [{ node: 'out', by: 'type' }]],
  ['signer', [{ node: 'clip', by: 'config', key: 'path' }]],
  ['384', [{ node: 'clip', by: 'config', key: 'shortSide' }]],
  [
    'li',
    [
      { node: 'clip', by: 'name' },
      { node: 'left', by: 'config', key: 'model' },
    ],
  ],
  ['  ', []],
  ['nowhere', []],
])('%j is found', (query, found) => {
  expect(findNodes(GRAPH, CATALOG, query)).toEqual(found);
});
