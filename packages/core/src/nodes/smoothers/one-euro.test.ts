import { describe, expect, it } from 'vitest';
import {
  aHand,
  aPose,
  aProcessInfo,
  describeSmootherContract,
  landmarksOf,
  tryOutSmoother,
} from '../../testing/index.js';
import type { LandmarkArray, TrackedLandmarks } from '../../vision/index.js';
import { ONE_EURO_PRESETS, OneEuroConfig, OneEuroSmoother } from './one-euro.js';

const FRAME_MS = 1000 / 30;
const oneEuroOf = (config: Partial<OneEuroConfig> = {}): OneEuroSmoother =>
  new OneEuroSmoother(OneEuroConfig.parse(config));

function smooth(smoother: OneEuroSmoother, track: TrackedLandmarks, timestampMs: number): TrackedLandmarks {
  const [smoothed] = smoother.smooth(landmarksOf(track), aProcessInfo(timestampMs)).tracks;
  if (smoothed === undefined) throw new Error('The track is gone.');
  return smoothed;
}
const wristX = ({ image }: TrackedLandmarks): number => image[0] ?? Number.NaN;

/** A hand with one point of another visibility. */
function withVisibility(hand: TrackedLandmarks, point: number, visibility: number): TrackedLandmarks {
  const image = hand.image.slice();
  image[point * 4 + 3] = visibility;
  return { ...hand, image };
}

describeSmootherContract('core.smoother.one-euro', () => oneEuroOf());

