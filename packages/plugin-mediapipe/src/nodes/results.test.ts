import { describe, expect, it } from 'vitest';
import { toHands } from './hand-result.js';
import { toPoses } from './pose-result.js';

const point = (x: number, visibility = 0) => ({ x, y: x + 0.25, z: x - 0.25, visibility });

describe('toHands', () => {
  it('gives each hand its landmarks as [points, 4] with visibility 1, and its side', () => {
    const hands = toHands({
      landmarks: [[point(0.5), point(0.75)], [point(0.25)]],
      worldLandmarks: [[point(2), point(3)], [point(4)]],
      handedness: [[{ categoryName: 'Left', score: 0.875 }], [{ categoryName: 'Right', score: 0.75 }]],
    });
    expect(hands).toEqual([
      {
        score: 0.875,
        handedness: 'left',
        handednessScore: 0.875,
        image: Float32Array.of(0.5, 0.75, 0.25, 1, 0.75, 1, 0.5, 1),
        world: Float32Array.of(2, 2.25, 1.75, 1, 3, 3.25, 2.75, 1),
      },
      {
        score: 0.75,
        handedness: 'right',
        handednessScore: 0.75,
        image: Float32Array.of(0.25, 0.5, 0, 1),
        world: Float32Array.of(4, 4.25, 3.75, 1),
      },
    ]);
  });

  it('gives nothing where there is nothing', () => {
    expect(toHands({ landmarks: [], worldLandmarks: [], handedness: [] })).toEqual([]);
  });
});

describe('toPoses', () => {
  it('keeps the visibility of each point and scores by its mean', () => {
    const poses = toPoses({
      landmarks: [[point(0.5, 1), point(0.75, 0.5)]],
      worldLandmarks: [[point(2, 1), point(3, 0.5)]],
    });
    expect(poses).toEqual([
      {
        score: 0.75,
        image: Float32Array.of(0.5, 0.75, 0.25, 1, 0.75, 1, 0.5, 0.5),
        world: Float32Array.of(2, 2.25, 1.75, 1, 3, 3.25, 2.75, 0.5),
      },
    ]);
  });

  it('gives nothing where there is nobody', () => {
    expect(toPoses({ landmarks: [], worldLandmarks: [] })).toEqual([]);
  });
});
