import { FrameClosedError } from '@kinegraph/core/plugin';
import { aFrame } from '@kinegraph/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { NewestFrame } from './newest-frame.js';

let replaced: number;
let newest: NewestFrame;
const { signal } = new AbortController();

beforeEach(() => {
  replaced = 0;
  newest = new NewestFrame(() => {
    replaced += 1;
  });
});

describe('NewestFrame', () => {
  it('gives the newest of the frames that nobody took, and closes and counts the others', async () => {
    const frames = [aFrame(), aFrame(), aFrame()];
    for (const frame of frames) newest.put(frame);
    expect(await newest.take(signal)).toBe(frames[2]);
    expect(frames.map((frame) => frame.closed)).toEqual([true, true, false]);
    expect(replaced).toBe(2);
    frames[2]?.close();
  });

  it('gives a frame at once to who waits', async () => {
    const waiting = newest.take(signal);
    const frame = aFrame();
    newest.put(frame);
    expect(await waiting).toBe(frame);
    expect(replaced).toBe(0);
    frame.close();
  });

  it('lets waiting be aborted, and keeps the next frame for the next taker', async () => {
    const abort = new AbortController();
    const waiting = newest.take(abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    const frame = aFrame();
    newest.put(frame);
    expect(await newest.take(signal)).toBe(frame);
    frame.close();
  });

  it('tells a failure to who waits and to who comes', async () => {
    const waiting = newest.take(signal);
    const error = new FrameClosedError({ sequence: 1 });
    newest.fail(error);
    await expect(waiting).rejects.toBe(error);
    await expect(newest.take(signal)).rejects.toBe(error);
  });

  it('closes what nobody took, and what comes after it was disposed', () => {
    const [early, late] = [aFrame(), aFrame()];
    newest.put(early);
    newest[Symbol.dispose]();
    newest.put(late);
    expect([early.closed, late.closed, replaced]).toEqual([true, true, 0]);
  });
});
