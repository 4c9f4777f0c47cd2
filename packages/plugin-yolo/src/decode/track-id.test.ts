import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trackIdOf } from './track-id.js';

describe('the identity of a find', () => {
  const time = fc.double({ min: -1e6, max: 4e12, noNaN: true }); // epoch milliseconds too
  const place = fc.integer({ min: 0, max: 299 });

  it('is a safe integer from 0', () => {
    fc.assert(
      fc.property(fc.oneof(time, fc.double({ min: -(2 ** 53), max: 2 ** 53, noNaN: true })), place, (ms, at) => {
        const id = trackIdOf(ms, at);
        expect(Number.isSafeInteger(id) && id >= 0).toBe(true);
      }),
    );
  });

  it('differs from place to place, and between times that are a microsecond apart or more', () => {
    const later = fc.double({ min: 0.001, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e10, noNaN: true }), later, place, place, (ms, waitMs, at, other) => {
        expect(trackIdOf(ms, at)).not.toBe(trackIdOf(ms + waitMs, other));
        if (at !== other) expect(trackIdOf(ms, at)).not.toBe(trackIdOf(ms, other));
      }),
    );
  });
});
