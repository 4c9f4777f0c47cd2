import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framesOf } from '../../../test/support/diary.js';
import { anInstance } from '../../../test/support/fake-instance.js';
import { MemoryWorkerLauncher } from '../../../test/support/memory-worker.js';
import { anyGraph, build } from '../../../test/support/random-graph.js';
import { sleep } from '../../base/index.js';
import { GRAPH_FORMAT } from '../../graph/index.js';
import type { GraphDocument } from '../../graph/index.js';
import {
  FrameLedger,
  TraceList,
  VirtualClock,
  createTestRun,
  flowsOf,
  nodeOf,
  settle,
  sinkInto,
  slicesByRow,
  sourceOf,
  traceFaults,
} from '../../testing/index.js';
import type { TestNode } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

function graph(types: Record<string, string>, ...wires: [string, string][]): GraphDocument {
  const nodes = Object.entries(types).map(([name, type]) => [name, { type: `test.${type}` }]);
  return { kinegraph: GRAPH_FORMAT, nodes: Object.fromEntries(nodes) as GraphDocument['nodes'], wires };
}

const SHORT = graph({ camera: 'camera', out: 'out' }, ['camera.out', 'out.in']);
const LONG = graph(
  { camera: 'camera', hands: 'hands', out: 'out' },
  ['camera.out', 'hands.in'],
  ['hands.out', 'out.in'],
);

/** A camera of 25 frames a second; `hands` takes 20 ms in a worker of its own. */
function aLiveRun(document: GraphDocument): ReturnType<typeof createTestRun> {
  const clock = new VirtualClock();
  const launcher = new MemoryWorkerLauncher(() =>
    anInstance(async (frame) => {
      const { sequence } = frame as Frame;
      await sleep(clock, 20);
      return sequence;
    }),
  );
  const types: Record<string, TestNode> = {
    camera: { kind: 'source', live: true, nodeClass: sourceOf(() => framesOf(ledger, 200), 40) },
    hands: { kind: 'extractor', runsIn: 'worker', nodeClass: nodeOf(() => ({})) },
    out: { kind: 'sink', nodeClass: sinkInto([], 5) },
  };
  return createTestRun({ document, types, clock, launcher, timings: 'none' });
}

const rowsOf = ({ events }: TraceList): readonly string[] => [...slicesByRow(events).keys()].toSorted();

describe('A run that is recorded for a while', () => {
  it('is whole, whatever was under way when the recording began and ended', async () => {
    const spans = fc.array(fc.record({ pauseMs: fc.nat({ max: 60 }), forMs: fc.nat({ max: 120 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(anyGraph, spans, fc.constantFrom('some', 'none'), async (plan, recordings, timings) => {
        const { nodes, wires } = build(plan, ledger);
        const { run, clock, finish } = createTestRun({ nodes, wires, timings });
        let hasEnded = false;
        void run.finished.then(() => (hasEnded = true));
        void run.start().catch(() => {}); // `finished` tells
        const lists: TraceList[] = [];
        for (const { pauseMs, forMs } of recordings) {
          await clock.advance(pauseMs);
          await settle();
          if (hasEnded) break;
          const list = new TraceList();
          lists.push(list);
          const recording = run.record(list);
          await clock.advance(forMs);
          recording[Symbol.dispose]();
          const { length } = list.events;
          await settle();
          expect(list.events.length, 'nothing comes behind the end').toBe(length);
        }
        await finish();
        for (const { events } of lists) {
          expect(traceFaults(events)).toEqual([]);
          seen += events.filter(({ ph }) => ph === 'X').length;
        }
        expect(lists.map((list) => list.events.filter(({ name }) => name === 'process_name').length)).toEqual(
          lists.map(() => 1),
        );
      }),
      { numRuns: 150 },
    );
    expect(seen).toBeGreaterThan(300);
  });

  it('has each packet that comes meanwhile, and is timed as before afterwards', async () => {
    const { run, clock, node, finish } = aLiveRun(LONG);
    await run.start();
    await clock.advance(100);
    expect(node('hands').workMs.count).toBe(0); // timings: none
    const list = new TraceList();
    const recording = run.record(list, 'a while');
    await clock.advance(400);
    recording[Symbol.dispose]();
    const timed = node('hands').workMs.count;
    await clock.advance(400);
    expect(node('hands').workMs.count).toBe(timed);
    expect(traceFaults(list.events)).toEqual([]);
    expect(rowsOf(list)).toEqual(['camera', 'hands', 'hands worker 1', 'out']);
    expect(
      slicesByRow(list.events)
        .get('out')
        ?.filter(({ name }) => name === 'working').length,
    ).toBeGreaterThanOrEqual(9); // one was under way already
    const whole = [...flowsOf(list.events).values()].filter((flow) => flow.length === 4);
    expect(whole.length).toBeGreaterThanOrEqual(8); // one is cut at each end
    expect(list.events.find(({ name }) => name === 'process_name')?.args).toEqual({ name: 'a while' });
    expect(list.events.map(({ name }) => name)).not.toContain('skip passed on'); // none was
    void run.stop('drop');
    await finish();
  });

  it('has the nodes that come meanwhile, and their workers', async () => {
    const { run, clock, finish } = aLiveRun(SHORT);
    await run.start();
    const list = new TraceList();
    const recording = run.record(list);
    const applied = run.apply(LONG);
    await clock.advance(400);
    await applied;
    await clock.advance(400);
    recording[Symbol.dispose]();
    expect(traceFaults(list.events)).toEqual([]);
    expect(rowsOf(list)).toEqual(['camera', 'hands', 'hands worker 1', 'out']);
    const later = new TraceList();
    const again = run.record(later);
    await clock.advance(100);
    const back = run.apply(SHORT);
    await clock.advance(400);
    await back;
    await clock.advance(200);
    again[Symbol.dispose]();
    expect(traceFaults(later.events)).toEqual([]);
    expect(rowsOf(later)).toContain('hands worker 1');
    void run.stop('drop');
    await finish();
  });

  it('is recorded once at a time, and not once it has ended', async () => {
    const { run } = aLiveRun(SHORT);
    await run.start();
    const first = run.record(new TraceList());
    expect(() => run.record(new TraceList())).toThrow(
      expect.objectContaining({ code: 'RUN_RECORDING_REFUSED', message: expect.stringContaining('already') }),
    );
    first[Symbol.dispose]();
    const second = run.record(new TraceList());
    first[Symbol.dispose](); // it is not the first one's to end
    expect(() => run.record(new TraceList())).toThrow('already');
    await run.stop('drop');
    second[Symbol.dispose]();
    expect(() => run.record(new TraceList())).toThrow('has ended');
  });

  it('ends its recording when it ends', async () => {
    const { run, clock } = aLiveRun(LONG);
    await run.start();
    await clock.advance(100);
    const list = new TraceList();
    run.record(list);
    await clock.advance(300);
    const stopped = run.stop('drain');
    await clock.advance(1_000);
    await stopped;
    expect(traceFaults(list.events)).toEqual([]);
    expect(flowsOf(list.events).size).toBeGreaterThan(5);
  });
});
