import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIFT_POINTS, toHandCoordinates } from './hand-coordinates.js';

const COUNT = 2 * LIFT_POINTS * 2;
const numbers = fc.float({ min: -2, max: 2, noNaN: true, noDefaultInfinity: true });

describe('Coordinates of the hand', () => {
  it('are the same wherever and however large the hand is, and mirrored for the other one', () => {
    fc.assert(
      fc.property(
        fc.array(numbers, { minLength: COUNT, maxLength: COUNT }),
        fc.integer({ min: 1, max: 9 }),
        fc.tuple(numbers, numbers),
        (values, size, [x, y]) => {
          fc.pre(Math.max(...values) - Math.min(...values) > 0.5);
          const here = Float32Array.from(values);
          const there = here.map((value, at) => value * size + (at % 2 === 0 ? x : y));
          const mirrored = here.map((value, at) => (at % 2 === 0 ? -value : value));
          expect(toHandCoordinates(here, false)).toBe(true);
          expect(toHandCoordinates(there, false)).toBe(true);
          expect(toHandCoordinates(mirrored, true)).toBe(true);
          for (const [at, value] of here.entries()) {
            expect(there[at]).toBeCloseTo(value, 3);
            expect(mirrored[at]).toBeCloseTo(value, 4);
          }
          const squares = here.reduce((sum, value) => sum + value * value, 0);
          expect(squares / (COUNT / 2)).toBeCloseTo(1, 3);
        },
      ),
    );
  });

  it('are not to be had of points at one place, or of numbers that are none', () => {
    expect(toHandCoordinates(new Float32Array(COUNT).fill(0.5), false)).toBe(false);
    expect(toHandCoordinates(new Float32Array(COUNT).fill(Number.NaN), false)).toBe(false);
  });
});
