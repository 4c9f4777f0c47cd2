import type { TrackedLandmarks } from '@kinegraph/core';
import type { ResultMessage } from '@kinegraph/core/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResultInterpolator } from './result-interpolator.js';
import type { DisplayedTrack } from './track-display.js';

/** A result whose tracks have one point, at the x given for each. */
function aResult(capturedAtMs: number, xs: Readonly<Record<number, number>>, sink = 'hands'): ResultMessage {
  const tracks = Object.entries(xs).map(([trackId, x]): TrackedLandmarks => {
    return { skeleton: 'dot', trackId: Number(trackId), score: 1, image: Float32Array.of(x, 2 * x, 0, 1) };
  });
  const values = { [sink]: { frameWidth: 4, frameHeight: 3, tracks } };
  const facts = { source: 'camera', sequence: 0, timestampMs: 0, ageMs: 0, stages: {}, dropped: 0 };
  return { type: 'result', ...facts, capturedAtMs, values };
}

function interpolatorOf(...results: readonly ResultMessage[]): ResultInterpolator {
  const interpolator = new ResultInterpolator();
  for (const result of results) interpolator.add(result);
  return interpolator;
}

const xOf = (tracks: readonly DisplayedTrack[], trackId = 1): number | undefined =>
  tracks.find((track) => track.trackId === trackId)?.image[0];
const opacityOf = (tracks: readonly DisplayedTrack[], trackId = 1): number =>
  tracks.find((track) => track.trackId === trackId)?.opacity ?? 0;

/** Results of one track, each 5-500 ms behind the one before. */
const walk = fc
  .array(fc.record({ gapMs: fc.integer({ min: 5, max: 500 }), x: fc.integer({ min: -50, max: 50 }) }), {
    minLength: 2,
    maxLength: 8,
  })
  .map((steps) => {
    let atMs = 1000;
    return steps.map(({ gapMs, x }) => {
      atMs += gapMs;
      return { atMs, x };
    });
  });

describe('A result interpolator', () => {
  it('gives what lies between the two results around a time, by their true distance', () => {
    fc.assert(
      fc.property(walk, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (steps, share, pick) => {
        const interpolator = interpolatorOf(...steps.map(({ atMs, x }) => aResult(atMs, { 1: x })));
        const index = pick % (steps.length - 1);
        const [from, to] = [steps[index], steps[index + 1]] as [(typeof steps)[0], (typeof steps)[0]];
        const tracks = interpolator.at(from.atMs + share * (to.atMs - from.atMs));
        expect(tracks).toHaveLength(1);
        expect(xOf(tracks)).toBeCloseTo(from.x + share * (to.x - from.x), 3);
        expect(opacityOf(tracks)).toBe(1);
      }),
    );
  });

  it('never guesses ahead: behind the last result a track stays where it was, fades, and is gone', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        const interpolator = interpolatorOf(...steps.map(({ atMs, x }) => aResult(atMs, { 1: x })));
        const last = steps.at(-1) ?? { atMs: 0, x: 0 };
        let opacity = 1;
        for (let lateMs = 0; lateMs < 400; lateMs += 10) {
          const tracks = interpolator.at(last.atMs + lateMs);
          if (tracks.length > 0) expect(xOf(tracks)).toBe(last.x);
          expect(opacityOf(tracks)).toBeLessThanOrEqual(opacity);
          opacity = opacityOf(tracks);
        }
        expect(interpolator.at(last.atMs)).toHaveLength(1);
        expect(interpolator.at(last.atMs + 400)).toEqual([]);
      }),
    );
  });

  it('lets a track fade out that only the earlier has, and in that only the later has', () => {
    const interpolator = interpolatorOf(aResult(1000, { 1: 1, 2: 2 }), aResult(1200, { 2: 4, 3: 3 }));
    const at = (ms: number) => [1, 2, 3].map((id) => Number(opacityOf(interpolator.at(ms), id).toFixed(2)));
    expect([1000, 1075, 1150, 1199.9].map(at)).toEqual([
      [1, 1, 0],
      [0.5, 1, 0.17],
      [0, 1, 0.67],
      [0, 1, 1],
    ]);
    expect(xOf(interpolator.at(1075), 1)).toBe(1);
    expect(xOf(interpolator.at(1150), 3)).toBe(3);
  });

  it('shows nothing in the middle of a long gap, nor before the first result', () => {
    const interpolator = interpolatorOf(aResult(1000, { 1: 1 }), aResult(3000, { 1: 2 }));
    expect(interpolator.at(999)).toEqual([]);
    expect(interpolator.at(2000)).toEqual([]);
    expect(xOf(interpolator.at(1100))).toBe(1);
    expect(xOf(interpolator.at(2950))).toBe(2);
    expect(new ResultInterpolator().at(5)).toEqual([]);
  });

  it('tells sinks apart, and draws a track once', () => {
    const interpolator = interpolatorOf(
      aResult(1000, { 1: 0 }, 'b'),
      aResult(1100, { 1: 1 }, 'b'),
      aResult(1000, { 1: 5, 2: 5 }, 'a'),
      aResult(1050, { 1: 6, 2: 6 }, 'a'),
    );
    const tracks = interpolator.at(1050);
    expect(tracks.map(({ trackId, image }) => [trackId, image[0]])).toEqual([
      [1, 6],
      [2, 6],
    ]);
    expect(interpolator.newestMs).toBe(1100);
  });

  it('draws the sinks it was told, the first first', () => {
    const interpolator = new ResultInterpolator(['b', 'a']);
    for (const sink of ['a', 'b', 'c']) interpolator.add(aResult(1000, { 1: sink.codePointAt(0) ?? 0 }, sink));
    expect(interpolator.at(1000).map(({ image }) => image[0])).toEqual([98]);
  });

  it('leaves out what comes late, and begins anew where the clock of the sender did', () => {
    const interpolator = interpolatorOf(aResult(5000, { 1: 1 }), aResult(4990, { 1: 9 }), aResult(5000, { 1: 9 }));
    expect(xOf(interpolator.at(5000))).toBe(1);
    interpolator.add(aResult(100, { 1: 2 }));
    expect(xOf(interpolator.at(100))).toBe(2);
    expect(interpolator.newestMs).toBe(100);
    interpolator.clear();
    expect(interpolator.at(100)).toEqual([]);
  });

  it('reads landmarks as JSON has them, and leaves other values alone', () => {
    const interpolator = new ResultInterpolator();
    const json = { skeleton: 'dot', trackId: 1, score: 1, image: [[0.5, null, 0, 1], [1]] };
    const result = aResult(1000, {});
    interpolator.add({ ...result, values: { hands: { frameWidth: 4, frameHeight: 3, tracks: [json] } } });
    interpolator.add({ ...result, values: { a: null, b: 3, c: { tracks: 4 }, d: { tracks: [{}] }, e: 'text' } });
    expect(interpolator.at(1000).map(({ image }) => [...image])).toEqual([
      [0.5, Number.NaN, 0, 1, 1, Number.NaN, Number.NaN, Number.NaN],
    ]);
  });

  it('takes any value and any time', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double(), fc.anything())), fc.double(), (results, timeMs) => {
        const interpolator = new ResultInterpolator();
        for (const [capturedAtMs, value] of results)
          interpolator.add({ ...aResult(0, {}), capturedAtMs, values: { sink: value } });
        for (const { opacity } of interpolator.at(timeMs)) expect(opacity).toBeGreaterThan(0);
      }),
    );
  });
});
