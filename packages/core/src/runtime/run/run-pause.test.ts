import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framesOf } from '../../../test/support/diary.js';
import { FrameLedger, createTestRun, sinkInto, sourceOf } from '../../testing/index.js';
import type { Collected, TestRun } from '../../testing/index.js';

let ledger: FrameLedger;
let got: Collected[];
beforeEach(() => {
  ledger = new FrameLedger();
  got = [];
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

/** Five frames, 40 ms apart, into a sink that takes `serviceMs` for each. */
const filmed = (live: boolean, serviceMs = 0, intervalMs = 40): TestRun =>
  createTestRun({
    nodes: {
      camera: { kind: 'source', live, nodeClass: sourceOf(() => framesOf(ledger, 5), intervalMs) },
      out: { kind: 'sink', nodeClass: sinkInto(got, serviceMs) },
    },
    wires: [['camera.out', 'out.in']],
  });
const sequences = (): number[] => got.map(({ sequence }) => sequence);

describe('Run.pause', () => {
  it('stops a source that waits, which loses nothing', async () => {
    const { run, clock, finish, node } = filmed(false);
    await run.start();
    await clock.advance(100);
    run.pause();
    await clock.advance(1000);
    expect([run.paused, sequences()]).toEqual([true, [0, 1]]);
    run.resume();
    expect((await finish()).result).toBe('completed');
    expect([run.paused, sequences()]).toEqual([false, [0, 1, 2, 3, 4]]);
    expect(node('camera')).toMatchObject({ in: 5, out: 5, dropped: {} });
  });

  it('takes back what waits for its consumers, and hands it over later', async () => {
    const { run, clock, finish } = filmed(false, 100, 0);
    await run.start();
    await clock.advance(50); // the first is being written, the second waits
    run.pause();
    await clock.advance(1000);
    expect(sequences()).toEqual([0]);
    run.resume();
    run.pause();
    run.resume();
    await finish();
    expect(sequences()).toEqual([0, 1, 2, 3, 4]);
  });

  it('drops and counts what a live source brings meanwhile', async () => {
    const { run, clock, finish, node } = filmed(true);
    await run.start();
    await clock.advance(50);
    run.pause();
    await clock.advance(80); // the frames due at 80 and 120
    run.resume();
    expect((await finish()).result).toBe('completed');
    expect(sequences()).toEqual([0, 3, 4]);
    expect(node('camera')).toMatchObject({ in: 5, out: 3, dropped: { paused: 2 } });
  });

  it('drops what waited at a live source, so that nothing old is shown afterwards', async () => {
    const { run, clock, finish, node } = filmed(true, 100);
    await run.start();
    await clock.advance(90); // the first is being written since 40, the second waits since 80
    run.pause();
    await clock.advance(60); // the third, at 120
    run.resume();
    await finish();
    expect(sequences()).toEqual([0, 3, 4]);
    expect(node('camera').dropped).toEqual({ paused: 2 });
  });

  it('does not keep a run from its end where what a live source had waiting was its last', async () => {
    const { run, clock, finish, node } = filmed(true, 1000);
    await run.start();
    await clock.advance(250); // the first is being written since 40, the fifth waits since 200, and there are no more
    run.pause();
    run.resume();
    expect((await finish()).result).toBe('completed');
    expect(sequences()).toEqual([0]);
    expect(node('camera').dropped).toEqual({ paused: 1, replaced: 3 });
  });

  it('may come before the start', async () => {
    const { run, clock, finish } = filmed(false);
    run.pause();
    await run.start();
    await clock.advance(200);
    expect(got).toEqual([]);
    run.resume();
    await finish();
    expect(got).toHaveLength(5);
  });

  it.each(['drain', 'drop'] as const)('does not keep a run from being stopped (%s)', async (mode) => {
    const { run, clock, finish, node } = filmed(false, 100, 0);
    await run.start();
    await clock.advance(50);
    run.pause();
    void run.stop(mode);
    expect(await finish()).toMatchObject({ result: 'stopped', shutdownFailures: [] });
    expect(sequences()).toEqual([0]);
    expect(node('camera')).toMatchObject({ in: 2, out: 1, dropped: { stopped: 1 } });
  });
});
