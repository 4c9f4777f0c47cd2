import { expect, it } from 'vitest';
import { LONGEST_NAME, shorten, tellValues } from './shorten.js';

it('cuts what is longer than a name, and no character in two', () => {
  expect(shorten('x'.repeat(LONGEST_NAME))).toBe('x'.repeat(LONGEST_NAME));
  expect(shorten('x'.repeat(LONGEST_NAME + 1))).toBe(`${'x'.repeat(LONGEST_NAME - 1)}…`);
  const cats = shorten(`x${'\u{1F408}'.repeat(100)}`.slice(1));
  expect(cats.length).toBeLessThanOrEqual(LONGEST_NAME);
  expect(cats).toBe(`${'\u{1F408}'.repeat(31)}…`);
});

it('tells ten values and how many more there are', () => {
  const values = Array.from({ length: 12 }, (_, index) => ({ name: `v${index}`, type: 'float32', shape: '[1]' }));
  expect(tellValues(values.slice(0, 2))).toBe('"v0" float32 [1], "v1" float32 [1]');
  expect(tellValues(values)).toMatch(/"v9" float32 \[1\], and 2 more$/);
  expect(tellValues([{ name: 'n'.repeat(1e6), type: 'float32', shape: '[1]' }]).length).toBeLessThan(100);
});
