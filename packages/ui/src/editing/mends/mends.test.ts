import { GRAPH_PROBLEM_CODES, StaticNodeTypeCatalog, validateGraph } from '@kinegraph/core';
import type { GraphDocument, NodeTypeDescriptor } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import { applyChange, changeBetween } from '../document-change.js';
import { mendsOf } from './index.js';

const PLAIN: Omit<NodeTypeDescriptor, 'type' | 'kind' | 'title' | 'inputs' | 'outputs'> = {
  ...{ typeVersion: 1, plugin: '@kinegraph/core', runsIn: 'main', stateless: false, live: false, liveConfig: [] },
  configSchema: { type: 'object', properties: {}, additionalProperties: false },
};
function type(
  name: string,
  kind: NodeTypeDescriptor['kind'],
  inputs: Readonly<Record<string, string>>,
  outputs: Readonly<Record<string, string>>,
  others: Partial<NodeTypeDescriptor> = {},
): NodeTypeDescriptor {
  const ports = (of: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(of).map(([port, portType]) => [port, { type: portType }]));
  return { ...PLAIN, type: name, kind, title: name, inputs: ports(inputs), outputs: ports(outputs), ...others };
}
const CONFIG = {
  type: 'object',
  properties: {
    numHands: { type: 'integer', minimum: 1, maximum: 4, default: 1 },
    model: { type: 'string', enum: ['full', 'lite'], default: 'full' },
    gain: { type: 'number', exclusiveMinimum: 0 },
    mode: { type: 'string', enum: ['fast', 'exact'] },
    parts: { type: 'array', items: { type: 'object', properties: { score: { type: 'number', maximum: 1 } } } },
  },
  additionalProperties: false,
};
const CATALOG = new StaticNodeTypeCatalog(
  [
    type('core.source.frames', 'source', {}, { frame: 'frame' }, { live: true }),
    type('media.source.file', 'source', {}, { frame: 'frame' }),
    type('core.buffer.latest', 'buffer', { in: 'any' }, { out: '$in' }),
    type('core.buffer.window', 'buffer', { in: 'any' }, { out: 'window<$in>' }),
    type('core.transform.decode', 'transform', { frame: 'frame' }, { frame: 'frame' }),
    type('mediapipe.hands', 'extractor', { frame: 'frame' }, { hands: 'landmarks/hand-21' }, { configSchema: CONFIG }),
    type('strict.hands', 'extractor', { frame: 'frame' }, {}, { configSchema: { ...CONFIG, required: ['mode'] } }),
    type(
      'yolo.pose',
      'extractor',
      { frame: 'frame' },
      { people: 'landmarks/{skeleton}' },
      {
        configSchema: {
          type: 'object',
          properties: { skeleton: { type: 'string', default: 'coco-17' } },
          additionalProperties: false,
        },
      },
    ),
    type('signs.classify', 'classifier', { window: 'window<landmarks/hand-21>' }, { labels: 'classification' }),
    type('core.sink.results', 'sink', { in: 'any' }, {}),
    type('bad.schema', 'sink', { in: 'any' }, {}, { configSchema: { type: 'frob' } }),
  ],
  { '@kinegraph/plugin-media': '0.3.1' },
);

const HANDS: GraphDocument = {
  kinegraph: 1,
  nodes: {
    clip: { type: 'media.source.file' },
    newest: { type: 'core.buffer.latest' },
    hands: { type: 'mediapipe.hands' },
    out: { type: 'core.sink.results' },
  },
  wires: [
    ['clip.frame', 'newest.in'],
    ['newest.out', 'hands.frame'],
    ['hands.hands', 'out.in'],
  ],
  layout: { clip: { x: 0, y: 0 }, newest: { x: 200, y: 0 }, hands: { x: 400, y: 0 }, out: { x: 600, y: 0 } },
};
const nodes = (more: GraphDocument['nodes'], wires = HANDS.wires): GraphDocument => ({
  ...HANDS,
  nodes: { ...HANDS.nodes, ...more },
  wires,
});
const hands = (node: Partial<GraphDocument['nodes'][string]>): GraphDocument =>
  nodes({ hands: { type: 'mediapipe.hands', ...node } });
