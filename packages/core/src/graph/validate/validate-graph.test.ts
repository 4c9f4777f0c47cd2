import { describe, expect, it } from 'vitest';
import { CATALOG, NODE_TYPES, aNodeType } from '../../../test/support/node-types.js';
import { StaticNodeTypeCatalog } from '../catalog.js';
import type { GraphDocument } from '../document.js';
import type { Problem } from '../problem.js';
import { validateGraph } from './validate-graph.js';

const HANDS: GraphDocument = {
  kinegraph: 1,
  plugins: { '@kinegraph/plugin-mediapipe': '^0.3.0' },
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

/** The hands graph with other nodes (undefined removes one), wires and fields. */
function graph(changes: {
  nodes?: Record<string, GraphDocument['nodes'][string] | undefined>;
  wires?: GraphDocument['wires'];
  plugins?: Record<string, string>;
  layout?: GraphDocument['layout'];
}): GraphDocument {
  const { nodes = {}, ...fields } = changes;
  const merged = Object.entries({ ...HANDS.nodes, ...nodes }).flatMap(([name, node]) =>
    node === undefined ? [] : [[name, node] as const],
  );
  return { ...HANDS, ...fields, nodes: Object.fromEntries(merged) };
}

const problemsOf = (document: GraphDocument): Problem[] => validateGraph(document, CATALOG);
const codesOf = (document: GraphDocument): string[] => problemsOf(document).map(({ code }) => code);

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

describe('wires', () => {
  it('names an unknown node, and does not call what it would have fed or drained forgotten', () => {
    const document = graph({
      wires: [
        ['clip.frame', 'hands.frame'],
        ['hnads.hands', 'out.in'],
        ['hands.hands', 'outt.in'],
      ],
    });
    expect(
      problemsOf(document).map(({ code, pointer, wire, message, mend }) => [code, pointer, wire, message, mend]),
    ).toEqual([
      [
        'GRAPH_UNKNOWN_NODE',
        '/wires/1/0',
        'hnads.hands > out.in',
        'The wire starts at "hnads.hands", but the graph has no node "hnads".',
        'Did you mean "hands"?',
      ],
      [
        'GRAPH_UNKNOWN_NODE',
        '/wires/2/1',
        'hands.hands > outt.in',
        'The wire ends at "outt.in", but the graph has no node "outt".',
        'Did you mean "out"?',
      ],
    ]);
  });

  it('takes no inherited property for a node or a port', () => {
    const wires: GraphDocument['wires'] = [
      ...HANDS.wires,
      ['constructor.name', 'out.in'],
      ['clip.toString', 'hands.valueOf'],
    ];
    expect(codesOf(graph({ wires }))).toEqual(['GRAPH_UNKNOWN_NODE', 'GRAPH_UNKNOWN_PORT', 'GRAPH_UNKNOWN_PORT']);
  });

  it('names an unknown port, the nearest and those there are, once', () => {
    const document = graph({
      wires: [
        ['clip.frmae', 'hands.frame'],
        ['hands.hands', 'out.input'],
      ],
    });
    expect(
      problemsOf(document).map(({ code, pointer, node, message, mend }) => [code, pointer, node, message, mend]),
    ).toEqual([
      [
        'GRAPH_UNKNOWN_PORT',
        '/wires/0/0',
        'clip',
        'Node "clip" (media.source.file) has no output "frmae"; its outputs are "frame".',
        'Did you mean "frame"?',
      ],
      [
        'GRAPH_UNKNOWN_PORT',
        '/wires/1/1',
        'out',
        'Node "out" (core.sink.ndjson) has no input "input"; its inputs are "in".',
        'Use "in".',
      ],
    ]);
  });

  it('tells a wire the wrong way round, and nothing that follows from it', () => {
    const document = graph({
      wires: [
        ['hands.frame', 'clip.frame'],
        ['hands.hands', 'out.in'],
      ],
    });
    expect(problemsOf(document)).toMatchObject([
      {
        code: 'GRAPH_WIRE_DIRECTION',
        pointer: '/wires/0',
        message:
          'The wire leads from the input "hands.frame" to the output "clip.frame"; wires lead from an output to an input.',
        mend: 'Turn it around: ["clip.frame", "hands.frame"].',
      },
    ]);
  });

  it('tells a wire that joins two outputs or two inputs', () => {
    const joined = (wire: [string, string]): Problem | undefined =>
      problemsOf(graph({ wires: [...HANDS.wires, wire] }))[0];
    expect(joined(['clip.frame', 'hands.hands'])).toMatchObject({
      code: 'GRAPH_WIRE_DIRECTION',
      pointer: '/wires/2/1',
      message: 'The wire ends at "hands.hands", which is an output; wires lead from an output to an input.',
      mend: 'Use an input of "hands": "frame".',
    });
    expect(joined(['out.in', 'hands.frame'])).toMatchObject({
      code: 'GRAPH_WIRE_DIRECTION',
      pointer: '/wires/2/0',
      mend: 'Node "out" has no outputs: wire another node.',
    });
  });

  it('tells a duplicate wire once, and a second wire into an input', () => {
    const wires: GraphDocument['wires'] = [...HANDS.wires, ['hands.hands', 'out.in'], ['clip.frame', 'out.in']];
    expect(problemsOf(graph({ wires })).map(({ code, pointer, message }) => [code, pointer, message])).toEqual([
      [
        'GRAPH_WIRE_DUPLICATE',
        '/wires/2',
        'The wire from "hands.hands" to "out.in" is there twice, at places 1 and 2 of "wires".',
      ],
      [
        'GRAPH_INPUT_TAKEN',
        '/wires/3/1',
        'Input "out.in" has two wires, from "hands.hands" and from "clip.frame"; an input takes one.',
      ],
    ]);
  });

  it('names both types where they do not fit, also behind buffers', () => {
    const document = graph({
      nodes: {
        latest: { type: 'core.buffer.latest' },
        window: { type: 'core.buffer.window' },
        sign: { type: 'sign.classifier' },
      },
      wires: [
        ['clip.frame', 'latest.in'],
        ['latest.out', 'window.in'],
        ['window.out', 'sign.window'],
        ['sign.sign', 'hands.frame'],
        ['hands.hands', 'out.in'],
      ],
    });
    expect(problemsOf(document).map(({ code, pointer, message }) => [code, pointer, message])).toEqual([
      [
        'GRAPH_PORT_TYPES_DIFFER',
        '/wires/2',
        'Output "window.out" gives "window<frame>", but input "sign.window" takes "window<landmarks/hand-21>".',
      ],
      [
        'GRAPH_PORT_TYPES_DIFFER',
        '/wires/3',
        'Output "sign.sign" gives "classification", but input "hands.frame" takes "frame".',
      ],
    ]);
  });

  it('follows types through chains of buffers and smoothers', () => {
    const document = graph({
      nodes: {
        latest: { type: 'core.buffer.latest' },
        ema: { type: 'core.smoother.ema' },
        window: { type: 'core.buffer.window' },
        sign: { type: 'sign.classifier' },
      },
      wires: [
        ['clip.frame', 'hands.frame'],
        ['hands.hands', 'latest.in'],
        ['latest.out', 'ema.in'],
        ['ema.out', 'window.in'],
        ['window.out', 'sign.window'],
        ['sign.sign', 'out.in'],
      ],
    });
    expect(problemsOf(document)).toEqual([]);
  });
});

describe('the graph as a whole', () => {
  it('refuses an empty graph and one without a source', () => {
    expect(codesOf({ kinegraph: 1, nodes: {}, wires: [] })).toEqual(['GRAPH_EMPTY']);
    expect(codesOf({ kinegraph: 1, nodes: { out: { type: 'core.sink.ndjson' } }, wires: [] })).toEqual([
      'GRAPH_NO_SOURCE',
      'GRAPH_INPUT_UNCONNECTED',
    ]);
    expect(codesOf({ kinegraph: 1, nodes: { a: { type: 'who.knows' } }, wires: [] })).toEqual([
      'GRAPH_UNKNOWN_NODE_TYPE',
    ]);
  });

  it('wants each required input wired, and one of several optional ones', () => {
    const document = graph({
      nodes: {
        merge: { type: 'core.transform.merge' },
        preview: { type: 'core.sink.preview' },
        file: { type: 'core.sink.ndjson' },
      },
      wires: [...HANDS.wires, ['hands.hands', 'merge.first'], ['merge.merged', 'file.in']],
    });
    expect(problemsOf(document).map(({ code, node, message, mend }) => [code, node, message, mend])).toEqual([
      [
        'GRAPH_INPUT_UNCONNECTED',
        'merge',
        'Input "second" of node "merge" (core.transform.merge) has no wire; it must have one.',
        'Wire an output that gives "landmarks/*" to "merge.second", or remove the node.',
      ],
      [
        'GRAPH_INPUT_UNCONNECTED',
        'preview',
        'None of the inputs of node "preview" (core.sink.preview) has a wire; it needs at least one.',
        'Wire an output to one of "frame" or "landmarks", or remove the node.',
      ],
    ]);
  });

  it('names the nodes around each cycle', () => {
    const document = graph({
      nodes: {
        a: { type: 'core.buffer.latest' },
        b: { type: 'core.buffer.latest' },
        c: { type: 'core.buffer.latest' },
        self: { type: 'core.buffer.latest' },
        behind: { type: 'core.sink.ndjson' },
      },
      wires: [
        ...HANDS.wires,
        ['c.out', 'a.in'],
        ['a.out', 'b.in'],
        ['b.out', 'c.in'],
        ['self.out', 'self.in'],
        ['b.out', 'behind.in'],
      ],
    });
    expect(problemsOf(document).filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'GRAPH_CYCLE',
        pointer: '/wires/2',
        wire: 'c.out > a.in',
        message:
          'The wires lead in a circle: "a" > "b" > "c" > "a". A graph leads from its sources to its sinks and never back.',
      },
      { code: 'GRAPH_CYCLE', pointer: '/wires/5', message: expect.stringContaining('"self" > "self".') },
    ]);
  });

  it('warns of a live source without a buffer, for each of its wires that needs one', () => {
    const nodes = {
      clip: { type: 'media.source.camera' },
      latest: { type: 'core.buffer.latest' },
      preview: { type: 'core.sink.preview' },
    };
    const direct = graph({
      nodes,
      wires: [...HANDS.wires, ['clip.frame', 'latest.in'], ['latest.out', 'preview.frame']],
    });
    expect(problemsOf(direct)).toEqual([
      {
        code: 'GRAPH_LIVE_SOURCE_UNBUFFERED',
        severity: 'warning',
        pointer: '/wires/0',
        node: 'clip',
        wire: 'clip.frame > hands.frame',
        message:
          'The live source "clip" is wired to "hands" (mediapipe.hands) without a buffer, so it keeps only its newest frame while "hands" is busy.',
        mend: 'Put a buffer between them, for example "core.buffer.latest", so that its drops can be seen and chosen.',
      },
    ]);
  });

  it('warns of nodes from which no sink is reached', () => {
    const document = graph({
      nodes: { pose: { type: 'mediapipe.pose' }, spare: { type: 'media.source.camera' } },
      wires: [...HANDS.wires, ['clip.frame', 'pose.frame']],
    });
    expect(problemsOf(document).map(({ code, severity, node, pointer }) => [code, severity, node, pointer])).toEqual([
      ['GRAPH_NODE_LEADS_NOWHERE', 'warning', 'pose', '/nodes/pose'],
      ['GRAPH_NODE_LEADS_NOWHERE', 'warning', 'spare', '/nodes/spare'],
    ]);
  });

  it('warns of a layout for nodes that are not there', () => {
    expect(problemsOf(graph({ layout: { clip: { x: 0, y: 0 }, gone: { x: 1, y: 1 } } }))).toMatchObject([
      { code: 'GRAPH_LAYOUT_UNKNOWN_NODE', severity: 'warning', pointer: '/layout/gone' },
    ]);
  });

  it('answers a large graph of wrong names with a list of bounded length', () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`node-${index}`, { type: `mediapipe.hand${index}` }]),
    );
    expect(validateGraph({ kinegraph: 1, nodes, wires: [] }, CATALOG)).toHaveLength(1_000);
  });
});
