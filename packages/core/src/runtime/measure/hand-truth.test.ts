import { expect, it } from 'vitest';
import type { Landmarks } from '../../vision/index.js';
import { HandScore, parseHandTruth } from './hand-truth.js';

const header = {
  format: 'kinegraph-signer-truth',
  version: 1,
  clip: 'a.mp4',
  width: 200,
  height: 100,
  fps: 10,
  frames: 2,
  seed: 1,
  skeleton: 'hand-21',
};
/** A hand along a line: 100 pixels wide, from x 0 to 0.5. */
const points = Array.from({ length: 21 }, (_, index) => [index / 40, 0.5, 0]);
const lines = (...values: unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const truth = parseHandTruth(lines(header, { frame: 0, points }, { frame: 1, points: null }));

/** Hands whose points lie so many pixels below the truth. */
function hands(...offsetsPx: number[]): Landmarks {
  return {
    frameWidth: 200,
    frameHeight: 100,
    tracks: offsetsPx.map((offset, trackId) => ({
      skeleton: 'hand-21',
      trackId,
      score: 1,
      image: Float32Array.from(points.flatMap(([x = 0, y = 0]) => [x, y + offset / 100, 0, 1])),
    })),
  };
}

it('tells the error in % of the widest span, of the hand that is nearest', () => {
  const score = new HandScore(truth);
  score.observe(0, hands(40, 3));
  expect(score.accuracy().meanErrorPercent).toBeCloseTo(3, 4);
});

it('counts found, missed and falsely found hands by frame', () => {
  const score = new HandScore(truth);
  score.observe(0, hands(0));
  score.observe(2, hands()); // a little late, still frame 0
  score.observe(100, hands(0));
  score.observe(100, hands());
  score.observe(200, hands(0)); // the truth knows nothing of it
  expect(score.accuracy()).toMatchObject({ frames: 4, framesWithHand: 2, foundShare: 0.5, falselyFound: 1 });
});

it.each([
  ['no header', '{"format":"other"}', 1, 'not a header'],
  ['no JSON', `${lines(header)}{`, 2, 'not JSON'],
  ['a frame left out', lines(header, { frame: 1, points: null }), 2, 'frame 0 is missing'],
  ['too few points', lines(header, { frame: 0, points: points.slice(1) }), 2, '21 points'],
  ['no picture size', lines({ ...header, width: 0 }), 1, 'positive'],
])('refuses a file with %s', (_, text, line, reason) => {
  expect(() => parseHandTruth(text)).toThrow(
    expect.objectContaining({
      code: 'MEASURE_TRUTH',
      data: { line, reason: expect.stringContaining(reason) as string },
    }),
  );
});
