import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FUZZ_LIMIT_MS, expectTrue, fuzz, readOrRefused } from '../../../../test/support/fuzz.js';
import { mutatedBytes } from '../../../../test/support/mutations.js';
import { landmarksCheck } from '../runtime/checks/landmarks-check.js';
import { aHand, aPose } from '../testing/index.js';
import type { Landmarks, TrackedLandmarks } from '../vision/index.js';
import type { LayoutSkeleton } from './float-layout.js';
import { LandmarksMessageError, encodeLandmarksMessage, isLandmarksMessage } from './landmarks-message.js';
import { readLandmarksMessage } from './read-landmarks-message.js';

const hand: LayoutSkeleton = { id: 'hand-21', points: 21 };
const header = { sequence: 0x01020304, capturedAtMs: 1234.5 };
const twoHands: Landmarks = {
  frameWidth: 640,
  frameHeight: 480,
  tracks: [aHand({ trackId: 7 }), aHand({ trackId: 9, handedness: 'left' })],
};

const u32 = fc.nat(0xffff_ffff);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const row = fc.tuple(
  ...[0, 1, 2].map(() => fc.float({ noNaN: true, noDefaultInfinity: true })),
  fc.float({ min: 0, max: 1, noNaN: true }),
);
const sent = fc
  .record({
    points: fc.integer({ min: 1, max: 9 }),
    id: fc.constantFrom('hand-21', 'a', 'ünï.code-4', 'x'.repeat(255)),
  })
  .chain(({ points, id }) => {
    const rows = fc.array(row, { minLength: points, maxLength: points }).map((all) => Float32Array.from(all.flat()));
    const track = fc.record(
      {
        skeleton: fc.constant(id),
        trackId: fc.integer({ min: 1, max: 0xffff_ffff }),
        score: share,
        handedness: fc.constantFrom('left' as const, 'right' as const),
        handednessScore: share,
        image: rows,
        world: rows,
      },
      { requiredKeys: ['skeleton', 'trackId', 'score', 'image'] },
    );
    const named = fc.uniqueArray(track, { maxLength: 5, selector: ({ trackId }) => trackId });
    return fc.record({
      skeleton: fc.constant({ id, points }),
      header: fc.record({ sequence: u32, capturedAtMs: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
      landmarks: fc.record({
        frameWidth: fc.integer({ min: 1, max: 0xffff_ffff }),
        frameHeight: fc.integer({ min: 1, max: 0xffff_ffff }),
        tracks: fc.oneof(
          named,
          named.map((tracks) => tracks.map((one) => ({ ...one, trackId: 0 }))),
        ),
      }),
    });
  });

/** Bits of every number: toEqual takes -0 for -0 only, but a float32 of another precision would pass it. */
function bitsOf(tracks: readonly TrackedLandmarks[]): unknown {
  return tracks.map(({ image, world }) =>
    [image, world].map((rows) => rows && [...new Uint32Array(Float32Array.from(rows).buffer)]),
  );
}

describe('Landmarks as a message', () => {
  it('have their header and tracks at fixed places', () => {
    const dot: TrackedLandmarks = {
      skeleton: 'dot.1',
      trackId: 3,
      score: 1,
      handedness: 'right',
      image: Float32Array.of(1, 0, -2, 0.5),
    };
    const value = { frameWidth: 640, frameHeight: 480, tracks: [dot] };
    const message = encodeLandmarksMessage({ ...header, capturedAtMs: 1.5 }, { id: 'dot.1', points: 1 }, value);
    expect([...message]).toEqual([
      ...[0x4b, 0x47, 0x4c, 0x4d, 1, 5, 1, 0, 4, 3, 2, 1, 1, 0, 0, 0],
      ...[0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x80, 2, 0, 0, 0xe0, 1, 0, 0],
      ...[0x64, 0x6f, 0x74, 0x2e, 0x31, 0, 0, 0],
      ...[3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0],
      ...new Uint8Array(dot.image.buffer),
    ]);
  });

  it('of two hands and a body take 1,352 bytes in two messages', () => {
    const flat = ({ world: _world, ...rest }: TrackedLandmarks): TrackedLandmarks => rest;
    const hands = { ...twoHands, tracks: twoHands.tracks.map(flat) };
    const body = { ...twoHands, tracks: [flat(aPose())] };
    const bytes = [
      encodeLandmarksMessage(header, hand, hands),
      encodeLandmarksMessage(header, { id: 'pose-33', points: 33 }, body),
    ].map(({ length }) => length);
    expect(bytes).toEqual([760, 592]);
  });

  it('come back bit for bit, wherever they lie in memory', () => {
    fc.assert(
      fc.property(sent, fc.nat(9), ({ header: said, skeleton, landmarks }, shift) => {
        const bytes = encodeLandmarksMessage(said, skeleton, landmarks);
        const message = new Uint8Array(bytes.length + shift).subarray(shift);
        message.set(bytes);
        expect(isLandmarksMessage(message)).toBe(true);
        const read = readLandmarksMessage(message, skeleton);
        expect(read).toEqual({ ...said, landmarks });
        expect(bitsOf(read.landmarks.tracks)).toEqual(bitsOf(landmarks.tracks));
      }),
    );
  });

  it('are refused by their error wherever they break off', () => {
    fc.assert(
      fc.property(sent, ({ header: said, skeleton, landmarks }) => {
        const message = encodeLandmarksMessage(said, skeleton, landmarks);
        for (let length = 0; length < message.length; length += 1)
          expect(() => readLandmarksMessage(message.subarray(0, length), skeleton)).toThrow(LandmarksMessageError);
      }),
      { numRuns: 30 },
    );
  });

  const trackAt = 40;
  it.each<[string, (view: DataView, message: Uint8Array) => unknown, RegExp]>([
    ['begins otherwise', (v) => v.setUint8(0, 0), /magic \d+; allowed: 1262963789 \("KGLM"\)/],
    ['is of another version', (v) => v.setUint8(4, 2), /version 2; allowed: 1/],
    ['is of another skeleton', (_v, m) => m.fill(0x78, 32, 34), /skeleton "xxnd-21"; allowed: "hand-21"/],
    ['has bytes before its id', (_v, m) => m.set([0xef, 0xbb, 0xbf], 32), /skeleton ".*d-21"; allowed: "hand-21"/],
    ['has no id', (v) => v.setUint8(5, 0), /skeleton ""; allowed: "hand-21"/],
    ['has another number of points', (v) => v.setUint32(12, 20, true), /points of 20; allowed: 21, those of "hand-21"/],
    ['has too many tracks', (v) => v.setUint16(6, 65, true), /a number of tracks of 65; allowed: 0-64/],
    ['has more tracks than it says', (v) => v.setUint16(6, 1, true), /a length of \d+ bytes; allowed: \d+\./],
    ['has fewer tracks than it says', (v) => v.setUint16(6, 3, true), /a length of \d+ bytes; allowed: \d+ or more/],
    ['was captured at no time', (v) => v.setFloat64(16, Number.NaN, true), /capture time NaN/],
    ['is of a frame without pixels', (v) => v.setUint32(28, 0, true), /a frame of 640x0/],
    ['has an unknown hand', (v) => v.setUint8(trackAt + 4, 3), /as handedness of track 0 3; allowed: 0 \(none\)/],
    ['has unknown flags', (v) => v.setUint8(trackAt + 5, 4), /as flags of track 0 4; allowed: 0-3/],
    ['has a score beyond 1', (v) => v.setFloat64(trackAt + 8, 1.1, true), /as score of track 0 1.1/],
    ['has no score', (v) => v.setFloat64(trackAt + 16, Number.NaN, true), /as handednessScore of track 0 NaN/],
    ['has a point nowhere', (v) => v.setFloat32(trackAt + 28, Number.NaN, true), /as y of point 0 in image of track 0/],
    ['has a point too far', (v) => v.setFloat32(trackAt + 24 + 336, Infinity, true), /as x of point 0 in world of tr/],
    ['sees too well', (v) => v.setFloat32(trackAt + 36, 2, true), /as visibility of point 0 in image of track 0 2/],
    ['names a track twice', (v) => v.setUint32(trackAt, 9, true), /track ids 9, 9; allowed: another one for each/],
    ['names one track only', (v) => v.setUint32(trackAt, 0, true), /track ids 0, 9; .* or 0 for all of them/],
  ])('one that %s is refused', (_what, change, sentence) => {
    const message = encodeLandmarksMessage(header, hand, twoHands);
    change(new DataView(message.buffer), message);
    expect(() => readLandmarksMessage(message, hand)).toThrow(LandmarksMessageError);
    expect(() => readLandmarksMessage(message, hand)).toThrow(sentence);
  });

  it.each<[string, Landmarks, RegExp]>([
    ['65 tracks', { ...twoHands, tracks: Array.from({ length: 65 }, () => aHand()) }, /a number of tracks of 65/],
    ['another skeleton', { ...twoHands, tracks: [aPose()] }, /as skeleton of track 0 "pose-33"; allowed: "hand-21"/],
    ['too few points', { ...twoHands, tracks: [{ ...aHand(), image: new Float32Array(80) }] }, /80 numbers/],
    ['a world of its own', { ...twoHands, tracks: [{ ...aHand(), world: new Float32Array(8) }] }, /8 numbers/],
    ['half a track id', { ...twoHands, tracks: [aHand({ trackId: 0.5 })] }, /as trackId of track 0 0.5/],
    ['a frame of no size', { ...twoHands, frameWidth: 0 }, /whose width or height is 0/],
  ])('of %s are not written', (_what, landmarks, sentence) => {
    expect(() => encodeLandmarksMessage(header, hand, landmarks)).toThrow(LandmarksMessageError);
    expect(() => encodeLandmarksMessage(header, hand, landmarks)).toThrow(sentence);
  });

  it('are fit for a wire, or refused by their error, a hundred thousand times', { timeout: FUZZ_LIMIT_MS }, () => {
    const seeds = [
      encodeLandmarksMessage(header, hand, twoHands),
      encodeLandmarksMessage(header, hand, { ...twoHands, tracks: [] }),
      encodeLandmarksMessage(header, hand, { ...twoHands, tracks: [aHand({ trackId: 0 })] }),
    ];
    const check = landmarksCheck('hand-21', () => Array.from({ length: 21 }, (_, point) => `${point}`));
    let read = 0;
    fuzz({
      make: (random) => mutatedBytes(random, seeds),
      attempt: (bytes) => {
        const message = readOrRefused(() => readLandmarksMessage(bytes, hand), LandmarksMessageError);
        if (message === undefined) return;
        read += 1;
        expectTrue(Number.isFinite(message.capturedAtMs), 'a finite time');
        expectTrue(check(message.landmarks, 0) === undefined, 'a value that the runtime takes');
      },
      // Each number once, and what stands around it.
      mostSteps: (bytes) => bytes.length / 4 + 64,
    });
    expect(read).toBeGreaterThan(1_000);
  });
});
