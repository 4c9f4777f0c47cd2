import { describe, expect, it } from 'vitest';
import { shownRows, treeMove, typedTo } from './tree-walk.js';

const ROWS = [
  { id: 'camera', level: 1 },
  { id: 'camera.frame', level: 2 },
  { id: 'camera.frame > hands.frame', level: 3 },
  { id: 'hands', level: 1 },
  { id: 'hands.frame', level: 2 },
  { id: 'hands.hands', level: 2 },
];
const walk = (at: string, key: string, closed: readonly string[] = []) =>
  treeMove(shownRows(ROWS, new Set(closed)), at, key);

describe('A tree of lines', () => {
  it('hides what is below a closed one, and tells places among kin', () => {
    const shown = shownRows(ROWS, new Set(['camera.frame']));
    expect(shown.map(({ row, place, of, isOpen }) => [row.id, place, of, isOpen])).toEqual([
      ['camera', 1, 2, true],
      ['camera.frame', 1, 1, false],
      ['hands', 2, 2, true],
      ['hands.frame', 1, 2, false],
      ['hands.hands', 2, 2, false],
    ]);
    expect(shownRows(ROWS, new Set(['camera'])).map(({ row }) => row.id)).not.toContain('camera.frame > hands.frame');
  });

  it.each([
    ['camera', 'ArrowDown', [], { to: 'camera.frame' }],
    ['camera', 'ArrowUp', [], undefined],
    ['camera', 'ArrowDown', ['camera'], { to: 'hands' }],
    ['camera', 'ArrowRight', ['camera'], { open: 'camera' }],
    ['camera', 'ArrowRight', [], { to: 'camera.frame' }],
    ['camera', 'ArrowLeft', [], { close: 'camera' }],
    ['camera.frame > hands.frame', 'ArrowLeft', [], { to: 'camera.frame' }],
    ['camera.frame > hands.frame', 'ArrowRight', [], undefined],
    ['hands', 'Home', [], { to: 'camera' }],
    ['hands', 'End', [], { to: 'hands.hands' }],
    ['hands', 'x', [], undefined],
  ])('from %s by %s', (at, key, closed, move) => {
    expect(walk(at, key, closed)).toEqual(move);
  });

  it('is walked by typing', () => {
    const shown = shownRows(ROWS, new Set());
    const typed = (at: string, text: string) => typedTo(shown, at, text, ({ id }) => id);
    expect(typed('camera', 'h')).toBe('hands');
    expect(typed('hands', 'h')).toBe('hands.frame');
    expect(typed('hands.hands', 'h')).toBe('hands');
    expect(typed('hands', 'hands.h')).toBe('hands.hands');
    expect(typed('hands', 'x')).toBeUndefined();
  });
});
