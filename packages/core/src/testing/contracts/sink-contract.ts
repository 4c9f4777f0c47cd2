import { describe, expect, it } from 'vitest';
import type { Awaitable } from '../../base/index.js';
import type { Sink } from '../../kinds/index.js';
import { FrameLedger } from '../frames.js';
import { aHand, aPose, landmarksOf } from '../landmarks.js';
import { aProcessInfo } from '../packets.js';

/**
 * What graphs rely on in every sink of `any`: it takes each kind of value without changing or keeping it, and ends
 * cleanly whatever came before. Call it in a test file of the package that brings the sink.
 *
 * @param make - a new sink, not yet open.
 */
export function describeSinkContract(name: string, make: () => Awaitable<Sink>): void {
  describe(`${name} keeps the contract of a sink`, () => {
    it('takes landmarks, angles, classifications, frames and nothing special, and changes none', async () => {
      const ledger = new FrameLedger();
      const sink = await make();
      await sink.open?.(new AbortController().signal);
      const values = [
        landmarksOf(),
        landmarksOf(aHand(), aPose({ trackId: 2 })),
        { tracks: [{ skeleton: 'hand-21', trackId: 1, degrees: { indexPip: 90 } }] },
        { tracks: [{ label: 'A', score: 0.9, trackId: 1, alternatives: [] }] },
        'text',
        42,
        null,
      ];
      for (const [index, value] of values.entries()) {
        const before = structuredClone(value);
        await sink.write(value, aProcessInfo(index));
        expect(value).toEqual(before);
      }
      const frame = ledger.frame();
      await sink.write(frame, aProcessInfo(values.length));
      expect([frame.closed, ledger.open]).toEqual([false, 1]); // it belongs to the caller still
      frame.close();
      await sink.flush?.();
      await sink.close?.();
    });

    it('ends without a value, and without having been opened', async () => {
      const opened = await make();
      await opened.open?.(new AbortController().signal);
      await opened.flush?.();
      await opened.close?.();
      const unopened = await make();
      await unopened.close?.();
    });
  });
}
