import type { GraphDocument } from '@kinegraph/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connect } from './wire-edits.js';
import { setNodeConfig } from './node-edits.js';
import { freePlace, GRID, keepPlaces } from './places.js';
import type { Box } from './places.js';

const DOCUMENT: GraphDocument = {
  kinegraph: 1,
  nodes: { a: { type: 'x' }, b: { type: 'y' } },
  wires: [],
  layout: { a: { x: 0, y: 0 } },
};
const DRAWN = new Map([
  ['a', { x: 0, y: 0 }],
  ['b', { x: 260, y: 0 }],
]);

describe('A free place', () => {
  it('lies over nothing, on the grid, at the wish or below it', () => {
    const number = fc.integer({ min: -500, max: 500 });
    const box: fc.Arbitrary<Box> = fc.record({
      x: number,
      y: number,
      width: fc.constant(192),
      height: fc.constant(76),
    });
    fc.assert(
      fc.property(fc.array(box), box, (others, { x, y, width, height }) => {
        const place = freePlace({ x, y }, { width, height }, others);
        for (const other of others) {
          const isBeside = other.x >= place.x + width || place.x >= other.x + other.width;
          expect(isBeside || other.y >= place.y + height || place.y >= other.y + other.height).toBe(true);
        }
        expect([Math.abs(place.x % GRID), Math.abs(place.y % GRID)]).toEqual([0, 0]);
        expect(place.y).toBeGreaterThanOrEqual(y - GRID / 2);
        if (others.length === 0) expect(Math.abs(place.y - y)).toBeLessThanOrEqual(GRID / 2);
      }),
    );
  });
});

describe('Nodes that nobody has placed', () => {
  it('stay where they were drawn when wires change, and are left alone by all else', () => {
    const wired = connect(DOCUMENT, { from: { node: 'a', port: 'out' }, to: { node: 'b', port: 'in' } });
    expect(keepPlaces(DOCUMENT, wired, DRAWN).layout).toEqual({ a: { x: 0, y: 0 }, b: { x: 260, y: 0 } });
    const set = setNodeConfig(DOCUMENT, 'a', 'k', 1);
    expect(keepPlaces(DOCUMENT, set, DRAWN)).toBe(set);
  });
});
