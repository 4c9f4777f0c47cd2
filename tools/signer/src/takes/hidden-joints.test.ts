import { describe, expect, it } from 'vitest';
import { MEDIAPIPE_HAND } from '../hand/proportions.js';
import { findHidden } from './hidden-joints.js';
import { HandSolver } from './hand-solver.js';
import { POSTURES, type ShapeName } from './shapes.js';

/** The joints that a hand hides which is held upright with its palm (or its back) to a camera far away. */
function hiddenOf(shape: ShapeName, isBack = false): number[] {
  const joints = new Float64Array(63);
  new HandSolver(MEDIAPIPE_HAND).solve(POSTURES[shape][0] ?? new Float64Array(21), joints);
  const points = joints.map((value, at) => (at % 3 === 1 || (isBack ? at % 3 === 0 : at % 3 === 2) ? -value : value));
  const hidden = new Uint8Array(21);
  findHidden(points, 0.098, hidden);
  return [...hidden.keys()].filter((joint) => hidden[joint] === 1);
}

describe('findHidden', () => {
  it('finds nothing hidden in an open hand, from either side', () => {
    expect(hiddenOf('open')).toEqual([]);
    expect(hiddenOf('open', true)).toEqual([]);
  });

  it('finds the ends of curled fingers behind the back of the hand, and not before the palm', () => {
    expect(hiddenOf('fist', true)).toEqual(expect.arrayContaining([4, 7, 11, 12, 15]));
    expect(hiddenOf('fist').filter((joint) => joint >= 17)).toEqual([]);
  });

  it('never counts the corners of the palm as hidden by it', () => {
    expect(hiddenOf('flat', true).filter((joint) => [0, 1, 5, 9, 13, 17].includes(joint))).toEqual([]);
  });
});
