import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SignDecoder, SignDecoderConfig } from './index.js';
import type { DecodableClassification, SignEvent } from './index.js';

type Said = readonly [label: string, score: number] | undefined;

const aDecoder = (config: Partial<SignDecoderConfig> = {}): SignDecoder =>
  new SignDecoder(SignDecoderConfig.parse(config));

/** What a classifier says of one hand; what is left of the score is that of `b`, or of `a`. */
function classified(said: Said, trackId = 1, held?: boolean): DecodableClassification {
  if (said === undefined) return { tracks: [] };
  const [label, score] = said;
  const alternatives = [{ label: label === 'a' ? 'b' : 'a', score: (1 - score) / 2 }];
  return { tracks: [{ trackId, label, score, alternatives, ...(held === undefined ? {} : { static: held }) }] };
}

/** One hop each 100 ms; answers the events with the number of the hop that told each. */
function decode(decoder: SignDecoder, hops: readonly Said[], held?: boolean): (SignEvent & { hop: number })[] {
  return hops.flatMap((said, hop) =>
    decoder.step(hop * 100, classified(said, 1, held)).map((event) => ({ ...event, hop })),
  );
}
const a: Said = ['a', 0.9];
const b: Said = ['b', 0.9];
const doubt: Said = ['a', 0.5];
const none: Said = ['none', 0.9];
const told = (events: readonly (SignEvent & { hop: number })[]): [string, number][] =>
  events.map(({ label, hop }) => [label, hop]);

