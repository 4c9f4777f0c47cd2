import { describe, expect, it } from 'vitest';
import { SeededRandom } from '@kinegraph/signer';
import { filmBody } from './filming.js';
import { HELD_OUT_MOTIONS, MOTIONS, moving } from './motions.js';
import { LIMITS, standing } from './pose.js';
import { personProportions } from './proportions.js';
import { JOINTS, solveBody } from './skeleton.js';

const body = personProportions(new SeededRandom(1));
const BONES = [
  [5, 7],
  [7, 9],
  [6, 8],
  [8, 10],
  [11, 13],
  [13, 15],
  [12, 14],
  [14, 16],
  [5, 6],
  [11, 12],
] as const;
const FILMING = { moments: 27, stepMs: 1000 / 30, noise: 1, hasGaps: true };

function solved(
  change: (pose: ReturnType<typeof standing>) => void = () => undefined,
): (joint: number) => readonly number[] {
  const pose = standing();
  change(pose);
  const joints = new Float32Array(JOINTS * 3);
  solveBody(pose, body, joints);
  return (joint) => [...joints.subarray(joint * 3, joint * 3 + 3)];
}

function lengths(joints: Float32Array): readonly number[] {
  return BONES.map(([from, to]) =>
    Math.hypot(...[0, 1, 2].map((axis) => (joints[from * 3 + axis] ?? 0) - (joints[to * 3 + axis] ?? 0))),
  );
}

describe('The body', () => {
  it('stands with its left to x, up to y, and its face to z', () => {
    const at = solved();
    expect(at(5)[0]).toBeGreaterThan(0.1);
    expect(at(6)[0]).toBeCloseTo(-(at(5)[0] ?? 0), 5);
    expect(at(0)[1]).toBeGreaterThan(0.5);
    expect(at(15)[1]).toBeLessThan(-0.7);
    expect(at(0)[2]).toBeGreaterThan(at(3)[2] ?? 9);
  });

  it('bends its joints the way people do', () => {
    const raised = solved(({ arms }) => (arms[0].flex = 90));
    expect(raised(9)[2]).toBeGreaterThan(0.4); // the left arm to the front
    const aside = solved(({ arms }) => (arms[1].abduct = 90));
    expect(aside(10)[0]).toBeLessThan(-0.5); // the right arm to its right
    const elbow = solved(({ arms }) => Object.assign(arms[0], { elbow: 90 }));
    expect(elbow(9)[2]).toBeGreaterThan((elbow(7)[2] ?? 0) + 0.15); // forearm to the front
    const knee = solved(({ legs }) => Object.assign(legs[0], { flex: 90, knee: 90 }));
    expect(knee(13)[2]).toBeGreaterThan(0.3);
    expect(knee(15)[1]).toBeLessThan((knee(13)[1] ?? 0) - 0.3); // sitting: the shank hangs down
    const bowed = solved((pose) => (pose.bend = 50));
    expect(bowed(0)[2]).toBeGreaterThan(0.3);
    const left = solved((pose) => (pose.yaw = 90));
    expect(left(0)[0]).toBeGreaterThan(left(3)[0] ?? 9); // looks to its left
  });

  it('keeps its bones and its limits in every motion', () => {
    const whole = new Float32Array(JOINTS * 3);
    solveBody(standing(), body, whole);
    for (const motion of Object.values({ ...MOTIONS, ...HELD_OUT_MOTIONS })) {
      const poseAt = moving(motion, new SeededRandom(3));
      for (const seconds of [0, 0.3, 0.9]) {
        const pose = poseAt(seconds);
        for (const { knee } of pose.legs) expect(knee).toBeGreaterThanOrEqual(LIMITS.leg.knee[0]);
        const joints = new Float32Array(JOINTS * 3);
        solveBody(pose, body, joints);
        for (const [bone, length] of lengths(joints).entries())
          expect(length).toBeCloseTo(lengths(whole)[bone] ?? 0, 5);
      }
    }
  });

  it('moves: smoothly, and in every motion', () => {
    for (const [name, motion] of Object.entries({ ...MOTIONS, ...HELD_OUT_MOTIONS })) {
      let [most, sum] = [0, 0];
      for (let seed = 0; seed < 20; seed += 1) {
        const poseAt = moving(motion, new SeededRandom(seed));
        const [before, after] = [new Float32Array(JOINTS * 3), new Float32Array(JOINTS * 3)];
        for (let moment = 0; moment < 26; moment += 1) {
          solveBody(poseAt(moment / 30), body, before);
          solveBody(poseAt((moment + 1) / 30), body, after);
          const step = Math.max(...after.map((value, at) => Math.abs(value - (before[at] ?? 0))));
          most = Math.max(most, step);
          sum += step;
        }
      }
      expect(most, name).toBeLessThan(0.4); // 12 m/s: a throw
      expect(sum / 520, name).toBeGreaterThan(0.002);
    }
  });
});

describe('Filming a body', () => {
  it('gives what the camera sees and where the joints are, the same by seed', () => {
    const film = (seed: number): ReturnType<typeof filmBody> =>
      filmBody(MOTIONS['walk'] ?? (() => () => undefined), new SeededRandom(seed), FILMING);
    expect(film(5)).toEqual(film(5));
    expect(film(5).keypoints).not.toEqual(film(6).keypoints);
    for (let seed = 0; seed < 50; seed += 1) {
      const { keypoints, joints } = film(seed);
      expect([...keypoints, ...joints].every(Number.isFinite)).toBe(true);
      for (const axis of [0, 1, 2]) expect((joints[33 + axis] ?? 1) + (joints[36 + axis] ?? 1)).toBeCloseTo(0, 5);
    }
  });

  it('shows without noise where the true joints project to, but for scale and place', () => {
    const { keypoints, joints } = filmBody(MOTIONS['sit'] ?? (() => () => undefined), new SeededRandom(2), {
      ...FILMING,
      noise: 0,
      hasGaps: false,
    });
    const newest = keypoints.subarray(26 * 34);
    const pairs = Array.from(
      { length: JOINTS },
      (_, joint) => [newest[joint * 2 + 1] ?? 0, joints[joint * 3 + 1] ?? 0] as const,
    );
    const mean = (which: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[which], 0) / JOINTS;
    const [a, b] = [mean(0), mean(1)];
    const dot = pairs.reduce((sum, [u, v]) => sum + (u - a) * (v - b), 0);
    const norms = Math.sqrt(
      pairs.reduce((sum, [u]) => sum + (u - a) ** 2, 0) * pairs.reduce((sum, [, v]) => sum + (v - b) ** 2, 0),
    );
    expect(dot / norms).toBeGreaterThan(0.98); // perspective alone keeps it from 1
  });
});
