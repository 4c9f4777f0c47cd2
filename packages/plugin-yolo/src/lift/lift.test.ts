import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_FLOATS, KEYPOINTS, fillKeypoints, toPersonCoordinates } from './index.js';
import { toH36m, toRootedCoco } from './joint-orders.js';

/** All points at (10 * moment + point, point). */
function aGrid(moments: number): { readonly places: Float32Array; readonly seen: Uint8Array } {
  const places = Float32Array.from({ length: moments * FRAME_FLOATS }, (_, at) => {
    const [moment, point] = [Math.floor(at / FRAME_FLOATS), Math.floor((at % FRAME_FLOATS) / 2)];
    return at % 2 === 0 ? 10 * moment + point : point;
  });
  return { places, seen: new Uint8Array(moments * KEYPOINTS).fill(1) };
}

describe('Filling keypoints', () => {
  it('draws lines over gaps, and holds points before their first sighting and after their last', () => {
    const grid = aGrid(6);
    for (const moment of [0, 2, 3, 5]) {
      grid.seen[moment * KEYPOINTS + 4] = 0;
      grid.places.fill(Number.NaN, moment * FRAME_FLOATS + 8, moment * FRAME_FLOATS + 10);
    }
    grid.places[4 * FRAME_FLOATS + 9] = 7;
    const { known, knownCount } = fillKeypoints(grid);
    const at = (moment: number): readonly number[] => [
      ...grid.places.subarray(moment * FRAME_FLOATS + 8, moment * FRAME_FLOATS + 10),
    ];
    expect([0, 1, 2, 3, 4, 5].map(at)).toEqual([
      [14, 4],
      [14, 4],
      [24, 5],
      [34, 6],
      [44, 7],
      [44, 7],
    ]);
    expect([known[4], knownCount]).toEqual([1, 17]);
    expect(at(5)).toEqual([44, 7]);
  });

  it('leaves what was seen as it is, and knows what never was', () => {
    const grid = aGrid(3);
    const before = grid.places.slice();
    for (const moment of [0, 1, 2]) grid.seen[moment * KEYPOINTS + 16] = 0;
    const { known, knownCount } = fillKeypoints(grid);
    expect(grid.places).toEqual(before);
    expect([known[16], knownCount]).toEqual([0, 16]);
  });
});

describe('Coordinates of the person', () => {
  const numbers = fc.float({ min: -2, max: 2, noNaN: true, noDefaultInfinity: true });

  it('are the same wherever and however large somebody is', () => {
    fc.assert(
      fc.property(
        fc.array(numbers, { minLength: 2 * FRAME_FLOATS, maxLength: 2 * FRAME_FLOATS }),
        fc.integer({ min: 1, max: 9 }),
        fc.tuple(numbers, numbers),
        (values, size, [x, y]) => {
          fc.pre(Math.max(...values) - Math.min(...values) > 0.5);
          const [here, there] = [Float32Array.from(values), Float32Array.from(values)];
          there.forEach((value, at) => (there[at] = value * size + (at % 2 === 0 ? x : y)));
          for (const places of [here, there]) {
            const grid = { places, seen: new Uint8Array(2 * KEYPOINTS).fill(1) };
            expect(toPersonCoordinates(grid, fillKeypoints(grid))).toBe(true);
          }
          for (const [at, value] of here.entries()) expect(there[at]).toBeCloseTo(value, 3);
          const squares = here.reduce((sum, value) => sum + value * value, 0);
          expect(squares / (2 * KEYPOINTS)).toBeCloseTo(1, 3);
        },
      ),
    );
  });

  it('are not to be had of a few points, of no trunk, or of points that all lie together', () => {
    const lying = aGrid(2);
    const few = aGrid(2);
    const limbs = aGrid(2);
    lying.places.fill(0.5);
    for (let at = 0; at < few.seen.length; at += 1) few.seen[at] = Number(at % KEYPOINTS < 4);
    for (let at = 0; at < limbs.seen.length; at += 1) limbs.seen[at] = Number(![5, 6, 11, 12].includes(at % KEYPOINTS));
    for (const grid of [lying, few, limbs]) expect(toPersonCoordinates(grid, fillKeypoints(grid))).toBe(false);
  });
});

describe('The order of Human3.6M', () => {
  it('has the points of COCO where both have them, and the means of those around elsewhere', () => {
    const { places } = aGrid(1);
    const h36m = toH36m(places);
    const points = Array.from({ length: KEYPOINTS }, (_, point) => h36m[point * 2 + 1]);
    expect(points).toEqual([11.5, 12, 14, 16, 11, 13, 15, 8.5, 5.5, 0, 1.5, 5, 7, 9, 6, 8, 10]);
  });

  it('goes back, around the middle of the hips', () => {
    const joints = Float32Array.from({ length: KEYPOINTS * 3 }, (_, at) => Math.floor(at / 3));
    const coco = toRootedCoco(joints, 'h36m');
    const points = Array.from({ length: KEYPOINTS }, (_, point) => (coco[point * 3] ?? 0) + 2.5);
    // Hips are 4 and 1, their middle is 2.5.
    expect(points).toEqual([9, 10, 10, 10, 10, 11, 14, 12, 15, 13, 16, 4, 1, 5, 2, 6, 3]);
  });
});
