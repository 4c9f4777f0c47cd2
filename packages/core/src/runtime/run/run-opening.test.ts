import { injectable } from 'inversify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Diary, sourceToSink } from '../../../test/support/diary.js';
import { FrameLedger, nodeOf, untilAborted } from '../../testing/index.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

describe('Run', () => {
  describe('that cannot open', () => {
    it('closes everything, names the node and tells why', async () => {
      const diary = new Diary(ledger);
      const { run } = sourceToSink(
        diary.source('camera', 1, { open: () => Promise.reject(new Error('No such file: clip.mp4.')) }),
        diary.sink('out'),
      );
      await expect(run.start()).rejects.toMatchObject({
        code: 'RUN_NODE_OPEN',
        message: 'Node "camera" (test.camera) could not open: No such file: clip.mp4.',
        data: { node: 'camera', causeCode: 'UNEXPECTED' },
      });
      expect(diary.lines.slice(0, 3)).toEqual(['camera opens', 'out opens', 'out flushed']);
      expect(diary.lines.slice(3).toSorted()).toEqual(['camera closed', 'out closed']); // together
      const outcome = await run.finished;
      expect(outcome).toMatchObject({ result: 'failed', error: { code: 'RUN_NODE_OPEN' } });
      expect(outcome.snapshot.nodes.map(({ name, state }) => [name, state])).toEqual([
        ['camera', 'failed'],
        ['out', 'closed'],
      ]);
    });

    it('lets the others that still open know, and does not close them under their feet', async () => {
      const order: string[] = [];
      const slow = nodeOf(() => ({
        async open(signal: AbortSignal) {
          await untilAborted(signal).catch(() => {});
          await Promise.resolve();
          order.push('opening settles');
        },
        write: () => {},
        close: () => void order.push('closed'),
      }));
      const { run } = sourceToSink(
        new Diary(ledger).source('camera', 1, { open: () => Promise.reject(new Error('no')) }),
        slow,
      );
      await expect(run.start()).rejects.toMatchObject({ data: { node: 'camera' } });
      expect(order).toEqual(['opening settles', 'closed']);
    });

    it('blames the node that failed, not one that gave up because of it', async () => {
      const patient = nodeOf(() => ({ open: untilAborted, read: () => undefined }));
      const { run } = sourceToSink(
        patient,
        nodeOf(() => ({ open: () => Promise.reject(new Error('no disk')), write: () => {} })),
      );
      await expect(run.start()).rejects.toMatchObject({ data: { node: 'out' } });
    });

    it('names the node whose constructor throws', async () => {
      @injectable()
      class Broken {
        constructor() {
          throw new RangeError('bad configuration');
        }
        write(): void {}
      }
      const { run } = sourceToSink(new Diary(ledger).source('camera', 1), Broken);
      await expect(run.start()).rejects.toMatchObject({
        code: 'RUN_NODE_OPEN',
        message: 'Node "out" (test.out) could not open: bad configuration',
      });
      expect((await run.finished).result).toBe('failed');
    });

    it('names the node whose class lacks the method of its kind', async () => {
      const { run } = sourceToSink(
        new Diary(ledger).source('camera', 1),
        nodeOf(() => ({})),
      );
      await expect(run.start()).rejects.toMatchObject({ data: { node: 'out', causeCode: 'RUN_NODE_SHAPE' } });
    });

    it('gives up on a node that takes too long, and still ends', async () => {
      const { run, clock } = sourceToSink(
        nodeOf(() => ({ open: () => new Promise<void>(() => {}), read: () => undefined })),
        new Diary(ledger).sink('out'),
        {
          limits: { openMs: 100, releaseMs: 50 },
        },
      );
      const failure = expect(run.start()).rejects.toMatchObject({
        data: { node: 'camera', causeCode: 'CORE_TIME_LIMIT' },
      });
      await clock.advance(1000);
      await failure;
      const outcome = await run.finished;
      // Its opening is still under way, so it could not be closed.
      expect(outcome.shutdownFailures).toMatchObject([{ data: { step: 'camera.close', phase: 'release' } }]);
    });
  });
});
