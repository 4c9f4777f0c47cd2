import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../test/support/node-types.js';
import type { GraphDocument } from './document.js';
import { GraphInvalidError, resolveGraph } from './resolve-graph.js';

const GRAPH: GraphDocument = {
  kinegraph: 1,
  nodes: {
    out: { type: 'core.sink.ndjson' },
    window: { type: 'core.buffer.window' },
    merge: { type: 'core.transform.merge', sync: 'latest' },
    pose: { type: 'mediapipe.pose', concurrency: 2 },
    hands: { type: 'mediapipe.hands', config: { numHands: 2 } },
    clip: { type: 'media.source.file', config: { path: 'a.mp4' } },
  },
  wires: [
    ['window.out', 'out.in'],
    ['merge.merged', 'window.in'],
    ['pose.pose', 'merge.second'],
    ['hands.hands', 'merge.first'],
    ['clip.frame', 'pose.frame'],
    ['clip.frame', 'hands.frame'],
  ],
};

describe('resolveGraph', () => {
  it('gives nodes in the order of the flow, with defaults filled in', () => {
    const { nodes } = resolveGraph(GRAPH, CATALOG);
    expect(nodes.map(({ name }) => name)).toEqual(['clip', 'hands', 'pose', 'merge', 'window', 'out']);
    expect(nodes.map(({ concurrency, sync }) => `${concurrency} ${sync}`)).toEqual([
      '1 timestamp',
      '1 timestamp',
      '2 timestamp',
      '1 latest',
      '1 timestamp',
      '1 timestamp',
    ]);
    expect(nodes[1]?.config).toEqual({ numHands: 2, model: 'full', minTrackingConfidence: 0.5 });
    expect(nodes[1]?.descriptor).toBe(CATALOG.get('mediapipe.hands'));
  });

  it('gives wires with the types that travel on them', () => {
    const { wires } = resolveGraph(GRAPH, CATALOG);
    expect(wires[0]).toEqual({
      from: { node: 'window', port: 'out' },
      to: { node: 'out', port: 'in' },
      type: 'window<landmarks/mixed>',
    });
    expect(wires.map(({ type }) => type)).toEqual([
      'window<landmarks/mixed>',
      'landmarks/mixed',
      'landmarks/pose-33',
      'landmarks/hand-21',
      'frame',
      'frame',
    ]);
  });

  it('puts producers before consumers in whatever order a document has its nodes and wires', () => {
    const names = Object.keys(GRAPH.nodes);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(names, { minLength: names.length }),
        fc.shuffledSubarray(GRAPH.wires, { minLength: GRAPH.wires.length }),
        (order, wires) => {
          const nodes = Object.fromEntries(
            Object.entries(GRAPH.nodes).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
          );
          const resolved = resolveGraph({ ...GRAPH, nodes, wires }, CATALOG);
          const place = new Map(resolved.nodes.map(({ name }, index) => [name, index]));
          expect(resolved.nodes).toEqual(resolveGraph(GRAPH, CATALOG).nodes);
          for (const { from, to } of resolved.wires)
            expect(place.get(from.node)).toBeLessThan(place.get(to.node) ?? -1);
        },
      ),
    );
  });

  it('runs with warnings, and refuses errors with all problems at hand', () => {
    const spare = { ...GRAPH, nodes: { ...GRAPH.nodes, spare: { type: 'media.source.camera' } } };
    expect(resolveGraph(spare, CATALOG).nodes).toHaveLength(7);
    const broken = {
      ...spare,
      nodes: { ...spare.nodes, hands: { type: 'mediapipe.hand', config: {} }, clip: { type: 'media.source.file' } },
    };
    let error: unknown;
    try {
      resolveGraph(broken, CATALOG);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(GraphInvalidError);
    expect(error).toMatchObject({
      code: 'GRAPH_INVALID',
      message:
        'The graph cannot run. Node "hands" is of type "mediapipe.hand", which no installed plugin contributes. Did you mean "mediapipe.hands"? There is 1 more error.',
      data: {
        problems: [
          { code: 'GRAPH_UNKNOWN_NODE_TYPE' },
          { code: 'GRAPH_CONFIG_KEY_MISSING' },
          { code: 'GRAPH_NODE_LEADS_NOWHERE', severity: 'warning' },
        ],
      },
    });
  });
});
