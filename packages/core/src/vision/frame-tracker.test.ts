import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { SlotFramePool } from './frame-pool.js';
import { FrameTracker, FramesUnclosedError, claimFrame } from './frame-tracker.js';
import type { UnclosedFrame } from './frame-tracker.js';
import { Frame } from './frame.js';

const INFO = { sequence: 0, timestampMs: 0, capturedAtMs: 0, width: 2, height: 2, format: 'rgba8' } as const;
const HANDS = { runId: 'run', node: 'hands' };

function takeFrame(tracker: FrameTracker, pool = new SlotFramePool()): Frame {
  return new Frame(INFO, tracker.pool(pool, HANDS).acquire(16));
}

it('knows each owner of a frame and where it was taken, until it is closed', () => {
  const [tracker, pool] = [new FrameTracker(), new SlotFramePool()];
  const frame = takeFrame(tracker, pool);
  const clone = frame.clone();
  frame.close();
  const [left, ...others] = tracker.unclosed('run');
  expect(others).toEqual([]);
  expect(left).toMatchObject({ holder: HANDS, byteLength: 16, isLost: false });
  expect(left?.takenAt).toMatch(/^at .*frame-tracker\.test\.ts:\d+/); // where it was cloned, not the inside of clone()
  expect(left?.takenAt.split('\n')[0]).not.toContain('takeFrame');
  clone.close();
  expect([tracker.unclosed(), pool.inUse]).toEqual([[], 0]);
});

it('gives clones the holder that their frame had last', () => {
  const tracker = new FrameTracker();
  const frame = takeFrame(tracker);
  claimFrame(frame, { runId: 'run', node: 'overlay' });
  const clone = frame.clone();
  claimFrame(frame, HANDS);
  expect(tracker.unclosed().map(({ holder }) => holder?.node)).toEqual(['hands', 'overlay']);
  frame.close();
  clone.close();
  claimFrame(frame, HANDS); // a closed frame is nobody's
});

it('tells owners of other runs apart, and keeps a holder through a pool below', () => {
  const tracker = new FrameTracker();
  const below = tracker.pool(new SlotFramePool());
  const frame = new Frame(INFO, tracker.pool(below, HANDS).acquire(16));
  expect([tracker.unclosed('run').length, tracker.unclosed('another').length]).toEqual([1, 0]);
  frame.close();
  expect(tracker.unclosed()).toEqual([]);
});

it('refuses a second release of one owner, which would take the frame from another', () => {
  const [tracker, pool] = [new FrameTracker(), new SlotFramePool()];
  const frame = takeFrame(tracker, pool);
  const { memory } = frame;
  using clone = frame.clone();
  frame.close();
  expect(() => memory.release()).toThrow(/node "hands" released it a second time/);
  expect([clone.data.length, pool.inUse]).toEqual([16, 1]);
});

it('tells of a frame that the collector found', async () => {
  const tracker = new FrameTracker();
  const lost: UnclosedFrame[] = [];
  tracker.onLost = (frame) => void lost.push(frame);
  (() => void takeFrame(tracker))(); // nothing keeps it
  const closed = takeFrame(tracker);
  closed.close();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turns = 0; turns < 100 && lost.length === 0; turns += 1) {
    collect();
    await turn();
  }
  expect(lost).toMatchObject([{ holder: HANDS, isLost: true }]);
  expect(tracker.unclosed('run')).toMatchObject([{ isLost: true }]); // told at the end of the run as well
});

it('names nodes and places in its sentence', () => {
  const tracker = new FrameTracker();
  using _frame = takeFrame(tracker);
  using _other = takeFrame(tracker);
  const error = new FramesUnclosedError({ frames: tracker.unclosed() });
  expect(error.code).toBe('CORE_FRAME_UNCLOSED');
  expect(error.message).toContain('2 frames were not closed by node "hands".');
  expect(error.message).toContain('takeFrame');
});