const config = (of: Readonly<Record<string, unknown>>): GraphDocument => hands({ config: of });
const paw = { id: 'paw-3', title: 'Paw', points: ['pad', 'inner', 'outer'], connections: [] };
const twice = { ...paw, points: ['pad', 'pad'] };
const LOOSE = nodes({}, HANDS.wires.slice(0, 2));

/** Each with the mends that are offered for the first problem of the code, the best first. */
const CASES: readonly (readonly [string, GraphDocument, readonly string[]])[] = [
  ['GRAPH_PLUGIN_MISSING', { ...HANDS, plugins: { gone: '*' } }, ['remove-plugin gone']],
  ['GRAPH_PLUGIN_MISSING', { ...nodes({ x: { type: 'gone.x' } }), plugins: { 'plugin-gone': '*' } }, []],
  [
    'GRAPH_PLUGIN_RANGE_INVALID',
    { ...HANDS, plugins: { '@kinegraph/plugin-media': 'newest' } },
    ['set-range @kinegraph/plugin-media ^0.3.1'],
  ],
  [
    'GRAPH_PLUGIN_RANGE_INVALID',
    { ...HANDS, plugins: { '@kinegraph/core': 'newest' } },
    ['set-range @kinegraph/core *'],
  ],
  [
    'GRAPH_PLUGIN_VERSION',
    { ...HANDS, plugins: { '@kinegraph/plugin-media': '^2.0.0' } },
    ['set-range @kinegraph/plugin-media ^0.3.1'],
  ],
  ['GRAPH_UNKNOWN_NODE_TYPE', hands({ type: 'mediapipe.hnads' }), ['set-type hands mediapipe.hands']],
  ['GRAPH_UNKNOWN_NODE_TYPE', hands({ type: 'nobody.knows' }), []],
  ['GRAPH_NODE_TYPE_NEWER', hands({ typeVersion: 3 }), ['take-version hands 1']],
  ['GRAPH_CONCURRENCY_NOT_STATELESS', hands({ concurrency: 2 }), ['remove-field hands concurrency']],
  ['GRAPH_CONFIG_INVALID', config({ numHands: 12 }), ['set-value numHands 4', 'remove-key numHands 1']],
  ['GRAPH_CONFIG_INVALID', config({ numHands: '2' }), ['set-value numHands 2', 'remove-key numHands 1']],
  ['GRAPH_CONFIG_INVALID', config({ numHands: 2.6 }), ['set-value numHands 3', 'remove-key numHands 1']],
  ['GRAPH_CONFIG_INVALID', config({ model: 'fll' }), ['set-value model "full"', 'remove-key model "full"']],
  [
    'GRAPH_CONFIG_INVALID',
    config({ model: 'heaviest' }),
    ['set-value model "full"', 'set-value model "lite"', 'remove-key model "full"'],
  ],
  ['GRAPH_CONFIG_INVALID', config({ gain: -1 }), ['remove-key gain ']],
  ['GRAPH_CONFIG_INVALID', config({ parts: [{}, { score: 7 }] }), ['set-value score 1', 'remove-key score ']],
  [
    'GRAPH_CONFIG_KEY_MISSING',
    nodes({ hands: { type: 'strict.hands' } }, HANDS.wires.slice(0, 2)),
    ['set-value mode "fast"', 'set-value mode "exact"'],
  ],
  ['GRAPH_CONFIG_KEY_UNKNOWN', config({ numHand: 2 }), ['rename-key numHand numHands', 'remove-key numHand ']],
  ['GRAPH_CONFIG_KEY_UNKNOWN', config({ numHand: 2, numHands: 1 }), ['remove-key numHand ']],
  ['GRAPH_CONFIG_SCHEMA_UNUSABLE', nodes({ out: { type: 'bad.schema' } }), []],
  ['GRAPH_SKELETON_INVALID', { ...HANDS, skeletons: [paw, twice] }, ['remove-skeleton paw-3']],
  [
    'GRAPH_SKELETON_INVALID',
    { ...nodes({ hands: { type: 'yolo.pose', config: { skeleton: 'paw-3' } } }), skeletons: [twice] },
    [],
  ],
  ['GRAPH_SKELETON_DUPLICATE', { ...HANDS, skeletons: [{ ...paw, id: 'coco-17' }] }, ['remove-skeleton coco-17']],
  [
    'GRAPH_SKELETON_UNKNOWN',
    { ...nodes({ hands: { type: 'yolo.pose', config: { skeleton: 'paw-6' } } }), skeletons: [paw] },
    ['set-value skeleton "paw-3"', 'set-value skeleton "coco-17"'],
  ],
  [
    'GRAPH_UNKNOWN_NODE',
    nodes({}, [...LOOSE.wires, ['hands.hands', 'outt.in']]),
    ['rewire hands.hands out.in', 'remove-wire hands.hands outt.in'],
  ],
  ['GRAPH_UNKNOWN_NODE', nodes({}, [...HANDS.wires, ['hands.hands', 'xyz.in']]), ['remove-wire hands.hands xyz.in']],
  [
    'GRAPH_UNKNOWN_PORT',
    nodes({}, [['clip.frmae', 'newest.in'], ...HANDS.wires.slice(1)]),
    ['rewire clip.frame newest.in', 'remove-wire clip.frmae newest.in'],
  ],
  [
    'GRAPH_UNKNOWN_PORT',
    nodes({}, [...LOOSE.wires, ['hands.hands', 'out.results']]),
    ['rewire hands.hands out.in', 'remove-wire hands.hands out.results'],
  ],
  [
    'GRAPH_WIRE_DIRECTION',
    nodes({}, [HANDS.wires[0], ['hands.frame', 'newest.out'], HANDS.wires[2]] as GraphDocument['wires']),
    ['turn newest.out hands.frame', 'remove-wire hands.frame newest.out'],
  ],
  [
    'GRAPH_WIRE_DIRECTION',
    nodes({}, [...LOOSE.wires, ['hands.frame', 'out.in']]),
    ['rewire hands.hands out.in', 'remove-wire hands.frame out.in'],
  ],
  ['GRAPH_WIRE_DUPLICATE', nodes({}, [...HANDS.wires, ['hands.hands', 'out.in']]), ['remove-wire hands.hands out.in']],
  [
    'GRAPH_INPUT_TAKEN',
    nodes({}, [...HANDS.wires, ['clip.frame', 'out.in']]),
    ['remove-wire clip.frame out.in', 'remove-wire hands.hands out.in'],
  ],
  [
    'GRAPH_PORT_TYPES_DIFFER',
    nodes({ out: { type: 'signs.classify' } }, [...LOOSE.wires, ['hands.hands', 'out.window']]),
    ['insert core.buffer.window hands.hands out.window', 'remove-wire hands.hands out.window'],
  ],
  [
    'GRAPH_PORT_TYPES_DIFFER',
    nodes({ more: { type: 'mediapipe.hands' } }, [...HANDS.wires, ['hands.hands', 'more.frame']]),
    ['wire newest.out more.frame', 'remove-wire hands.hands more.frame'],
  ],
  ['GRAPH_INPUT_UNCONNECTED', nodes({}, HANDS.wires.slice(1)), ['wire clip.frame newest.in']],
  [
    // Behind the buffer, not straight at the live source; what says nothing of itself comes last.
    'GRAPH_INPUT_UNCONNECTED',
    nodes({ clip: { type: 'core.source.frames' }, loose: { type: 'core.buffer.latest' } }, [
      ['clip.frame', 'newest.in'],
      ['clip.frame', 'loose.in'],
      ['hands.hands', 'out.in'],
    ]),
    ['wire newest.out hands.frame', 'wire loose.out hands.frame', 'wire clip.frame hands.frame'],
  ],
  [
    'GRAPH_INPUT_UNCONNECTED',
    { kinegraph: 1, nodes: { out: { type: 'core.sink.results' } }, wires: [] },
    ['remove-node out'],
  ],
  [
    'GRAPH_CYCLE',
    nodes({ a: { type: 'core.buffer.latest' }, b: { type: 'core.buffer.latest' } }, [
      ...HANDS.wires,
      ['a.out', 'b.in'],
      ['b.out', 'a.in'],
    ]),
    ['remove-wire b.out a.in'],
  ],
  ['GRAPH_EMPTY', { kinegraph: 1, nodes: {}, wires: [] }, []],
  [
    'GRAPH_NO_SOURCE',
    { kinegraph: 1, nodes: { hands: { type: 'mediapipe.hands' } }, wires: [] },
    ['add-node core.source.frames'],
  ],
  [
    'GRAPH_LIVE_SOURCE_UNBUFFERED',
    nodes({ clip: { type: 'core.source.frames' } }, [
      ['clip.frame', 'hands.frame'],
      ['hands.hands', 'out.in'],
    ]),
    ['insert core.buffer.latest clip.frame hands.frame'],
  ],
  [
    'GRAPH_LIVE_SOURCE_UNBUFFERED',
    nodes({ clip: { type: 'core.source.frames' } }, [
      ['clip.frame', 'newest.in'],
      ['clip.frame', 'hands.frame'],
      ['hands.hands', 'out.in'],
    ]),
    ['rewire newest.out hands.frame'],
  ],
  [
    'GRAPH_NODE_LEADS_NOWHERE',
    nodes({}, LOOSE.wires),
    [], // what "clip" leads to leads nowhere: it is mended there
  ],
  [
    'GRAPH_NODE_LEADS_NOWHERE',
    nodes({ more: { type: 'mediapipe.hands' } }, [...HANDS.wires, ['newest.out', 'more.frame']]),
    ['add-node core.sink.results', 'remove-node more'],
  ],
  [
    'GRAPH_NODE_LEADS_NOWHERE',
    { kinegraph: 1, nodes: { clip: { type: 'media.source.file' }, out: { type: 'core.sink.results' } }, wires: [] },
    ['wire clip.frame out.in', 'add-node core.sink.results', 'remove-node clip'],
  ],
  ['GRAPH_LAYOUT_UNKNOWN_NODE', { ...HANDS, layout: { ...HANDS.layout, gone: { x: 1, y: 1 } } }, ['remove-place gone']],
  [
    'GRAPH_GROUP_UNKNOWN_NODE',
    { ...HANDS, groups: { a: { title: 'Pair', nodes: ['clip', 'gone'] } } },
    ['leave-group gone Pair'],
  ],
  ['GRAPH_GROUP_UNKNOWN_NODE', { ...HANDS, groups: { a: { title: 'A', nodes: ['gone'] } } }, ['leave-group gone A']],
  [
    'GRAPH_GROUP_NODE_TAKEN',
    { ...HANDS, groups: { a: { title: 'A', nodes: ['clip'] }, b: { title: 'B', nodes: ['hands', 'clip'] } } },
    ['leave-group clip B'],
  ],
];
/** Problems of texts, which are no documents yet. */
const OF_TEXTS = Object.keys(GRAPH_PROBLEM_CODES).slice(0, 9);

