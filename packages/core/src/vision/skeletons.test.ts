import { describe, expect, it } from 'vitest';
import { coco17, hand21, pose33 } from './index.js';

/** A pair of names in one writing, whichever comes first. */
const pairOf = (names: readonly (string | undefined)[]): string => names.toSorted(byName).join(' ');
const byName = (a: string | undefined, b: string | undefined): number => (a ?? '').localeCompare(b ?? '');

describe.each([
  [hand21, 21],
  [pose33, 33],
  [coco17, 17],
])('skeleton $id', (skeleton, count) => {
  it('names each of its points once', () => {
    expect(skeleton.points).toHaveLength(count);
    expect(new Set(skeleton.points).size).toBe(count);
  });

  it('connects existing points, each pair once', () => {
    const pairs = skeleton.connections.map((pair) => pair.toSorted((a, b) => a - b).join('-'));
    expect(new Set(pairs).size).toBe(pairs.length);
    for (const index of skeleton.connections.flat()) expect(skeleton.points[index]).toBeTypeOf('string');
    for (const [from, to] of skeleton.connections) expect(from).not.toBe(to);
  });

  it('joins the same points on the left as on the right', () => {
    const named = skeleton.connections.map(([from, to]) => pairOf([skeleton.points[from], skeleton.points[to]]));
    const swap = (text: string): string =>
      text.replace(
        /left|right|Left|Right/g,
        (side) => ({ left: 'right', right: 'left', Left: 'Right', Right: 'Left' })[side] ?? side,
      );
    const mirrored = named.map((pair) => pairOf(swap(pair).split(' ')));
    expect(new Set(mirrored)).toEqual(new Set(named));
  });
});

it('numbers points as the models do', () => {
  expect([0, 4, 8, 20].map((index) => hand21.points[index])).toEqual(['wrist', 'thumbTip', 'indexTip', 'pinkyTip']);
  expect([0, 11, 16, 24, 32].map((index) => pose33.points[index])).toEqual([
    'nose',
    'leftShoulder',
    'rightWrist',
    'rightHip',
    'rightFootIndex',
  ]);
  expect([0, 5, 10, 16].map((index) => coco17.points[index])).toEqual([
    'nose',
    'leftShoulder',
    'rightWrist',
    'rightAnkle',
  ]);
});
