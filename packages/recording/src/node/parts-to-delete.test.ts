import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsToDelete, type CompletePart } from './parts-to-delete.js';

const NOW = 1_000_000;
const part = fc.record({
  bytes: fc.integer({ min: 1, max: 100 }),
  endedMs: fc.integer({ min: NOW - 50, max: NOW + 5 }),
});
const limits = fc.record({
  keepBytes: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(Number.POSITIVE_INFINITY)),
  keepMs: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(Number.POSITIVE_INFINITY)),
});
const sum = (parts: readonly CompletePart[]): number => parts.reduce((bytes, { bytes: more }) => bytes + more, 0);
const NO_LIMITS = { keepBytes: Number.POSITIVE_INFINITY, keepMs: Number.POSITIVE_INFINITY };

describe('partsToDelete', () => {
  it('takes the oldest ones, as many as have to go and no more', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), limits, (parts, limit) => {
        const gone = partsToDelete(parts, limit, NOW);
        const kept = parts.filter((one) => !gone.includes(one));
        expect(kept.length + gone.length).toBe(parts.length);
        for (const one of gone) for (const other of kept) expect(one.endedMs).toBeLessThanOrEqual(other.endedMs);
        // Enough: what stays is within both limits, but for the newest, which may be larger by itself.
        for (const one of kept) expect(NOW - one.endedMs).toBeLessThanOrEqual(limit.keepMs);
        if (kept.length > 1) expect(sum(kept)).toBeLessThanOrEqual(limit.keepBytes);
        // No more than that: the newest of those that go would be beyond one of them.
        const last = gone.at(-1);
        if (last === undefined) return;
        const isTooOld = NOW - last.endedMs > limit.keepMs;
        expect(isTooOld || (kept.length > 0 && sum(kept) + last.bytes > limit.keepBytes)).toBe(true);
      }),
    );
  });

  it('takes nothing more when it is asked again', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), limits, (parts, limit) => {
        const gone = partsToDelete(parts, limit, NOW);
        expect(
          partsToDelete(
            parts.filter((one) => !gone.includes(one)),
            limit,
            NOW,
          ),
        ).toEqual([]);
      }),
    );
  });

  it('takes nothing where nothing is limited', () => {
    fc.assert(fc.property(fc.array(part), (parts) => partsToDelete(parts, NO_LIMITS, NOW).length === 0));
  });

  it('goes by the order given where parts ended in the same moment', () => {
    const parts = ['hall.0001', 'hall.0002', 'hall.0003'].map((name) => ({ name, bytes: 10, endedMs: NOW }));
    const gone = partsToDelete(parts, { ...NO_LIMITS, keepBytes: 20 }, NOW);
    expect(gone.map(({ name }) => name)).toEqual(['hall.0001']);
  });
});
