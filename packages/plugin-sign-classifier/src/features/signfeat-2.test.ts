import { aHand, aPose, aTrace, landmarksOf } from '@kinegraph/core/testing';
import type { Landmarks, PacketWindow, TrackedLandmarks } from '@kinegraph/core/plugin';
import { describe, expect, it } from 'vitest';
import {
  FEATURES_1,
  FEATURES_2,
  SIGNFEAT_2,
  WINDOW_FRAMES,
  bodyWindow,
  handWindowsOf,
  leadingPair,
  signFeatures1,
  signFeatures2,
} from './index.js';

/** A window of 31 packets, 33.3 ms apart. */
function windowOf(at: (index: number) => readonly TrackedLandmarks[]): PacketWindow<Landmarks> {
  const packets = Array.from({ length: 31 }, (_, index) => ({
    timestampMs: (index * 1000) / 30,
    trace: aTrace({ sequence: index }),
    skip: false as const,
    value: landmarksOf(...at(index)),
  }));
  const window = { packets, startMs: 0, endMs: 1000, clone: () => window, close: () => {} };
  return window;
}
const still = aHand({ trackId: 1, handedness: 'right', centre: [0.6, 0.6], size: 0.2 });
const moving = (index: number): TrackedLandmarks =>
  aHand({ trackId: 2, handedness: 'left', centre: [0.2 + index / 100, 0.6], size: 0.2 });

const at = (features: Float32Array, frame: number, from: number, count: number): number[] => [
  ...features.subarray(frame * FEATURES_2 + from, frame * FEATURES_2 + from + count),
];

describe('signfeat/2', () => {
  it('puts the hand that moves first, the other behind it, and zeros where there is none', () => {
    const pair = leadingPair(
      handWindowsOf(
        windowOf((index) => [still, moving(index)]),
        1000,
      ),
    );
    expect([pair?.leading.trackId, pair?.other?.trackId]).toEqual([2, 1]);
    if (pair?.other === undefined) return;
    const features = signFeatures2(pair, undefined);
    for (const frame of [0, 15, WINDOW_FRAMES - 1]) {
      const one = [...signFeatures1(pair.leading).subarray(frame * FEATURES_1, (frame + 1) * FEATURES_1)];
      const other = [...signFeatures1(pair.other).subarray(frame * FEATURES_1, (frame + 1) * FEATURES_1)];
      expect(at(features, frame, SIGNFEAT_2.leading, FEATURES_1)).toEqual(one);
      expect(at(features, frame, SIGNFEAT_2.other, FEATURES_1)).toEqual(other);
    }
    const alone = signFeatures2({ leading: pair.leading, other: undefined }, undefined);
    expect(at(alone, 3, SIGNFEAT_2.other, FEATURES_1 + 9)).toEqual(Array.from({ length: FEATURES_1 + 9 }, () => 0));
  });

  it('lets the right hand lead where both do the same, whichever came first', () => {
    const left = aHand({ trackId: 1, handedness: 'left', centre: [0.3, 0.6], size: 0.2 });
    const right = aHand({ trackId: 2, handedness: 'right', centre: [0.6, 0.6], size: 0.2 });
    for (const hands of [
      [left, right],
      [right, left],
    ])
      expect(
        leadingPair(
          handWindowsOf(
            windowOf(() => hands),
            1000,
          ),
        )?.leading.trackId,
      ).toBe(2);
  });

  it('lets the hand lead that was seen more, and answers none for none', () => {
    const seldom = aHand({ trackId: 3, handedness: 'right', size: 0.2 });
    const hands = handWindowsOf(
      windowOf((index) => (index < 12 ? [seldom, { ...still, trackId: 7 }] : [{ ...still, trackId: 7 }])),
      1000,
    );
    expect(leadingPair(hands)?.leading.trackId).toBe(7);
    expect(leadingPair([])).toBeUndefined();
  });

  it('tells where the wrists are at the body, in shoulder widths', () => {
    const body = aPose({ centre: [0.5, 0.5], size: 0.9 });
    const [hand] = handWindowsOf(
      windowOf(() => [still]),
      1000,
    );
    const seen = bodyWindow(
      windowOf(() => [aPose({ trackId: 9, size: 0.2 }), body]),
      { endMs: 1000, spanMs: 1000 },
    );
    if (hand === undefined || seen === undefined) throw new Error('nothing was seen');
    const features = signFeatures2({ leading: hand, other: undefined }, seen);
    const width = 0.22 * 0.9 * (640 / 480);
    const expected = [(0.1 * 640) / 480, 0.6 - (0.5 - 0.31 * 0.9), (0.1 * 640) / 480, 0.6 - (0.5 - 0.42 * 0.9)];
    at(features, 15, SIGNFEAT_2.body, 4).forEach((value, index) =>
      expect(value).toBeCloseTo((expected[index] ?? 0) / width, 4),
    );
    expect(at(features, 15, SIGNFEAT_2.body + 4, 5)).toEqual([0, 0, 0, 0, 1]);
  });

  it('is the same for a left-handed signer in a mirror', () => {
    const mirrored = (track: TrackedLandmarks): TrackedLandmarks => ({
      ...track,
      ...(track.handedness === undefined ? {} : { handedness: track.handedness === 'left' ? 'right' : 'left' }),
      image: track.image.map((value, index) => (index % 4 === 0 ? 1 - value : value)),
    });
    const features = (turn: (track: TrackedLandmarks) => TrackedLandmarks): Float32Array => {
      const pair = leadingPair(
        handWindowsOf(
          windowOf((index) => [still, moving(index)].map(turn)),
          1000,
        ),
      );
      if (pair === undefined) throw new Error('no hands');
      return signFeatures2(
        pair,
        bodyWindow(
          windowOf(() => [aPose()].map(turn)),
          { endMs: 1000, spanMs: 1000 },
        ),
      );
    };
    const [own, other] = [features((track) => track), features(mirrored)];
    own.forEach((value, index) => expect(Math.abs(value - (other[index] ?? 0))).toBeLessThan(2e-3));
  });

  it('stays finite where the body is seen from its side, or has no points', () => {
    const thin = { ...aPose(), image: aPose().image.map((value, index) => (index % 4 === 0 ? 0.5 : value)) };
    const short = { ...aPose(), image: aPose().image.subarray(0, 8) };
    const [hand] = handWindowsOf(
      windowOf(() => [still]),
      1000,
    );
    if (hand === undefined) throw new Error('no hand');
    for (const body of [thin, short]) {
      const seen = bodyWindow(
        windowOf(() => [body]),
        { endMs: 1000, spanMs: 1000 },
      );
      const features = signFeatures2({ leading: hand, other: undefined }, seen);
      expect(features.every((value) => Number.isFinite(value))).toBe(true);
      expect(at(features, 15, SIGNFEAT_2.bodySeen, 1)).toEqual([0]);
    }
  });
});
