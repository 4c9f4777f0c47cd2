import { describe, expect, it } from 'vitest';
import { sleep } from '../src/base/index.js';
import type { Clock } from '../src/base/index.js';
import type { Extractor, NodeClass, Transform } from '../src/kinds/index.js';
import { FifoBuffer, FifoBufferConfig, LatestBuffer, WindowBuffer, WindowBufferConfig } from '../src/nodes/index.js';
import { FrameLedger, createTestRun, nodeOf, sinkInto, sourceOf } from '../src/testing/index.js';
import type { Collected, TestNode } from '../src/testing/index.js';
import type { Frame } from '../src/vision/index.js';

/** An extractor that takes its time and answers the timestamp of the frame. */
function slow(serviceMs: number): NodeClass {
  return nodeOf(({ clock }): Extractor<number> => ({
    async extract(_frame, { timestampMs }) {
      await sleep(clock, serviceMs);
      return timestampMs;
    },
  }));
}

function framesOf(ledger: FrameLedger, count: number, intervalMs: number): (clock: Clock) => Iterable<Frame> {
  return function* frames(clock) {
    for (let sequence = 0; sequence < count; sequence += 1) {
      yield ledger.frame({ sequence, timestampMs: sequence * intervalMs, capturedAtMs: clock.nowMs() });
    }
  };
}

const buffers: readonly (readonly [string, TestNode])[] = [
  ['latest, newest', { kind: 'buffer', nodeClass: LatestBuffer, config: { admit: 'newest' } }],
  ['latest, fresh', { kind: 'buffer', nodeClass: LatestBuffer, config: { admit: 'fresh' } }],
  [
    'fifo, drop-newest',
    { kind: 'buffer', nodeClass: FifoBuffer, config: FifoBufferConfig.parse({ capacity: 1, whenFull: 'drop-newest' }) },
  ],
  [
    'fifo, drop-oldest',
    { kind: 'buffer', nodeClass: FifoBuffer, config: FifoBufferConfig.parse({ capacity: 2, whenFull: 'drop-oldest' }) },
  ],
  [
    'fifo, block, deadline',
    { kind: 'buffer', nodeClass: FifoBuffer, config: FifoBufferConfig.parse({ capacity: 2, deadlineMs: 50 }) },
  ],
  [
    'window',
    { kind: 'buffer', nodeClass: WindowBuffer, config: WindowBufferConfig.parse({ count: 3, strideCount: 4 }) },
  ],
];

describe.each(buffers)('core.buffer.%s', (_name, buffer) => {
  it('never makes a join wait that one source feeds both past the buffer and through it', async () => {
    const ledger = new FrameLedger();
    const joined: Collected[] = [];
    const run = createTestRun({
      nodes: {
        source: { kind: 'source', nodeClass: sourceOf(framesOf(ledger, 60, 10), 10) },
        buffer,
        slow: { kind: 'extractor', nodeClass: slow(35) },
        tee: { kind: 'buffer', nodeClass: FifoBuffer, config: FifoBufferConfig.parse({ capacity: 1 }) },
        join: {
          kind: 'transform',
          inputs: ['result', 'frame'],
          nodeClass: nodeOf((): Transform<{ result: number }> => ({ transform: ({ result }) => result })),
        },
        out: { kind: 'sink', nodeClass: sinkInto(joined) },
      },
      wires: [
        ['source.out', 'buffer.in'],
        ['source.out', 'tee.in'],
        ['buffer.out', 'slow.in'],
        ['slow.out', 'join.result'],
        ['tee.out', 'join.frame'],
        ['join.out', 'out.in'],
      ],
    });
    expect(await run.finish()).toMatchObject({ result: 'completed' });
    expect(joined.length).toBeGreaterThan(3);
    for (const { value, timestampMs } of joined) expect(value).toBe(timestampMs); // partners of the very same frame
    expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
  });
});

describe('core.buffer.latest between a camera and a slow extractor', () => {
  async function results(admit: 'newest' | 'fresh', serviceMs: number): Promise<readonly Collected[]> {
    const ledger = new FrameLedger();
    const collected: Collected[] = [];
    const run = createTestRun({
      nodes: {
        camera: { kind: 'source', live: true, nodeClass: sourceOf(framesOf(ledger, 300, 100), 100) },
        newest: { kind: 'buffer', nodeClass: LatestBuffer, config: { admit } },
        slow: { kind: 'extractor', nodeClass: slow(serviceMs) },
        out: { kind: 'sink', nodeClass: sinkInto(collected) },
      },
      wires: [
        ['camera.out', 'newest.in'],
        ['newest.out', 'slow.in'],
        ['slow.out', 'out.in'],
      ],
    });
    expect(await run.finish()).toMatchObject({ result: 'completed' });
    const { in: came, out: went, dropped } = run.node('newest');
    expect(went + Object.values(dropped).reduce((sum, count) => sum + count, 0)).toBe(came);
    expect(ledger.open).toBe(0);
    return collected;
  }

  it('[BUF11] newest keeps the extractor busy: 300 frames in 30 s at 150 ms each are 200 results', async () => {
    expect((await results('newest', 150)).length).toBeCloseTo(200, -1);
  });

  it('[BUF12] fresh starts on none but a frame of this moment: every result is as old as the extraction took', async () => {
    const fresh = await results('fresh', 150);
    expect(fresh.length).toBeCloseTo(150, -1);
    for (const { ageMs } of fresh) expect(ageMs).toBeCloseTo(150, 6);
  });
});
