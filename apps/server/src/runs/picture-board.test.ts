import { FrameLedger, aTrace } from '@kinegraph/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PictureBoard } from './picture-board.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

/** The run has a frame of its own, which it closes. */
function show(board: PictureBoard, node: string, sequence: number, source = 'camera'): void {
  using frame = ledger.frame({ sequence });
  board.observer.frame?.(node, frame, { ...aTrace(), source });
}

describe('PictureBoard', () => {
  it('keeps the newest frame of each node, and gives it out with an ownership of its own', () => {
    using board = new PictureBoard();
    for (const sequence of [1, 2, 3]) show(board, 'camera', sequence);
    show(board, 'decode', 2);
    expect(ledger.open).toBe(2);
    const shown = board.newest('camera');
    expect([shown?.frame.sequence, shown?.source]).toEqual([3, 'camera']);
    expect(board.pictureId('camera')).toBe(shown?.frame.pictureId);
    shown?.frame.close();
    expect(board.newest('nobody')).toBeUndefined();
  });

  it('forgets everything that comes of a source that is not connected', () => {
    using board = new PictureBoard();
    show(board, 'camera', 1);
    show(board, 'decode', 1);
    show(board, 'decodeOther', 1, 'other');
    board.observer.connection?.('camera', 'live');
    expect(board.pictureId('camera')).toBeDefined();
    board.observer.connection?.('camera', 'stalled');
    expect(['camera', 'decode', 'decodeOther'].map((node) => board.pictureId(node) !== undefined)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('takes nothing that was still under way when its source went', () => {
    using board = new PictureBoard();
    const shown = (): boolean => board.pictureId('decode') !== undefined;
    show(board, 'decode', 1);
    board.observer.connection?.('camera', 'waiting');
    show(board, 'decode', 2); // decoding it had begun before
    expect([shown(), board.isAway('camera'), board.isAway('other')]).toEqual([false, true, false]);
    board.observer.connection?.('camera', 'live');
    show(board, 'decode', 3);
    expect(shown()).toBe(true);
  });

  it('tells those who wait for the next frame, once', () => {
    const board = new PictureBoard();
    let told = 0;
    board.onNext('camera', () => (told += 1));
    board.onNext('camera', () => (told += 100))[Symbol.dispose]();
    show(board, 'other', 1);
    expect(told).toBe(0);
    show(board, 'camera', 1);
    show(board, 'camera', 2);
    expect(told).toBe(1);
    board.onNext('camera', () => (told += 10));
    board[Symbol.dispose]();
    show(board, 'camera', 3);
    expect([told, board.isOver, board.pictureId('camera')]).toEqual([11, true, undefined]);
  });
});
