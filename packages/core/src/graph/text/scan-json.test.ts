import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextLines, locatePointers, scanJson } from './scan-json.js';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON text with a few characters removed, doubled or put in: near misses of every sort. */
const nearlyJson = fc
  .tuple(
    fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom('', '"', ',', ':', '{', '}', '[', ']', '\\', '0', '1', '-', '.', 'e', 't', ' ', '\n', '\u0000'),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((edited, [at, put]) => {
      const place = at % (edited.length + 1);
      return edited.slice(0, place) + put + edited.slice(put === '' ? place + 1 : place);
    }, text),
  );

describe('scanJson', () => {
  it('finds a fault exactly where JSON.parse refuses the text', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        expect(scanJson(text, 64).fault === undefined).toBe(parses(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells the place and what may stand there', () => {
    const text = '{\n  "a": 1,\n  b: 2\n}';
    const { fault } = scanJson(text, 64);
    expect(fault?.reason).toBe('"b" was met, but a key in double quotes should stand here');
    expect(new TextLines(text).positionOf(fault?.offset ?? -1)).toEqual({ line: 3, column: 3 });
  });

  it.each([
    ['{"a": "x', 'the end of the text was met, but the closing double quote is missing'],
    ['{"a" 1}', '"1" was met, but a colon should stand here'],
    ['[1 2]', '"2" was met, but a comma or "]" should stand here'],
    ['{"a": 1', 'the end of the text was met, but a comma or "}" should stand here'],
    ['1 x', '"x" was met, but the document has ended before it'],
    ['["\\y"]', '"\\\\" was met, but no such escape exists; a plain backslash is written "\\\\"'],
  ])('says of %j: %s', (text, reason) => {
    expect(scanJson(text, 64).fault?.reason).toBe(reason);
  });

  it('tells keys that an object has twice, and only those', () => {
    const { duplicates } = scanJson('{"a": {"b": 1, "c": 2, "\\u0062": 3}, "b": 4}', 64);
    expect(duplicates.map(({ key, pointer }) => [key, pointer])).toEqual([['b', '/a/b']]);
  });

  it('stops at the nesting it is allowed, long before a stack would overflow', () => {
    expect(scanJson('[[[1]]]', 3).fault).toBeUndefined();
    expect(scanJson('[[[[1]]]]', 3).fault?.kind).toBe('depth');
    expect(scanJson('['.repeat(1_000_000), 64).fault).toMatchObject({ kind: 'depth', offset: 64 });
  });

  it('counts lines of all three sorts of line ends', () => {
    expect(new TextLines('a\r\nb\rc\nd').positionOf(7)).toEqual({ line: 4, column: 1 });
  });
});

describe('locatePointers', () => {
  it('finds keys and items, and leaves out what is not there', () => {
    const text = '{\n  "nodes": { "a/b": 1 },\n  "wires": [\n    ["x", "y"]\n  ]\n}';
    const places = locatePointers(text, ['/nodes/a~1b', '/wires/0/1', '/wires/1', ''], 64);
    expect(Object.fromEntries(places)).toEqual({
      '': { line: 1, column: 1 },
      '/nodes/a~1b': { line: 2, column: 14 },
      '/wires/0/1': { line: 4, column: 11 },
    });
  });
});
