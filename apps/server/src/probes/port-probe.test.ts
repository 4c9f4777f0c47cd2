import { silentLogger } from '@kinegraph/core';
import type { NodeOutput, RunObserver } from '@kinegraph/core';
import { VirtualClock } from '@kinegraph/core/testing';
import { expect, it } from 'vitest';
import { ProbeBoard } from './probe-board.js';
import type { ProbeViewer } from './port-probe.js';

/** Someone who has taken what it was sent, until told otherwise. */
class Viewer implements ProbeViewer {
  readonly seen: unknown[] = [];
  isFree = true;
  ends = 0;
  send(message: string): void {
    this.seen.push((JSON.parse(message) as { value: { series: { value: number } } }).value.series.value);
  }
  end(): void {
    this.ends += 1;
  }
}

function probed() {
  const clock = new VirtualClock();
  const observers = new Set<RunObserver>();
  const run = {
    runId: 'run',
    previews: undefined,
    observe(observer: RunObserver) {
      observers.add(observer);
      return { [Symbol.dispose]: () => void observers.delete(observer) };
    },
  };
  const give = (value: unknown, port = 'out'): void => {
    const trace = { source: 'camera', sequence: 1, capturedAtMs: 0, clockOffsetMs: 0 };
    const output: NodeOutput = { node: 'node', port, value, timestampMs: clock.nowMs(), trace };
    for (const observer of observers) if (observer.outputsOf === 'node') observer.output?.(output);
  };
  return { clock, observers, give, board: new ProbeBoard(run, clock, silentLogger) };
}

it('watches a run only while somebody looks', () => {
  const { board, observers, clock } = probed();
  expect(observers.size).toBe(0);
  const [first, second] = [board.watch('node', 'out', new Viewer()), board.watch('node', 'out', new Viewer())];
  expect([observers.size, board.size]).toEqual([1, 1]);
  first[Symbol.dispose]();
  expect(observers.size).toBe(1);
  second[Symbol.dispose]();
  expect([observers.size, board.size, clock.pendingCount]).toEqual([0, 0, 0]);
});

it('shows the newest of what comes faster than fifteen times a second, and the last that comes', async () => {
  const { board, clock, give } = probed();
  const viewer = new Viewer();
  using _watching = board.watch('node', 'out', viewer);
  for (let value = 0; value < 10; value += 1) {
    give(value);
    await clock.advance(10);
  }
  await clock.advance(100);
  expect(viewer.seen[0]).toBe(0);
  expect(viewer.seen.at(-1)).toBe(9);
  expect(viewer.seen.length).toBeLessThanOrEqual(3);
  give(99, 'another');
  await clock.advance(100);
  expect(viewer.seen).not.toContain(99);
});

it('makes nothing for a viewer that does not read, and tells others; a new one sees the last at once', async () => {
  const { board, clock, give } = probed();
  const [slow, quick, late] = [new Viewer(), new Viewer(), new Viewer()];
  slow.isFree = false;
  using _slow = board.watch('node', 'out', slow);
  const unread = {
    get value(): never {
      throw new Error('It was looked at.');
    },
  };
  give(unread);
  await clock.advance(100);
  expect(clock.pendingCount).toBe(0);
  using _quick = board.watch('node', 'out', quick);
  give(5);
  expect([slow.seen, quick.seen]).toEqual([[], [5]]);
  using _late = board.watch('node', 'out', late);
  expect(late.seen).toEqual([5]);
});

it('tells its viewers once that the run has ended', () => {
  const { board, observers } = probed();
  const [viewer, late] = [new Viewer(), new Viewer()];
  board.watch('node', 'out', viewer);
  board[Symbol.dispose]();
  board.watch('node', 'out', late);
  expect([viewer.ends, late.ends, observers.size]).toEqual([1, 1, 0]);
});
