import { describe, expect, it } from 'vitest';
import { linesOf, numbersOf, numbersText, resized, textsOf, toggled, withEntry } from './list-values.js';

describe('a list of texts', () => {
  it('is its lines, forth and back', () => {
    expect(linesOf(['fist', 'open hand'])).toBe('fist\nopen hand');
    expect(textsOf('fist\n\n open hand \n')).toEqual(['fist', 'open hand']);
    expect(textsOf(' \n')).toBeUndefined();
    expect(linesOf(undefined)).toBe('');
  });
});

describe('choices', () => {
  it('stand in the order in which they were ticked', () => {
    expect(toggled(['cuda'], 'cpu')).toEqual(['cuda', 'cpu']);
    expect(toggled(['cuda', 'cpu'], 'cuda')).toEqual(['cpu']);
    expect(toggled(['cpu'], 'cpu')).toBeUndefined();
  });
});

describe('so many numbers', () => {
  it('go on with the last, or lose what is too much', () => {
    expect(resized([0.5], 3)).toEqual([0.5, 0.5, 0.5]);
    expect(resized([1, 2, 3], 1)).toEqual([1]);
    expect(resized([], 1)).toEqual([0]);
  });
});

describe('numbers by name', () => {
  it.each([
    [0.5, '0.5'],
    [[1, 2], '1, 2'],
    [[5], '5,'],
    [[], ''],
  ])('%j is %j', (value, text) => {
    expect(numbersText(value)).toBe(text);
    if (text !== '') expect(numbersOf(text)).toEqual(value);
  });

  it.each(['', 'half', '1, x', '1,,2', 'Infinity'])('%j stays as it is, for validation to tell', (text) => {
    expect(numbersOf(text)).toBe(text);
  });

  it('get a new one, a new name, or lose one', () => {
    const entries = Object.entries({ a: 1, b: 2 });
    expect(withEntry(entries, 2, ['c', 0])).toEqual({ a: 1, b: 2, c: 0 });
    expect(withEntry(entries, 0, ['z', 1])).toEqual({ z: 1, b: 2 });
    expect(withEntry(entries, 1, ['', 0])).toEqual({ a: 1 });
    expect(withEntry([['a', 1]], 0, ['', 0])).toBeUndefined();
  });
});
