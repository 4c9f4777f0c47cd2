import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearestName } from './nearest-name.js';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['hands', 'hnads', 1],
    ['hands', 'hand', 1],
    ['kitten', 'sitting', 3],
  ])('counts from %j to %j: %i', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });

  it('is the same in both directions, zero only for equal names, and no more than the longer length', () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

describe('nearestName', () => {
  const types = ['mediapipe.hands', 'mediapipe.pose', 'core.buffer.latest'];

  it.each([
    ['mediapipe.hnads', 'mediapipe.hands'],
    ['MediaPipe.Pose', 'mediapipe.pose'],
    ['hands', 'mediapipe.hands'],
    ['buffer.latest', 'core.buffer.latest'],
  ])('takes %j for %j', (name, meant) => {
    expect(nearestName(name, types)).toBe(meant);
  });

  it('guesses nothing where nothing is near', () => {
    expect(nearestName('yolo.segment', types)).toBeUndefined();
    expect(nearestName('x', [])).toBeUndefined();
  });
});