describe('Mends', () => {
  it('the graph that all others are made of has no problem', () => {
    expect(validateGraph(HANDS, CATALOG)).toEqual([]);
  });

  it.each(CASES)('of %s', (code, document, expected) => {
    const problem = validateGraph(document, CATALOG).find((each) => each.code === code);
    if (problem === undefined) throw new Error(`The document has no ${code}.`);
    const mends = mendsOf(problem, document, CATALOG);
    expect(mends.map(({ action, values }) => [action, ...Object.values(values)].join(' '))).toEqual(expected);
    for (const { apply } of mends) {
      // As a step that can be taken back has it.
      const mended = applyChange(document, changeBetween(document, apply()));
      const left = validateGraph(mended, CATALOG);
      expect(left.map((each) => `${each.code} ${each.message}`)).not.toContain(`${code} ${problem.message}`);
    }
  });

  it('are thought of for each code that an open document can have', () => {
    const tried = new Set([...CASES.map(([code]) => code), ...OF_TEXTS]);
    expect(Object.keys(GRAPH_PROBLEM_CODES).filter((code) => !tried.has(code))).toEqual([]);
  });

  it('take all consumers of a live source behind one buffer', () => {
    const document = nodes({ clip: { type: 'core.source.frames' }, more: { type: 'mediapipe.hands' } }, [
      ['clip.frame', 'hands.frame'],
      ['clip.frame', 'more.frame'],
      ['hands.hands', 'out.in'],
    ]);
    const problem = validateGraph(document, CATALOG).find(({ code }) => code === 'GRAPH_LIVE_SOURCE_UNBUFFERED');
    const [mend] = problem === undefined ? [] : mendsOf(problem, document, CATALOG);
    expect(mend?.apply().wires.map((wire) => wire.join(' '))).toEqual(
      expect.arrayContaining(['clip.frame latest.in', 'latest.out hands.frame', 'latest.out more.frame']),
    );
  });
});
