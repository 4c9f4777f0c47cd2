import { describe, expect, it } from 'vitest';
import { placePopup } from './place-popup.js';

const page = { width: 800, height: 600 };

describe('A popup', () => {
  it.each([
    ['opens below and to the end', { x: 100, y: 50 }, { x: 100, y: 50 }],
    ['turns to the other side near an edge', { x: 790, y: 590 }, { x: 590, y: 290 }],
    ['stays on the page', { x: -20, y: 0 }, { x: 8, y: 8 }],
  ])('%s', (_, at, place) => {
    expect(placePopup(at, { width: 200, height: 300 }, page)).toEqual(place);
  });

  it('fits where neither side has the room', () => {
    expect(placePopup({ x: 400, y: 250 }, { width: 200, height: 500 }, page)).toEqual({ x: 400, y: 92 });
    expect(placePopup({ x: 400, y: 250 }, { width: 200, height: 900 }, page).y).toBe(8);
  });
});
