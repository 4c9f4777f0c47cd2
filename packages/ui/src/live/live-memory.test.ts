import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { LiveMemory } from './live-memory.js';

const BOUNDS = { spanMs: 1000, bytes: 500 };

function picture(capturedAtMs: number, bytes = 10): { sequence: number; capturedAtMs: number; jpeg: Uint8Array } {
  return { sequence: capturedAtMs, capturedAtMs, jpeg: new Uint8Array(bytes) };
}
function result(capturedAtMs: number, values: ResultMessage['values'] = {}, timestampMs = capturedAtMs): ResultMessage {
  const frame = { source: 'camera', sequence: capturedAtMs, timestampMs, capturedAtMs };
  return { type: 'result', ...frame, ageMs: 1, stages: {}, dropped: 0, values };
}

/** What comes: pictures and results with steps of time between them, some back. */
const arrivals = fc.array(
  fc.record({
    isPicture: fc.boolean(),
    stepMs: fc.integer({ min: -1500, max: 600 }),
    bytes: fc.integer({ min: 1, max: 300 }),
  }),
  { maxLength: 80 },
);

describe('The memory of a live view', () => {
  it('never holds more than its bounds, in order, and always the newest picture', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const memory = new LiveMemory(BOUNDS);
        let atMs = 10_000;
        for (const { isPicture, stepMs, bytes } of list) {
          atMs += stepMs;
          if (isPicture) memory.addPicture(picture(atMs, bytes));
          else memory.addResult(result(atMs));
          const { pictures, results } = memory;
          const sum = pictures.reduce((total, { jpeg }) => total + jpeg.length, 0);
          expect(memory.bytes).toBe(sum);
          if (pictures.length > 1) expect(sum).toBeLessThanOrEqual(BOUNDS.bytes);
          const times = [...pictures, ...results].map(({ capturedAtMs }) => capturedAtMs);
          if (times.length > 0) expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(BOUNDS.spanMs);
          for (const kept of [pictures, results]) {
            const own = kept.map(({ capturedAtMs }) => capturedAtMs);
            expect(own).toEqual(own.toSorted((a, b) => a - b));
          }
          expect(memory.moments()).toEqual([...new Set(memory.moments())]);
          for (const moment of memory.moments())
            if (pictures.length > 0) expect(memory.pictureAt(moment)?.capturedAtMs).toBe(moment);
        }
      }),
    );
  });

  it('takes nothing while it is held, and begins anew then', () => {
    const memory = new LiveMemory(BOUNDS);
    memory.addPicture(picture(0));
    memory.addResult(result(0));
    memory.hold();
    memory.addPicture(picture(5000));
    memory.addResult(result(5000));
    expect([memory.pictures.length, memory.results.length, memory.bytes]).toEqual([1, 1, 10]);
    memory.letGo();
    expect([memory.pictures.length, memory.results.length, memory.bytes]).toEqual([0, 0, 0]);
    memory.addPicture(picture(5000));
    expect(memory.moments()).toEqual([5000]);
  });

  it('forgets all where the clock of the pictures begins anew, and leaves pictures out that come late or have no time', () => {
    const memory = new LiveMemory(BOUNDS);
    for (const atMs of [9000, 9100, 9050, 9100, Number.NaN]) memory.addPicture(picture(atMs));
    expect(memory.moments()).toEqual([9000, 9100]);
    memory.addResult(result(9100));
    memory.addPicture(picture(20));
    expect([memory.moments(), memory.results.length]).toEqual([[20], 0]);
  });

  it('shows the moments of results where there are no pictures', () => {
    const memory = new LiveMemory(BOUNDS);
    for (const atMs of [100, 200, 200, 150]) memory.addResult(result(atMs));
    expect(memory.moments()).toEqual([100, 150, 200]);
    expect(memory.pictureAt(200)).toBeUndefined();
  });

  it('knows the signs that were told, on the clock of the pictures', () => {
    const memory = new LiveMemory(BOUNDS);
    const events = [{ trackId: 1, label: 'wave', score: 0.9, startMs: 40, endMs: 90, alternatives: [] }, { label: 3 }];
    memory.addResult(result(5100, { signs: { events } }, 100));
    expect(memory.signs()).toEqual([{ label: 'wave', score: 0.9, fromMs: 5040, toMs: 5090 }]);
  });
});
