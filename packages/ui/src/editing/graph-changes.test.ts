import { StaticNodeTypeCatalog } from '@kinegraph/core';
import type { GraphDocument } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import { graphChanges } from './graph-changes.js';

const CATALOG = new StaticNodeTypeCatalog([
  {
    ...{ type: 'mediapipe.hands', typeVersion: 1, kind: 'extractor', title: 'Hands', plugin: 'test', runsIn: 'main' },
    ...{ stateless: false, live: false, inputs: {}, outputs: {}, liveConfig: ['score'] },
    configSchema: {
      type: 'object',
      properties: { numHands: { type: 'integer', default: 1 }, score: { type: 'number', default: 0.5 } },
    },
  },
]);
const graph = (nodes: GraphDocument['nodes'], more: Partial<GraphDocument> = {}): GraphDocument => ({
  ...{ kinegraph: 1, nodes, wires: [] },
  ...more,
});

describe('graphChanges', () => {
  it('tells nodes, values from old to new, and wires', () => {
    const before = graph({ a: { type: 'x.a' }, hands: { type: 'mediapipe.hands', config: { numHands: 2 } } });
    const after = graph(
      { b: { type: 'x.b' }, hands: { type: 'mediapipe.hands', config: { score: 0.7 } } },
      { wires: [['b.out', 'hands.frame']] },
    );
    expect(graphChanges(before, after, CATALOG)).toMatchObject({
      nodes: [
        { node: 'b', is: 'added' },
        { node: 'a', is: 'removed' },
        {
          node: 'hands',
          is: 'changed',
          values: [
            { key: 'numHands', before: 2, after: 1, isLive: false },
            { key: 'score', before: 0.5, after: 0.7, isLive: true },
          ],
        },
      ],
      wiresAdded: [{ from: { node: 'b', port: 'out' }, to: { node: 'hands', port: 'frame' } }],
      wiresRemoved: [],
      restart: ['hands'],
      isEmpty: false,
    });
  });

  it('tells what means nothing for a run apart, and nothing where nothing is different', () => {
    const before = graph({ a: { type: 'x.a' } }, { layout: { a: { x: 0, y: 0 } } });
    const moved = graph({ a: { type: 'x.a' } }, { layout: { a: { x: 9, y: 0 } }, title: 'New' });
    expect(graphChanges(before, moved, CATALOG)).toMatchObject({
      nodes: [],
      others: ['title', 'layout'],
      isEmpty: false,
    });
    expect(graphChanges(before, structuredClone(before), CATALOG).isEmpty).toBe(true);
  });
});
