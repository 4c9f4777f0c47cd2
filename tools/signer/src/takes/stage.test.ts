import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BONES, JOINT_COUNT } from '../hand/joints.js';
import { SeededRandom } from '../random.js';
import { MOMENT_SIZE, PLACE, TURN } from './posture.js';
import { sessionOf } from './session.js';
import { HELD_OUT_SEEDS, signerOf } from './signer.js';
import { Stage } from './stage.js';

const seeds = fc.nat({ max: 2_000_000 });
const moments = fc
  .tuple(
    fc.array(fc.double({ min: -10, max: 90, noNaN: true }), { minLength: 21, maxLength: 21 }),
    fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    fc.array(fc.double({ min: -180, max: 180, noNaN: true }), { minLength: 3, maxLength: 3 }),
  )
  .map(([posture, place, turn]) => {
    const moment = new Float64Array(MOMENT_SIZE);
    moment.set(posture);
    moment.set(place, PLACE);
    moment.set(turn, TURN);
    return moment;
  });
/** A camera that looks straight at the signer. */
const straight = (seed: number): ReturnType<typeof sessionOf> => ({ ...sessionOf(seed), yaw: 0, pitch: 0, roll: 0 });

describe('Stage', () => {
  it('mirrors the left hand of a signer before a camera that looks straight', () => {
    fc.assert(
      fc.property(seeds, moments, (seed, moment) => {
        const [right, left] = [new Float64Array(63), new Float64Array(63)];
        const signer = signerOf(seed);
        new Stage(signer, straight(seed), 'right', new SeededRandom(seed)).project(moment, 0.4, right);
        new Stage(signer, straight(seed), 'left', new SeededRandom(seed)).project(moment, 0.4, left);
        for (let at = 0; at < 63; at += 1) {
          expect(left[at]).toBeCloseTo((right[at] ?? 0) * (at % 3 === 0 ? -1 : 1), 9);
        }
      }),
    );
  });

  it('keeps all bones as long as the signer has them, whatever the hand does and wherever the camera is', () => {
    fc.assert(
      fc.property(seeds, fc.array(moments, { minLength: 2, maxLength: 4 }), (seed, several) => {
        const [signer, session] = [signerOf(seed), sessionOf(seed)];
        const stage = new Stage(signer, session, signer.side, new SeededRandom(seed));
        const [points, joints] = [new Float64Array(JOINT_COUNT * 3), new Float64Array(JOINT_COUNT * 3)];
        for (const [index, moment] of several.entries()) {
          stage.project(moment, index / 30, points);
          signer.hand.solve(moment, joints);
          // Back from the picture into space, which needs a hand that is not cut off by the camera itself.
          const perMetre = session.focal / session.distance;
          const inSpace = Array.from({ length: JOINT_COUNT }, (_, joint) => {
            const depth = session.distance + (points[joint * 3 + 2] ?? 0) / perMetre;
            return [0, 1].map((axis) => ((points[joint * 3 + axis] ?? 0) * depth) / session.focal).concat(depth);
          });
          if (inSpace.some(([, , depth]) => (depth ?? 0) < 0.081)) continue;
          for (const [parent, child] of BONES) {
            const seen = Math.hypot(
              ...[0, 1, 2].map((axis) => (inSpace[child]?.[axis] ?? 0) - (inSpace[parent]?.[axis] ?? 0)),
            );
            const own = Math.hypot(
              ...[0, 1, 2].map((axis) => (joints[child * 3 + axis] ?? 0) - (joints[parent * 3 + axis] ?? 0)),
            );
            expect(seen).toBeCloseTo(own, 9);
          }
        }
      }),
    );
  });
});

describe('signerOf', () => {
  it('gives hands of human size, of which about one in eight is a left one', () => {
    const signers = Array.from({ length: 2000 }, (_, seed) => signerOf(seed));
    const left = signers.filter(({ side }) => side === 'left').length / signers.length;
    expect(left).toBeGreaterThan(0.1);
    expect(left).toBeLessThan(0.14);
    for (const { hand, tempo } of signers) {
      const joints = new Float64Array(63);
      hand.solve(new Float64Array(21), joints);
      expect(joints[9 * 3 + 1]).toBeGreaterThan(0.08);
      expect(joints[9 * 3 + 1]).toBeLessThan(0.115);
      expect(tempo).toBeGreaterThanOrEqual(0.7);
      expect(tempo).toBeLessThanOrEqual(1.4);
    }
  });

  it('keeps held-out signers apart: none of their seeds is drawn for training', () => {
    expect(HELD_OUT_SEEDS.from).toBeGreaterThanOrEqual(HELD_OUT_SEEDS.count);
  });
});
