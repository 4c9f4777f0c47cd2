import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Diary, framesOf, sourceToSink } from '../../../test/support/diary.js';
import { aNodeType } from '../../../test/support/node-types.js';
import { deferred, silentLogger } from '../../base/index.js';
import { StaticNodeTypeCatalog } from '../../graph/index.js';
import { FrameLedger, VirtualClock, createTestRun, nodeOf, sourceOf } from '../../testing/index.js';
import { RunRecorder } from '../traces/run-recorder.js';
import { RunObservers } from '../observe/run-observers.js';
import { NodeFigures } from '../figures/node-figures.js';
import type { NodeRunner } from '../runners/node-runner.js';
import { Run } from './run.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

describe('Run', () => {
  describe('that comes to its end', () => {
    it('flushes, then closes, and tells what came through', async () => {
      const diary = new Diary(ledger);
      const { run, finish } = sourceToSink(diary.source('camera', 3), diary.sink('out'));
      const outcome = await finish();
      expect(outcome).toMatchObject({ result: 'completed', shutdownFailures: [] });
      expect(outcome.error).toBeUndefined();
      expect(diary.lines.slice(0, 3)).toEqual(['camera opens', 'out opens', 'out flushed']);
      expect(diary.lines.slice(3).toSorted()).toEqual(['camera closed', 'out closed']); // together
      expect(outcome.snapshot).toMatchObject({
        runId: 'test',
        state: 'ended',
        nodes: [
          { name: 'camera', type: 'test.camera', state: 'closed', in: 3, out: 3 },
          { name: 'out', type: 'test.out', state: 'closed', in: 3, out: 0, ageMs: { count: 3 } },
        ],
      });
      expect(run.snapshot()).toEqual(outcome.snapshot);
    });

    it('tells each of its states', async () => {
      const opening = deferred<void>();
      const { run, finish } = sourceToSink(
        new Diary(ledger).source('camera', 1, { open: () => opening.promise }),
        new Diary(ledger).sink('out'),
      );
      const states: string[] = [run.state];
      const started = run.start();
      states.push(run.state);
      opening.resolve();
      await started;
      states.push(run.state);
      await finish();
      states.push(run.state);
      expect(states).toEqual(['created', 'opening', 'running', 'ended']);
    });

    it('counts its time from the first read to the last release', async () => {
      const { run, clock, finish } = sourceToSink(
        sourceOf(() => framesOf(ledger, 5), 40),
        new Diary(ledger).sink('out'),
      );
      await clock.advance(1000);
      expect(run.snapshot().elapsedMs).toBe(0);
      expect((await finish()).snapshot.elapsedMs).toBe(6 * 40);
      await clock.advance(1000);
      expect(run.snapshot().elapsedMs).toBe(6 * 40);
    });

    it('starts once', async () => {
      const { run, finish } = sourceToSink(new Diary(ledger).source('camera', 1), new Diary(ledger).sink('out'));
      await finish();
      await expect(run.start()).rejects.toThrow('starts once');
    });

    it('has failed where a node failed on every packet', async () => {
      const { finish, logged } = sourceToSink(
        new Diary(ledger).source('camera', 3),
        new Diary(ledger).sink('out', () => {
          throw new Error('disk full');
        }),
      );
      const outcome = await finish();
      expect(outcome).toMatchObject({ result: 'failed', error: { code: 'RUN_NOTHING_WORKED' } });
      expect(outcome.error?.message).toBe(
        'Node "out" (test.out) failed on each of its 3 packets. The last time: disk full',
      );
      expect(logged.filter(({ level, fields }) => level === 'warn' && fields['node'] === 'out')).toHaveLength(3);
    });

    it('has not failed where a node failed on some packets only', async () => {
      const { finish, node } = sourceToSink(
        new Diary(ledger).source('camera', 3),
        new Diary(ledger).sink('out', (frame) => {
          if (frame.sequence === 1) throw new Error('odd one');
        }),
      );
      expect((await finish()).result).toBe('completed');
      expect(node('out')).toMatchObject({ in: 3, failed: 1, lastFault: { message: 'odd one' } });
    });
  });

  describe('that fails', () => {
    it('when a source does, and closes everything', async () => {
      const diary = new Diary(ledger);
      let reads = 0;
      const breaking = nodeOf(() => ({
        read: () => {
          reads += 1;
          if (reads > 2) throw new Error('The camera was unplugged.');
          return ledger.frame({ timestampMs: reads });
        },
        close: () => void diary.lines.push('camera closed'),
      }));
      const { finish, node } = sourceToSink(breaking, diary.sink('out'));
      const outcome = await finish();
      expect(outcome).toMatchObject({
        result: 'failed',
        error: { code: 'RUN_NODE_FAILED', message: 'Node "camera" (test.camera) failed: The camera was unplugged.' },
      });
      expect(node('out').in).toBe(2); // what had been read was not lost
      expect(diary.lines.slice(0, 2)).toEqual(['out opens', 'out flushed']);
      expect(diary.lines.slice(2).toSorted()).toEqual(['camera closed', 'out closed']); // together
      expect(node('camera').state).toBe('failed');
    });

    it('when a buffer does', async () => {
      const broken = nodeOf(() => ({
        accepting: true,
        size: 0,
        push: () => {
          throw new Error('no room');
        },
        take: () => undefined,
        clear: () => {},
      }));
      const { finish } = createTestRun({
        nodes: {
          camera: { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, 3)) },
          buffer: { kind: 'buffer', nodeClass: broken },
          out: { kind: 'sink', nodeClass: new Diary(ledger).sink('out') },
        },
        wires: [
          ['camera.out', 'buffer.in'],
          ['buffer.out', 'out.in'],
        ],
      });
      expect(await finish()).toMatchObject({ result: 'failed', error: { data: { node: 'buffer' } } });
    });

    it('tells a close that fails, and closes the others', async () => {
      const diary = new Diary(ledger);
      const stubborn = nodeOf(() => ({
        write: () => {},
        close: () => {
          throw new Error('cannot release');
        },
      }));
      const { finish, logged } = sourceToSink(diary.source('camera', 1), stubborn);
      const outcome = await finish();
      expect(outcome).toMatchObject({ result: 'completed', shutdownFailures: [{ data: { step: 'out.close' } }] });
      expect(diary.lines).toContain('camera closed');
      expect(logged.map(({ message }) => message)).toEqual([expect.stringContaining('cannot release')]);
    });
  });

  describe('releasing', () => {
    /** A run of runners that a test brings itself. */
    const runOf = (runners: readonly NodeRunner[], release: () => Promise<void>): Run =>
      new Run({
        observers: new RunObservers(silentLogger),
        recorder: new RunRecorder('test', new VirtualClock()),
        runId: 'test',
        graph: {
          nodes: runners.map(({ name }) => ({
            name,
            descriptor: aNodeType({ type: 'test.node', kind: 'sink' }),
            config: {},
            concurrency: 1,
            sync: 'timestamp',
          })),
          wires: [],
        },
        catalog: new StaticNodeTypeCatalog([], {}),
        createRunner: ({ name }) => {
          const runner = runners.find((candidate) => candidate.name === name);
          return runner === undefined ? Promise.reject(new Error('none')) : Promise.resolve(runner);
        },
        release,
        clock: new VirtualClock(),
        logger: silentLogger,
      });

    it('comes last, after every node was closed', async () => {
      const order: string[] = [];
      const runner: NodeRunner = {
        name: 'node',
        figures: new NodeFigures('node', 'test.node', false, new VirtualClock()),
        inputs: new Map(),
        outputs: new Map(),
        open: () => Promise.resolve(),
        ended: Promise.resolve(),
        reconfigure: () => Promise.resolve(true),
        rest: () => Promise.resolve({ [Symbol.dispose]: () => {} }),
        onDrained: () => {},
        rewire: () => {},
        halt: () => {},
        flush: () => Promise.resolve(),
        async close() {
          await Promise.resolve();
          order.push('closed');
        },
      };
      const run = runOf([runner], () => {
        order.push('released');
        return Promise.resolve();
      });
      await run.start();
      await run.finished;
      expect(order).toEqual(['closed', 'released']);
    });

    it('ends the run even where it fails', async () => {
      const run = runOf([], () => Promise.reject(new Error('container in use')));
      await run.start();
      expect((await run.finished).shutdownFailures).toMatchObject([{ data: { step: 'run.release' } }]);
    });
  });
});
