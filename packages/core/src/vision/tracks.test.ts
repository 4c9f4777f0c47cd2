import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Handedness } from './landmarks.js';
import { TrackAssigner } from './tracks.js';
import type { TrackCandidate } from './tracks.js';

/** An object of the given size around a centre. */
function at(x: number, y: number, options: { size?: number; handedness?: Handedness } = {}): TrackCandidate {
  const half = (options.size ?? 0.1) / 2;
  const image = Float32Array.from([x - half, y - half, 0, 1, x + half, y + half, 0, 1]);
  return { image, ...(options.handedness === undefined ? {} : { handedness: options.handedness }) };
}

describe('TrackAssigner', () => {
  it('gives what is new a new id and keeps it while it moves', () => {
    const tracks = new TrackAssigner();
    expect(tracks.assign([at(0.2, 0.5), at(0.8, 0.5)], 0)).toEqual([1, 2]);
    expect(tracks.assign([at(0.25, 0.5), at(0.75, 0.5)], 33)).toEqual([1, 2]);
  });

  it('follows objects when the extractor changes their order', () => {
    const tracks = new TrackAssigner();
    tracks.assign([at(0.2, 0.5), at(0.8, 0.5)], 0);
    expect(tracks.assign([at(0.78, 0.5), at(0.22, 0.5)], 33)).toEqual([2, 1]);
  });

  it('does not follow a jump of more than its reach', () => {
    const tracks = new TrackAssigner({ reach: 1.5 });
    tracks.assign([at(0.2, 0.5, { size: 0.1 })], 0);
    expect(tracks.assign([at(0.2 + 0.2, 0.5, { size: 0.1 })], 33)).toEqual([2]);
  });

  it('follows the nearest of two tracks within reach, not the oldest', () => {
    const tracks = new TrackAssigner();
    tracks.assign([at(0.4, 0.5), at(0.5, 0.5)], 0);
    expect(tracks.assign([at(0.49, 0.5)], 33)).toEqual([2]);
  });

  it('measures distance in sizes of the object', () => {
    const tracks = new TrackAssigner({ reach: 1.5 });
    tracks.assign([at(0.3, 0.5, { size: 0.4 })], 0);
    expect(tracks.assign([at(0.3 + 0.2, 0.5, { size: 0.4 })], 33)).toEqual([1]);
  });

  it('keeps a track over a gap and forgets it after 500 ms, never using its id again', () => {
    const tracks = new TrackAssigner();
    expect(tracks.assign([at(0.5, 0.5)], 0)).toEqual([1]);
    expect(tracks.assign([], 400)).toEqual([]);
    expect(tracks.assign([at(0.5, 0.5)], 500)).toEqual([1]);
    expect(tracks.assign([at(0.5, 0.5)], 1000.1)).toEqual([2]);
  });

  it('keeps crossing hands apart by their handedness', () => {
    const tracks = new TrackAssigner();
    const hands = (left: number, right: number): TrackCandidate[] => [
      at(right, 0.5, { handedness: 'right', size: 0.2 }),
      at(left, 0.5, { handedness: 'left', size: 0.2 }),
    ];
    const [right, left] = tracks.assign(hands(0.45, 0.55), 0);
    // The hands swap places between two frames: each is nearer to where the other one was.
    expect(tracks.assign(hands(0.54, 0.46), 33)).toEqual([right, left]);
  });

  it('keeps the ids of a left and a right hand that pass one another, at any speed and in any order of the list', () => {
    const crossing = fc.record({
      size: fc.double({ min: 0.1, max: 0.4, noNaN: true }),
      stepSizes: fc.double({ min: 0.02, max: 0.45, noNaN: true }), // a frame's motion, in sizes of the hand
      distance: fc.double({ min: 0, max: 0.5, noNaN: true }),
      swaps: fc.infiniteStream(fc.boolean()),
    });
    fc.assert(
      fc.property(crossing, ({ size, stepSizes, distance, swaps }) => {
        const tracks = new TrackAssigner();
        const step = size * stepSizes;
        let [leftX, rightX, timestampMs] = [0.1, 0.9, 0];
        const frame = (swapped: boolean): (number | undefined)[] => {
          const hands = [
            at(leftX, 0.5, { handedness: 'left', size }),
            at(rightX, 0.5 + distance * size, { handedness: 'right', size }),
          ];
          const ids = tracks.assign(swapped ? hands.toReversed() : hands, timestampMs);
          return swapped ? ids.toReversed() : ids;
        };
        const first = frame(false);
        for (; leftX < 0.9; leftX += step, rightX -= step) {
          timestampMs += 33;
          expect(frame(swaps.next().value as boolean)).toEqual(first);
        }
      }),
    );
  });

  it('keeps a hand whose handedness is guessed wrong for a frame', () => {
    const tracks = new TrackAssigner();
    expect(tracks.assign([at(0.5, 0.5, { handedness: 'left' })], 0)).toEqual([1]);
    expect(tracks.assign([at(0.51, 0.5, { handedness: 'right' })], 33)).toEqual([1]);
  });

  it('takes a track for the other hand only after five sightings in a row say so', () => {
    const tracks = new TrackAssigner();
    const see = (handedness: Handedness | undefined, frame: number): Handedness | undefined => {
      const [id = 0] = tracks.assign([at(0.5, 0.5, handedness === undefined ? {} : { handedness })], frame * 33);
      expect(id).toBe(1);
      return tracks.handednessOf(id);
    };
    const seen = [
      'left',
      'right',
      'right',
      'right',
      'right',
      'left',
      'right',
      'right',
      undefined,
      'right',
      'right',
    ] as const;
    expect(seen.map((handedness, frame) => see(handedness, frame))).toEqual(seen.map(() => 'left'));
    expect(see('right', seen.length)).toBe('right');
    expect(see('left', seen.length + 1)).toBe('right');
  });

  it('knows which hand a track is as soon as anything tells, and nothing of tracks that it has forgotten', () => {
    const tracks = new TrackAssigner();
    tracks.assign([at(0.5, 0.5)], 0);
    expect(tracks.handednessOf(1)).toBeUndefined();
    tracks.assign([at(0.5, 0.5, { handedness: 'left' })], 33);
    expect(tracks.handednessOf(1)).toBe('left');
    tracks.assign([], 1000);
    expect(tracks.handednessOf(1)).toBeUndefined();
  });

  it('keeps crossing hands apart though the model takes both for the same hand for four frames', () => {
    const tracks = new TrackAssigner();
    const frame = (
      left: number,
      right: number,
      guess: readonly [Handedness, Handedness],
      timestampMs: number,
    ): number[] =>
      tracks.assign(
        [at(left, 0.5, { handedness: guess[0], size: 0.2 }), at(right, 0.5, { handedness: guess[1], size: 0.2 })],
        timestampMs,
      );
    frame(0.3, 0.7, ['left', 'right'], 0);
    for (let step = 1; step <= 4; step += 1)
      expect(frame(0.3 + step * 0.04, 0.7 - step * 0.04, ['right', 'right'], step * 33)).toEqual([1, 2]);
    // The hands swap places between two frames: only what was known before the wrong guesses tells them apart.
    expect(frame(0.54, 0.46, ['left', 'right'], 165)).toEqual([1, 2]);
  });

  it('shares no state between instances', () => {
    const [first, second] = [new TrackAssigner(), new TrackAssigner()];
    first.assign([at(0.1, 0.1), at(0.9, 0.9)], 0);
    expect(second.assign([at(0.9, 0.9)], 0)).toEqual([1]);
  });

  it('gives every candidate an id of its own, whatever it is given', () => {
    const coordinate = fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), fc.constant(Number.NaN));
    const candidate = fc
      .record({
        x: coordinate,
        y: coordinate,
        size: fc.double({ min: 0, max: 1, noNaN: true }),
        handedness: fc.constantFrom('left', 'right', undefined),
      })
      .map(({ x, y, size, handedness }) => at(x, y, { size, ...(handedness === undefined ? {} : { handedness }) }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(candidate, { maxLength: 5 }), fc.nat(700)), { maxLength: 20 }),
        (frames) => {
          const tracks = new TrackAssigner();
          let nowMs = 0;
          let highest = 0;
          for (const [candidates, passedMs] of frames) {
            nowMs += passedMs;
            const ids = tracks.assign(candidates, nowMs);
            expect(ids).toHaveLength(candidates.length);
            expect(new Set(ids).size).toBe(ids.length);
            // An id is one seen before or the next new one: none is skipped, none made up.
            for (const id of ids.toSorted((a, b) => a - b)) {
              expect(id).toBeLessThanOrEqual(highest + 1);
              highest = Math.max(highest, id);
            }
          }
        },
      ),
    );
  });

  it('follows objects that stay apart through any shuffling of their order', () => {
    const walk = fc.array(
      fc.tuple(
        fc.double({ min: -0.03, max: 0.03, noNaN: true }),
        fc.double({ min: -0.03, max: 0.03, noNaN: true }),
        fc.boolean(),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(walk, (steps) => {
        const tracks = new TrackAssigner();
        let [left, right] = [0.25, 0.75];
        const [leftId, rightId] = tracks.assign([at(left, 0.5), at(right, 0.5)], 0);
        for (const [index, [moveLeft, moveRight, swapped]] of steps.entries()) {
          left = Math.min(0.35, Math.max(0.05, left + moveLeft));
          right = Math.max(0.65, Math.min(0.95, right + moveRight));
          const pair = [at(left, 0.5), at(right, 0.5)];
          const ids = tracks.assign(swapped ? pair.toReversed() : pair, (index + 1) * 33);
          expect(ids).toEqual(swapped ? [rightId, leftId] : [leftId, rightId]);
        }
      }),
    );
  });
});
