import type { GraphDocument } from '@kinegraph/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from './arrange.js';

/** Wires from earlier nodes to later ones: no circle. */
const acyclic = fc
  .record({
    heights: fc.array(fc.integer({ min: 44, max: 260 }), { minLength: 1, maxLength: 24 }),
    wires: fc.array(fc.tuple(fc.nat({ max: 23 }), fc.nat({ max: 23 })), { maxLength: 40 }),
    groups: fc.array(fc.nat({ max: 3 }), { minLength: 24, maxLength: 24 }),
  })
  .map(({ heights, wires, groups }) => {
    const names = heights.map((_, index) => `n${String(index).padStart(2, '0')}`);
    const document: GraphDocument = {
      kinegraph: 1,
      nodes: Object.fromEntries(names.map((name) => [name, { type: 'x' }])),
      wires: wires.flatMap(([a, b]): GraphDocument['wires'] => {
        const [from, to] = [names[Math.min(a, b)], names[Math.max(a, b)]];
        return a === b || from === undefined || to === undefined ? [] : [[`${from}.out`, `${to}.in${a}`]];
      }),
    };
    const sizes = new Map(names.map((name, index) => [name, { width: 192, height: heights[index] ?? 44 }]));
    return { document, names, sizes, groups: [1, 2].map((of) => names.filter((_, index) => groups[index] === of)) };
  });

describe('Nodes that are arranged', () => {
  it('lie over no other, with wires from left to right, the same each time', () => {
    fc.assert(
      fc.property(acyclic, ({ document, names, sizes }) => {
        const places = arrange(document, { sizes });
        const boxes = names.map((name) => ({
          ...(places.get(name) ?? fail(name)),
          ...(sizes.get(name) ?? fail(name)),
        }));
        for (const [index, a] of boxes.entries())
          for (const b of boxes.slice(index + 1)) {
            const isApart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(isApart).toBe(true);
          }
        for (const [from, to] of document.wires) {
          const [a, b] = [places.get(from.split('.')[0] ?? ''), places.get(to.split('.')[0] ?? '')];
          expect((a?.x ?? 0) + 192).toBeLessThan(b?.x ?? 0);
        }
        expect(arrange({ ...document, wires: document.wires.toReversed() }, { sizes })).toEqual(places);
      }),
      { numRuns: 60 },
    );
  });

  it('stay together in their groups: nobody else stands among them', () => {
    fc.assert(
      fc.property(acyclic, ({ document, sizes, groups }) => {
        const places = arrange(document, { sizes, groups });
        for (const members of groups.filter(({ length }) => length > 1)) {
          const boxes = members.map((name) => ({
            ...(places.get(name) ?? fail(name)),
            ...(sizes.get(name) ?? fail(name)),
          }));
          const left = Math.min(...boxes.map(({ x }) => x));
          const right = Math.max(...boxes.map(({ x, width }) => x + width));
          const top = Math.min(...boxes.map(({ y }) => y));
          const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
          for (const [name, { x, y }] of places) {
            const { width, height } = sizes.get(name) ?? fail(name);
            const isOutside = x + width <= left || x >= right || y + height <= top || y >= bottom;
            expect(members.includes(name) || isOutside).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('may have wires that lead in a circle', () => {
    const document: GraphDocument = {
      kinegraph: 1,
      nodes: { a: { type: 'x' }, b: { type: 'x' } },
      wires: [
        ['a.out', 'b.in'],
        ['b.out', 'a.in'],
      ],
    };
    expect(arrange(document, { sizes: new Map() }).size).toBe(2);
  });
});

function fail(name: string): never {
  throw new Error(`${name} is nowhere.`);
}
