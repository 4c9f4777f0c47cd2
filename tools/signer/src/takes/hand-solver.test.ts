import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BONES, FINGER_NAMES, JOINT_COUNT } from '../hand/joints.js';
import { solveHand } from '../hand/kinematics.js';
import { MEDIAPIPE_HAND, MIDDLING_HAND } from '../hand/proportions.js';
import { HandSolver } from './hand-solver.js';
import { postureOf } from './posture.js';

const angle = (low: number, high: number): fc.Arbitrary<number> => fc.double({ min: low, max: high, noNaN: true });
const longFinger = fc.record({ spread: angle(-20, 20), mcp: angle(-20, 95), pip: angle(-5, 110), dip: angle(-10, 80) });
const poses = fc.record({
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

describe('HandSolver', () => {
  it('gives the joints that the drawn hand has', () => {
    fc.assert(
      fc.property(poses, fc.constantFrom(MIDDLING_HAND, MEDIAPIPE_HAND), (pose, proportions) => {
        const joints = new Float64Array(JOINT_COUNT * 3);
        new HandSolver(proportions).solve(postureOf(pose), joints);
        const orientation = { yaw: 0, pitch: 0, roll: 0 };
        const { points } = solveHand({ side: 'right', proportions, pose, wrist: [0, 0, 0], orientation });
        points.flat().forEach((value, at) => expect(joints[at]).toBeCloseTo(value, 9));
      }),
    );
  });

  it("keeps to MediaPipe's proportions: the palm, the thumb's base and all bones", () => {
    const joints = new Float64Array(JOINT_COUNT * 3);
    new HandSolver(MEDIAPIPE_HAND).solve(new Float64Array(21).fill(20), joints);
    const length = (parent: number, child: number): number =>
      Math.hypot(...[0, 1, 2].map((axis) => (joints[child * 3 + axis] ?? 0) - (joints[parent * 3 + axis] ?? 0)));
    const bones = BONES.map(([parent, child]) => Math.round(length(parent, child) * 1000));
    expect(FINGER_NAMES.map((_, finger) => bones.slice(finger * 4 + 1, finger * 4 + 4))).toEqual([
      [33, 36, 30],
      [30, 22, 27],
      [39, 29, 28],
      [33, 26, 26],
      [22, 19, 17],
    ]);
    expect([bones[0], bones[8]]).toEqual([43, 97]);
  });
});
