import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aHand, aPose, describeStatelessTransformContract, landmarksOf } from '../../testing/index.js';
import { LANDMARK_STRIDE, hand21, pose33 } from '../../vision/index.js';
import type { TrackedLandmarks } from '../../vision/index.js';
import { JointAngles } from './joint-angles.js';
import { JOINTS_OF_SKELETON } from './joints.js';

const anglesOf = (track: TrackedLandmarks, minVisibility = 0.5): Readonly<Record<string, number>> =>
  new JointAngles({ minVisibility }).transform(landmarksOf(track)).tracks[0]?.degrees ?? {};

/** A standing body with one point of its world landmarks changed. */
function poseWith(point: string, change: Partial<Record<'x' | 'y' | 'z' | 'visibility', number>>): TrackedLandmarks {
  const pose = aPose();
  const world = pose.world?.slice() ?? new Float32Array();
  const start = pose33.points.indexOf(point) * LANDMARK_STRIDE;
  for (const [offset, key] of (['x', 'y', 'z', 'visibility'] as const).entries())
    world[start + offset] = change[key] ?? world[start + offset] ?? 0;
  return { ...pose, world };
}

describeStatelessTransformContract('core.transform.joint-angles', () => new JointAngles({ minVisibility: 0.5 }), [
  landmarksOf(),
  landmarksOf(aHand({ flexionDegrees: 30 }), aPose({ trackId: 2 })),
]);

describe('core.transform.joint-angles', () => {
  it('measures every finger joint of a bent hand as it was bent', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 85, noNaN: true }),
        fc.constantFrom('left' as const, 'right' as const),
        (flexionDegrees, handedness) => {
          const degrees = anglesOf(aHand({ flexionDegrees, handedness }));
          expect(Object.keys(degrees)).toHaveLength(15);
          for (const [joint, angle] of Object.entries(degrees))
            expect(angle, joint).toBeCloseTo(180 - flexionDegrees, 1);
        },
      ),
    );
  });

  it('names the joints of a hand and of a body', () => {
    expect(Object.keys(anglesOf(aHand())).toSorted((a, b) => a.localeCompare(b))).toEqual(
      ['index', 'middle', 'pinky', 'ring']
        .flatMap((finger) => ['Dip', 'Mcp', 'Pip'].map((joint) => finger + joint))
        .concat('thumbCmc', 'thumbIp', 'thumbMcp'),
    );
    expect(Object.keys(anglesOf(aPose()))).toEqual(
      ['left', 'right'].flatMap((side) => ['Elbow', 'Shoulder', 'Hip', 'Knee', 'Wrist'].map((joint) => side + joint)),
    );
  });

  it('every joint is made of three different points of its skeleton', () => {
    for (const skeleton of [hand21, pose33]) {
      for (const { name, from, vertex, to } of JOINTS_OF_SKELETON.get(skeleton.id) ?? []) {
        expect(new Set([from, vertex, to]).size, name).toBe(3);
        expect(skeleton.points[vertex], name).toBe(name);
      }
    }
  });

  it('measures in space: a forearm towards the camera makes a right angle', () => {
    const raised = poseWith('leftWrist', { x: 0.14 * 1.75, y: -0.15 * 1.75, z: -0.3 });
    const upperArm = anglesOf(raised)['leftElbow'];
    expect(upperArm).toBeCloseTo(90, 1);
    expect(anglesOf(raised)['rightElbow']).toBeGreaterThan(160);
  });

  it('leaves out a joint where one of its points is less visible than asked for, and only that', () => {
    const hidden = poseWith('leftWrist', { visibility: 0.25 });
    expect(Object.keys(anglesOf(hidden))).toEqual(expect.not.arrayContaining(['leftElbow', 'leftWrist']));
    expect(Object.keys(anglesOf(hidden))).toHaveLength(8);
    expect(anglesOf(hidden, 0.25)).toHaveProperty('leftElbow');
    expect(anglesOf(poseWith('leftWrist', { visibility: Number.NaN }), 0)).not.toHaveProperty('leftElbow');
  });

  it('leaves out a joint whose points coincide or are no numbers', () => {
    expect(anglesOf(poseWith('leftWrist', { x: Number.NaN }))).not.toHaveProperty('leftElbow');
  });

  it('keeps the identity of every track, with no angles where there are no world landmarks or no known joints', () => {
    const { world: _world, ...flat } = aHand({ trackId: 4, handedness: 'left' });
    const unknown = { ...aPose({ trackId: 5 }), skeleton: 'test-33' };
    expect(new JointAngles({ minVisibility: 0.5 }).transform(landmarksOf(flat, unknown))).toEqual({
      tracks: [
        { skeleton: 'hand-21', trackId: 4, handedness: 'left', degrees: {} },
        { skeleton: 'test-33', trackId: 5, degrees: {} },
      ],
    });
  });

  it('takes a live change of the minimum visibility over', () => {
    const transform = new JointAngles({ minVisibility: 0.9 });
    const half = landmarksOf(aHand({ visibility: 0.6 }));
    expect(transform.transform(half).tracks[0]?.degrees).toEqual({});
    expect(transform.reconfigure({ minVisibility: 0.5 })).toBe(true);
    expect(Object.keys(transform.transform(half).tracks[0]?.degrees ?? {})).toHaveLength(15);
  });
});
