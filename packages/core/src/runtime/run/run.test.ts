import { injectable } from 'inversify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deferred, silentLogger, sleep } from '../../base/index.js';
import type { Deferred } from '../../base/index.js';
import type { NodeClass } from '../../kinds/index.js';
import { LatestBuffer } from '../../nodes/index.js';
import { FrameLedger, VirtualClock, createTestRun, nodeOf, settle, sinkInto, sourceOf, untilAborted } from '../../testing/index.js';
import type { Collected, TestNode, TestRun, TestRunOptions } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';
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

function* frames(count: number): Generator<Frame> {
  for (let sequence = 0; sequence < count; sequence += 1) yield ledger.frame({ sequence, timestampMs: sequence * 40 });
}

/** What happens to nodes, in order: `camera opens`, `camera closed`. */
class Diary {
  readonly lines: string[] = [];

  /** A source of `count` frames that writes down its life. */
  source(name: string, count: number, life: { open?: () => Promise<void> } = {}): NodeClass {
    return nodeOf(() => {
      const rest = frames(count);
      return {
        open: async () => {
          this.lines.push(`${name} opens`);
          await life.open?.();
        },
        read: () => {
          const { value, done } = rest.next();
          return done === true ? undefined : value;
        },
        close: () => void this.lines.push(`${name} closed`),
      };
    });
  }

  sink(name: string, write: (frame: Frame) => Promise<void> | void = () => {}): NodeClass {
    return nodeOf(() => ({
      open: () => void this.lines.push(`${name} opens`),
      write,
      flush: () => void this.lines.push(`${name} flushed`),
      close: () => void this.lines.push(`${name} closed`),
    }));
  }
}

const sourceToSink = (source: NodeClass, sink: NodeClass, more: Partial<TestRunOptions> = {}): TestRun =>
  createTestRun({
    nodes: { camera: { kind: 'source', nodeClass: source }, out: { kind: 'sink', nodeClass: sink } },
    wires: [['camera.out', 'out.in']],
    ...more,
  });

