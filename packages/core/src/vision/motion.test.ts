import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Landmarks, TrackedLandmarks } from './landmarks.js';
import { extrapolateLandmarks, interpolateLandmarks } from './motion.js';
import type { TimedLandmarks } from './motion.js';

interface Point {
  readonly x: number;
  readonly trackId?: number;
  readonly visibility?: number;
  readonly score?: number;
}

/** Results of tracks of one point, whose y and z follow from x. */
function at(timestampMs: number, ...points: readonly Point[]): TimedLandmarks {
  const tracks = points.map(({ x, trackId = 1, visibility = 1, score = 1 }): TrackedLandmarks => {
    const array = Float32Array.from([x, 2 * x, -x, visibility]);
    return { skeleton: 'test-1', trackId, score, image: array, world: array.map((value) => value * 2) };
  });
  return { timestampMs, value: { frameWidth: 640, frameHeight: 480, tracks } };
}
const imagesOf = ({ tracks }: Landmarks): number[][] => tracks.map(({ image }) => [...image]);
const xOf = (landmarks: Landmarks): number => landmarks.tracks[0]?.image[0] ?? Number.NaN;

describe('interpolateLandmarks', () => {
  it('blends every coordinate, image and world, and the visibility; facts are those of the later', () => {
    const value = interpolateLandmarks(
      at(100, { x: 0, visibility: 1 }),
      at(200, { x: 1, visibility: 0, score: 0.5 }),
      125,
    );
    expect(imagesOf(value)).toEqual([[0.25, 0.5, -0.25, 0.75]]);
    expect(value.tracks[0]?.world?.[0]).toBe(0.5);
    expect(value.tracks[0]?.score).toBe(0.5);
  });

  it('is each result at its own time and beyond it', () => {
    const [before, after] = [at(100, { x: 0 }), at(200, { x: 1 })];
    expect([0, 100, 200, 300].map((ms) => interpolateLandmarks(before, after, ms))).toEqual([
      before.value,
      before.value,
      after.value,
      after.value,
    ]);
    expect(interpolateLandmarks(after, before, 150)).toBe(before.value); // no span to go through
  });

  it('follows identities, never places in the list', () => {
    const before = at(0, { x: 0, trackId: 1 }, { x: 10, trackId: 2 });
    const after = at(100, { x: 20, trackId: 2 }, { x: 1, trackId: 1 });
    expect(interpolateLandmarks(before, after, 50).tracks.map(({ trackId, image }) => [trackId, image[0]])).toEqual([
      [2, 15],
      [1, 0.5],
    ]);
  });

  it('shows a track that comes or goes where the result that has it is the nearer', () => {
    const [before, after] = [at(0, { x: 0, trackId: 1 }), at(100, { x: 5, trackId: 2 })];
    expect(interpolateLandmarks(before, after, 49).tracks.map(({ trackId }) => trackId)).toEqual([1]);
    expect(interpolateLandmarks(before, after, 50).tracks.map(({ trackId }) => trackId)).toEqual([2]);
  });

  it('does not glide over a gap of more than 200 ms', () => {
    const before = at(0, { x: 0 });
    expect(xOf(interpolateLandmarks(before, at(200, { x: 1 }), 100))).toBe(0.5);
    expect(xOf(interpolateLandmarks(before, at(201, { x: 1 }), 100))).toBe(0);
    expect(xOf(interpolateLandmarks(before, at(201, { x: 1 }), 101))).toBe(1);
  });

  it('takes the later coordinate where one of the two is no number, and changes neither result', () => {
    const [before, after] = [at(0, { x: Number.NaN }), at(100, { x: 1 })];
    const copies = structuredClone([before, after]);
    expect(xOf(interpolateLandmarks(before, after, 50))).toBe(1);
    expect([before, after]).toEqual(copies);
  });
});

describe('extrapolateLandmarks', () => {
  const before = at(0, { x: 0 });
  const after = at(100, { x: 1 });

  it('goes on as between the two results, image and world', () => {
    const value = extrapolateLandmarks(before, after, 150);
    expect(imagesOf(value)).toEqual([[1.5, 3, -1.5, 1]]);
    expect(value.tracks[0]?.world?.[0]).toBe(3);
  });

  it('stays where it has got to after 60 ms, or sooner where that is asked for', () => {
    const reached = [160, 161, 10_000].map((ms) => xOf(extrapolateLandmarks(before, after, ms)));
    expect(reached).toEqual(reached.map(() => Math.fround(1.6)));
    expect(xOf(extrapolateLandmarks(before, after, 200, 1000))).toBe(Math.fround(1.6));
    expect(xOf(extrapolateLandmarks(before, after, 200, 20))).toBe(Math.fround(1.2));
    expect(extrapolateLandmarks(before, after, 200, 0)).toBe(after.value);
  });

  it('answers the later result at its time and before, and after a gap', () => {
    for (const ms of [50, 100]) expect(extrapolateLandmarks(before, after, ms)).toBe(after.value);
    const late = at(201, { x: 1 });
    expect(extrapolateLandmarks(before, late, 230)).toBe(late.value);
  });

  it('moves what is hardly visible hardly on, and new tracks not at all', () => {
    const half = extrapolateLandmarks(before, at(100, { x: 1, visibility: 0.5 }, { x: 7, trackId: 2 }), 150);
    expect(imagesOf(half).map(([x]) => x)).toEqual([1.25, 7]);
    expect(xOf(extrapolateLandmarks(at(0, { x: 0, visibility: 0 }), after, 150))).toBe(1);
  });

  it('never goes farther than 60 ms of the motion seen, whatever the times', () => {
    const time = fc.double({ min: 1, max: 400, noNaN: true });
    fc.assert(
      fc.property(time, time, fc.double({ min: 0, max: 500, noNaN: true }), (spanMs, aheadMs, maxMs) => {
        const x = xOf(extrapolateLandmarks(before, at(spanMs, { x: 1 }), spanMs + aheadMs, maxMs));
        expect(x).toBeGreaterThanOrEqual(1);
        expect(x).toBeLessThanOrEqual(Math.fround(1 + Math.min(60, aheadMs, maxMs) / spanMs) * (1 + 1e-6));
      }),
    );
  });
});
