import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelRefusedError } from '../errors.js';
import { checkLabel, clashingLabels, folderLabel, foldedLabel, labelFolder } from './label.js';

const anyLabel = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });

function folderOf(label: string): string | undefined {
  try {
    return labelFolder(label);
  } catch (error) {
    expect(error).toBeInstanceOf(LabelRefusedError);
    return undefined;
  }
}

describe('labels as folders', () => {
  it('come back from the name of their folder, whatever they are', () => {
    fc.assert(
      fc.property(anyLabel, (label) => {
        const folder = folderOf(label);
        if (folder !== undefined) expect(folderLabel(folder)).toBe(checkLabel(label));
      }),
      { numRuns: 2000 },
    );
  });

  it('never lead anywhere else, and are names on every system', () => {
    const tricks = fc.constantFrom(
      '..',
      '../x',
      '/etc',
      'C:\\',
      '.',
      '. ',
      'con',
      'CON.txt',
      'a/..',
      '%2e%2e',
      'a.',
      '~',
      'a\0b',
      ' ..',
    );
    fc.assert(
      fc.property(
        fc.oneof(anyLabel, tricks, fc.string({ unit: fc.constantFrom('.', '/', '\\', ' ', '%', '2', 'E', 'e') })),
        (label) => {
          const folder = folderOf(label);
          if (folder === undefined) return;
          expect(folder).not.toMatch(/[/\\:*?"<>|\0]|^\.|[. ]$|^ /);
          expect(folder).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
          expect(Buffer.byteLength(folder)).toBeLessThan(256);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('differ where labels differ', () => {
    fc.assert(
      fc.property(anyLabel, anyLabel, (a, b) => {
        const [x, y] = [folderOf(a), folderOf(b)];
        if (x !== undefined && y !== undefined) expect(x === y).toBe(checkLabel(a) === checkLabel(b));
      }),
    );
  });

  it('are refused with what is wrong', () => {
    expect(() => checkLabel('  ')).toThrow(/is empty/);
    expect(() => checkLabel('..')).toThrow(/folder of every folder/);
    expect(() => checkLabel('x'.repeat(61))).toThrow(/has 61 characters/);
    expect(() => checkLabel('a\nb')).toThrow(/control character/);
    expect(() => checkLabel('\uD800')).toThrow(/half a character/);
    expect(() => checkLabel('a\u202Eb')).toThrow(/control character/);
    for (const nothing of ['\u200B', '\u2060\u00AD', '\u3164', '\u0301'])
      expect(() => checkLabel(nothing)).toThrow(/no character that can be seen/);
    expect(checkLabel('👩‍👩‍👧')).toBe('👩‍👩‍👧');
  });

  it('that differ only by case or composition are told', () => {
    const groups = clashingLabels(['Hello', 'hello', 'café', 'cafe\u0301', 'other', 'STRASSE', 'straße']);
    expect(groups).toEqual([
      ['Hello', 'hello'],
      ['café', 'cafe\u0301'],
      ['STRASSE', 'straße'],
    ]);
    expect(foldedLabel('あ')).toBe('あ');
  });
});
