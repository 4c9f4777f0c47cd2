import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blendDegrees, boundsOf, jointAngleDegrees, landmarkCount, visibilityOf } from './geometry.js';

type Point = readonly [number, number, number];
const landmarks = (...points: readonly (readonly number[])[]): Float32Array =>
  Float32Array.from(points.flatMap((point) => [...point, ...[0, 0, 0, 1].slice(point.length)]));
const angle = (a: Point, b: Point, c: Point): number => jointAngleDegrees(landmarks(a, b, c), 0, 1, 2);

const coordinate = fc.double({ min: -2, max: 2, noNaN: true }).map(Math.fround);
const point = fc.tuple(coordinate, coordinate, coordinate);
const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

describe('jointAngleDegrees', () => {
  it('measures known angles in space', () => {
    expect(angle([1, 0, 0], [0, 0, 0], [0, 1, 0])).toBeCloseTo(90, 6);
    expect(angle([1, 0, 0], [0, 0, 0], [0, 0, 2])).toBeCloseTo(90, 6);
    expect(angle([1, 1, 0], [0, 0, 0], [1, 0, 0])).toBeCloseTo(45, 6);
    expect(angle([-1, 2, 3], [0, 2, 3], [5, 2, 3])).toBe(180);
    expect(angle([3, 0, 0], [1, 0, 0], [2, 0, 0])).toBe(0);
  });

  it('is NaN where points coincide, are missing or are not finite', () => {
    expect(angle([1, 1, 1], [1, 1, 1], [0, 0, 0])).toBeNaN();
    expect(angle([Number.NaN, 0, 0], [0, 0, 0], [1, 0, 0])).toBeNaN();
    expect(angle([Infinity, 0, 0], [0, 0, 0], [1, 0, 0])).toBeNaN();
    expect(jointAngleDegrees(landmarks([0, 0, 0], [1, 0, 0]), 0, 1, 2)).toBeNaN();
  });

  it('lies in 0-180, is the same both ways round, and does not change with place, size or rotation', () => {
    const turn = fc.double({ min: 0, max: 6.3, noNaN: true });
    fc.assert(
      fc.property(
        point,
        point,
        point,
        turn,
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        point,
        (a, b, c, radians, scale, shift) => {
          fc.pre(distance(a, b) > 0.2 && distance(b, c) > 0.2); // float32 coordinates: short arms have no exact direction
          const degrees = angle(a, b, c);
          expect(degrees).toBeGreaterThanOrEqual(0);
          expect(degrees).toBeLessThanOrEqual(180);
          expect(angle(c, b, a)).toBeCloseTo(degrees, 9);
          const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
          const move = ([x, y, z]: Point): Point => [
            (x * cos - y * sin) * scale + shift[0],
            (x * sin + y * cos) * scale + shift[1],
            z * scale + shift[2],
          ];
          expect(Math.abs(angle(move(a), move(b), move(c)) - degrees)).toBeLessThan(0.01);
        },
      ),
    );
  });

  it('adds up to 180 degrees over a triangle', () => {
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        fc.pre(Math.min(distance(a, b), distance(b, c), distance(a, c)) > 0.2);
        expect(angle(a, b, c) + angle(b, c, a) + angle(c, a, b)).toBeCloseTo(180, 4);
      }),
    );
  });
});

describe('blendDegrees', () => {
  it('goes the shorter way round, and stays within 0..360 or -180..180 as it was given', () => {
    expect(blendDegrees(350, 10, 0.75)).toBeCloseTo(5, 9);
    expect(blendDegrees(10, 350, 0.75)).toBeCloseTo(355, 9);
    expect(blendDegrees(170, -170, 0.75)).toBeCloseTo(-175, 9);
    expect(blendDegrees(-170, 170, 0.25)).toBeCloseTo(-175, 9);
    expect(blendDegrees(0, 180, 0.5)).toBe(90);
  });

  it('never turns by more than half a circle, and ends at both ends', () => {
    const degrees = fc.double({ min: -180, max: 180, noNaN: true });
    const turn = (from: number, to: number): number => Math.abs(((((to - from) % 360) + 540) % 360) - 180);
    fc.assert(
      fc.property(degrees, degrees, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, weight) => {
        const blended = blendDegrees(from, to, weight);
        expect(turn(from, blended)).toBeCloseTo(weight * turn(from, to), 6);
        expect(turn(blended, to)).toBeCloseTo((1 - weight) * turn(from, to), 6);
        expect(Math.abs(blended)).toBeLessThanOrEqual(180 + (Math.min(from, to) < 0 ? 0 : 180));
      }),
    );
  });
});

describe('landmark arrays', () => {
  it('count points and tell visibility, 0 for a point that is not there', () => {
    const array = landmarks([0, 0, 0, 0.25], [1, 1, 1, 0.75]);
    expect(landmarkCount(array)).toBe(2);
    expect([0, 1, 2].map((index) => visibilityOf(array, index))).toEqual([0.25, 0.75, 0]);
  });

  it('have a box around all points that are finite', () => {
    expect(boundsOf(landmarks([0, 1, 0], [4, 3, 0], [Number.NaN, Number.NaN, 0], [2, -1, 0]))).toEqual({
      centreX: 2,
      centreY: 1,
      width: 4,
      height: 4,
    });
  });
});
