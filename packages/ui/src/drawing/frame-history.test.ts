import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameHistory } from './frame-history.js';

/** A picture that counts how often it was closed. */
class Picture {
  closed = 0;
  close(): void {
    this.closed += 1;
  }
}

describe('A frame history', () => {
  it('closes each picture once, when it leaves, and keeps no more than it may', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fc.integer({ min: 0, max: 20 })), (capacity, times) => {
        const history = new FrameHistory<Picture>(capacity);
        const all = times.map((capturedAtMs, sequence) => ({ sequence, capturedAtMs, picture: new Picture() }));
        for (const [index, past] of all.entries()) {
          history.add(past);
          expect(history.newest).toBe(past);
          expect(history.size).toBeLessThanOrEqual(capacity);
          const open = all.slice(0, index + 1).filter(({ picture }) => picture.closed === 0);
          expect(open).toHaveLength(history.size);
          for (const kept of open) expect(history.bySequence(kept.sequence)).toBe(kept);
        }
        history[Symbol.dispose]();
        expect(all.every(({ picture }) => picture.closed === 1)).toBe(true);
      }),
    );
  });

  it('gives the newest picture captured by a time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1 }), fc.integer({ min: -10, max: 120 }), (times, timeMs) => {
        const history = new FrameHistory<Picture>(1000);
        const sorted = times.toSorted((a, b) => a - b);
        for (const [sequence, capturedAtMs] of sorted.entries())
          history.add({ sequence, capturedAtMs, picture: new Picture() });
        const expected = sorted.filter((capturedAtMs) => capturedAtMs <= timeMs).at(-1) ?? sorted[0];
        expect(history.at(timeMs)?.capturedAtMs).toBe(expected);
      }),
    );
  });

  it('gives back what is older than a time', () => {
    const history = new FrameHistory<Picture>();
    const pictures = [10, 20, 30].map((capturedAtMs, sequence) => ({ sequence, capturedAtMs, picture: new Picture() }));
    for (const past of pictures) history.add(past);
    const closed = (): number[] => pictures.map(({ picture }) => picture.closed);
    history.releaseBefore(20);
    expect([closed(), history.size]).toEqual([[1, 0, 0], 2]);
    history.releaseBefore(31);
    expect([closed(), history.size]).toEqual([[1, 1, 1], 0]);
  });

  it('is empty at first and when cleared', () => {
    const history = new FrameHistory<Picture>();
    expect([history.at(0), history.newest, history.bySequence(0)]).toEqual([undefined, undefined, undefined]);
  });
});
