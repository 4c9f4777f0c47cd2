import { expect, it } from 'vitest';
import { resultRows } from './result-rows.js';

const line = (skeleton: string, points: number): object => ({
  timestampMs: 1500,
  ageMs: 12.34,
  value: {
    tracks: [
      { skeleton, trackId: 3, score: 0.9, image: Array.from({ length: points }, (_, at) => [at / 100, 0.5, 0, 1]) },
    ],
  },
});

it.each([
  ['coco-17', 17, 'person 3  0.90        nose 0.000 0.500  leftWrist 0.090 0.500  rightWrist 0.100 0.500'],
  ['handle-2', 2, 'handle-2 3  0.90      point 0 0.000 0.500  point 1 0.010 0.500'],
  ['dog-24', 24, 'dog-24 3  0.90        point 0 0.000 0.500  point 1 0.010 0.500  point 2 0.020 0.500'],
])('tells a track of %s', (skeleton, points, told) => {
  expect(resultRows.of(line(skeleton, points))).toEqual([`    1.50     12.3  ${told}`]);
});
