import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { length, subtract, type Vec3 } from '../geometry/vec3.js';
import { HANDSHAPES } from './handshapes.js';
import { BONES, FINGER_NAMES, FIRST_JOINT, JOINT_COUNT, type Side } from './joints.js';
import { solveHand } from './kinematics.js';
import type { HandPose } from './pose.js';
import { MIDDLING_HAND } from './proportions.js';

const angle = (low: number, high: number): fc.Arbitrary<number> => fc.double({ min: low, max: high, noNaN: true });
const longFinger = fc.record({ spread: angle(-20, 20), mcp: angle(-20, 95), pip: angle(-5, 110), dip: angle(-10, 80) });
const poses: fc.Arbitrary<HandPose> = fc.record({
  thumb: fc.record({
    abduction: angle(0, 70),
    opposition: angle(-10, 60),
    roll: angle(-20, 90),
    mcp: angle(-15, 70),
    ip: angle(-20, 90),
  }),
  index: longFinger,
  middle: longFinger,
  ring: longFinger,
  little: longFinger,
});
const turns = fc.record({ yaw: angle(-180, 180), pitch: angle(-90, 90), roll: angle(-180, 180) });
const wrists = fc.tuple(angle(-0.3, 0.3), angle(-0.3, 0.3), angle(-1, -0.3));

const solve = (
  pose: HandPose,
  side: Side = 'right',
  wrist: Vec3 = [0, 0, 0],
  orientation = { yaw: 0, pitch: 0, roll: 0 },
): readonly Vec3[] => solveHand({ side, proportions: MIDDLING_HAND, pose, wrist, orientation }).points;
const at = (points: readonly Vec3[], index: number): Vec3 => points[index] ?? [Number.NaN, Number.NaN, Number.NaN];

describe('solveHand', () => {
  it("gives 21 joints whose bones have the hand's own lengths in any pose and place", () => {
    fc.assert(
      fc.property(poses, wrists, turns, fc.constantFrom<Side>('right', 'left'), (pose, wrist, turn, side) => {
        const points = solve(pose, side, wrist, turn);
        expect(points).toHaveLength(JOINT_COUNT);
        for (const finger of FINGER_NAMES) {
          const { root, bones } = MIDDLING_HAND[finger];
          [length(root), ...bones].forEach((expected, bone) => {
            const [parent, child] = BONES[FINGER_NAMES.indexOf(finger) * 4 + bone] ?? [0, 0];
            expect(length(subtract(at(points, child), at(points, parent)))).toBeCloseTo(expected, 9);
          });
        }
      }),
    );
  });

  it('mirrors a left hand about its wrist', () => {
    fc.assert(
      fc.property(poses, turns, (pose, turn) => {
        const right = solve(pose, 'right', [0, 0, -0.5], turn);
        const left = solve(pose, 'left', [0, 0, -0.5], turn);
        left.forEach(([x, y, z], joint) => {
          const [mirroredX, sameY, sameZ] = at(right, joint);
          expect([x, y, z].map((value) => value.toFixed(9))).toEqual(
            [-mirroredX || 0, sameY, sameZ].map((value) => value.toFixed(9)),
          );
        });
      }),
      { numRuns: 30 },
    );
  });

  it('turns without bending: distances between all joints stay', () => {
    fc.assert(
      fc.property(poses, wrists, turns, (pose, wrist, turn) => {
        const [still, turned] = [solve(pose), solve(pose, 'right', wrist, turn)];
        for (let joint = 0; joint < JOINT_COUNT; joint += 4) {
          const [before, after] = [still, turned].map((points) => length(subtract(at(points, joint), at(points, 20))));
          expect(after).toBeCloseTo(before ?? Number.NaN, 9);
        }
      }),
    );
  });

  it("holds an open right hand fingers up with the thumb to the right, and bends fingers to the palm's side", () => {
    const open = solve(HANDSHAPES.open);
    expect(at(open, FIRST_JOINT.middle + 3)[1]).toBeGreaterThan(0.17);
    expect(at(open, FIRST_JOINT.thumb + 3)[0]).toBeGreaterThan(0.07);
    const fist = solve(HANDSHAPES.fist);
    for (const finger of ['index', 'middle', 'ring', 'little'] as const) {
      const [knuckle, tip] = [at(fist, FIRST_JOINT[finger]), at(fist, FIRST_JOINT[finger] + 3)];
      expect(tip[1]).toBeLessThan(knuckle[1]);
      expect(at(fist, FIRST_JOINT[finger] + 1)[2]).toBeGreaterThan(knuckle[2] + 0.025);
    }
  });

  it.each([
    ['yaw', { yaw: 90, pitch: 0, roll: 0 }, [0, 1, 0]],
    ['pitch', { yaw: 0, pitch: 90, roll: 0 }, [0, 0, 1]],
    ['roll', { yaw: 0, pitch: 0, roll: 90 }, [-1, 0, 0]],
  ] as const)("%s turns the fingers' direction as documented", (_name, orientation, expected) => {
    const { axes } = solveHand({
      side: 'right',
      proportions: MIDDLING_HAND,
      pose: HANDSHAPES.flat,
      wrist: [0, 0, 0],
      orientation,
    });
    axes.y.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 12));
  });
});
