import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random.js';
import { castOf } from './conditions.js';
import { sessionOf } from './session.js';
import { isStaticSign, SIGN_LABELS, type SignLabel } from './sign-specs.js';
import { HELD_OUT_SEEDS, signerOf } from './signer.js';
import { sampleTake, type SignTake } from './take.js';

const calm = { ...sessionOf(3), missed: 0, gaps: 0, wrongHand: 0, fps: 30, jitter: 1, x: 0.5, y: 0.6 };
const palmOf = ({ aspect }: SignTake, image: Float32Array): number =>
  Math.hypot(((image[36] ?? 0) - (image[0] ?? 0)) * aspect, (image[37] ?? 0) - (image[1] ?? 0));

/** How far the middle of the palm goes in the window, in heights of the frame, from its furthest left, up to its furthest right, down. */
function wayOf({ aspect, sightings, endMs }: SignTake): { readonly x: number; readonly y: number } {
  const inside = sightings.filter(({ timestampMs }) => timestampMs > endMs - 1000);
  const xs = inside.map(({ hand }) => (hand.image[36] ?? 0) * aspect);
  const ys = inside.map(({ hand }) => hand.image[37] ?? 0);
  return { x: Math.max(...xs) - Math.min(...xs), y: Math.max(...ys) - Math.min(...ys) };
}

describe('conditions', () => {
  it('draw held-out signers and sessions from seeds of their own', () => {
    const random = new SeededRandom(1);
    for (let draw = 0; draw < 200; draw += 1) {
      const training = castOf(random, {});
      const heldOut = castOf(random, { heldOut: true });
      expect(Math.max(training.signer.seed, training.session.seed)).toBeLessThan(HELD_OUT_SEEDS.from);
      expect(Math.min(heldOut.signer.seed, heldOut.session.seed)).toBeGreaterThanOrEqual(HELD_OUT_SEEDS.from);
    }
  });

  it('fix the hand, the rate and every second frame', () => {
    const conditions = { session: calm, side: 'left', fps: 60 } as const;
    const all = sampleTake('a', new SeededRandom(2), conditions);
    const half = sampleTake('a', new SeededRandom(2), { ...conditions, dropEvery: 2 });
    expect(new Set(all.sightings.map(({ hand }) => hand.handedness))).toEqual(new Set(['left']));
    expect(all.sightings.length).toBeGreaterThan(70);
    expect(half.sightings.length / all.sightings.length).toBeCloseTo(0.5, 1);
  });

  it('raise the unease of the landmarks', () => {
    const unease = (jitter: number): number => {
      let sum = 0;
      for (let seed = 0; seed < 20; seed += 1) {
        const take = sampleTake('b', new SeededRandom(seed), { session: calm, jitter });
        const tips = take.sightings
          .slice(-12)
          .map(({ hand }) => ((hand.image[33] ?? 0) - (hand.image[1] ?? 0)) / palmOf(take, hand.image));
        for (let at = 1; at + 1 < tips.length; at += 1) {
          sum += Math.abs((tips[at + 1] ?? 0) - 2 * (tips[at] ?? 0) + (tips[at - 1] ?? 0));
        }
      }
      return sum;
    };
    expect(unease(3) / unease(1)).toBeGreaterThan(1.8);
    expect(unease(0) / unease(1)).toBeLessThan(0.7);
  });
});

describe('sightings', () => {
  it('tell the wrong hand now and then, and not often', () => {
    const random = new SeededRandom(6);
    let [wrong, all] = [0, 0];
    for (let take = 0; take < 400; take += 1) {
      const { sightings } = sampleTake('v', random, { side: 'right' });
      all += sightings.length;
      wrong += sightings.filter(({ hand }) => hand.handedness === 'left').length;
    }
    expect(wrong / all).toBeGreaterThan(0.005);
    expect(wrong / all).toBeLessThan(0.1);
  });

  it('go on smoothly: no hand is faster than hands are', () => {
    const random = new SeededRandom(8);
    for (const label of SIGN_LABELS) {
      for (let draw = 0; draw < 10; draw += 1) {
        const take = sampleTake(label, random, { session: calm, jitter: 0 });
        take.sightings.forEach(({ timestampMs, hand: { image } }, index) => {
          const before = take.sightings[index - 1];
          if (before === undefined || timestampMs - before.timestampMs < 25) return;
          const metres =
            Math.hypot(
              ((image[0] ?? 0) - (before.hand.image[0] ?? 0)) * take.aspect,
              (image[1] ?? 0) - (before.hand.image[1] ?? 0),
            ) *
            (calm.distance / calm.focal);
          expect(metres / ((timestampMs - before.timestampMs) / 1000), label).toBeLessThan(4);
        });
      }
    }
  });

  it('move where the sign moves: swipes to opposite sides, z and circle both ways, held signs little', () => {
    const median = (values: readonly number[]): number =>
      values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
    const takes = (label: SignLabel): SignTake[] =>
      Array.from({ length: 60 }, (_, seed) =>
        sampleTake(label, new SeededRandom(seed), {
          session: { ...calm, yaw: 0, roll: 0 },
          signer: signerOf(seed),
          side: 'right',
        }),
      );
    const perMetre = calm.focal / calm.distance;
    const way = (label: SignLabel, axis: 'x' | 'y'): number =>
      median(takes(label).map((take) => wayOf(take)[axis])) / perMetre;
    const drift = (label: SignLabel): number =>
      median(
        takes(label).map(({ aspect, sightings }) => {
          const shown = sightings.slice(-22);
          return ((shown.at(-6)?.hand.image[36] ?? 0) - (shown[0]?.hand.image[36] ?? 0)) * aspect;
        }),
      );
    expect(drift('swipe-left')).toBeGreaterThan(0);
    expect(drift('swipe-right')).toBeLessThan(0);
    expect(way('z', 'x')).toBeGreaterThan(0.06);
    expect(way('z', 'y')).toBeGreaterThan(0.05);
    expect(way('circle', 'x')).toBeGreaterThan(0.05);
    expect(way('circle', 'y')).toBeGreaterThan(0.05);
    const held = SIGN_LABELS.filter((label) => isStaticSign(label));
    expect(held).toHaveLength(19);
    for (const label of ['b', 'c', 'w'] as const) expect(way(label, 'y')).toBeLessThan(way('z', 'y'));
  });
});
