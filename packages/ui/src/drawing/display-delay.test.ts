import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DisplayDelay } from './display-delay.js';

interface Stream {
  readonly intervalMs: number;
  readonly ageMs: number;
  readonly jitterMs: number;
  /** From the viewer's clock to the sender's. */
  readonly offsetMs: number;
  /** 0-1, over and over. */
  readonly chances: readonly number[];
}
const stream: fc.Arbitrary<Stream> = fc.record({
  intervalMs: fc.integer({ min: 15, max: 120 }),
  ageMs: fc.integer({ min: 5, max: 200 }),
  jitterMs: fc.integer({ min: 0, max: 20 }),
  offsetMs: fc.integer({ min: -1e7, max: 1e7 }),
  chances: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 50 }),
});

/** Plays a stream for some seconds to a screen of 60 pictures a second; gives what it showed, and the newest result then. */
function play({ intervalMs, ageMs, jitterMs, offsetMs, chances }: Stream, durationMs: number) {
  const delay = new DisplayDelay();
  const shown: { nowMs: number; displayMs: number; newestMs: number }[] = [];
  let next = 0;
  let newestMs = Number.NaN;
  const arrivalMs = (index: number): number =>
    index * intervalMs + ageMs + jitterMs * (chances[index % chances.length] ?? 0);
  for (let nowMs = 0; nowMs < durationMs; nowMs += 1000 / 60) {
    for (; arrivalMs(next) <= nowMs; next += 1) {
      newestMs = next * intervalMs + offsetMs;
      delay.add('hands', newestMs, arrivalMs(next));
    }
    const displayMs = delay.displayTimeMs(nowMs);
    if (displayMs !== undefined) shown.push({ nowMs, displayMs, newestMs });
  }
  return shown;
}

describe('A display delay', () => {
  it('has a result on either side to draw between, nearly always, and is no longer than that takes', () => {
    fc.assert(
      fc.property(stream, (of) => {
        const settled = play(of, 8000).filter(({ nowMs }) => nowMs > 3000);
        const between = settled.filter(({ displayMs, newestMs }) => displayMs <= newestMs).length;
        expect(between / settled.length).toBeGreaterThan(0.85);
        const mostMs = of.ageMs + of.jitterMs + of.intervalMs;
        for (const { nowMs, displayMs } of settled) expect(nowMs + of.offsetMs - displayMs).toBeLessThan(mostMs + 1);
      }),
    );
  });

  it('shows time that runs evenly: never back, never more than a third slower or faster', () => {
    fc.assert(
      fc.property(stream, (of) => {
        const shown = play(of, 4000);
        for (let index = 1; index < shown.length; index += 1) {
          const [a, b] = [shown[index - 1], shown[index]] as [(typeof shown)[0], (typeof shown)[0]];
          const pace = (b.displayMs - a.displayMs) / (b.nowMs - a.nowMs);
          expect(pace).toBeGreaterThan(0.66);
          expect(pace).toBeLessThan(1.34);
        }
      }),
    );
  });

  it('is never longer than it may be', () => {
    const delay = new DisplayDelay(400);
    for (let ms = 0; ms < 5000; ms += 500) delay.add('hands', ms, ms + 700);
    expect(5000 - (delay.displayTimeMs(5000) ?? 0)).toBe(400);
  });

  it('knows nothing before the first result', () => {
    expect(new DisplayDelay().displayTimeMs(5)).toBeUndefined();
  });

  it('follows another clock at once, and does not count a pause as an interval', () => {
    const delay = new DisplayDelay();
    const feed = (fromMs: number, offsetMs: number): void => {
      for (let ms = fromMs; ms < fromMs + 2000; ms += 50) {
        delay.add('hands', ms + offsetMs, ms + 30);
        delay.displayTimeMs(ms + 30);
      }
    };
    feed(0, 0);
    expect(2000 - (delay.displayTimeMs(2000) ?? 0)).toBeCloseTo(80, 0);
    feed(60_000, 0); // a minute of nothing
    expect(62_000 - (delay.displayTimeMs(62_000) ?? 0)).toBeCloseTo(80, 0);
    feed(62_000, -50_000); // the sender's page was loaded anew
    expect(64_000 - 50_000 - (delay.displayTimeMs(64_000) ?? 0)).toBeCloseTo(80, 0);
  });
});
