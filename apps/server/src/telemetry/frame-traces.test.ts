import type { Frame, Transform } from '@kinegraph/core';
import { FrameLedger, createTestRun, nodeOf, sinkInto, sourceOf } from '@kinegraph/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FinishedFrame } from './finished-frame.js';
import { FrameTraces } from './frame-traces.js';

let ledger: FrameLedger;
let finished: FinishedFrame[];
beforeEach(() => {
  ledger = new FrameLedger();
  finished = [];
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

const frames = (count: number) => () =>
  Array.from({ length: count }, (_, sequence) => ledger.frame({ sequence, timestampMs: sequence * 10 }));

function graph(transform: Transform<Frame, unknown>['transform'], count: number): ReturnType<typeof createTestRun> {
  return createTestRun({
    nodes: {
      camera: { kind: 'source', nodeClass: sourceOf(frames(count), 10) },
      find: { kind: 'transform', nodeClass: nodeOf(() => ({ transform })) },
      out: { kind: 'sink', nodeClass: sinkInto([], 4) },
      other: { kind: 'sink', nodeClass: sinkInto([], 2) },
    },
    wires: [
      ['camera.out', 'find.in'],
      ['find.out', 'out.in'],
      ['find.out', 'other.in'],
    ],
  });
}

function follow({ run, clock }: ReturnType<typeof createTestRun>, everyNth: number): Disposable {
  return new FrameTraces(run, { everyNth, clock, onFinished: (frame) => finished.push(frame) });
}

describe('Frames of a run', () => {
  it('are followed through all nodes to the last sink, every nth of each source', async () => {
    const test = graph((frame) => frame.sequence, 7);
    using _traces = follow(test, 3);
    await test.finish();
    expect(finished.map(({ sequence, work }) => `${sequence}: ${work.map(({ node }) => node).join(' ')}`)).toEqual([
      '0: find other out',
      '3: find other out',
      '6: find other out',
    ]);
    for (const { startMs, endMs, work } of finished) {
      expect(work.map((node) => node.endMs - node.startMs)).toEqual([0, 2, 4]);
      for (const node of work) expect(startMs <= node.startMs && node.endMs <= endMs).toBe(true);
      expect(endMs).toBe(Math.max(...work.map((node) => node.endMs)));
    }
  });

  it('tell on which node they failed, and are given up when nothing more is heard of them', async () => {
    const test = graph((frame) => {
      if (frame.sequence === 0) throw new Error('rtsp://anna:hunter2@cam/ is too dark');
      return frame.sequence;
    }, 2);
    using _traces = follow(test, 2);
    await test.run.start();
    await test.clock.advance(4_999);
    expect(finished).toEqual([]);
    await test.clock.advance(5_001);
    expect(finished).toEqual([
      expect.objectContaining({
        sequence: 0,
        work: [expect.objectContaining({ node: 'find', error: 'UNEXPECTED: rtsp://***@cam/ is too dark' })],
      }),
    ]);
    await test.finish();
  });

  it('tell where they were let go, and why', async () => {
    const test = createTestRun({
      nodes: {
        camera: { kind: 'source', nodeClass: sourceOf(frames(3), 10), live: true },
        out: { kind: 'sink', nodeClass: sinkInto([], 1000) },
      },
      wires: [['camera.out', 'out.in']],
    });
    {
      using _traces = follow(test, 1);
      await test.run.start();
      await test.clock.advance(100);
      void test.run.stop('drop');
      await test.finish();
    }
    const dropped = finished.filter(({ drops }) => drops.length > 0);
    expect(
      dropped.map(({ sequence, drops }) => [sequence, drops.map(({ node, cause }) => `${node}: ${cause}`)]),
    ).toEqual([
      [1, ['camera: replaced']],
      [2, ['camera: stopped']],
    ]);
    expect(finished).toHaveLength(3);
  });

  it('are held up to a number, and the oldest told of as far as it is known', async () => {
    const test = createTestRun({
      nodes: {
        camera: { kind: 'source', nodeClass: sourceOf(frames(300), 1) },
        nothing: { kind: 'transform', nodeClass: nodeOf(() => ({ transform: () => undefined })) },
        out: { kind: 'sink', nodeClass: sinkInto([]) },
      },
      wires: [
        ['camera.out', 'nothing.in'],
        ['nothing.out', 'out.in'],
      ],
    });
    const traces = follow(test, 1);
    await test.finish();
    const heldBack = 256;
    expect(finished.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 300 - heldBack }, (_, index) => index),
    );
    traces[Symbol.dispose]();
    expect(finished).toHaveLength(300);
  });
});
