import { describe, expect, it } from 'vitest';
import {
  MAX_GRAPH_ANNOTATIONS,
  MAX_GRAPH_CHARACTERS,
  MAX_GRAPH_NODES,
  MAX_GRAPH_WIRES,
  parseGraph,
  withPositions,
} from './parse.js';
import { graphProblem } from './problem.js';

const HANDS = {
  kinegraph: 1,
  nodes: { clip: { type: 'media.source.file', config: { path: 'a.mp4' } }, out: { type: 'core.sink.ndjson' } },
  wires: [['clip.frame', 'out.in']],
};

/** The one problem of an input. */
function onlyProblem(input: unknown): unknown {
  const { document, problems } = parseGraph(input);
  expect(document).toBeUndefined();
  expect(problems).toHaveLength(1);
  return problems[0];
}

describe('parseGraph', () => {
  it('reads text, text with a byte order mark, and values alike', () => {
    const text = JSON.stringify(HANDS);
    for (const input of [HANDS, text, `\uFEFF${text}`])
      expect(parseGraph(input)).toEqual({ document: HANDS, problems: [] });
  });

  it('tells where a text stops being JSON', () => {
    expect(onlyProblem('{\n  "kinegraph": 1,\n}')).toEqual({
      code: 'GRAPH_NOT_JSON',
      severity: 'error',
      pointer: '',
      message:
        'The graph document is not JSON: at line 3, column 1, "}" was met, but a key in double quotes should stand here.',
      mend: 'Correct the text there.',
      line: 3,
      column: 1,
    });
  });

  it.each(['', ' \n'])('calls %j empty', (text) => {
    expect(onlyProblem(text)).toMatchObject({
      code: 'GRAPH_NOT_JSON',
      message: 'The graph document is empty; it must be JSON.',
    });
  });

  it('refuses a file of another sort with one sentence', () => {
    expect(onlyProblem('\u0000\u0000\u0000 ftypisom')).toMatchObject({ code: 'GRAPH_NOT_JSON', line: 1, column: 1 });
  });

  it('names both formats where the document is newer', () => {
    expect(onlyProblem({ kinegraph: 3, whatever: true })).toMatchObject({
      code: 'GRAPH_FORMAT_NEWER',
      pointer: '/kinegraph',
      message: 'The graph document is written in format 3, but this version of Kinegraph reads formats up to 1.',
      mend: 'Install a newer version of Kinegraph.',
    });
  });

  it.each([undefined, null, 3, true, [], 'null', '3', '[]'])('refuses %j', (input) => {
    expect(parseGraph(input).document).toBeUndefined();
    expect(parseGraph(input).problems.length).toBeGreaterThan(0);
  });

  it('tells every field that is missing, with what belongs there', () => {
    const { problems } = parseGraph({});
    expect(problems.map(({ code, pointer, message, mend }) => [code, pointer, message, mend])).toEqual([
      ['GRAPH_FIELD_MISSING', '/kinegraph', '"kinegraph" is missing; allowed: 1.', 'Add "kinegraph": 1.'],
      ['GRAPH_FIELD_MISSING', '/nodes', '"nodes" is missing; allowed: an object.', 'Add "nodes".'],
      ['GRAPH_FIELD_MISSING', '/wires', '"wires" is missing; allowed: a list, each a list.', 'Add "wires".'],
    ]);
  });

  it('reports all faults at once, each with its node or wire and its place in the text', () => {
    const text = `{
  "kinegraph": 1, "titel": "x",
  "nodes": {
    "Clip": { "type": "a" },
    "b": { "type": "a", "sync": "tiemstamp", "concurrency": 1.5 },
    "c": 5
  },
  "wires": [["a", "b.c"], ["a.b"], ["a.b", "c.d", "e.f"]],
  "layout": { "b": { "x": "1", "y": 2 } }
}`;
    const { problems } = parseGraph(text);
    const told = problems.map(({ code, pointer, line, column, node, wire, message, mend }) => ({
      code,
      at: `${pointer} ${line}:${column}`,
      of: node ?? wire,
      says: mend === undefined ? message : `${message} ${mend}`,
    }));
    expect(told).toContainEqual({
      code: 'GRAPH_FIELD_UNKNOWN',
      at: '/titel 2:19',
      of: undefined,
      says: 'There is no key "titel"; the keys are "$schema", "kinegraph", "title", "description", "plugins", "skeletons", "nodes", "wires", "layout", "comments" and "groups". Did you mean "title"?',
    });
    expect(told).toContainEqual({
      code: 'GRAPH_NAME_INVALID',
      at: '/nodes/Clip 4:5',
      of: 'Clip',
      says: '"Clip" cannot be the name of a node: names start with a lower-case letter, go on with letters, digits or dashes, and have at most 64 characters. Rename it.',
    });
    expect(told).toContainEqual({
      code: 'GRAPH_FIELD_INVALID',
      at: '/nodes/b/sync 5:25',
      of: 'b',
      says: '"nodes.b.sync" is "tiemstamp"; allowed: "timestamp" or "latest". Did you mean "timestamp"?',
    });
    expect(told).toContainEqual({
      code: 'GRAPH_FIELD_INVALID',
      at: '/nodes/b/concurrency 5:46',
      of: 'b',
      says: '"nodes.b.concurrency" is 1.5; allowed: a whole number from 1 to 64.',
    });
    expect(told).toContainEqual({
      code: 'GRAPH_FIELD_INVALID',
      at: '/wires/0/0 8:14',
      of: 'a > b.c',
      says: '"wires[0][0]" is "a"; allowed: a port as "node.port". Write the name of the node, a dot, and the name of the port.',
    });
    expect(told.map(({ at }) => at)).toEqual(
      expect.arrayContaining(['/nodes/c 6:5', '/wires/1 8:27', '/wires/2 8:36', '/layout/b/x 9:22']),
    );
    expect(told).toHaveLength(9);
  });

  it('refuses a key that an object has twice, since one value would be lost', () => {
    expect(
      onlyProblem('{"kinegraph": 1, "nodes": {"a": {"type": "x"}, "a": {"type": "y"}}, "wires": []}'),
    ).toMatchObject({
      code: 'GRAPH_DUPLICATE_KEY',
      pointer: '/nodes/a',
      line: 1,
      column: 48,
      message: 'The key "a" stands twice in the same object; only one of its values could be kept.',
    });
  });

  it('refuses the key that would change the prototype of what it is read into', () => {
    const text = '{"kinegraph": 1, "nodes": {"a": {"type": "x", "config": {"__proto__": {"b": 1}}}}, "wires": []}';
    for (const input of [text, JSON.parse(text) as unknown]) {
      expect(onlyProblem(input)).toMatchObject({ code: 'GRAPH_NAME_INVALID', pointer: '/nodes/a/config/__proto__' });
    }
  });

  it('keeps names that objects inherit apart from what they inherit', () => {
    const nodes = { constructor: { type: 'a' }, valueOf: { type: 'b', config: { toString: 1 } } };
    expect(parseGraph({ kinegraph: 1, nodes, wires: [] }).document?.nodes).toEqual(nodes);
  });

  it('limits text, nodes, wires and nesting', () => {
    expect(onlyProblem(' '.repeat(MAX_GRAPH_CHARACTERS + 1))).toMatchObject({ code: 'GRAPH_TOO_LARGE', pointer: '' });
    const names = Array.from({ length: MAX_GRAPH_NODES + 1 }, (_, index) => [`n${index}`, { type: 'x' }]);
    expect(onlyProblem({ ...HANDS, nodes: Object.fromEntries(names) as unknown })).toMatchObject({
      code: 'GRAPH_TOO_LARGE',
      pointer: '/nodes',
      message: 'The graph has 2001 nodes; at most 2000 are allowed.',
    });
    const wires = Array.from({ length: MAX_GRAPH_WIRES + 1 }, () => ['a.b', 'c.d']);
    expect(onlyProblem({ ...HANDS, wires })).toMatchObject({ code: 'GRAPH_TOO_LARGE', pointer: '/wires' });
    const groups = Object.fromEntries(
      Array.from({ length: MAX_GRAPH_ANNOTATIONS + 1 }, (_, index) => [`g${index}`, 0]),
    );
    expect(onlyProblem({ ...HANDS, groups })).toMatchObject({ code: 'GRAPH_TOO_LARGE', pointer: '/groups' });
    expect(onlyProblem({ ...HANDS, groups: { G: { title: '', nodes: [] } } })).toMatchObject({
      code: 'GRAPH_NAME_INVALID',
      message: expect.stringContaining('cannot be the name of a group'),
    });
    expect(onlyProblem('['.repeat(100_000))).toMatchObject({ code: 'GRAPH_TOO_DEEP', line: 1, column: 65 });
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(onlyProblem(deep)).toMatchObject({ code: 'GRAPH_TOO_DEEP' });
  });

  it('answers a document that is wrong everywhere with a list of bounded length', () => {
    const wires = Array.from({ length: 9_000 }, () => 'x');
    expect(parseGraph({ ...HANDS, wires }).problems).toHaveLength(1_000);
    const unknown = Array.from({ length: 200_000 }, (_, index) => `"key${index}":1`);
    expect(parseGraph(`{${unknown.join(',')}}`).problems).toHaveLength(1_000);
    expect(parseGraph(`{${'"a":1,'.repeat(200_000)}"a":1}`).problems).toHaveLength(1_000);
  });
});

describe('withPositions', () => {
  it('takes the nearest place around what is missing, and leaves problems alone where the text says nothing', () => {
    const problem = graphProblem('GRAPH_CONFIG_KEY_MISSING', { pointer: '/nodes/a/config/path', message: 'x' });
    const text = '{\n "nodes": {\n  "a": { "type": "x" }\n }\n}';
    expect(withPositions([problem], text)).toEqual([{ ...problem, line: 3, column: 3 }]);
    expect(withPositions([problem], '')).toEqual([problem]);
  });
});
