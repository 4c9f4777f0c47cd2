import { MAX_GRAPH_DEPTH, StaticNodeTypeCatalog, parseGraph, validateGraph } from '../../src/graph/index.js';
import type { GraphDocument, GraphProblemCode, NodeTypeCatalog, Problem } from '../../src/graph/index.js';
import { HANDS, PAW, graph } from './hands-graph.js';
import { CATALOG, NODE_TYPES, aNodeType } from './node-types.js';

type Find = () => readonly Problem[];

const reading =
  (input: unknown): Find =>
  () =>
    parseGraph(input).problems;
const checking =
  (document: GraphDocument, catalog: NodeTypeCatalog = CATALOG): Find =>
  () =>
    validateGraph(document, catalog);

const [CLIP_TO_HANDS, HANDS_TO_OUT] = [...HANDS.wires] as [[string, string], [string, string]];
const brokenSchema = new StaticNodeTypeCatalog([
  ...NODE_TYPES.filter(({ type }) => type !== 'core.sink.ndjson'),
  aNodeType({
    type: 'core.sink.ndjson',
    kind: 'sink',
    inputs: { in: { type: 'any' } },
    configSchema: { type: 'frob' },
  }),
]);
const latest = { type: 'core.buffer.latest' };

/** For each code, the smallest mistake that brings it: the hands graph with one thing wrong. The page shows these. */
export const PROBLEM_EXAMPLES: Readonly<Record<GraphProblemCode, Find>> = {
  GRAPH_TOO_LARGE: reading({ ...HANDS, wires: Array.from({ length: 12_000 }, () => CLIP_TO_HANDS) }),
  GRAPH_NOT_JSON: reading('{\n  "kinegraph": 1,\n}'),
  GRAPH_DUPLICATE_KEY: reading(
    '{ "kinegraph": 1, "nodes": { "a": { "type": "x" }, "a": { "type": "y" } }, "wires": [] }',
  ),
  GRAPH_TOO_DEEP: reading('['.repeat(MAX_GRAPH_DEPTH + 1)),
  GRAPH_FORMAT_NEWER: reading({ ...HANDS, kinegraph: 2 }),
  GRAPH_FIELD_MISSING: reading({ kinegraph: 1, wires: [] }),
  GRAPH_FIELD_UNKNOWN: reading({ ...HANDS, titel: 'Hands' }),
  GRAPH_FIELD_INVALID: reading({ ...HANDS, wires: [['clip', 'hands.frame']] }),
  GRAPH_NAME_INVALID: reading({ ...HANDS, nodes: { Clip: { type: 'media.source.file' } } }),
  GRAPH_PLUGIN_MISSING: checking(graph({ plugins: { '@kinegraph/plugin-yolo': '^1.0.0' } })),
  GRAPH_PLUGIN_RANGE_INVALID: checking(graph({ plugins: { '@kinegraph/plugin-media': 'newest' } })),
  GRAPH_PLUGIN_VERSION: checking(graph({ plugins: { '@kinegraph/plugin-media': '^2.0.0' } })),
  GRAPH_UNKNOWN_NODE_TYPE: checking(graph({ nodes: { hands: { type: 'mediapipe.hnads' } } })),
  GRAPH_NODE_TYPE_NEWER: checking(graph({ nodes: { hands: { type: 'mediapipe.hands', typeVersion: 3 } } })),
  GRAPH_CONCURRENCY_NOT_STATELESS: checking(graph({ nodes: { hands: { type: 'mediapipe.hands', concurrency: 2 } } })),
  GRAPH_CONFIG_INVALID: checking(graph({ nodes: { hands: { type: 'mediapipe.hands', config: { numHands: 12 } } } })),
  GRAPH_CONFIG_KEY_MISSING: checking(graph({ nodes: { clip: { type: 'media.source.file' } } })),
  GRAPH_CONFIG_KEY_UNKNOWN: checking(graph({ nodes: { hands: { type: 'mediapipe.hands', config: { numHand: 2 } } } })),
  GRAPH_CONFIG_SCHEMA_UNUSABLE: checking(graph({ plugins: {} }), brokenSchema),
  GRAPH_SKELETON_INVALID: checking(graph({ skeletons: [{ ...PAW, points: ['pad', 'pad'], connections: [] }] })),
  GRAPH_SKELETON_DUPLICATE: checking(graph({ skeletons: [{ ...PAW, id: 'coco-17' }] })),
  GRAPH_SKELETON_UNKNOWN: checking(
    graph({ nodes: { people: { type: 'animal.pose', config: { skeleton: 'paw-6' } } }, skeletons: [PAW] }),
  ),
  GRAPH_UNKNOWN_NODE: checking(graph({ wires: [CLIP_TO_HANDS, ['hands.hands', 'outt.in'], HANDS_TO_OUT] })),
  GRAPH_UNKNOWN_PORT: checking(graph({ wires: [['clip.frmae', 'hands.frame'], HANDS_TO_OUT] })),
  GRAPH_WIRE_DIRECTION: checking(graph({ wires: [['hands.frame', 'clip.frame'], HANDS_TO_OUT] })),
  GRAPH_WIRE_DUPLICATE: checking(graph({ wires: [...HANDS.wires, HANDS_TO_OUT] })),
  GRAPH_INPUT_TAKEN: checking(graph({ wires: [...HANDS.wires, ['clip.frame', 'out.in']] })),
  GRAPH_PORT_TYPES_DIFFER: checking(
    graph({
      nodes: { sign: { type: 'sign.classifier' } },
      wires: [CLIP_TO_HANDS, ['hands.hands', 'sign.window'], ['sign.sign', 'out.in']],
    }),
  ),
  GRAPH_INPUT_UNCONNECTED: checking(graph({ wires: [HANDS_TO_OUT] })),
  GRAPH_CYCLE: checking(
    graph({ nodes: { a: latest, b: latest }, wires: [...HANDS.wires, ['a.out', 'b.in'], ['b.out', 'a.in']] }),
  ),
  GRAPH_EMPTY: checking({ kinegraph: 1, nodes: {}, wires: [] }),
  GRAPH_NO_SOURCE: checking({ kinegraph: 1, nodes: { out: { type: 'core.sink.ndjson' } }, wires: [] }),
  GRAPH_LIVE_SOURCE_UNBUFFERED: checking(graph({ nodes: { clip: { type: 'media.source.camera' } } })),
  GRAPH_NODE_LEADS_NOWHERE: checking(
    graph({ nodes: { pose: { type: 'mediapipe.pose' } }, wires: [...HANDS.wires, ['clip.frame', 'pose.frame']] }),
  ),
  GRAPH_LAYOUT_UNKNOWN_NODE: checking(graph({ layout: { gone: { x: 0, y: 0 } } })),
  GRAPH_GROUP_UNKNOWN_NODE: checking(graph({ groups: { pair: { title: 'A pair', nodes: ['clip', 'gone'] } } })),
  GRAPH_GROUP_NODE_TAKEN: checking(
    graph({ groups: { pair: { title: 'A pair', nodes: ['clip'] }, rest: { title: 'The rest', nodes: ['clip'] } } }),
  ),
};
