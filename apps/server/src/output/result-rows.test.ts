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

it('tells signs with their time, and classifications, each with what else it might be', () => {
  const alternatives = [
    { label: 'b', score: 0.05 },
    { label: 'c', score: 0.03 },
    { label: 'd', score: 0.01 },
  ];
  const label = { trackId: 3, label: 'thumb-up', score: 0.912, alternatives };
  const event = { ...label, startMs: 1200, endMs: 1500 };
  expect(resultRows.of({ timestampMs: 1500, ageMs: 12.34, value: { events: [event] } })).toEqual([
    '    1.50     12.3  thumb-up  0.91        hand 3  1.20-1.50 s  or b  0.05, c  0.03',
  ]);
  expect(resultRows.of({ timestampMs: 1500, ageMs: 12.34, value: { tracks: [label] } })).toEqual([
    '    1.50     12.3  thumb-up  0.91        track 3  or b  0.05, c  0.03',
  ]);
});

it.each([
  ['coco-17', 17, 'person 3  0.90        nose 0.000 0.500  leftWrist 0.090 0.500  rightWrist 0.100 0.500'],
  ['handle-2', 2, 'handle-2 3  0.90      point 0 0.000 0.500  point 1 0.010 0.500'],
  ['dog-24', 24, 'dog-24 3  0.90        point 0 0.000 0.500  point 1 0.010 0.500  point 2 0.020 0.500'],
])('tells a track of %s', (skeleton, points, told) => {
  expect(resultRows.of(line(skeleton, points))).toEqual([`    1.50     12.3  ${told}`]);
});
