import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signFeatures1 } from '../../features/index.js';
import { between, performed, signTake } from '../../testing/takes.js';
import type { PerformanceOptions, Posture } from '../../testing/takes.js';
import type { Take, TakeFrame } from '../takes/index.js';
import { leadingHand, signPart, signWindows, takeQuality, windowsOver } from './index.js';

const REST: Posture = { bends: [0.4, 0.5, 0.5, 0.5, 0.5], x: 0.5, y: 0.9 };
const V: Posture = { bends: [1, 0, 0, 1, 1], x: 0.5, y: 0.55 };
const options = (seconds: number, more: Partial<PerformanceOptions> = {}): PerformanceOptions => ({
  label: 'x',
  seconds,
  ...more,
});

/** Up to a held hand and down again: still until `up`, held from `up + 0.4` until `down`. */
const held =
  (up: number, down: number) =>
  (at: number): Posture =>
    at < (up + down) / 2 ? between(REST, V, (at - up) / 0.4) : between(V, REST, (at - down) / 0.4);

/** Still, then a movement to the side and back from `from` to `to`, then still. */
const swiped =
  (from: number, to: number) =>
  (at: number): Posture => ({
    ...V,
    x: 0.5 + (at > from && at < to ? 0.15 * Math.sin(((at - from) / (to - from)) * 2 * Math.PI) : 0),
  });

