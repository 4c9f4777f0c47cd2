import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FramePacer } from './frame-pacer.js';
import { UnsentFrames } from './unsent-frames.js';

describe('A frame pacer', () => {
  it('never lets through more than the rate, but for the credit of a frame and a half', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 60, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 200 }),
        (rate, gaps) => {
          const pacer = new FramePacer();
          pacer.framesPerSecond = rate;
          let nowMs = 0;
          let taken = 0;
          for (const gap of gaps) {
            nowMs += gap;
            if (pacer.admit(nowMs)) taken += 1;
          }
          expect(taken).toBeLessThanOrEqual((nowMs * rate) / 1000 + 1.6);
        },
      ),
    );
  });

  it('keeps up with a camera of that rate whose frames come a little unevenly', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: 300, maxLength: 300 }),
        (jitter) => {
          const pacer = new FramePacer();
          pacer.framesPerSecond = 30;
          const taken = jitter.filter((offMs, index) => pacer.admit(100 + (index * 1000) / 30 + offMs)).length;
          expect(taken).toBe(300);
        },
      ),
    );
  });

  it.each([0, -1, Number.NaN])('lets nothing through at a rate of %d once its credit is spent', (rate) => {
    const pacer = new FramePacer();
    pacer.framesPerSecond = rate;
    pacer.admit(0);
    expect([1, 1e3, 1e6].map((ms) => pacer.admit(ms))).toEqual([false, false, false]);
  });
});

describe('Unsent frames', () => {
  it('are as many of the newest as hold the bytes that wait', () => {
    const unsent = new UnsentFrames();
    for (const bytes of [100, 50, 200]) unsent.add(bytes);
    expect([350, 300, 250, 201, 200, 1, 0].map((bytes) => unsent.count(bytes))).toEqual([3, 3, 2, 2, 1, 1, 0]);
    unsent.add(10);
    expect(unsent.count(10_000)).toBe(1); // what is not known to be a frame counts as none
    unsent.clear();
    expect(unsent.count(10)).toBe(0);
  });
});
