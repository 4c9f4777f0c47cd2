import { expect, it } from 'vitest';
import { objectSize } from './object-size.js';

const pixels = { x: 640, y: 480 };
const points = (count: number, placed: Record<number, readonly [number, number]>): Float32Array => {
  const array = new Float32Array(count * 4).fill(0.5);
  for (const [index, place] of Object.entries(placed)) array.set(place, Number(index) * 4);
  return array;
};

it('is the longest edge of the palm for hands, in pixels, whatever the fingers do', () => {
  const palm = { 0: [0.5, 0.5], 5: [0.55, 0.4], 9: [0.5, 0.3], 17: [0.45, 0.4] } as const;
  expect(objectSize('hand-21', points(21, palm), pixels)).toBeCloseTo(0.2 * 480, 3);
  expect(objectSize('hand-21', points(21, { ...palm, 8: [0, 0], 12: [1, 1] }), pixels)).toBeCloseTo(0.2 * 480, 3);
  const edgeOn = { 0: [0.5, 0.5], 5: [0.6, 0.5], 9: [0.5, 0.5], 17: [0.4, 0.5] } as const;
  expect(objectSize('hand-21', points(21, edgeOn), pixels)).toBeCloseTo(0.2 * 640, 3);
});

it('is the mean side of the box for all else', () => {
  expect(objectSize('pose-33', points(33, { 0: [0.25, 0], 32: [0.75, 1] }), pixels)).toBeCloseTo((320 + 480) / 2, 3);
});

it('is NaN where no size can be told', () => {
  expect(objectSize('hand-21', points(21, {}), pixels)).toBeNaN();
  expect(objectSize('coco-17', points(17, {}), pixels)).toBeNaN();
  expect(objectSize('coco-17', new Float32Array(0), pixels)).toBeNaN();
  expect(objectSize('hand-21', new Float32Array(4 * 21).fill(Number.NaN), pixels)).toBeNaN();
});
