import { beforeAll, describe, expect, it } from 'vitest';
import { runClip, type ClipResult } from './support/run-clip.js';
import { readSignerTruth, type TrueFrame } from './support/signer-truth.js';

/** A right hand that leaves the picture, then a left hand: "v", nothing, "point". */
const SPAN = { startMs: 5500, endMs: 8600 };

interface Compared {
  readonly truth: TrueFrame;
  readonly found: ClipResult['value']['tracks'];
}

function compare(results: readonly ClipResult[]): Compared[] {
  const truths = readSignerTruth();
  return results.map(({ timestampMs, value }) => {
    const truth = truths.find((frame) => Math.abs(frame.timestampMs - timestampMs) < 1);
    if (truth === undefined) throw new RangeError(`There is no truth for ${timestampMs} ms.`);
    return { truth, found: value.tracks };
  });
}

/** The mean distance of the found landmarks from the true ones, as a fraction of the frame's width. */
function meanErrorOf({ truth, found }: Compared): number {
  const image = found[0]?.image ?? new Float32Array();
  const errors = (truth.points ?? []).map(([x, y], index) =>
    Math.hypot((image[index * 4] ?? Number.NaN) - x, ((image[index * 4 + 1] ?? Number.NaN) - y) * 0.75),
  );
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

describe('mediapipe.hands on the signer clip, in a whole graph', () => {
  let frames: Compared[] = [];
  let results: ClipResult[] = [];
  let logged: string[] = [];

  beforeAll(async () => {
    ({ results, logged } = await runClip({ type: 'mediapipe.hands', output: 'hands', config: { numHands: 1 } }, SPAN));
    frames = compare(results);
  }, 120_000);

  const signing = (): Compared[] => frames.filter(({ truth }) => truth.sign !== null);

  it('answers for every frame, in order, and logs nothing that a user need see', () => {
    expect(frames.map(({ truth }) => truth.frame)).toEqual(Array.from({ length: 93 }, (_, index) => 165 + index));
    expect(results.every(({ value }) => value.frameWidth === 640 && value.frameHeight === 480)).toBe(true);
    expect(logged).toEqual([]);
  });

  it('sees the hand in every frame of a sign and in none where there is no hand', () => {
    expect(signing().filter(({ found }) => found.length !== 1)).toEqual([]);
    expect(frames.filter(({ truth, found }) => truth.points === null && found.length > 0)).toEqual([]);
  });

  it('finds the landmarks within 2 in 100 of the width on average, and 3 in 100 in any frame of a sign', () => {
    const errors = signing().map(meanErrorOf);
    expect(errors.length).toBeGreaterThan(35);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.02);
    expect(Math.max(...errors)).toBeLessThan(0.03);
  });

  it('tells left from right as the person has it, with a high score', () => {
    const hands = signing().map(({ truth, found }) => ({ truth, hand: found[0] }));
    expect(hands.filter(({ truth, hand }) => hand?.handedness !== truth.handedness)).toEqual([]);
    expect(new Set(hands.map(({ truth }) => truth.handedness))).toEqual(new Set(['left', 'right']));
    const scores = hands.map(({ hand }) => hand?.handednessScore ?? 0);
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThan(0.75);
  });

  it('gives world landmarks in metres: a hand of human size, its points around its middle', () => {
    for (const { found } of signing()) {
      const world = found[0]?.world ?? new Float32Array();
      const axis = (offset: number): number[] =>
        Array.from({ length: 21 }, (_, index) => world[index * 4 + offset] ?? Number.NaN);
      // Wrist to the middle finger's knuckle is 7 to 12 cm for adults.
      const [dx = 0, dy = 0, dz = 0] = [0, 1, 2].map((offset) => (axis(offset)[9] ?? 0) - (axis(offset)[0] ?? 0));
      expect(Math.hypot(dx, dy, dz)).toBeGreaterThan(0.05);
      expect(Math.hypot(dx, dy, dz)).toBeLessThan(0.14);
      for (const offset of [0, 1, 2]) expect(Math.max(...axis(offset).map(Math.abs))).toBeLessThan(0.2);
    }
  });

  it('keeps one identity while the hand is there, and begins another with the next hand', () => {
    const idsOf = (side: string): Set<number | undefined> =>
      new Set(signing().filter(({ truth }) => truth.handedness === side).map(({ found }) => found[0]?.trackId)); // prettier-ignore
    expect([...idsOf('right'), ...idsOf('left')]).toEqual([1, 2]);
  });
});

describe('mediapipe.hands with two hands asked for', () => {
  it('still finds the one that is there, and only it', async () => {
    const { results } = await runClip(
      { type: 'mediapipe.hands', output: 'hands', config: { model: 'lite', numHands: 2 } },
      { startMs: 5000, endMs: 5500 },
    );
    expect(results.map(({ value }) => value.tracks.map((track) => [track.trackId, track.handedness]))).toEqual(
      Array(15).fill([[1, 'right']]),
    );
  }, 60_000);
});

describe('mediapipe.pose on the signer clip, in a whole graph', () => {
  it('finds nobody in the empty room', async () => {
    const { results, logged } = await runClip(
      { type: 'mediapipe.pose', output: 'pose', config: {} },
      { startMs: 0, endMs: 500 },
    );
    expect(results.map(({ value }) => value.tracks)).toEqual(Array(15).fill([]));
    expect(logged).toEqual([]);
  }, 60_000);
});