describe('Run', () => {
  describe('that comes to its end', () => {
    it('flushes, then closes, and tells what came through', async () => {
      const diary = new Diary();
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
      const { run, finish } = sourceToSink(new Diary().source('camera', 1, { open: () => opening.promise }), new Diary().sink('out'));
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
      const { run, clock, finish } = sourceToSink(sourceOf(() => frames(5), 40), new Diary().sink('out'));
      await clock.advance(1000);
      expect(run.snapshot().elapsedMs).toBe(0);
      expect((await finish()).snapshot.elapsedMs).toBe(6 * 40);
      await clock.advance(1000);
      expect(run.snapshot().elapsedMs).toBe(6 * 40);
    });

    it('starts once', async () => {
      const { run, finish } = sourceToSink(new Diary().source('camera', 1), new Diary().sink('out'));
      await finish();
      await expect(run.start()).rejects.toThrow('starts once');
    });

    it('has failed where a node failed on every packet', async () => {
      const { finish, logged } = sourceToSink(
        new Diary().source('camera', 3),
        new Diary().sink('out', () => {
          throw new Error('disk full');
        }),
      );
      const outcome = await finish();
      expect(outcome).toMatchObject({ result: 'failed', error: { code: 'RUN_NOTHING_WORKED' } });
      expect(outcome.error?.message).toBe('Node "out" (test.out) failed on each of its 3 packets. The last time: disk full');
      expect(logged.filter(({ level, fields }) => level === 'warn' && fields['node'] === 'out')).toHaveLength(3);
    });

    it('has not failed where a node failed on some packets only', async () => {
      const { finish, node } = sourceToSink(
        new Diary().source('camera', 3),
        new Diary().sink('out', (frame) => {
          if (frame.sequence === 1) throw new Error('odd one');
        }),
      );
      expect((await finish()).result).toBe('completed');
      expect(node('out')).toMatchObject({ in: 3, failed: 1, lastFault: { message: 'odd one' } });
    });
  });

  describe('that cannot open', () => {
    it('closes everything, names the node and tells why', async () => {
      const diary = new Diary();
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
      expect(outcome.snapshot.nodes.map(({ name, state }) => [name, state])).toEqual([['camera', 'failed'], ['out', 'closed']]);
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
      const { run } = sourceToSink(new Diary().source('camera', 1, { open: () => Promise.reject(new Error('no')) }), slow);
      await expect(run.start()).rejects.toMatchObject({ data: { node: 'camera' } });
      expect(order).toEqual(['opening settles', 'closed']);
    });

    it('blames the node that failed, not one that gave up because of it', async () => {
      const patient = nodeOf(() => ({ open: untilAborted, read: () => undefined }));
      const { run } = sourceToSink(patient, nodeOf(() => ({ open: () => Promise.reject(new Error('no disk')), write: () => {} })));
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
      const { run } = sourceToSink(new Diary().source('camera', 1), Broken);
      await expect(run.start()).rejects.toMatchObject({
        code: 'RUN_NODE_OPEN',
        message: 'Node "out" (test.out) could not open: bad configuration',
      });
      expect((await run.finished).result).toBe('failed');
    });

    it('names the node whose class lacks the method of its kind', async () => {
      const { run } = sourceToSink(new Diary().source('camera', 1), nodeOf(() => ({})));
      await expect(run.start()).rejects.toMatchObject({ data: { node: 'out', causeCode: 'RUN_NODE_SHAPE' } });
    });

    it('gives up on a node that takes too long, and still ends', async () => {
      const { run, clock } = sourceToSink(nodeOf(() => ({ open: () => new Promise<void>(() => {}), read: () => undefined })), new Diary().sink('out'), {
        limits: { openMs: 100, releaseMs: 50 },
      });
      const failure = expect(run.start()).rejects.toMatchObject({ data: { node: 'camera', causeCode: 'CORE_TIME_LIMIT' } });
      await clock.advance(1000);
      await failure;
      const outcome = await run.finished;
      // Its opening is still under way, so it could not be closed.
      expect(outcome.shutdownFailures).toMatchObject([{ data: { step: 'camera.close', phase: 'release' } }]);
    });
  });

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
          slow: { kind: 'transform', nodeClass: nodeOf(({ clock: time }) => ({ transform: (frame: Frame) => sleep(time, 100).then(() => frame.sequence) })) },
          out: { kind: 'sink', nodeClass: sinkInto(collected) },
        },
        wires: [['camera.out', 'buffer.in'], ['buffer.out', 'slow.in'], ['slow.out', 'out.in']],
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
          camera: { kind: 'source', nodeClass: sourceOf(() => frames(1)) },
          slow: { kind: 'transform', nodeClass: nodeOf(({ clock: time }) => ({ transform: (frame: Frame) => sleep(time, 100).then(() => frame.sequence) })) },
          out: { kind: 'sink', nodeClass: sinkInto(collected) },
        },
        wires: [['camera.out', 'slow.in'], ['slow.out', 'out.in']],
      });
      await run.start();
      await clock.advance(10);
      void run.stop('drop');
      expect((await finish()).result).toBe('stopped');
      expect(collected).toEqual([]);
      expect(clock.nowMs()).toBe(100); // the call under way was waited for all the same
    });

    /** A run whose sink is in the middle of a write. */
    async function withHangingWrite(limits: TestRunOptions['limits']): Promise<TestRun & { write: Deferred<void>; diary: Diary }> {
      const [diary, write] = [new Diary(), deferred<void>()];
      const test = sourceToSink(diary.source('camera', 5), diary.sink('out', () => write.promise), { ...(limits === undefined ? {} : { limits }) });
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
        { code: 'RUN_SHUTDOWN_STEP', data: { step: 'out.close', phase: 'release' }, message: expect.stringContaining('limit of 200 ms') as string },
      ]);
      expect(diary.lines).not.toContain('out closed'); // nothing is closed while a call into it is under way
      write.resolve(); // whenever it does return, the sink is closed
      await settle();
      expect(diary.lines.at(-1)).toBe('out closed');
    });

    it('does not hang on a read that takes no notice of its signal', async () => {
      const late = deferred<Frame | undefined>();
      const { run, clock } = sourceToSink(nodeOf(() => ({ read: () => late.promise })), new Diary().sink('out'), {
        limits: { stopSourceMs: 300, drainMs: 100, releaseMs: 100 },
      });
      await run.start();
      const stopped = run.stop();
      await clock.advance(1000);
      const outcome = await stopped;
      expect(outcome.shutdownFailures.map(({ data }) => data.step)).toEqual(['camera.stop', 'camera.close']);
      late.resolve(ledger.frame()); // comes to nobody, and is closed
      await settle();
      expect(ledger.open).toBe(0);
    });

    it('gives the same answer to everybody who stops it', async () => {
      const { run, finish } = sourceToSink(new Diary().source('camera', 9), new Diary().sink('out'));
      await run.start();
      const [first, second] = [run.stop(), run.stop()];
      const outcome = await finish();
      expect([await first, await second, await run.stop('drop')]).toEqual([outcome, outcome, outcome]);
      expect(outcome.result).toMatch(/stopped/);
    });

    it('while it opens: stops opening, closes what had opened, and has not failed', async () => {
      const diary = new Diary();
      const { run } = sourceToSink(nodeOf(() => ({ open: untilAborted, read: () => undefined })), diary.sink('out'));
      const started = run.start();
      await settle();
      const outcome = await run.stop();
      await started; // the stop was asked for, so it is no error of the start
      expect(outcome).toMatchObject({ result: 'stopped', shutdownFailures: [] });
      expect(outcome.error).toBeUndefined();
      expect(diary.lines).toEqual(['out opens', 'out flushed', 'out closed']);
    });

    it('before it has started: never starts', async () => {
      const diary = new Diary();
      const { run } = sourceToSink(diary.source('camera', 1), diary.sink('out'));
      expect((await run.stop()).result).toBe('stopped');
      await expect(run.start()).rejects.toThrow();
      expect(diary.lines).toEqual([]);
    });

    it('fires the signal of calls that do not come to an end by themselves', async () => {
      const hanging: TestNode = {
        kind: 'transform',
        nodeClass: nodeOf(() => ({ transform: (_frame: Frame, { signal }: { signal: AbortSignal }) => untilAborted(signal) })),
      };
      const { run, clock, node } = createTestRun({
        nodes: { camera: { kind: 'source', nodeClass: sourceOf(() => frames(4)) }, stuck: hanging, out: { kind: 'sink', nodeClass: new Diary().sink('out') } },
        wires: [['camera.out', 'stuck.in'], ['stuck.out', 'out.in']],
        limits: { drainMs: 500 },
      });
      await run.start();
      const stopped = run.stop();
      await clock.advance(500);
      expect(await stopped).toMatchObject({ result: 'stopped', shutdownFailures: [] });
      expect(node('stuck')).toMatchObject({ state: 'closed' });
    });
  });

  describe('that fails', () => {
    it('when a source does, and closes everything', async () => {
      const diary = new Diary();
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
          camera: { kind: 'source', nodeClass: sourceOf(() => frames(3)) },
          buffer: { kind: 'buffer', nodeClass: broken },
          out: { kind: 'sink', nodeClass: new Diary().sink('out') },
        },
        wires: [['camera.out', 'buffer.in'], ['buffer.out', 'out.in']],
      });
      expect(await finish()).toMatchObject({ result: 'failed', error: { data: { node: 'buffer' } } });
    });

    it('tells a close that fails, and closes the others', async () => {
      const diary = new Diary();
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
        runId: 'test',
        graph: { nodes: [], wires: [] },
        createRunners: () => Promise.resolve(runners),
        release,
        clock: new VirtualClock(),
        logger: silentLogger,
      });

    it('comes last, after every node was closed', async () => {
      const order: string[] = [];
      const runner: NodeRunner = {
        name: 'node',
        figures: new NodeFigures('node', 'test.node', false),
        inputs: new Map(),
        outputs: new Map(),
        open: () => Promise.resolve(),
        ended: Promise.resolve(),
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