describe('the part of a take in which its sign happens', () => {
  it('is the held part of a hand that comes up, holds and goes down, wherever that is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 1.2, noNaN: true }),
        fc.double({ min: 0.8, max: 2, noNaN: true }),
        fc.constantFrom(12, 30, 60),
        (up, hold, rate) => {
          const down = up + 0.4 + hold;
          const part = signPart(performed(held(up, down), options(down + 0.4 + 0.5, { rate })));
          expect(part?.kind).toBe('held');
          expect(Math.abs((part?.startMs ?? 0) / 1000 - (up + 0.4))).toBeLessThan(0.2);
          expect(Math.abs((part?.endMs ?? 0) / 1000 - down)).toBeLessThan(0.2);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the movement of a hand that rests before and after it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 1.5, noNaN: true }),
        fc.double({ min: 0.4, max: 1.6, noNaN: true }),
        fc.constantFrom(15, 30, 120),
        (from, lasts, rate) => {
          const to = from + lasts;
          const part = signPart(performed(swiped(from, to), options(to + 0.6, { rate })));
          expect(part?.kind).toBe('moving');
          expect(Math.abs((part?.startMs ?? 0) / 1000 - from)).toBeLessThan(0.25);
          expect(Math.abs((part?.endMs ?? 0) / 1000 - to)).toBeLessThan(0.25);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is all of a take in which the hand is held from end to end', () => {
    const part = signPart(performed(() => V, options(2)));
    expect(part).toMatchObject({ kind: 'held', startMs: 0 });
    expect(part?.endMs).toBeCloseTo(2000 - 1000 / 30, 0);
  });

  it('is the held part where the hand only comes up, and the movement where it only rests before', () => {
    const comes = signPart(performed((at) => between({ ...V, y: 1 }, V, at / 0.4), options(2)));
    expect(comes?.kind).toBe('held');
    expect(comes?.startMs).toBeGreaterThan(200);
    const goes = signPart(performed(swiped(0.8, 2), options(2)));
    expect(goes?.kind).toBe('moving');
    expect(goes?.startMs).toBeGreaterThan(550);
  });

  it('is not there without a hand in three frames', () => {
    expect(signPart(performed(() => V, options(2, { isMissing: (at) => at > 0.05 })))).toBeUndefined();
    expect(signPart({ frames: [], frameWidth: 4, frameHeight: 3 })).toBeUndefined();
  });

  it('lies within the take, whatever the hand does', () => {
    const wild = fc.array(
      fc.record({
        dt: fc.double({ min: 0.01, max: 900, noNaN: true }),
        x: fc.double({ min: -1, max: 2, noNaN: true }),
        seen: fc.boolean(),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(wild, (steps) => {
        let timestampMs = 0;
        const base = performed(() => V, options(0.1)).frames[0]?.hands[0];
        const frames: TakeFrame[] = steps.map(({ dt, x, seen }) => {
          timestampMs += dt;
          const points = (base?.points ?? new Float32Array(63)).map((value, at) => (at % 3 === 0 ? value + x : value));
          return { timestampMs, hands: seen ? [{ trackId: 1, score: 1, points }] : [] };
        });
        const take = { frames, frameWidth: 640, frameHeight: 480 };
        const part = signPart(take);
        if (part === undefined) return;
        expect(part.startMs).toBeGreaterThanOrEqual(frames[0]?.timestampMs ?? 0);
        expect(part.endMs).toBeLessThanOrEqual(timestampMs);
        expect(part.endMs).toBeGreaterThanOrEqual(part.startMs);
        for (const window of signWindows(take, part)) {
          expect(signFeatures1(window).every(Number.isFinite)).toBe(true);
        }
        const quality = takeQuality(take);
        for (const value of [quality.seenShare, quality.handSize, quality.edgeShare, quality.speed, quality.rate])
          expect(value).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the hand of a take', () => {
  const hand = (trackId: number, x: number, handedness: 'left' | 'right' = 'right') => ({
    trackId,
    handedness,
    score: 1,
    points: (performed(() => V, options(0.1)).frames[0]?.hands[0]?.points ?? new Float32Array(63)).map((value, at) =>
      at % 3 === 0 ? value + x : value,
    ),
  });
  const take = (hands: (index: number) => TakeFrame['hands']): Pick<Take, 'frames' | 'frameWidth' | 'frameHeight'> => ({
    frames: Array.from({ length: 40 }, (_, index) => ({ timestampMs: index * 33, hands: hands(index) })),
    frameWidth: 640,
    frameHeight: 480,
  });

  it('is the one that moves where two are seen, and the one that is seen where one is', () => {
    const both = take((index) => [hand(1, 0.2, 'left'), hand(2, -0.2 + index * 0.005)]);
    expect(leadingHand(both)[0]?.hand.trackId).toBe(2);
    const once = take((index) => (index % 8 === 0 ? [hand(1, index * 0.05, 'left'), hand(2, 0)] : [hand(2, 0)]));
    expect(leadingHand(once)[0]?.hand.trackId).toBe(2);
  });

  it('is one hand where its track was lost and found', () => {
    const lost = take((index) => (index < 15 ? [hand(1, 0)] : index < 20 ? [] : [hand(7, 0)]));
    expect(leadingHand(lost)).toHaveLength(35);
  });
});

describe('the windows of a take', () => {
  const kinds = { held: performed(held(0.5, 2.5), options(3.4)), moving: performed(swiped(0.8, 1.4), options(2.2)) };
  it('of a held hand have only the held part in them', () => {
    const part = signPart(kinds.held);
    const windows = part === undefined ? [] : signWindows(kinds.held, part);
    expect(windows.length).toBeGreaterThan(2);
    for (const { startMs, endMs, seenCount } of windows) {
      expect([startMs >= 750, endMs <= 2600, seenCount]).toEqual([true, true, 30]);
    }
  });

  it('of a short movement hold all of it', () => {
    const part = signPart(kinds.moving);
    const windows = part === undefined ? [] : signWindows(kinds.moving, part);
    expect(windows.length).toBeGreaterThan(0);
    for (const { startMs, endMs } of windows) expect([startMs <= 850, endMs >= 1350]).toEqual([true, true]);
  });
});

describe('the quality of a take', () => {
  const verdictOf = (
    more: Partial<PerformanceOptions>,
    posture: (at: number) => Posture = () => V,
  ): readonly [string, string] => {
    const { verdict, advice } = takeQuality(performed(posture, options(2, more)));
    return [verdict, advice];
  };

  it('is good for a steady hand of a fair size', () => {
    expect(takeQuality(signTake(0, 0))).toMatchObject({
      verdict: 'good',
      advice: 'Nothing to do better.',
      seenShare: 1,
      edgeShare: 0,
    });
  });

  it.each([
    ['poor', /often not found/, { isMissing: (at: number) => Math.floor(at * 30) % 2 === 0 && at > 0.3 }],
    ['usable', /come closer/, { size: 0.06 }],
    ['poor', /come closer/, { size: 0.025 }],
    ['usable', /Few frames/, { rate: 10 }],
    ['poor', /Few frames/, { rate: 4 }],
  ])('is %s with the advice %s', (verdict, advice, more) => {
    const [found, told] = verdictOf(more);
    expect(found).toBe(verdict);
    expect(told).toMatch(advice);
  });

  it('tells of the edge of the picture, and of haste', () => {
    expect(verdictOf({}, () => ({ ...V, y: 0.2 }))).toEqual([
      'poor',
      expect.stringMatching(/over the edge/) as unknown,
    ]);
    const hasty = verdictOf({ rate: 15 }, (at) => ({ ...V, x: 0.5 + 0.25 * Math.sin(at * 25) }));
    expect(hasty[1]).toMatch(/very fast/);
  });

  it('is poor without a hand, and says what to do', () => {
    expect(verdictOf({ isMissing: () => true })).toEqual([
      'poor',
      expect.stringMatching(/No hand was found/) as unknown,
    ]);
  });
});

describe('takes that are made to cost time', () => {
  const [some] = performed(() => V, options(0.1)).frames[0]?.hands ?? [];
  const hand = { trackId: 1, score: 1, points: some?.points ?? new Float32Array(63) };

  it('give no more windows than are asked for, however long they are', () => {
    const minute = Array.from({ length: 2000 }, (_, at) => ({ timestampMs: at * 33, hand }));
    expect(windowsOver({ frameWidth: 4, frameHeight: 3 }, minute, 400, 40)).toHaveLength(40);
    const gone = [...minute, { timestampMs: 1e15, hand }];
    expect(windowsOver({ frameWidth: 4, frameHeight: 3 }, gone, 400, 40).length).toBeLessThanOrEqual(40);
  });

  it('give windows of all their length, not of its beginning', () => {
    const changing = Array.from({ length: 2000 }, (_, at) => ({
      timestampMs: at * 33,
      hand: { ...hand, points: Float32Array.from(hand.points, (value) => value + at / 10_000) },
    }));
    const windows = windowsOver({ frameWidth: 4, frameHeight: 3 }, changing, 400, 40);
    const newest = windows.map(({ landmarks }) => landmarks[29 * 21 * 4] ?? 0);
    expect((newest.at(-1) ?? 0) - (changing.at(-1)?.hand.points[0] ?? 0)).toBeCloseTo(0, 6);
    const steps = newest.slice(1).map((value, at) => value - (newest[at] ?? 0));
    expect(Math.max(...steps) / Math.min(...steps)).toBeCloseTo(1, 1);
  });

  it('are looked through once: twenty thousand moments in 100 ms, tracks that all overlap', () => {
    const dense = Array.from({ length: 20_000 }, (_, at) => ({ timestampMs: at / 200, hands: [hand] }));
    expect(takeQuality({ frames: dense, frameWidth: 4, frameHeight: 3 }).seenShare).toBe(1);
    const frames = Array.from({ length: 20_000 }, (_, at) => ({
      timestampMs: at,
      hands: Array.from({ length: 8 }, (_hand, one) => ({ ...hand, trackId: (at % 10_000) * 8 + one })),
    }));
    expect(leadingHand({ frames, frameWidth: 4, frameHeight: 3 })).toHaveLength(2);
  });
});
