import { describe, expect, it } from 'vitest';
import { StaticSkeletonCatalog } from '../../kinds/index.js';
import type { SkeletonUnknownError } from '../../kinds/index.js';
import { aHand, aPose, landmarksOf } from '../../testing/index.js';
import { coco17, coreSkeletons, hand21, pose33 } from '../../vision/index.js';
import type { Skeleton, TrackedLandmarks } from '../../vision/index.js';
import { SkeletonsDifferError, ToSkeleton } from './to-skeleton.js';

/** Like coco-17, without the ears, in another order. */
const EARLESS: Skeleton = {
  id: 'earless-15',
  title: 'Body without ears',
  points: coco17.points.filter((name) => !name.endsWith('Ear')).toReversed(),
  connections: [],
};

const aNode = (to: string, arriving = 'landmarks/*'): ToSkeleton =>
  new ToSkeleton({ to }, new StaticSkeletonCatalog([...coreSkeletons, EARLESS]), {
    inputs: { in: arriving },
    outputs: {},
  });
const rowOf = ({ image }: TrackedLandmarks, { points }: Skeleton, name: string): number[] => {
  const start = 4 * points.indexOf(name);
  return [...image.subarray(start, start + 4)];
};
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('core.transform.to-skeleton', () => {
  it('makes coco-17 of pose-33, each point from its namesake, in the image and in the world', () => {
    const world = Float32Array.from({ length: 4 * 33 }, (_, index) => index);
    const pose = { ...aPose({ trackId: 7 }), world };
    const landmarks = landmarksOf(pose);
    const { tracks, ...frame } = aNode('coco-17').transform(landmarks);
    const [person] = tracks;
    if (person === undefined) throw new Error('Nobody came out.');
    expect(frame).toEqual({ frameWidth: landmarks.frameWidth, frameHeight: landmarks.frameHeight });
    expect(person).toMatchObject({ skeleton: 'coco-17', trackId: 7, score: pose.score });
    expect(person.image).toHaveLength(4 * 17);
    for (const name of coco17.points) {
      expect(rowOf(person, coco17, name), name).toEqual(rowOf(pose, pose33, name));
      expect(rowOf({ ...person, image: person.world ?? new Float32Array() }, coco17, name)[0]).toBe(
        4 * pose33.points.indexOf(name),
      );
    }
    // The numbering of COCO, written out: whoever reorders either skeleton is told.
    const numbers = Array.from({ length: 17 }, (_, point) => (person.world?.[4 * point] ?? 0) / 4);
    expect(numbers).toEqual([0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28]);
  });

  it('puts points that are not there into the middle of the others, and says that they cannot be seen', () => {
    const image = new Float32Array(4 * 15).map((_, index) => [index / 60, 0.5, 0.25, 1][index % 4] ?? 0);
    const [person] = aNode('coco-17').transform(
      landmarksOf({ skeleton: EARLESS.id, trackId: 1, score: 1, image }),
    ).tracks;
    if (person === undefined) throw new Error('Nobody came out.');
    expect(rowOf(person, coco17, 'nose')).toEqual([...image.subarray(4 * 14)]);
    const middle = image.filter((_, index) => index % 4 === 0).reduce((sum, x) => sum + x / 15, 0);
    for (const ear of ['leftEar', 'rightEar']) {
      const [x, ...others] = rowOf(person, coco17, ear);
      expect(x).toBeCloseTo(middle, 6);
      expect(others).toEqual([0.5, 0.25, 0]);
    }
  });

  it('passes on what is of that skeleton already', () => {
    const hand = aHand();
    expect(aNode('hand-21').transform(landmarksOf(hand)).tracks[0]).toBe(hand);
  });

  it.each([
    ['coco-17', 'pose-33', 16],
    ['hand-21', 'coco-17', 17],
    ['pose-33', 'hand-21', 21],
  ])('refuses at open to make of %s a %s', (from, to, missing) => {
    const error = thrownBy(() => aNode(to, `landmarks/${from}`).open());
    expect(error).toBeInstanceOf(SkeletonsDifferError);
    expect((error as SkeletonsDifferError).data).toMatchObject({ from, to });
    expect((error as SkeletonsDifferError).data.missing).toHaveLength(missing);
    expect((error as SkeletonsDifferError).message).toContain(`"${to}" cannot be made of "${from}"`);
  });

  it('refuses a skeleton that nobody defines, at open, naming those there are', () => {
    for (const node of [aNode('paw-9'), aNode('coco-17', 'landmarks/paw-9')]) {
      const error = thrownBy(() => node.open()) as SkeletonUnknownError;
      expect(error.code).toBe('CORE_SKELETON_UNKNOWN');
      expect(error.message).toContain('hand-21, pose-33, coco-17, earless-15');
    }
  });

  it('opens where the graph does not tell what will come, and refuses the packet', () => {
    const types = ['landmarks/*', 'landmarks/mixed', 'landmarks/pose-33', 'any', 'landmarks/pose-33|landmarks/coco-17'];
    for (const arriving of types) {
      const node = aNode('coco-17', arriving);
      node.open();
      expect(thrownBy(() => node.transform(landmarksOf(aHand())))).toBeInstanceOf(SkeletonsDifferError);
    }
    expect(hand21.points.filter((name) => coco17.points.includes(name))).toEqual([]);
  });
});
