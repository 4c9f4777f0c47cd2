import { describe, expect, it } from 'vitest';
import { HANDS, codesOf, graph, problemsOf } from '../../../test/support/hands-graph.js';
import { CATALOG } from '../../../test/support/node-types.js';
import { validateGraph } from './validate-graph.js';

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
    expect(
      problemsOf(document).map(({ code, node, port, message, mend }) => [code, node, port, message, mend]),
    ).toEqual([
      [
        'GRAPH_INPUT_UNCONNECTED',
        'merge',
        'second',
        'Input "second" of node "merge" (core.transform.merge) has no wire; it must have one.',
        'Wire an output that gives "landmarks/*" to "merge.second", or remove the node.',
      ],
      [
        'GRAPH_INPUT_UNCONNECTED',
        'preview',
        undefined,
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

  it('warns of groups with nodes that are not there, or that another group has', () => {
    const groups = {
      a: { title: 'A', nodes: ['clip', 'gone'] },
      b: { title: 'B', nodes: ['clip'] },
    };
    expect(problemsOf(graph({ groups }))).toMatchObject([
      { code: 'GRAPH_GROUP_UNKNOWN_NODE', severity: 'warning', pointer: '/groups/a/nodes/1' },
      { code: 'GRAPH_GROUP_NODE_TAKEN', severity: 'warning', pointer: '/groups/b/nodes/0', node: 'clip' },
    ]);
  });

  it('answers a large graph of wrong names with a list of bounded length', () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`node-${index}`, { type: `mediapipe.hand${index}` }]),
    );
    expect(validateGraph({ kinegraph: 1, nodes, wires: [] }, CATALOG)).toHaveLength(1_000);
  });
});
