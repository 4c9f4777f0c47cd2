import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  FrameSource,
  Packet,
  PacketBuffer,
  Sink,
  SinkStatus as SinkTold,
  SourceStatus as Status,
  Trace,
  Transform,
} from '../../kinds/index.js';
import { NodeConfig, SinkStatus, SourceStatus } from '../../kinds/index.js';
import { FrameLedger, createTestRun, nodeOf, settle, sinkInto, sourceOf, untilAborted } from '../../testing/index.js';
import type { Collected } from '../../testing/index.js';
import { inject, injectable } from 'inversify';
import type { Frame } from '../../vision/index.js';
import type { RunObserver } from './run-observer.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

const frames = (count: number) => () =>
  Array.from({ length: count }, (_, sequence) => ledger.frame({ sequence, timestampMs: sequence * 10 }));

/** A buffer that lets nothing go. */
function queue(): PacketBuffer {
  const waiting: Packet[] = [];
  return {
    accepting: true,
    get size() {
      return waiting.length;
    },
    push: (packet) => void waiting.push(packet),
    take: () => waiting.shift(),
    clear: () => void waiting.splice(0),
  };
}

describe('An observer of a run', () => {
  it('hears of what leaves each output of the node that it asks for, also of a buffer', async () => {
    const arrived: Collected[] = [];
    const half = nodeOf((): Transform<Frame, number | undefined> => ({
      transform: ({ sequence }) => (sequence === 1 ? undefined : sequence / 2),
    }));
    const { run, finish } = createTestRun({
      nodes: {
        camera: { kind: 'source', nodeClass: sourceOf(frames(3), 10) },
        half: { kind: 'transform', nodeClass: half },
        queue: { kind: 'buffer', nodeClass: nodeOf(queue) },
        out: { kind: 'sink', nodeClass: sinkInto(arrived) },
      },
      wires: [
        ['camera.out', 'half.in'],
        ['half.out', 'queue.in'],
        ['queue.out', 'out.in'],
      ],
    });
    const heard: string[] = [];
    const all: string[] = [];
    for (const outputsOf of ['half', 'queue'])
      run.observe({
        outputsOf,
        output: ({ node, port, value, timestampMs }) =>
          heard.push(`${node}.${port} ${String(value)} at ${timestampMs}`),
      });
    run.observe({ output: ({ node, value, trace }) => all.push(`${node} ${typeof value} of ${trace.source}`) });
    await finish();
    expect(heard.filter((line) => line.startsWith('half'))).toEqual(['half.out 0 at 0', 'half.out 1 at 20']);
    expect(heard.filter((line) => line.startsWith('queue'))).toEqual(['queue.out 0 at 0', 'queue.out 1 at 20']);
    expect(all.filter((line) => line.startsWith('camera'))).toHaveLength(3);
  });

  it('hears of frames, work and values, until it is disposed of', async () => {
    const arrived: Collected[] = [];
    const half = nodeOf((): Transform<Frame, number> => ({ transform: (frame) => frame.sequence / 2 }));
    const { run, finish } = createTestRun({
      nodes: {
        camera: { kind: 'source', nodeClass: sourceOf(frames(2), 10) },
        half: { kind: 'transform', nodeClass: half },
        out: { kind: 'sink', nodeClass: sinkInto(arrived) },
      },
      wires: [
        ['camera.out', 'half.in'],
        ['half.out', 'out.in'],
      ],
    });
    const heard: string[] = [];
    const late: string[] = [];
    using _observer = run.observe({
      frame: (node, { sequence, closed }) => heard.push(`${node} has frame ${sequence}${closed ? ', closed' : ''}`),
      worked: ({ node, timestampMs, workMs }) => heard.push(`${node} worked ${workMs} ms at ${timestampMs}`),
      sinkValue: ({ sink, value, trace }) => heard.push(`${sink} gets ${String(value)} of ${trace.source}`),
    });
    run.observe({ worked: () => late.push('worked') })[Symbol.dispose]();
    await finish();
    expect(heard.slice(0, 4)).toEqual([
      'camera has frame 0',
      'half worked 0 ms at 0',
      'out gets 0 of camera',
      'out worked 0 ms at 0',
    ]);
    expect(heard.filter((line) => line.includes('gets'))).toEqual(['out gets 0 of camera', 'out gets 0.5 of camera']);
    expect(late).toEqual([]);
  });

  it('hears of no fault where the run gave a packet up', async () => {
    const hangs = nodeOf((): Transform<Frame, never> => ({
      transform: async (_frame, { signal }) => {
        await untilAborted(signal);
        throw new Error('given up');
      },
    }));
    const { run, clock, node } = createTestRun({
      limits: { drainMs: 100 },
      nodes: {
        camera: { kind: 'source', nodeClass: sourceOf(frames(1), 10) },
        hangs: { kind: 'transform', nodeClass: hangs },
        out: { kind: 'sink', nodeClass: sinkInto([]) },
      },
      wires: [
        ['camera.out', 'hangs.in'],
        ['hangs.out', 'out.in'],
      ],
    });
    const failed: string[] = [];
    run.observe({ failed: ({ node: name }) => failed.push(name) });
    await run.start();
    await clock.advance(50);
    const stopped = run.stop();
    await clock.advance(5000);
    await stopped;
    expect([node('hangs').in, node('hangs').failed, failed]).toEqual([1, 0, []]);
  });

  it('can follow a packet by its trace from where it enters, to its end or its fault', async () => {
    const odd = nodeOf((): Transform<Frame, number> => ({
      transform: (frame) => {
        if (frame.sequence === 1) throw new Error('that is odd');
        return frame.sequence;
      },
    }));
    const { run, finish } = createTestRun({
      nodes: {
        camera: { kind: 'source', nodeClass: sourceOf(frames(3), 10) },
        odd: { kind: 'transform', nodeClass: odd },
        out: { kind: 'sink', nodeClass: sinkInto([]) },
      },
      wires: [
        ['camera.out', 'odd.in'],
        ['odd.out', 'out.in'],
      ],
    });
    const followed = new Map<Trace, string[]>();
    run.observe({
      entered: ({ source, trace, timestampMs }) => void followed.set(trace, [`${source} at ${timestampMs}`]),
      worked: ({ node, trace }) => void followed.get(trace)?.push(node),
      failed: ({ node, trace, error }) => void followed.get(trace)?.push(`${node}: ${String(error)}`),
    });
    await finish();
    expect([...followed.values()]).toEqual([
      ['camera at 0', 'odd', 'out'],
      ['camera at 10', 'odd: Error: that is odd'],
      ['camera at 20', 'odd', 'out'],
    ]);
  });

  it('hears of drops and connections', async () => {
    @injectable()
    class Camera implements FrameSource {
      constructor(
        @inject(SourceStatus) private readonly status: Status,
        @inject(NodeConfig) private readonly config: unknown,
      ) {}
      async read(signal: AbortSignal): Promise<undefined> {
        this.status.report('live');
        this.status.report('live');
        this.status.report('reconnecting', new Error(`the line dropped ${String(this.config)}`));
        await untilAborted(signal);
        return undefined;
      }
    }
    const test = createTestRun({
      nodes: {
        camera: { kind: 'source', nodeClass: Camera, live: true },
        busy: { kind: 'source', nodeClass: sourceOf(frames(3), 10), live: true },
        out: { kind: 'sink', nodeClass: sinkInto([], 1000) },
      },
      wires: [['busy.out', 'out.in']],
    });
    const heard: string[] = [];
    test.run.observe({
      connection: (node, state) => heard.push(`${node} is ${state}`),
      dropped: (node, cause, count, trace) =>
        heard.push(`${node} dropped ${count}: ${cause}, number ${String(trace?.sequence)}`),
    });
    await test.run.start();
    await settle();
    await test.clock.advance(100);
    expect(heard).toEqual(['camera is live', 'camera is reconnecting', 'busy dropped 1: replaced, number 1']);
    expect(test.node('camera').connection).toMatchObject({
      state: 'reconnecting',
      ageMs: 100,
      lastError: { message: expect.stringContaining('the line dropped'), ageMs: 100 },
    });
    void test.run.stop('drop');
    await test.finish();
  });

  it('hears of no sink how it is connected: its figures tell', async () => {
    @injectable()
    class Broker implements Sink {
      constructor(@inject(SinkStatus) private readonly status: SinkTold) {}
      write(): void {
        this.status.report('refused', new Error('no such user'));
      }
    }
    const test = createTestRun({
      nodes: {
        camera: { kind: 'source', nodeClass: sourceOf(frames(1)) },
        broker: { kind: 'sink', nodeClass: Broker },
      },
      wires: [['camera.out', 'broker.in']],
    });
    const heard: string[] = [];
    test.run.observe({ connection: (node, state) => heard.push(`${node} is ${state}`) });
    await test.finish();
    expect(heard).toEqual([]);
    expect(test.node('broker').connection).toMatchObject({ state: 'refused', lastError: { message: 'no such user' } });
  });

  it('that throws is told about and left alone, and the run goes on', async () => {
    const arrived: Collected[] = [];
    const { run, finish, logged } = createTestRun({
      nodes: {
        camera: { kind: 'source', nodeClass: sourceOf(frames(3), 10) },
        out: { kind: 'sink', nodeClass: sinkInto(arrived) },
      },
      wires: [['camera.out', 'out.in']],
    });
    let calls = 0;
    const faulty: RunObserver = {
      sinkValue: () => {
        calls += 1;
        throw new Error('no room');
      },
    };
    run.observe(faulty);
    await finish();
    expect([calls, arrived.length]).toEqual([1, 3]);
    expect(logged.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'An observer of the run failed and hears nothing more: no room',
    ]);
  });
});
