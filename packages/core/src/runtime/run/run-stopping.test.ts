import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Diary, framesOf, sourceToSink } from '../../../test/support/diary.js';
import { deferred, sleep } from '../../base/index.js';
import type { Deferred } from '../../base/index.js';
import { LatestBuffer } from '../../nodes/index.js';
import { FrameLedger, createTestRun, nodeOf, settle, sinkInto, sourceOf, untilAborted } from '../../testing/index.js';
import type { Collected, TestNode, TestRun, TestRunOptions } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

describe('Run', () => {
  describe('that is stopped', () => {
    it('lets packets under way reach their sinks', async () => {
      const collected: Collected<Frame>[] = [];
      const endless = sourceOf(function* () {
        for (let sequence = 0; ; sequence += 1) yield ledger.frame({ sequence, timestampMs: sequence * 40 });
      }, 40);
      const { run, clock, node, finish } = createTestRun({
        nodes: {
          camera: { kind: 'source', nodeClass: endless, live: true },
          buffer: { kind: 'buffer', nodeClass: LatestBuffer, config: { admit: 'newest' } },
          slow: {
            kind: 'transform',
            nodeClass: nodeOf(({ clock: time }) => ({
              transform: (frame: Frame) => sleep(time, 100).then(() => frame.sequence),
            })),
          },
          out: { kind: 'sink', nodeClass: sinkInto(collected) },
        },
        wires: [
          ['camera.out', 'buffer.in'],
          ['buffer.out', 'slow.in'],
          ['slow.out', 'out.in'],
        ],
      });
      await run.start();
      await clock.advance(1000);
      void run.stop();
      const outcome = await finish();
      expect(outcome).toMatchObject({ result: 'stopped', shutdownFailures: [] });
      expect(node('slow').in).toBe(collected.length);
      expect(node('buffer').out).toBe(node('slow').in);
    });

    it('lets them go where that is asked for', async () => {
      const collected: Collected<Frame>[] = [];
      const { run, clock, finish } = createTestRun({
        nodes: {
          camera: { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, 1)) },
          slow: {
            kind: 'transform',
            nodeClass: nodeOf(({ clock: time }) => ({
              transform: (frame: Frame) => sleep(time, 100).then(() => frame.sequence),
            })),
          },
          out: { kind: 'sink', nodeClass: sinkInto(collected) },
        },
        wires: [
          ['camera.out', 'slow.in'],
          ['slow.out', 'out.in'],
        ],
      });
      await run.start();
      await clock.advance(10);
      void run.stop('drop');
      expect((await finish()).result).toBe('stopped');
      expect(collected).toEqual([]);
      expect(clock.nowMs()).toBe(100); // the call under way was waited for all the same
    });

    /** A run whose sink is in the middle of a write. */
    async function withHangingWrite(
      limits: TestRunOptions['limits'],
    ): Promise<TestRun & { write: Deferred<void>; diary: Diary }> {
      const [diary, write] = [new Diary(ledger), deferred<void>()];
      const test = sourceToSink(
        diary.source('camera', 5),
        diary.sink('out', () => write.promise),
        { ...(limits === undefined ? {} : { limits }) },
      );
      await test.run.start();
      await test.clock.advance(10);
      return { ...test, write, diary };
    }

    it('cuts a drain short when it is asked to hurry', async () => {
      const { run, clock, write, diary } = await withHangingWrite({ drainMs: 60_000 });
      const first = run.stop();
      await clock.advance(100);
      const second = run.stop('drop');
      await clock.advance(0);
      expect(diary.lines).toContain('out flushed');
      expect(diary.lines).not.toContain('out closed');
      write.resolve();
      expect(await first).toBe(await second);
      expect(diary.lines.at(-1)).toBe('out closed');
    });

    it('does not hang on a sink that never returns', async () => {
      const { run, clock, diary, write } = await withHangingWrite({ drainMs: 500, releaseMs: 200 });
      const stopped = run.stop();
      await clock.advance(499);
      expect(run.state).toBe('stopping');
      await clock.advance(201);
      const outcome = await stopped;
      expect(outcome.shutdownFailures).toMatchObject([
        {
          code: 'RUN_SHUTDOWN_STEP',
          data: { step: 'out.close', phase: 'release' },
          message: expect.stringContaining('limit of 200 ms') as string,
        },
      ]);
      expect(diary.lines).not.toContain('out closed'); // nothing is closed while a call into it is under way
      write.resolve(); // whenever it does return, the sink is closed
      await settle();
      expect(diary.lines.at(-1)).toBe('out closed');
    });

    it('does not hang on a read that takes no notice of its signal', async () => {
      const late = deferred<Frame | undefined>();
      const { run, clock } = sourceToSink(
        nodeOf(() => ({ read: () => late.promise })),
        new Diary(ledger).sink('out'),
        {
          limits: { stopSourceMs: 300, drainMs: 100, releaseMs: 100 },
        },
      );
      await run.start();
      const stopped = run.stop();
      await clock.advance(1000);
      const outcome = await stopped;
      expect(outcome.shutdownFailures.map(({ data }) => data.step)).toEqual(['camera.stop', 'camera.close']);
      late.resolve(ledger.frame()); // comes to nobody, and is closed
      await settle();
      expect(ledger.open).toBe(0);
    });

    it('lets go what others hold where a buffer throws instead of letting go', async () => {
      const bad = nodeOf(({ metrics }) => {
        const buffer = new LatestBuffer({ admit: 'newest' }, metrics);
        const clear = (): void => {
          LatestBuffer.prototype.clear.call(buffer);
          throw new Error('broken buffer');
        };
        return Object.assign(buffer, { clear });
      });
      const diary = new Diary(ledger);
      const { run, clock, finish, node } = createTestRun({
        nodes: {
          camera: { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, 9), 10), live: true },
          bad: { kind: 'buffer', nodeClass: bad },
          good: { kind: 'buffer', nodeClass: LatestBuffer, config: { admit: 'newest' } },
          out: { kind: 'sink', nodeClass: diary.sink('out', () => sleep(clock, 1_000)) },
        },
        wires: [
          ['camera.out', 'bad.in'],
          ['bad.out', 'good.in'],
          ['good.out', 'out.in'],
        ],
      });
      await run.start();
      await clock.advance(85);
      void run.stop('drop');
      const outcome = await finish();
      expect(outcome.shutdownFailures.map(({ data }) => data.step)).toEqual(['bad.close']);
      expect(node('bad').lastFault).toMatchObject({ message: 'broken buffer' });
      expect(diary.lines.at(-1)).toBe('out closed');
    });

    it('gives the same answer to everybody who stops it', async () => {
      const { run, finish } = sourceToSink(new Diary(ledger).source('camera', 9), new Diary(ledger).sink('out'));
      await run.start();
      const [first, second] = [run.stop(), run.stop()];
      const outcome = await finish();
      expect([await first, await second, await run.stop('drop')]).toEqual([outcome, outcome, outcome]);
      expect(outcome.result).toMatch(/stopped/);
    });

    it('while it opens: stops opening, closes what had opened, and has not failed', async () => {
      const diary = new Diary(ledger);
      const { run } = sourceToSink(
        nodeOf(() => ({ open: untilAborted, read: () => undefined })),
        diary.sink('out'),
      );
      const started = run.start();
      await settle();
      const outcome = await run.stop();
      await started; // the stop was asked for, so it is no error of the start
      expect(outcome).toMatchObject({ result: 'stopped', shutdownFailures: [] });
      expect(outcome.error).toBeUndefined();
      expect(diary.lines).toEqual(['out opens', 'out flushed', 'out closed']);
    });

    it('before it has started: never starts', async () => {
      const diary = new Diary(ledger);
      const { run } = sourceToSink(diary.source('camera', 1), diary.sink('out'));
      expect((await run.stop()).result).toBe('stopped');
      await expect(run.start()).rejects.toThrow();
      expect(diary.lines).toEqual([]);
    });

    it('fires the signal of calls that do not come to an end by themselves', async () => {
      const hanging: TestNode = {
        kind: 'transform',
        nodeClass: nodeOf(() => ({
          transform: (_frame: Frame, { signal }: { signal: AbortSignal }) => untilAborted(signal),
        })),
      };
      const { run, clock, node } = createTestRun({
        nodes: {
          camera: { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, 4)) },
          stuck: hanging,
          out: { kind: 'sink', nodeClass: new Diary(ledger).sink('out') },
        },
        wires: [
          ['camera.out', 'stuck.in'],
          ['stuck.out', 'out.in'],
        ],
        limits: { drainMs: 500 },
      });
      await run.start();
      const stopped = run.stop();
      await clock.advance(500);
      expect(await stopped).toMatchObject({ result: 'stopped', shutdownFailures: [] });
      expect(node('stuck')).toMatchObject({ state: 'closed', in: 1, skipped: 1, failed: 0 }); // given up, which is no fault of it
    });
  });
});
