import { inject, injectable } from 'inversify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anInstance } from '../../../test/support/fake-instance.js';
import { MemoryWorkerLauncher } from '../../../test/support/memory-worker.js';
import { Clock, Logger, deferred, sleep } from '../../base/index.js';
import { CallbackRegistry, NodeConfig, NodeIdentity, NodeMetrics, PathResolver } from '../../kinds/index.js';
import { LatestBuffer } from '../../nodes/index.js';
import { FrameLedger, VirtualClock, createTestRun, nodeOf, sinkInto, sourceOf } from '../../testing/index.js';
import type { Collected, TestNode } from '../../testing/index.js';
import { FramePool } from '../../vision/index.js';
import type { Frame } from '../../vision/index.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => expect([ledger.open, ledger.overReleased]).toEqual([0, 0]));

const camera = (count: number, intervalMs = 0): TestNode => ({
  kind: 'source',
  nodeClass: sourceOf(function* () {
    for (let sequence = 0; sequence < count; sequence += 1)
      yield ledger.frame({ sequence, timestampMs: sequence * 40 });
  }, intervalMs),
});
const out = (into: Collected[] = []): TestNode => ({ kind: 'sink', nodeClass: sinkInto(into) });

describe('createRun', () => {
  it('gives a node the services that it asks for', async () => {
    const got: unknown[] = [];
    @injectable()
    class Curious {
      constructor(
        @inject(NodeConfig) config: unknown,
        @inject(NodeIdentity) identity: NodeIdentity,
        @inject(Clock) clock: Clock,
        @inject(Logger) private readonly logger: Logger,
        @inject(NodeMetrics) private readonly metrics: NodeMetrics,
        @inject(FramePool) pool: FramePool,
        @inject(PathResolver) paths: PathResolver,
        @inject(CallbackRegistry) callbacks: CallbackRegistry,
      ) {
        got.push(
          config,
          identity,
          clock.nowMs(),
          pool.inUse,
          paths.resolve('a/b'),
          callbacks.get('curious'),
          callbacks.get('other'),
          callbacks.get('constructor'), // what every object has is no callback
        );
      }
      write(): void {
        this.logger.info('writing');
        this.metrics.drop('dull');
      }
    }
    const callback = (): void => {};
    const { finish, logged, node } = createTestRun({
      nodes: { camera: camera(1), curious: { kind: 'sink', nodeClass: Curious, config: { target: '-' } } },
      wires: [['camera.out', 'curious.in']],
      callbacks: { curious: callback },
    });
    await finish();
    expect(got).toEqual([
      { target: '-' },
      { name: 'curious', type: 'test.curious', runId: 'test' },
      0,
      0,
      'a/b',
      callback,
      undefined,
      undefined,
    ]);
    expect(logged).toEqual([{ level: 'info', message: 'writing', fields: { run: 'test', node: 'curious' } }]);
    expect(node('curious').dropped).toEqual({ dull: 1 });
  });

  it('makes as many instances as the concurrency says, and none twice', async () => {
    let made = 0;
    const counted = nodeOf(() => {
      made += 1;
      return { transform: (frame: Frame) => frame.sequence };
    });
    const { finish } = createTestRun({
      nodes: { camera: camera(1), three: { kind: 'transform', concurrency: 3, nodeClass: counted }, out: out() },
      wires: [
        ['camera.out', 'three.in'],
        ['three.out', 'out.in'],
      ],
    });
    await finish();
    expect(made).toBe(3);
  });

  it('calls a node of several inputs with an object, where only one is wired too', async () => {
    const seen: unknown[] = [];
    const { finish } = createTestRun({
      nodes: {
        camera: camera(1),
        overlay: {
          kind: 'transform',
          inputs: ['image', 'hands'],
          nodeClass: nodeOf(() => ({ transform: (inputs: object) => void seen.push(Object.keys(inputs)) })),
        },
      },
      wires: [['camera.out', 'overlay.image']],
    });
    await finish();
    expect(seen).toEqual([['image']]);
  });

  it('joins by the newest where the graph says so', async () => {
    const pairs: unknown[] = [];
    const { finish } = createTestRun({
      nodes: {
        slow: camera(3, 104),
        fast: camera(40, 10),
        pair: {
          kind: 'sink',
          inputs: ['a', 'b'],
          sync: 'latest',
          nodeClass: nodeOf(() => ({
            write: ({ a, b }: { a: Frame; b: Frame }) => void pairs.push([a.sequence, b.sequence]),
          })),
        },
      },
      wires: [
        ['slow.out', 'pair.a'],
        ['fast.out', 'pair.b'],
      ],
    });
    await finish();
    expect(pairs).toEqual([
      [0, 9],
      [1, 19],
      [2, 30],
    ]);
  });

  it('refuses to run a buffer or a source in a worker', async () => {
    const { run } = createTestRun({
      nodes: {
        camera: camera(1),
        buffer: { kind: 'buffer', nodeClass: LatestBuffer, runsIn: 'worker', config: { admit: 'newest' } },
        out: out(),
      },
      wires: [
        ['camera.out', 'buffer.in'],
        ['buffer.out', 'out.in'],
      ],
    });
    await expect(run.start()).rejects.toMatchObject({ data: { node: 'buffer', causeCode: 'RUN_WORKER_KIND' } });
  });

  describe('with a node in a worker', () => {
    const graph = (worker: TestNode, into: Collected[] = []) => ({
      nodes: { camera: camera(4, 40), worker, out: out(into) },
      wires: [
        ['camera.out', 'worker.in'],
        ['worker.out', 'out.in'],
      ] as const,
    });
    const inWorker: TestNode = { kind: 'extractor', runsIn: 'worker', nodeClass: nodeOf(() => ({})) };

    it('gives each instance a worker of its own, and all of them leave at the end', async () => {
      const launcher = new MemoryWorkerLauncher(() => anInstance((frame) => (frame as Frame).sequence));
      const collected: Collected[] = [];
      const outcome = await createTestRun({ ...graph({ ...inWorker, concurrency: 2 }, collected), launcher }).finish();
      expect(outcome).toMatchObject({ result: 'completed', shutdownFailures: [] });
      expect(collected.map(({ value }) => value)).toEqual([0, 1, 2, 3]);
      expect(launcher.workers.map(({ isGone, terminations, spec }) => [isGone, terminations, spec.nodeKind])).toEqual([
        [true, 0, 'extractor'],
        [true, 0, 'extractor'],
      ]);
    });

    it('goes on when a worker crashes, at the cost of packets', async () => {
      const launcher: MemoryWorkerLauncher = new MemoryWorkerLauncher(() =>
        anInstance((frame) => {
          if ((frame as Frame).sequence === 2) launcher.worker.exit(new Error('segmentation fault'));
          return (frame as Frame).sequence === 2 ? new Promise(() => {}) : (frame as Frame).sequence;
        }),
      );
      const collected: Collected[] = [];
      const { finish, node } = createTestRun({ ...graph(inWorker, collected), launcher });
      expect(await finish()).toMatchObject({ result: 'completed', shutdownFailures: [] });
      expect(collected.map(({ value }) => value)).toEqual([0, 1]);
      expect(node('worker')).toMatchObject({
        in: 4,
        out: 2,
        failed: 1,
        dropped: { 'worker-down': 1 },
        lastFault: { code: 'RUN_WORKER_GONE' },
      });
    });

    it('loses the packet of the worker that crashes and no other, where a second one is there', async () => {
      const clock = new VirtualClock();
      let made = 0;
      const launcher: MemoryWorkerLauncher = new MemoryWorkerLauncher(() => {
        const index = made++;
        return anInstance(async (frame) => {
          const { sequence } = frame as Frame;
          await sleep(clock, 30);
          if (sequence === 5) launcher.workers[index]?.exit(new Error('segmentation fault'));
          return sequence === 5 ? await new Promise(() => {}) : sequence;
        });
      });
      const collected: Collected[] = [];
      const { nodes, wires } = graph({ ...inWorker, concurrency: 2 }, collected);
      const all = { ...nodes, camera: camera(40, 0) };
      const { finish, node } = createTestRun({ nodes: all, wires, launcher, clock });
      expect(await finish()).toMatchObject({ result: 'completed', shutdownFailures: [] });
      expect(collected.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: 40 }, (_, sequence) => sequence).filter((sequence) => sequence !== 5),
      );
      expect(node('worker')).toMatchObject({ in: 40, out: 39, failed: 1, dropped: {} });
      expect(launcher.workers).toHaveLength(3); // both have worked again in the end
      expect(clock.nowMs()).toBeLessThan(40 * 30);
    });

    it('ends although a worker hangs', async () => {
      const launcher = new MemoryWorkerLauncher(() => anInstance(() => new Promise(() => {})));
      const { run, clock, finish } = createTestRun({ ...graph(inWorker), launcher });
      await run.start();
      await clock.advance(100);
      void run.stop();
      expect(await finish()).toMatchObject({ result: 'stopped', shutdownFailures: [] });
      expect(launcher.worker.terminations).toBe(1);
    });

    it('is stopped while its worker still opens', async () => {
      const never = deferred<void>();
      const launcher = new MemoryWorkerLauncher(() => anInstance(() => 1, { open: () => never.promise }));
      const { run, clock, finish } = createTestRun({ ...graph(inWorker), launcher });
      const started = run.start();
      await clock.advance(10);
      void run.stop();
      expect(await finish()).toMatchObject({ result: 'stopped' });
      await started;
      expect(launcher.worker.terminations).toBe(1);
    });
  });
});
