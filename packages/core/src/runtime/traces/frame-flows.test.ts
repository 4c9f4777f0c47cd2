import { expect, it } from 'vitest';
import { FrameFlows } from './frame-flows.js';
import type { TraceEvent } from './trace-event.js';

const from = (source: string): { source: string; sequence: number; capturedAtMs: number; clockOffsetMs: number } => ({
  source,
  sequence: 7,
  capturedAtMs: 0,
  clockOffsetMs: 0,
});

function aFlows(pid = 1): { flows: FrameFlows; events: TraceEvent[]; way: () => string } {
  const events: TraceEvent[] = [];
  const flows = new FrameFlows(pid, (event) => void events.push(event));
  return { flows, events, way: () => events.map(({ ph, tid, ts }) => `${ph} ${tid} ${ts}`).join(', ') };
}

it('tells the way of a frame when it is gone, in order of time', () => {
  const { flows, way } = aFlows();
  flows.touch(from('camera'), 100, 1, 1000);
  flows.touch(from('camera'), 100, 3, 3000); // ended first, began last
  flows.touch(from('camera'), 100, 2, 2000);
  expect(way()).toBe('');
  flows.end();
  expect(way()).toBe('s 1 1000, t 2 2000, f 3 3000');
});

it('has no flow for a frame that went nowhere', () => {
  const { flows, events } = aFlows();
  flows.touch(from('camera'), 100, 1, 1000);
  flows.end();
  expect(events).toEqual([]);
});

it('tells frames of two sources and of two runs apart, and those of one number', () => {
  const [one, other] = [aFlows(1), aFlows(2)];
  for (const { flows } of [one, other]) {
    for (const [source, timestampMs] of [
      ['left', 100],
      ['right', 100],
      ['left', 200],
    ] as const) {
      flows.touch(from(source), timestampMs, 1, 1000);
      flows.touch(from(source), timestampMs, 2, 2000);
    }
    flows.end();
  }
  const ids = [...one.events, ...other.events].map(({ id }) => id);
  expect([ids.length, new Set(ids).size]).toEqual([12, 6]);
});

it('lets go of the frame not seen for longest when too many are under way', () => {
  const { flows, events } = aFlows();
  for (let frame = 0; frame < 1000; frame += 1) {
    flows.touch(from('camera'), frame, 1, frame * 10);
    flows.touch(from('camera'), 0, 2, frame * 10 + 5); // this one is seen again and again
    flows.touch(from('camera'), frame, 2, frame * 10 + 6);
  }
  const told = events.filter(({ ph }) => ph === 's').length;
  expect(told).toBe(1000 - 256);
  expect(events.some(({ tid, ts }) => tid === 1 && ts === 0)).toBe(false);
  flows.end();
  expect(events.filter(({ ph }) => ph === 's').length).toBe(1000);
});
