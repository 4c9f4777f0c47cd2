import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aHand, aPose, aProcessInfo, describeSmootherContract, landmarksOf } from '../../testing/index.js';
import type { Angles, Landmarks, TrackedLandmarks } from '../../vision/index.js';
import { EmaConfig, EmaSmoother } from './ema.js';

const emaOf = (config: Partial<EmaConfig> = {}): EmaSmoother => new EmaSmoother(EmaConfig.parse(config));

/** A track of one point. */
function pointOf(x: number, visibility = 1, trackId = 1): TrackedLandmarks {
  return { skeleton: 'test-1', trackId, score: 1, image: Float32Array.from([x, 2 * x, 3 * x, visibility]) };
}
function smoothPoint(ema: EmaSmoother, track: TrackedLandmarks, timestampMs: number): number[] {
  return [...((ema.smooth(landmarksOf(track), aProcessInfo(timestampMs)) as Landmarks).tracks[0]?.image ?? [])];
}
function smoothAngles(
  ema: EmaSmoother,
  degrees: Record<string, number>,
  timestampMs: number,
): Record<string, number> | undefined {
  const value: Angles = { tracks: [{ skeleton: 'hand-21', trackId: 1, degrees }] };
  return (ema.smooth(value, aProcessInfo(timestampMs)) as Angles).tracks[0]?.degrees;
}

describeSmootherContract('core.smoother.ema', () => emaOf() as never);

describe('core.smoother.ema', () => {
  it('gives a new value the weight 0.7 at 30 frames a second by default', () => {
    const ema = emaOf();
    smoothPoint(ema, pointOf(0), 0);
    const [x, y, z] = smoothPoint(ema, pointOf(1), 1000 / 30);
    expect(x).toBeCloseTo(0.7, 3);
    expect([y, z]).toEqual([expect.closeTo(1.4, 2), expect.closeTo(2.1, 2)]);
  });

  it('follows a step to 63 % in one time constant, whatever the frame rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (frames) => {
        const ema = emaOf({ timeConstantMs: 100 });
        smoothPoint(ema, pointOf(0), 0);
        let x = 0;
        for (let frame = 1; frame <= frames; frame += 1) [x = 0] = smoothPoint(ema, pointOf(1), (frame * 100) / frames);
        expect(x).toBeCloseTo(1 - Math.exp(-1), 4);
      }),
    );
  });

  it('a time constant of 0 smooths nothing', () => {
    const ema = emaOf({ timeConstantMs: 0 });
    smoothPoint(ema, pointOf(0), 0);
    expect(smoothPoint(ema, pointOf(1), 33)[0]).toBe(1);
  });

  it('starts anew after a gap of more than 200 ms, not at 200 ms', () => {
    const ema = emaOf({ timeConstantMs: 1000 });
    smoothPoint(ema, pointOf(0), 0);
    expect(smoothPoint(ema, pointOf(1), 200)[0]).toBeLessThan(0.5);
    expect(smoothPoint(ema, pointOf(1), 400.5)[0]).toBe(1);
  });

  it('an invisible point stays where it was, a half visible one moves half as far, and visibility is passed on', () => {
    const ema = emaOf();
    smoothPoint(ema, pointOf(0), 0);
    expect(smoothPoint(ema, pointOf(1, 0), 33)).toEqual([0, 0, 0, 0]);
    const [x, , , visibility] = smoothPoint(ema, pointOf(1, 0.5), 33 + 1000 / 30);
    expect([x, visibility]).toEqual([expect.closeTo(0.35, 3), 0.5]);
  });

  it('is not poisoned by coordinates that are no numbers', () => {
    const ema = emaOf();
    smoothPoint(ema, pointOf(0.5), 0);
    expect(smoothPoint(ema, pointOf(Number.NaN), 33)[0]).toBe(0.5);
    expect(smoothPoint(ema, pointOf(0.5), 66)[0]).toBe(0.5);
    const fresh = emaOf();
    smoothPoint(fresh, pointOf(Number.NaN), 0);
    expect(smoothPoint(fresh, pointOf(0.25), 33)[0]).toBe(0.25);
  });

  it('takes a point whose visibility is no number for one that cannot be seen', () => {
    const ema = emaOf();
    smoothPoint(ema, pointOf(0.5), 0);
    expect(smoothPoint(ema, pointOf(0.9, Number.NaN), 33).slice(0, 3)).toEqual([0.5, 1, 1.5]);
  });

  it('keeps no hold on the angles that it answers: whoever changes them changes nothing that follows', () => {
    const [changed, untouched] = [emaOf(), emaOf()];
    for (const ema of [changed, untouched]) smoothAngles(ema, { elbow: 0 }, 0);
    const answer = smoothAngles(changed, { elbow: 50 }, 33) ?? {};
    smoothAngles(untouched, { elbow: 50 }, 33);
    answer['elbow'] = 180;
    expect(smoothAngles(changed, { elbow: 100 }, 66)).toEqual(smoothAngles(untouched, { elbow: 100 }, 66));
  });

  it('smooths world landmarks as well, and does without where a frame has none', () => {
    const ema = emaOf();
    ema.smooth(landmarksOf(aPose({ size: 0.9 })), aProcessInfo(0));
    const { world: _world, ...flat } = aPose();
    expect((ema.smooth(landmarksOf(flat), aProcessInfo(33)) as Landmarks).tracks[0]).not.toHaveProperty('world');
    const pose = aPose();
    expect((ema.smooth(landmarksOf(pose), aProcessInfo(66)) as Landmarks).tracks[0]?.world).toEqual(pose.world);
  });

  it('keeps a hand and a body of the same number apart', () => {
    const ema = emaOf();
    const [hand, pose] = [aHand({ trackId: 1 }), aPose({ trackId: 1 })];
    for (const timestampMs of [0, 33]) {
      const { tracks } = ema.smooth(landmarksOf(hand, pose), aProcessInfo(timestampMs)) as Landmarks;
      expect(tracks.map(({ image }) => image.length)).toEqual([hand.image.length, pose.image.length]);
    }
  });

  it('smooths angles joint by joint; a joint that was out of sight starts anew', () => {
    const ema = emaOf();
    smoothAngles(ema, { elbow: 0, knee: 90 }, 0);
    expect(smoothAngles(ema, { elbow: 100 }, 1000 / 30)?.['elbow']).toBeCloseTo(70, 1);
    expect(smoothAngles(ema, { elbow: 100, knee: 10 }, 2000 / 30)?.['knee']).toBe(10);
  });

  it('smooths angles that turn all the way round on the circle', () => {
    const ema = emaOf();
    smoothAngles(ema, { heading: 350, roll: 170 }, 0);
    const smoothed = smoothAngles(ema, { heading: 20, roll: -160 }, 1000 / 30);
    expect(smoothed?.['heading']).toBeCloseTo(11, 1);
    expect(smoothed?.['roll']).toBeCloseTo(-169, 1);
  });

  it('takes its live keys over without losing what it knows', () => {
    const ema = emaOf();
    smoothPoint(ema, pointOf(0), 0);
    expect(ema.reconfigure({ timeConstantMs: 0, resetAfterMs: 1000 })).toBe(true);
    expect(smoothPoint(ema, pointOf(1), 33)[0]).toBe(1);
    ema.reconfigure({ timeConstantMs: 1000, resetAfterMs: 1000 });
    expect(smoothPoint(ema, pointOf(0), 533)[0]).toBeCloseTo(Math.exp(-0.5), 4); // no reset after 500 ms
  });
});
