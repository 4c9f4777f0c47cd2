import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random.js';
import { MOVEMENTS, type MovementName } from './movements.js';
import { planProgramme } from './programme.js';
import { SIGN_NAMES, SIGNS } from './signs.js';

describe('planProgramme', () => {
  it('fills the whole time without gap or overlap, absent at both ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 120 }),
        fc.nat(),
        fc.constantFrom('right', 'left', 'both' as const),
        (seconds, seed, hands) => {
          const stretches = planProgramme(
            { totalMs: seconds * 1000, signs: SIGN_NAMES, hands },
            new SeededRandom(seed),
          );
          expect(stretches[0]).toMatchObject({ kind: 'absent', startMs: 0 });
          expect(stretches.at(-1)).toMatchObject({ kind: 'absent', endMs: seconds * 1000 });
          for (const [index, { startMs, endMs }] of stretches.entries()) {
            expect(endMs).toBeGreaterThan(startMs);
            if (index > 0) expect(startMs).toBe(stretches[index - 1]?.endMs);
          }
          expect(stretches.some(({ kind }) => kind === 'sign')).toBe(true);
        },
      ),
    );
  });

  it('makes all signs before one comes again, with both hands in turns', () => {
    const stretches = planProgramme({ totalMs: 60_000, signs: SIGN_NAMES, hands: 'both' }, new SeededRandom(2));
    const made = stretches.filter(({ kind }) => kind === 'sign').map(({ to }) => to);
    expect(made.slice(0, SIGN_NAMES.length)).toEqual(SIGN_NAMES);
    const sides = stretches.filter(({ kind }) => kind === 'enter').map(({ side }) => side);
    expect(sides.slice(0, 3)).toEqual(['right', 'left', 'right']);
  });

  it('keeps to the hand asked for', () => {
    const stretches = planProgramme({ totalMs: 30_000, signs: ['ily'], hands: 'left' }, new SeededRandom(2));
    expect(new Set(stretches.map(({ side }) => side))).toEqual(new Set([null, 'left']));
  });
});

describe('MOVEMENTS', () => {
  it.each(Object.keys(MOVEMENTS) as MovementName[])('%s starts and ends at rest', (name) => {
    for (const share of [0, 1]) {
      const { offset, turn, knuckles } = MOVEMENTS[name](share);
      for (const value of [...offset, ...(Object.values(turn) as number[]), knuckles])
        expect(Math.abs(value)).toBeLessThan(1e-12);
    }
  });

  it('moves every sign but those that are held', () => {
    const still = SIGN_NAMES.filter((name) => SIGNS[name].movement === 'still');
    expect(still).toEqual(['open', 'l']);
  });
});
