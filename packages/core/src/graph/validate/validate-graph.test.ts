import { describe, expect, it } from 'vitest';
import { HANDS, codesOf, graph, problemsOf } from '../../../test/support/hands-graph.js';
import { CATALOG, NODE_TYPES, aNodeType } from '../../../test/support/node-types.js';
import { StaticNodeTypeCatalog } from '../catalog.js';
import { validateGraph } from './validate-graph.js';

describe('validateGraph', () => {
  it('has nothing to say about a good graph', () => {
    expect(problemsOf(HANDS)).toEqual([]);
  });

  it('says the same each time', () => {
    const document = graph({
      nodes: { hands: { type: 'mediapipe.hand' }, other: { type: 'x.y' } },
      wires: [['a.b', 'c.d']],
    });
    expect(problemsOf(document)).toEqual(problemsOf(structuredClone(document)));
  });
});

describe('plugins and types', () => {
  it('names an unknown type and the nearest there is', () => {
    expect(problemsOf(graph({ nodes: { hands: { type: 'mediapipe.hnads' } } }))).toEqual([
      {
        code: 'GRAPH_UNKNOWN_NODE_TYPE',
        severity: 'error',
        pointer: '/nodes/hands/type',
        node: 'hands',
        message: 'Node "hands" is of type "mediapipe.hnads", which no installed plugin contributes.',
        mend: 'Did you mean "mediapipe.hands"?',
      },
    ]);
  });

  it('names a missing plugin and the nodes that wait for it, and says nothing of their ports', () => {
    const document = graph({
      plugins: { '@kinegraph/plugin-yolo': '^1.0.0' },
      nodes: { hands: { type: 'yolo.pose', config: { whatever: 1 }, concurrency: 4 } },
      wires: [
        ['clip.frame', 'hands.image'],
        ['hands.people', 'out.in'],
      ],
    });
    expect(problemsOf(document).map(({ code, pointer, message, mend }) => [code, pointer, message, mend])).toEqual([
      [
        'GRAPH_PLUGIN_MISSING',
        '/plugins/@kinegraph~1plugin-yolo',
        'The graph needs the plugin "@kinegraph/plugin-yolo", which is not installed or could not be loaded. Waiting for it: "hands".',
        'Install @kinegraph/plugin-yolo, or remove it from "plugins" if nothing in the graph needs it.',
      ],
      [
        'GRAPH_PLUGIN_MISSING',
        '/nodes/hands/type',
        'Node "hands" is of type "yolo.pose", which comes with the plugin "@kinegraph/plugin-yolo" that is not installed or could not be loaded.',
        'Install @kinegraph/plugin-yolo.',
      ],
    ]);
  });

  it('does not blame a missing plugin for a type of an area that another one contributes', () => {
    const document = graph({ plugins: { 'acme-masks': '*' }, nodes: { hands: { type: 'mediapipe.hand' } } });
    expect(problemsOf(document)).toMatchObject([
      { code: 'GRAPH_PLUGIN_MISSING', pointer: '/plugins/acme-masks' },
      {
        code: 'GRAPH_UNKNOWN_NODE_TYPE',
        message: expect.stringContaining('It may come with one of the missing plugins "acme-masks".'),
      },
    ]);
  });

  it('compares version ranges with what is installed, where that is known', () => {
    const document = graph({
      plugins: { '@kinegraph/plugin-mediapipe': '^0.4.0', '@kinegraph/plugin-media': 'latest please' },
    });
    expect(problemsOf(document).map(({ code, message }) => [code, message])).toEqual([
      [
        'GRAPH_PLUGIN_VERSION',
        'The graph needs the plugin "@kinegraph/plugin-mediapipe" in a version that fits "^0.4.0"; installed is 0.3.1.',
      ],
      [
        'GRAPH_PLUGIN_RANGE_INVALID',
        'The version range of the plugin "@kinegraph/plugin-media" is "latest please", which is no range that npm knows.',
      ],
    ]);
    const withoutVersions = { get: CATALOG.get.bind(CATALOG), list: CATALOG.list.bind(CATALOG), hasPlugin: () => true };
    expect(validateGraph(graph({ plugins: { '@kinegraph/plugin-mediapipe': '^9.0.0' } }), withoutVersions)).toEqual([]);
  });

  it('refuses a node written for a newer version of its type, without telling of its unknown keys', () => {
    const document = graph({ nodes: { hands: { type: 'mediapipe.hands', typeVersion: 3, config: { newKey: 1 } } } });
    expect(problemsOf(document)).toMatchObject([
      {
        code: 'GRAPH_NODE_TYPE_NEWER',
        message: 'Node "hands" was written for version 3 of "mediapipe.hands"; installed is version 2.',
      },
    ]);
    expect(codesOf(graph({ nodes: { hands: { type: 'mediapipe.hands', typeVersion: 1 } } }))).toEqual([]);
  });

  it('allows concurrency only where a type keeps no state', () => {
    expect(codesOf(graph({ nodes: { hands: { type: 'mediapipe.hands', concurrency: 2 } } }))).toEqual([
      'GRAPH_CONCURRENCY_NOT_STATELESS',
    ]);
    expect(codesOf(graph({ nodes: { hands: { type: 'mediapipe.hands', concurrency: 1 } } }))).toEqual([]);
    const pose = graph({
      nodes: { hands: { type: 'mediapipe.pose', concurrency: 2 } },
      wires: [
        ['clip.frame', 'hands.frame'],
        ['hands.pose', 'out.in'],
      ],
    });
    expect(codesOf(pose)).toEqual([]);
  });
});

describe('configuration', () => {
  it('tells each fault with its node and place', () => {
    const document = graph({
      nodes: {
        clip: { type: 'media.source.file' },
        hands: { type: 'mediapipe.hands', config: { numHands: 12, modle: 'lite' } },
      },
    });
    expect(
      problemsOf(document).map(({ code, pointer, node, message, mend }) => [code, pointer, node, message, mend]),
    ).toEqual([
      [
        'GRAPH_CONFIG_KEY_MISSING',
        '/nodes/clip/config/path',
        'clip',
        'Node "clip" (media.source.file): "path" is missing; allowed: a text of at least 1 character.',
        'Add "path".',
      ],
      [
        'GRAPH_CONFIG_INVALID',
        '/nodes/hands/config/numHands',
        'hands',
        'Node "hands" (mediapipe.hands): "numHands" is 12; allowed: a whole number from 1 to 4.',
        undefined,
      ],
      [
        'GRAPH_CONFIG_KEY_UNKNOWN',
        '/nodes/hands/config/modle',
        'hands',
        'Node "hands" (mediapipe.hands): There is no key "modle"; the keys are "numHands", "model" and "minTrackingConfidence".',
        'Did you mean "model"?',
      ],
    ]);
  });

  it('tells of a schema that cannot be used instead of failing', () => {
    const catalog = new StaticNodeTypeCatalog([
      ...NODE_TYPES.filter(({ type }) => type !== 'core.sink.ndjson'),
      aNodeType({
        type: 'core.sink.ndjson',
        kind: 'sink',
        inputs: { in: { type: 'any' } },
        configSchema: { type: 'frob' },
      }),
    ]);
    expect(validateGraph({ ...HANDS, plugins: {} }, catalog)).toMatchObject([
      { code: 'GRAPH_CONFIG_SCHEMA_UNUSABLE', node: 'out' },
    ]);
  });
});
