import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALIGNMENTS, alignBoxes, distributeBoxes } from './align.js';
import type { Box } from './places.js';

const number = fc.integer({ min: -2000, max: 2000 });
const size = fc.integer({ min: 20, max: 300 });
const boxes = fc
  .array(fc.record<Box>({ x: number, y: number, width: size, height: size }), { minLength: 1, maxLength: 12 })
  .map((all) => new Map(all.map((box, index) => [`n${index}`, box])));
const LINES = {
  left: ({ x }: Box) => x,
  right: ({ x, width }: Box) => x + width,
  centre: ({ x, width }: Box) => x + width / 2,
  top: ({ y }: Box) => y,
  bottom: ({ y, height }: Box) => y + height,
  middle: ({ y, height }: Box) => y + height / 2,
};
const moved = (
  all: ReadonlyMap<string, Box>,
  places: ReadonlyMap<string, { x: number; y: number }>,
): ReadonlyMap<string, Box> => new Map([...all].map(([name, box]) => [name, { ...box, ...places.get(name) }]));

describe('Boxes', () => {
  it.each(ALIGNMENTS)('in line at the %s have that in common, and move no other way', (by) => {
    fc.assert(
      fc.property(boxes, (all) => {
        const after = moved(all, alignBoxes(all, by));
        const lines = [...after.values()].map(LINES[by]);
        expect(Math.max(...lines) - Math.min(...lines)).toBeLessThanOrEqual(1); // middles are rounded
        const other = ['left', 'centre', 'right'].includes(by) ? 'y' : 'x';
        for (const [name, box] of all) expect(after.get(name)?.[other]).toBe(box[other]);
        for (const [name, { x, y }] of alignBoxes(after, by)) {
          expect(Math.abs(x - (after.get(name)?.x ?? 0)), 'once is enough').toBeLessThanOrEqual(1);
          expect(Math.abs(y - (after.get(name)?.y ?? 0)), 'once is enough').toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it.each(['across', 'down'] as const)('given equal room %s keep their order and both ends', (along) => {
    const [at, length] = along === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
    fc.assert(
      fc.property(boxes, (all) => {
        const after = [...moved(all, distributeBoxes(all, along))];
        const order = (of: Iterable<[string, Box]>): readonly Box[] =>
          [...of].map(([, box]) => box).sort((a, b) => a[at] - b[at]);
        const inOrder = [...all].sort(([, a], [, b]) => a[at] - b[at]).map(([name]) => new Map(after).get(name));
        const gaps = inOrder.slice(1).map((box, index) => {
          const before = inOrder[index];
          return (box?.[at] ?? 0) - ((before?.[at] ?? 0) + (before?.[length] ?? 0));
        });
        if (gaps.length > 0) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(2);
        expect(inOrder[0]?.[at]).toBe(order(all)[0]?.[at]);
        expect(inOrder.at(-1)?.[at]).toBe(order(all).at(-1)?.[at]);
      }),
    );
  });
});
