import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGraphDocument } from '../../test/support/graph-arbitraries.js';
import { PAW } from '../../test/support/hands-graph.js';
import { CATALOG } from '../../test/support/node-types.js';
import { diffGraphs } from './diff.js';
import type { GraphDocument, GraphNode } from './document.js';

const BEFORE: GraphDocument = {
  kinegraph: 1,
  nodes: {
    clip: { type: 'media.source.file', config: { path: 'a.mp4' } },
    hands: { type: 'mediapipe.hands' },
    out: { type: 'core.sink.ndjson' },
  },
  wires: [
    ['clip.frame', 'hands.frame'],
    ['hands.hands', 'out.in'],
  ],
};

const withHands = (hands: GraphNode): GraphDocument => ({ ...BEFORE, nodes: { ...BEFORE.nodes, hands } });

describe('skeletons', () => {
  const animals = (config: Record<string, unknown>, points: readonly string[] = PAW.points): GraphDocument => ({
    kinegraph: 1,
    skeletons: [{ ...PAW, points: [...points] }],
    nodes: {
      clip: { type: 'media.source.file', config: { path: 'a.mp4' } },
      people: { type: 'animal.pose', config },
      newest: { type: 'core.buffer.latest' },
      hands: { type: 'mediapipe.hands' },
      out: { type: 'core.sink.ndjson' },
    },
    wires: [
      ['clip.frame', 'people.frame'],
      ['clip.frame', 'hands.frame'],
      ['people.people', 'newest.in'],
      ['newest.out', 'out.in'],
    ],
  });

  it('begin a new stream at and behind a node whose configuration names another', () => {
    const diff = diffGraphs(animals({}), animals({ skeleton: 'paw-3' }), CATALOG);
    expect([...diff.newStream]).toEqual(['newest', 'people']);
    expect(diff.skeletons).toEqual([]);
  });

  it('that are defined otherwise restart the nodes that work with them, and no others', () => {
    const [before, after] = [animals({ skeleton: 'paw-3' }), animals({ skeleton: 'paw-3' }, ['pad', 'inner', 'thumb'])];
    const diff = diffGraphs(before, after, CATALOG);
    expect(diff).toMatchObject({ skeletons: ['paw-3'], changed: [], isEmpty: false });
    expect([...diff.restart]).toEqual(['newest', 'people']);
  });

  it('that nothing works with restart nothing', () => {
    const diff = diffGraphs(animals({}), animals({}, ['pad']), CATALOG);
    expect(diff.isEmpty).toBe(false);
    expect([...diff.restart]).toEqual([]);
  });
});

