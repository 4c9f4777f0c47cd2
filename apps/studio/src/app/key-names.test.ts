import { describe, expect, it } from 'vitest';
import { keyName, shownKey } from './key-names.js';

const PLAIN = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('keyName', () => {
  it.each([
    [{ key: 'z', ctrlKey: true, shiftKey: true }, 'Mod+Shift+Z'],
    [{ key: 'Z', metaKey: true, shiftKey: true }, 'Mod+Shift+Z'],
    [{ key: 'Delete' }, 'Delete'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: '/' }, '/'],
    [{ key: ' ' }, 'Space'],
    [{ key: 'ArrowUp', shiftKey: true, altKey: true }, 'Alt+Shift+ArrowUp'],
    [{ key: 'a' }, 'A'],
  ])('names %o %s', (event, name) => {
    expect(keyName({ ...PLAIN, ...event })).toBe(name);
  });
});

describe('shownKey', () => {
  it('names the modifiers as the machine does', () => {
    expect(shownKey('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
    expect(shownKey('Mod+Shift+Z', true)).toBe('⌘⇧Z');
  });
});
