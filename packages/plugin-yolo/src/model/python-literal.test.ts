import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDictionary, isList, parsePythonLiteral } from './python-literal.js';
import type { PythonValue } from './python-literal.js';

/** What Python's `repr` writes. */
function repr(value: PythonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const body = Array.from(value, (character) => {
      if (character === quote || character === '\\') return `\\${character}`;
      const code = character.codePointAt(0) ?? 0;
      return code < 32 || code === 127 ? `\\x${code.toString(16).padStart(2, '0')}` : character;
    });
    return quote + body.join('') + quote;
  }
  if (isDictionary(value)) return `{${Array.from(value, ([key, item]) => `${repr(key)}: ${repr(item)}`).join(', ')}}`;
  return isList(value) ? `[${value.map(repr).join(', ')}]` : '';
}

const scalar: fc.Arbitrary<PythonValue> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const literal: fc.Arbitrary<PythonValue> = fc.letrec<{ value: PythonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(fc.oneof(fc.string(), fc.integer()), tie('value')), {
        maxLength: 4,
        selector: ([key]) => key,
      })
      .map((entries) => new Map<PythonValue, PythonValue>(entries)),
  ),
})).value;

describe('a Python literal', () => {
  it('is read as Python writes it', () => {
    fc.assert(
      fc.property(literal, (value) => {
        expect(parsePythonLiteral(repr(value))).toEqual(value);
      }),
    );
  });

  it.each([
    ["{0: 'person'}", new Map([[0, 'person']])],
    ['[256, 256]', [256, 256]],
    [' [ 17 , 3 , ] ', [17, 3]],
    ['(17, 3)', [17, 3]],
    ['(17,)', [17]],
    ['(17, )', [17]],
    ['(17)', 17],
    ['()', []],
    ['{}', new Map()],
    ["{0: ['nose', \"it's\"]}", new Map([[0, ['nose', "it's"]]])],
    [String.raw`'\x41\u00e9\U0001F600\n\q'`, 'A\u00E9\u{1F600}\n\\q'],
    ['True', true],
    ['None', null],
    ['-1.5e-3', -0.0015],
    ['.5', 0.5],
    ['5.', 5],
  ])('%s', (text, value) => {
    expect(parsePythonLiteral(text)).toEqual(value);
  });

  it.each([
    '',
    'person',
    'true',
    '[1, 2',
    '[1 2]',
    '[,]',
    '{1}',
    '{1: }',
    "'open",
    "'a\nb'",
    '1 2',
    '[1]]',
    '__import__("os")',
    'print(1)',
    '1 + 1',
    String.raw`'\x4'`,
    String.raw`'\U00110000'`,
    'nan',
  ])('is not what %j is', (text) => {
    expect(parsePythonLiteral(text)).toBeUndefined();
  });

  it('is never an error, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom(...Array.from('{}[]():,\'"\\0x1.-eTrue ')), { maxLength: 60 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (hostile) => {
        parsePythonLiteral(hostile);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused where it would take too much to read', () => {
    expect(parsePythonLiteral('['.repeat(500_000))).toBeUndefined();
    expect(parsePythonLiteral(`${'['.repeat(16)}${']'.repeat(16)}`)).toBeDefined();
    expect(parsePythonLiteral(`${'['.repeat(18)}${']'.repeat(18)}`)).toBeUndefined();
    expect(parsePythonLiteral(`'${'a'.repeat(1_000_000)}'`)).toBeUndefined();
  });

  it('reaches no prototype', () => {
    const value = parsePythonLiteral("{'__proto__': {'task': 'pose'}, 'constructor': 1}");
    expect(value).toBeInstanceOf(Map);
    expect(Reflect.get({}, 'task')).toBeUndefined();
  });
});
