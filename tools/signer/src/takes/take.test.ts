import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random.js';
import { NEGATIVE_KINDS, sampleNegative } from './negatives.js';
import { sampleStream } from './stream.js';
import { OTHER_LABELS, SIGN_LABELS } from './sign-specs.js';
import { sampleProceduralTake, sampleTake, type SignTake } from './take.js';

const plain = ({ sightings, ...rest }: SignTake): unknown => ({
  ...rest,
  sightings: sightings.map(({ timestampMs, hand }) => [timestampMs, hand.handedness, ...hand.image]),
});

describe('takes', () => {
  const makers: readonly (readonly [string, (random: SeededRandom) => SignTake])[] = [
    ...[...SIGN_LABELS, ...OTHER_LABELS].map(
      (label) => [label, (random: SeededRandom) => sampleTake(label, random)] as const,
    ),
    ...NEGATIVE_KINDS.map((kind) => [kind, (random: SeededRandom) => sampleNegative(random, { kind })] as const),
    ['procedural', (random) => sampleProceduralTake(7, random)],
  ];

  it.each(makers)(
    'of %s are the same for the same seed, other for another, finite, and in order of time',
    (_name, make) => {
      expect(plain(make(new SeededRandom(3)))).toEqual(plain(make(new SeededRandom(3))));
      expect(plain(make(new SeededRandom(3)))).not.toEqual(plain(make(new SeededRandom(4))));
      const random = new SeededRandom(5);
      for (let take = 0; take < 20; take += 1) {
        const { sightings, endMs } = make(random);
        const times = sightings.map(({ timestampMs }) => timestampMs);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(Math.max(...times, 0)).toBeLessThanOrEqual(endMs);
        expect(sightings.every(({ hand }) => hand.image.every(Number.isFinite) && hand.image[2] === 0)).toBe(true);
      }
    },
  );

  it('of the 30 signs are told by 30 names', () => {
    expect(new Set(SIGN_LABELS).size).toBe(30);
    expect(SIGN_LABELS.map((label) => sampleTake(label, new SeededRandom(1)).label)).toEqual(SIGN_LABELS);
    expect(sampleNegative(new SeededRandom(1)).label).toBeNull();
  });
});

describe('sampleStream', () => {
  it('makes as many signs as asked for, in order, with time between', () => {
    const { segments, endMs } = sampleStream(new SeededRandom(1), { signs: ['a', 'z', 'wave'], count: 40 });
    expect(segments).toHaveLength(40);
    expect(new Set(segments.map(({ label }) => label))).toEqual(new Set(['a', 'z', 'wave']));
    let lastMs = 0;
    for (const segment of segments) {
      expect(segment.startMs).toBeGreaterThan(lastMs + 100);
      expect(segment.endMs).toBeGreaterThan(segment.startMs + 250);
      lastMs = segment.endMs;
    }
    expect(endMs).toBeGreaterThan(lastMs);
  });
});