describe('core.smoother.one-euro', () => {
  it('smooths alike whatever the size of the hand and of the frame', () => {
    const share = (size: number, frameWidth: number, frameHeight: number): number => {
      const smoother = oneEuroOf();
      const [from, to] = [aHand({ size, centre: [0.5, 0.8] }), aHand({ size, centre: [0.5, 0.8 + size / 4] })];
      const show = (hand: TrackedLandmarks, timestampMs: number): number =>
        smoother.smooth({ frameWidth, frameHeight, tracks: [hand] }, aProcessInfo(timestampMs)).tracks[0]?.image[1] ??
        0;
      show(from, 0);
      return (show(to, FRAME_MS) - 0.8) / (size / 4);
    };
    const expected = share(0.5, 640, 480);
    expect(expected).toBeGreaterThan(0.1);
    expect(share(0.1, 640, 480)).toBeCloseTo(expected, 4);
    expect(share(0.5, 1280, 960)).toBeCloseTo(expected, 4);
  });

  it('smooths world landmarks by the size of the palm in metres, and does without where a frame has none', () => {
    const smoother = oneEuroOf();
    const hand = aHand();
    const moved = {
      ...hand,
      world: hand.world?.map((value, at) => (at % 4 === 3 ? value : value + 0.05)) as LandmarkArray,
    };
    smooth(smoother, hand, 0);
    const x = smooth(smoother, moved, FRAME_MS).world?.[0] ?? Number.NaN;
    expect(x).toBeGreaterThan(0.005);
    expect(x).toBeLessThan(0.05);
    const { world: _world, ...flat } = hand;
    expect(smooth(smoother, flat, 2 * FRAME_MS)).not.toHaveProperty('world');
    expect(smooth(smoother, moved, 3 * FRAME_MS).world).toEqual(moved.world);
  });

  it('has presets, and values of their own win over them', () => {
    const after = (config: Partial<OneEuroConfig>): number => {
      const smoother = oneEuroOf(config);
      smooth(smoother, aHand({ centre: [0.5, 0.8] }), 0);
      return wristX(smooth(smoother, aHand({ centre: [0.55, 0.8] }), FRAME_MS));
    };
    const [calm, responsive, pose] = (['calm', 'responsive', 'mediapipe-pose'] as const).map((preset) =>
      after({ preset }),
    );
    expect(calm).toBeLessThan(responsive ?? 0);
    expect(responsive).toBeLessThan(pose ?? 0);
    expect(after({})).toBe(responsive);
    expect(after({ preset: 'calm', beta: 15 })).toBe(responsive);
    expect(after({ preset: 'calm', ...ONE_EURO_PRESETS['mediapipe-pose'] })).toBe(pose);
  });

  it('starts anew after a gap of more than 200 ms, not at 200 ms', () => {
    const smoother = oneEuroOf();
    smooth(smoother, aHand({ centre: [0.5, 0.8] }), 0);
    expect(wristX(smooth(smoother, aHand({ centre: [0.51, 0.8] }), 200))).toBeLessThan(0.5099);
    expect(wristX(smooth(smoother, aHand({ centre: [0.3, 0.8] }), 400.5))).toBe(Math.fround(0.3));
  });

  it('an invisible point stays where it was and starts anew when it was away for long; a half visible one moves half as far', () => {
    const smoother = oneEuroOf({ beta: 0, minCutoffHz: 2 });
    const [start, goal] = [aHand({ centre: [0.5, 0.8] }), aHand({ centre: [0.6, 0.8] })];
    smooth(smoother, start, 0);
    expect(wristX(smooth(smoother, withVisibility(goal, 0, 0), FRAME_MS))).toBe(0.5);
    for (let frame = 2; frame < 8; frame += 1) smooth(smoother, withVisibility(goal, 0, Number.NaN), frame * FRAME_MS);
    expect(wristX(smooth(smoother, goal, 8 * FRAME_MS))).toBe(Math.fround(0.6)); // 267 ms after it was seen last
    const [whole, half] = [1, 0.5].map((visibility) => {
      const fresh = oneEuroOf({ beta: 0, minCutoffHz: 2 });
      smooth(fresh, start, 0);
      return wristX(smooth(fresh, withVisibility(goal, 0, visibility), FRAME_MS)) - 0.5;
    });
    expect(half).toBeCloseTo((whole ?? 0) / 2, 6);
  });

  it('passes a point that was never seen on as it is, and is not poisoned by coordinates that are no numbers', () => {
    const smoother = oneEuroOf();
    expect(wristX(smooth(smoother, withVisibility(aHand({ centre: [0.2, 0.8] }), 0, 0), 0))).toBe(Math.fround(0.2));
    expect(wristX(smooth(smoother, aHand({ centre: [0.4, 0.8] }), FRAME_MS))).toBe(Math.fround(0.4));
    const broken = aHand();
    broken.image[0] = Number.NaN;
    expect(wristX(smooth(smoother, broken, 2 * FRAME_MS))).toBe(Math.fround(0.4));
  });

  it('keeps a hand and a body of the same number apart', () => {
    const smoother = oneEuroOf();
    const [hand, pose] = [aHand({ trackId: 1 }), aPose({ trackId: 1 })];
    for (const timestampMs of [0, 33]) {
      const { tracks } = smoother.smooth(landmarksOf(hand, pose), aProcessInfo(timestampMs));
      expect(tracks.map(({ image }) => image.length)).toEqual([hand.image.length, pose.image.length]);
    }
  });

  it('takes its live keys over without losing what it knows', () => {
    const smoother = oneEuroOf({ preset: 'calm' });
    smooth(smoother, aHand({ centre: [0.5, 0.8] }), 0);
    expect(smoother.reconfigure(OneEuroConfig.parse({ minCutoffHz: 60, resetAfterMs: 1000 }))).toBe(true);
    const x = wristX(smooth(smoother, aHand({ centre: [0.6, 0.8] }), 500)); // no reset after 500 ms
    expect(x).toBeGreaterThan(0.599);
    expect(x).toBeLessThan(Math.fround(0.6));
  });
});

const paces = [15, 30, 60].flatMap((framesPerSecond) =>
  [0, 0.3].map((irregularity) => [framesPerSecond, irregularity] as const),
);
describe.each(paces)(
  'core.smoother.one-euro at %i frames a second, irregular by %d',
  (framesPerSecond, irregularity) => {
    it('steadies a hand at rest, follows one in motion, does not overshoot, and recovers from a gap', async () => {
      const figures = await tryOutSmoother(() => oneEuroOf(), { framesPerSecond, irregularity });
      expect(figures.jitterShare).toBeLessThanOrEqual(0.25);
      expect(figures.lagMs).toBeGreaterThan(0);
      expect(figures.lagMs).toBeLessThanOrEqual(12);
      expect(figures.overshootPalms).toBeLessThanOrEqual(0.02);
      expect(figures.recoveryFrames).toBeLessThanOrEqual(1);
    });
  },
);
