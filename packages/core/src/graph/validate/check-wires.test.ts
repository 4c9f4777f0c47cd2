import { describe, expect, it } from 'vitest';
import { HANDS, codesOf, graph, problemsOf } from '../../../test/support/hands-graph.js';
import type { GraphDocument } from '../document.js';
import type { Problem } from '../problem.js';

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
