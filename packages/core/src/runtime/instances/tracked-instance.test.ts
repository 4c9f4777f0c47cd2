import { describe, expect, it } from 'vitest';
import type { Classifier, NodeLifecycle, ProcessInfo, ValuePacket } from '../../kinds/index.js';
import { WindowSnapshot } from '../../nodes/index.js';
import { Frame, FrameTracker, SlotFramePool } from '../../vision/index.js';
import { LocalInstance } from './local-instance.js';
import { TrackedInstance } from './tracked-instance.js';

const holder = { runId: 'run', node: 'classifier' };
const info: ProcessInfo = {
  timestampMs: 0,
  trace: { source: 'camera', sequence: 0, capturedAtMs: 0, clockOffsetMs: 0 },
  signal: new AbortController().signal,
};

describe('TrackedInstance', () => {
  it('knows whose the frames of a window are', () => {
    const tracker = new FrameTracker();
    const pool = tracker.pool(new SlotFramePool(), { runId: 'run', node: 'camera' });
    const frames = [0, 1].map(
      (sequence) =>
        new Frame(
          { sequence, timestampMs: sequence, capturedAtMs: 0, width: 2, height: 2, format: 'rgba8' },
          pool.acquire(16),
        ),
    );
    const window = new WindowSnapshot(
      frames.map((value, at): ValuePacket<Frame> => ({ skip: false, timestampMs: at, trace: info.trace, value })),
    );
    const kept: Frame[] = [];
    const classifier: NodeLifecycle & Classifier<WindowSnapshot<Frame>> = {
      classify: ({ packets }: WindowSnapshot<Frame>) => {
        for (const { value } of packets) kept.push(value.clone());
        return 1;
      },
    };
    const instance = new TrackedInstance(new LocalInstance(classifier, 'test.classifier', 'classifier'), holder);
    expect(instance.invoke(window, info)).toBe(1);
    window.close();
    expect(tracker.unclosed('run').map((frame) => frame.holder)).toEqual([holder, holder]);
    for (const frame of kept) frame.close();
    expect(tracker.unclosed()).toEqual([]);
  });
});
