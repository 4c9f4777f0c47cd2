import { inject, injectable } from 'inversify';
import { describe, expect, it } from 'vitest';
import { framesOf } from '../../../test/support/diary.js';
import { Clock, sleep } from '../../base/index.js';
import type { ProcessInfo } from '../../kinds/index.js';
import {
  FrameLedger,
  TraceList,
  VirtualClock,
  createTestRun,
  flowsOf,
  sinkInto,
  slicesByRow,
  sourceOf,
  traceFaults,
} from '../../testing/index.js';
import type { TestNode } from '../../testing/index.js';
import { sharedNowMs } from './worker-trace.js';
import { RunTrace } from './run-trace.js';

/** Takes a while for each frame: the first number of milliseconds for the first frame, and so on. */
function slow(...stepsMs: readonly number[]): TestNode['nodeClass'] {
  @injectable()
  class Slow {
    constructor(@inject(Clock) private readonly clock: Clock) {}
    async extract(_frame: unknown, { trace, signal }: ProcessInfo): Promise<number | undefined> {
      await sleep(this.clock, stepsMs[trace.sequence % stepsMs.length] ?? 0, signal);
      if (trace.sequence === 5) throw new Error('not this one');
      return trace.sequence === 6 ? undefined : trace.sequence;
    }
  }
  return Slow;
}

const source = (count: number, live = false): TestNode => ({
  kind: 'source',
  live,
  nodeClass: sourceOf(() => framesOf(new FrameLedger(), count), 10),
});

describe('a traced run', () => {
  it('has a row for each node, and follows each frame from row to row', async () => {
    const list = new TraceList();
    const { finish } = createTestRun({
      nodes: {
        camera: source(4),
        hands: { kind: 'extractor', nodeClass: slow(30) },
        out: { kind: 'sink', nodeClass: sinkInto([], 5) },
      },
      wires: [
        ['camera.out', 'hands.in'],
        ['hands.out', 'out.in'],
      ],
      trace: list,
    });
    await finish();
    expect(traceFaults(list.events)).toEqual([]);
    const rows = slicesByRow(list.events);
    expect([...rows.keys()].toSorted()).toEqual(['camera', 'hands', 'out']);
    expect(rows.get('hands')?.map(({ name, ts, dur }) => [name, ts, dur])).toEqual([
      ['working', 10_000, 30_000],
      ['working', 40_000, 30_000],
      ['working', 70_000, 30_000],
      ['working', 100_000, 30_000],
    ]);
    expect(rows.get('out')?.map(({ name, dur }) => [name, dur])).toEqual([
      ['working', 5_000],
      ['waiting', 25_000],
      ['working', 5_000],
      ['waiting', 25_000],
      ['working', 5_000],
      ['waiting', 25_000],
      ['working', 5_000],
    ]);
    const flows = [...flowsOf(list.events).values()];
    expect(flows.map((flow) => flow.map(({ ph }) => ph).join(''))).toEqual(['stf', 'stf', 'stf', 'stf']);
  });

  it('gives each of several packets at once a row of its own', async () => {
    const list = new TraceList();
    const { finish } = createTestRun({
      nodes: {
        camera: source(12),
        hands: { kind: 'extractor', nodeClass: slow(50, 20, 35), concurrency: 3 },
        out: { kind: 'sink', nodeClass: sinkInto([]) },
      },
      wires: [
        ['camera.out', 'hands.in'],
        ['hands.out', 'out.in'],
      ],
      trace: list,
    });
    await finish();
    expect(traceFaults(list.events)).toEqual([]);
    const hands = [...slicesByRow(list.events).keys()].filter((name) => name.startsWith('hands'));
    expect(hands.toSorted()).toEqual(['hands', 'hands (2)', 'hands (3)']);
  });

  it('shows drops with their cause, failures with their reason, and answers with nothing', async () => {
    const list = new TraceList();
    const { finish } = createTestRun({
      nodes: {
        camera: source(20, true),
        hands: { kind: 'extractor', nodeClass: slow(10, 10, 10, 25) },
        out: { kind: 'sink', nodeClass: sinkInto([]) },
      },
      wires: [
        ['camera.out', 'hands.in'],
        ['hands.out', 'out.in'],
      ],
      trace: list,
    });
    const { snapshot } = await finish();
    expect(traceFaults(list.events)).toEqual([]);
    const instants = list.events.filter(({ ph }) => ph === 'i');
    const dropped = snapshot.nodes.find(({ name }) => name === 'camera')?.dropped['replaced'] ?? 0;
    expect(dropped).toBeGreaterThan(0);
    expect(instants.filter(({ name }) => name === 'dropped: replaced').length).toBe(dropped);
    expect(instants.find(({ name }) => name === 'failed')?.args).toMatchObject({ message: 'not this one' });
    expect(
      list.events.filter(({ args }) => args?.['answer'] === 'nothing').map(({ args }) => args?.['sequence']),
    ).toEqual([5, 6]);
    expect(instants.filter(({ name }) => name === 'skip passed on').length).toBe(2);
  });
});

describe('a worker in a trace', () => {
  const packet = { trace: { source: 'camera', sequence: 1, capturedAtMs: 0, clockOffsetMs: 0 }, timestampMs: 5 };

  it('has a row of its own, with times within those of the call', async () => {
    const list = new TraceList();
    const clock = new VirtualClock();
    const trace = new RunTrace(list, 'run', clock);
    const worker = trace.node('hands').worker(0);
    const zeroMs = sharedNowMs();
    worker.posted(1, packet);
    await clock.advance(100);
    worker.answered(1, { beginMs: zeroMs - 50, endMs: zeroMs + 10_000 }); // its clock is off
    worker.answered(2, { beginMs: zeroMs, endMs: zeroMs }); // nobody asked
    expect(trace.node('hands').worker(0)).toBe(worker);
    trace.end();
    expect(traceFaults(list.events)).toEqual([]);
    const slices = slicesByRow(list.events);
    expect([...slices.keys()]).toEqual(['hands worker 1']);
    expect(slices.get('hands worker 1')).toMatchObject([{ ts: 0, dur: 100_000, args: { sequence: 1 } }]);
  });
});
