import { describe, expect, it } from 'vitest';
import { FrameLedger } from '../testing/index.js';
import { Frame, FrameClosedError, UncountedMemory, isRawFormat } from './frame.js';

const info = { sequence: 3, timestampMs: 40, capturedAtMs: 1000, width: 2, height: 1, format: 'rgba8' } as const;

describe('Frame', () => {
  it('gives its memory back with the last owner, once each', () => {
    const ledger = new FrameLedger();
    const frame = ledger.frame(info);
    const clone = frame.clone();
    expect(ledger.open).toBe(2);
    frame.close();
    frame.close();
    expect([ledger.open, frame.closed, clone.closed]).toEqual([1, true, false]);
    clone.close();
    expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
  });

  it('clones share bytes and facts', () => {
    using frame = new FrameLedger().frame(info, Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]));
    using clone = frame.clone();
    expect(clone.data).toBe(frame.data);
    expect(clone).toMatchObject(info);
  });

  it('names itself when it is read after it was closed', () => {
    const frame = new FrameLedger().frame(info);
    frame.close();
    for (const use of [() => frame.data, () => frame.memory, () => frame.clone(), () => frame.restamp(1)]) {
      expect(use).toThrow(FrameClosedError);
      expect(use).toThrow('Frame 3 was read after it was closed. Clone a frame before keeping it.');
    }
  });

  it('restamping hands the ownership on', () => {
    const ledger = new FrameLedger();
    const frame = ledger.frame(info);
    const later = frame.restamp(40.001);
    expect([frame.closed, ledger.open]).toEqual([true, 1]);
    expect(later).toMatchObject({ ...info, timestampMs: 40.001 });
    later.close();
    expect(ledger.open).toBe(0);
  });

  it('tells one picture from another, whatever memory they are in', () => {
    const memory = new UncountedMemory(new Uint8Array(8));
    using frame = new Frame(info, memory);
    using other = new Frame(info, memory);
    using clone = frame.clone();
    const { pictureId } = frame;
    using later = frame.restamp(41);
    expect([clone.pictureId, later.pictureId, later.clone().pictureId]).toEqual([pictureId, pictureId, pictureId]);
    expect(other.pictureId).not.toBe(pictureId);
  });

  it('wraps encoded bytes without counting', () => {
    const bytes = Uint8Array.from([0xff, 0xd8]);
    using frame = Frame.fromEncoded({ ...info, format: 'jpeg' }, bytes);
    expect(frame.data).toBe(bytes);
    expect([isRawFormat('jpeg'), isRawFormat('gray8')]).toEqual([false, true]);
  });
});