describe('diffGraphs', () => {
  it('finds nothing where a run would not notice', () => {
    const after: GraphDocument = {
      ...withHands({
        type: 'mediapipe.hands',
        typeVersion: 2,
        title: 'Hands',
        config: { numHands: 1 },
        concurrency: 1,
        sync: 'timestamp',
      }),
      title: 'Other',
      layout: { hands: { x: 1, y: 2 } },
      comments: { why: { text: 'Why', x: 0, y: 0, width: 160, height: 80 } },
      groups: { all: { title: 'All', nodes: ['hands'] } },
      wires: [...BEFORE.wires].reverse(),
    };
    const diff = diffGraphs(BEFORE, after, CATALOG);
    expect(diff).toMatchObject({
      added: [],
      removed: [],
      changed: [],
      wiresAdded: [],
      wiresRemoved: [],
      skeletons: [],
      isEmpty: true,
    });
    expect([...diff.restart, ...diff.rewired]).toEqual([]);
  });

  it('takes live keys over without a restart, and only those', () => {
    const live = diffGraphs(
      BEFORE,
      withHands({ type: 'mediapipe.hands', config: { minTrackingConfidence: 0.9 } }),
      CATALOG,
    );
    expect(live.changed).toEqual([{ node: 'hands', fields: [], configKeys: ['minTrackingConfidence'], live: true }]);
    expect([...live.restart]).toEqual([]);
    const both = diffGraphs(
      BEFORE,
      withHands({ type: 'mediapipe.hands', config: { minTrackingConfidence: 0.9, numHands: 2 } }),
      CATALOG,
    );
    expect(both.changed).toEqual([
      { node: 'hands', fields: [], configKeys: ['minTrackingConfidence', 'numHands'], live: false },
    ]);
    expect([...both.restart]).toEqual(['hands']);
  });

  it.each([
    [{ type: 'mediapipe.hands', concurrency: 2 }, 'concurrency'],
    [{ type: 'mediapipe.hands', sync: 'latest' as const }, 'sync'],
    [{ type: 'mediapipe.hands', typeVersion: 1 }, 'typeVersion'],
  ])('restarts a node whose fields changed: %j', (hands, field) => {
    const diff = diffGraphs(BEFORE, withHands(hands), CATALOG);
    expect(diff.changed).toEqual([{ node: 'hands', fields: [field], configKeys: [], live: false }]);
    expect([...diff.restart]).toEqual(['hands']);
  });

  it('tells nodes and wires that came and went, and who is fed by others now', () => {
    const { hands: _hands, ...kept } = BEFORE.nodes;
    const after: GraphDocument = {
      ...BEFORE,
      nodes: { ...kept, pose: { type: 'mediapipe.pose' } },
      wires: [
        ['clip.frame', 'pose.frame'],
        ['pose.pose', 'out.in'],
      ],
    };
    const diff = diffGraphs(BEFORE, after, CATALOG);
    expect([diff.added, diff.removed, diff.changed]).toEqual([['pose'], ['hands'], []]);
    expect(diff.wiresAdded).toEqual([
      { from: { node: 'clip', port: 'frame' }, to: { node: 'pose', port: 'frame' } },
      { from: { node: 'pose', port: 'pose' }, to: { node: 'out', port: 'in' } },
    ]);
    expect(diff.wiresRemoved).toHaveLength(2);
    expect([[...diff.restart], [...diff.rewired]]).toEqual([[], ['out']]);
  });

  it('begins nodes anew behind another source, or one that cannot take its change over, but no sinks', () => {
    const moved = diffGraphs(
      BEFORE,
      { ...BEFORE, nodes: { ...BEFORE.nodes, clip: { type: 'media.source.file', config: { path: 'b.mp4' } } } },
      CATALOG,
    );
    expect([[...moved.newStream], [...moved.restart]]).toEqual([['hands'], ['clip', 'hands']]);

    const { clip: _clip, ...kept } = BEFORE.nodes;
    const camera = diffGraphs(
      BEFORE,
      {
        ...BEFORE,
        nodes: { ...kept, camera: { type: 'media.source.camera' } },
        wires: [
          ['camera.frame', 'hands.frame'],
          ['hands.hands', 'out.in'],
        ],
      },
      CATALOG,
    );
    expect([[...camera.newStream], [...camera.restart], [...camera.rewired]]).toEqual([
      ['hands'],
      ['hands'],
      ['hands'],
    ]);
  });

  it('begins a node anew that is fed another type of value', () => {
    const smoothed: GraphDocument = {
      ...BEFORE,
      nodes: { ...BEFORE.nodes, pose: { type: 'mediapipe.pose' }, ema: { type: 'core.smoother.ema' } },
      wires: [
        ['clip.frame', 'hands.frame'],
        ['clip.frame', 'pose.frame'],
        ['hands.hands', 'ema.in'],
        ['ema.out', 'out.in'],
      ],
    };
    const wires = smoothed.wires.map(([from, to]): [string, string] =>
      to === 'ema.in' ? ['pose.pose', to] : [from, to],
    );
    const { newStream, rewired } = diffGraphs(smoothed, { ...smoothed, wires }, CATALOG);
    expect([[...newStream], [...rewired]]).toEqual([['ema'], ['ema']]);
  });

  it('restarts nodes that are known to refuse their live keys', () => {
    const after = withHands({ type: 'mediapipe.hands', config: { minTrackingConfidence: 0.9 } });
    const diff = diffGraphs(BEFORE, after, CATALOG, new Set(['hands']));
    expect([diff.changed[0]?.live, [...diff.restart]]).toEqual([false, ['hands']]);
  });

  it('compares what it cannot resolve as it is written', () => {
    const gone = (config: Record<string, unknown>): GraphDocument => withHands({ type: 'gone.node', config });
    expect(diffGraphs(gone({ a: { b: 1, c: 2 } }), gone({ a: { c: 2, b: 1 } }), CATALOG).isEmpty).toBe(true);
    expect(diffGraphs(gone({ a: 1 }), gone({ b: 1 }), CATALOG).changed).toMatchObject([
      { configKeys: ['a', 'b'], live: false },
    ]);
  });

  it('is empty for equal documents, and turns around with them', () => {
    fc.assert(
      fc.property(anyGraphDocument, anyGraphDocument, (a, b) => {
        expect(diffGraphs(a, structuredClone(a), CATALOG).isEmpty).toBe(true);
        const [there, back] = [diffGraphs(a, b, CATALOG), diffGraphs(b, a, CATALOG)];
        expect([there.added, there.removed, there.wiresAdded, there.wiresRemoved]).toEqual([
          back.removed,
          back.added,
          back.wiresRemoved,
          back.wiresAdded,
        ]);
        expect(there.changed.map(({ node }) => node)).toEqual(back.changed.map(({ node }) => node));
      }),
    );
  });
});