describe('the decoder of signs', () => {
  it('tells a sign once three of four hops speak for it, and once only', () => {
    expect(told(decode(aDecoder(), [none, a, a, a, a, a, a]))).toEqual([['a', 3]]);
    expect(told(decode(aDecoder(), [none, a, none, a, a, a]))).toEqual([['a', 4]]);
    expect(told(decode(aDecoder(), [a, none, a, none, a, none]))).toEqual([]);
    expect(told(decode(aDecoder(), [doubt, doubt, doubt, doubt, doubt]))).toEqual([]);
  });

  it('says when it began, when it was sure, how sure, and what else it might be', () => {
    expect(decode(aDecoder(), [none, ['a', 0.7], ['a', 0.8], ['a', 0.9]])).toEqual([
      {
        trackId: 1,
        label: 'a',
        score: expect.closeTo(0.8, 6),
        startMs: 100,
        endMs: 300,
        alternatives: [{ label: 'b', score: expect.closeTo(0.05, 6) }],
        hop: 3,
      },
    ]);
  });

  it('tells held shapes only after they were held, and shapes in passing not at all', () => {
    expect(told(decode(aDecoder(), [none, a, a, a, none], true))).toEqual([]);
    expect(told(decode(aDecoder(), [none, a, a, a, a], true))).toEqual([['a', 4]]);
    expect(told(decode(aDecoder({ heldMs: 600 }), [a, a, none, a, a, a, a, a], true))).toEqual([['a', 6]]);
  });

  it('takes which signs are held from its setting, where there is one', () => {
    expect(told(decode(aDecoder({ staticLabels: ['a'] }), [a, a, a, a], false))).toEqual([['a', 3]]);
    expect(told(decode(aDecoder({ staticLabels: [] }), [a, a, a, a], true))).toEqual([['a', 2]]);
  });

  it('tells it again only after it was released, for two hops, and 200 ms more', () => {
    expect(told(decode(aDecoder(), [a, a, a, none, a, a, a, a]))).toEqual([['a', 2]]);
    expect(told(decode(aDecoder(), [a, a, a, none, none, a, a, a, a, a]))).toEqual([
      ['a', 2],
      ['a', 8],
    ]);
    expect(told(decode(aDecoder(), [a, a, a, doubt, doubt, doubt, a, a, a, a]))).toEqual([['a', 2]]);
  });

  it('tells the next sign of the same hand without a rest between', () => {
    expect(told(decode(aDecoder(), [a, a, a, b, b, b, b, a, a, a]))).toEqual([
      ['a', 2],
      ['b', 5],
      ['a', 9],
    ]);
  });

  it('counts scores below the threshold of their label, where the hop that makes it sure is above', () => {
    const below = { tracks: [{ trackId: 1, label: 'none', score: 0.3, alternatives: [{ label: 'a', score: 0.7 }] }] };
    const decoder = aDecoder();
    for (const hop of [0, 1, 2, 3, 4]) expect(decoder.step(hop * 100, below)).toEqual([]);
    expect(decoder.step(500, classified(a))).toMatchObject([{ label: 'a', startMs: 0, endMs: 500 }]);
    for (const hop of [6, 7, 8]) expect(decoder.step(hop * 100, below)).toEqual([]);
    expect(decoder.step(900, classified(a))).toEqual([]); // it was never released
  });

  it('never takes none for a sign', () => {
    expect(decode(aDecoder(), [none, none, none, none])).toEqual([]);
    expect(
      decode(aDecoder({ noneLabel: 'rest' }), [
        ['rest', 1],
        ['rest', 1],
        ['rest', 1],
      ]),
    ).toEqual([]);
  });

  it('releases a hand that has gone, by two hops without it or by silence', () => {
    expect(told(decode(aDecoder({ tellAt: 'release' }), [a, a, a, undefined, undefined]))).toEqual([['a', 4]]);
    const silent = aDecoder({ tellAt: 'release' });
    decode(silent, [a, a, a]);
    expect(silent.step(5000, { tracks: [] })).toMatchObject([{ label: 'a', startMs: 0, endMs: 200 }]);
  });

  it('tells at the end where it is told to, with the time of the end', () => {
    const events = decode(aDecoder({ tellAt: 'release' }), [a, a, a, a, a, none, none, none]);
    expect(events).toMatchObject([{ label: 'a', startMs: 0, endMs: 400, hop: 6 }]);
  });

  it('does not forget a hand that is away for one hop, and treats that hop as none', () => {
    expect(told(decode(aDecoder(), [a, a, undefined, a]))).toEqual([['a', 3]]);
    expect(told(decode(aDecoder(), [a, a, undefined, undefined, a, a, a]))).toEqual([['a', 6]]);
  });

  it('tells a sign once where the tracker names its hand anew, before and after it was sure', () => {
    const trackIdsOf = (ids: readonly number[]): number[] => {
      const decoder = aDecoder();
      return ids.flatMap((id, hop) =>
        decoder.step(hop * 100, id === 0 ? { tracks: [] } : classified(a, id)).map(({ trackId }) => trackId),
      );
    };
    expect(trackIdsOf([1, 1, 1, 2, 2, 2, 2])).toEqual([1]);
    expect(trackIdsOf([1, 1, 2, 2, 2, 2, 2])).toEqual([2]);
    expect(trackIdsOf([1, 1, 1, 0, 2, 2, 2, 2])).toEqual([1]);
    expect(trackIdsOf([1, 1, 1, 2, 1, 2, 2])).toEqual([1]);
  });

  it('mixes no hands where two went, or two came', () => {
    const both = (...ids: number[]) => ({ tracks: ids.flatMap((id) => classified(a, id).tracks) });
    const tracksTold = (hops: readonly DecodableClassification[]): number[] => {
      const decoder = aDecoder();
      return hops.flatMap((hop, at) => decoder.step(at * 100, hop).map(({ trackId }) => trackId));
    };
    expect(tracksTold([both(1, 2), both(1, 2), both(1, 2), both(3), both(3), both(3)])).toEqual([1, 2, 3]);
    expect(tracksTold([both(1), both(1), both(1), both(2, 3), both(2, 3), both(2, 3)])).toEqual([1, 2, 3]);
  });

  it('refuses a silence that no hop is shorter than', () => {
    expect(SignDecoderConfig.safeParse({ silenceMs: 0 }).success).toBe(false);
    expect(SignDecoderConfig.safeParse({ silenceMs: 200 }).success).toBe(true);
  });

  it('keeps hands apart', () => {
    const decoder = aDecoder();
    const events = [0, 1, 2, 3].flatMap((hop) =>
      decoder.step(hop * 100, { tracks: [...classified(a, 1).tracks, ...classified(hop % 2 === 0 ? b : a, 2).tracks] }),
    );
    expect(events.map(({ trackId, label }) => [trackId, label])).toEqual([[1, 'a']]);
  });

  it('takes over settings while it runs', () => {
    const decoder = aDecoder();
    decode(decoder, [none, a, a]);
    decoder.settings = SignDecoderConfig.parse({ sureHops: 1, ofHops: 1 });
    expect(decoder.step(300, classified(a))).toHaveLength(1);
  });

  it('needs no more hops than count', () => {
    expect(told(decode(aDecoder({ sureHops: 5, ofHops: 2 }), [a, a]))).toEqual([['a', 1]]);
  });

  it('is not held up by a release score above the one to be sure', () => {
    expect(told(decode(aDecoder({ releaseScore: 1 }), [a, a, a, a, a, a, a, a, a, a]))).toEqual([['a', 2]]);
  });

  const said = fc.constantFrom<Said>(a, b, doubt, none, ['a', 0.61], ['b', 0.59], undefined);
  const rates = fc.constantFrom(83, 100, 125);

  it('names a sign only where three of the last four hops speak for it, for any hops', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 60 }), rates, fc.boolean(), (hops, everyMs, held) => {
        const decoder = aDecoder();
        for (const [hop, now] of hops.entries()) {
          for (const event of decoder.step(hop * everyMs, classified(now, 1, held))) {
            const speaks = (each: Said): boolean => each !== undefined && each[0] === event.label && each[1] > 0.6;
            expect(hops.slice(Math.max(0, hop - 3), hop + 1).filter(speaks).length).toBeGreaterThanOrEqual(3);
            expect(event.endMs).toBe(hop * everyMs);
            expect(event.score).toBeGreaterThan(0.6);
            expect(event.endMs - event.startMs).toBeGreaterThanOrEqual(held ? 299 : 0);
          }
        }
      }),
    );
  });

  it('names nothing twice without two low hops in a row, or another sign, between, for any hops', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 80 }), (hops) => {
        const decoder = aDecoder();
        let last: { label: string; hop: number } | undefined;
        for (const [hop, now] of hops.entries()) {
          for (const { label } of decoder.step(hop * 100, classified(now))) {
            if (last?.label === label) {
              const low = (each: Said): boolean => each === undefined || each[0] !== label;
              const from = last.hop;
              const between = hops.slice(from, hop);
              expect(between.some((each, at) => at > 0 && low(each) && low(between[at - 1]))).toBe(true);
              expect(hop - from).toBeGreaterThanOrEqual(5);
            }
            last = { label, hop };
          }
        }
      }),
    );
  });

  it('tells the same signs whether at the time they are sure or at their end, for any hops that end in rest', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 60 }), (hops) => {
        const rested = [...hops, none, none, none];
        const labels = (tellAt: 'sure' | 'release'): string[] =>
          decode(aDecoder({ tellAt }), rested).map(({ label }) => label);
        expect(labels('release')).toEqual(labels('sure'));
      }),
    );
  });

  it('forgets hands that have gone', () => {
    const decoder = aDecoder();
    for (let trackId = 1; trackId <= 500; trackId += 1) {
      for (const hop of [0, 1, 2]) decoder.step(trackId * 300 + hop * 100, classified(a, trackId));
      expect(decoder.trackCount).toBeLessThan(10);
    }
  });
});
