import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curvePath, distanceToCurve, isNearBox, pointOn } from './wire-curve.js';
import type { WireCurve } from './wire-curve.js';

const place = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) });
const curve: fc.Arbitrary<WireCurve> = fc.record({ from: place, to: place });

describe('The curve of a wire', () => {
  it('leads from its begin to its end through the middle of both', () => {
    fc.assert(
      fc.property(curve, (drawn) => {
        const { from, to } = drawn;
        expect(pointOn(drawn, 0)).toEqual(from);
        expect(pointOn(drawn, 1)).toEqual(to);
        const middle = pointOn(drawn, 0.5);
        expect(middle.x).toBeCloseTo((from.x + to.x) / 2);
        expect(middle.y).toBeCloseTo((from.y + to.y) / 2);
      }),
    );
  });

  it('is near to its own points, which the box around it never leaves out', () => {
    fc.assert(
      fc.property(curve, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, along) => {
        const point = pointOn(drawn, along);
        expect(distanceToCurve(point, drawn)).toBeLessThan(6);
        expect(isNearBox(point, drawn, 1)).toBe(true);
      }),
    );
  });

  it('tells how far something is from it', () => {
    const straight = { from: { x: 0, y: 0 }, to: { x: 100, y: 0 } };
    expect(distanceToCurve({ x: 50, y: 30 }, straight)).toBeCloseTo(30);
    expect(distanceToCurve({ x: 140, y: 30 }, straight)).toBeCloseTo(50);
    expect(isNearBox({ x: 50, y: 30 }, straight, 12)).toBe(false);
    expect(curvePath(straight)).toBe('M0,0 C50,0 50,0 100,0');
  });
});
