import { afterEach, beforeEach, expect, it } from 'vitest';
import { framesOf } from '../../../test/support/diary.js';
import { anInstance } from '../../../test/support/fake-instance.js';
import { MemoryWorkerLauncher } from '../../../test/support/memory-worker.js';
import { deferred, sleep } from '../../base/index.js';
import { GRAPH_FORMAT } from '../../graph/index.js';
import type { GraphDocument } from '../../graph/index.js';
import { FrameLedger, VirtualClock, createTestRun, nodeOf, sinkInto, sourceOf } from '../../testing/index.js';
import type { Collected, TestNode, TestRun } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

/** The sink that an edit takes out; its write never comes to an end. */
const BEFORE = graph({ stuck: 'test.stuck' }, ['camera.out', 'stuck.in']);
const AFTER = graph({ hands: 'test.hands', out: 'test.sink' }, ['camera.out', 'hands.in'], ['hands.out', 'out.in']);

function graph(types: Record<string, string>, ...wires: [string, string][]): GraphDocument {
  const nodes = Object.entries({ camera: 'test.camera', ...types }).map(([name, type]) => [name, { type }]);
  return { kinegraph: GRAPH_FORMAT, nodes: Object.fromEntries(nodes) as GraphDocument['nodes'], wires };
}

/** A run of `BEFORE` with a frame in its sink, and a worker node that works nearly all the time. */
async function stuckRun(): Promise<
  TestRun & { launcher: MemoryWorkerLauncher; got: Collected[]; letGo: (value: void) => void }
> {
  const clock = new VirtualClock();
  const launcher = new MemoryWorkerLauncher(() =>
    anInstance(async (frame, { signal }) => {
      const { sequence } = frame as Frame;
      await sleep(clock, 35);
      return signal.aborted ? 'given up' : sequence;
    }),
  );
  const got: Collected[] = [];
  const { promise, resolve: letGo } = deferred<void>();
  const types: Record<string, TestNode> = {
    camera: { kind: 'source', live: true, nodeClass: sourceOf(() => framesOf(ledger, 200), 40) },
    stuck: { kind: 'sink', nodeClass: nodeOf(() => ({ write: () => promise })) },
    hands: { kind: 'extractor', runsIn: 'worker', nodeClass: nodeOf(() => ({})) },
    sink: { kind: 'sink', nodeClass: sinkInto(got) },
  };
  const test = createTestRun({ document: BEFORE, types, clock, launcher, limits: { changeMs: 1_000 } });
  await test.run.start();
  await clock.advance(100);
  return { ...test, launcher, got, letGo };
}

it('leaves nodes alone that it has begun, where it gives up waiting for those it has ended', async () => {
  const { run, clock, launcher, got, letGo, finish, node } = await stuckRun();
  const applied = run.apply(AFTER);
  await clock.advance(7_000); // the limit of the change, then those of the removed node
  expect(await applied).toMatchObject({ added: ['hands', 'out'], removed: ['stuck'] });
  letGo();
  expect((await finish()).result).toBe('completed');
  expect(got.map(({ value }) => value)).not.toContain('given up');
  expect(got.at(-1)?.value).toBe(199);
  expect([launcher.workers.length, launcher.worker.terminations, node('hands').failed]).toEqual([1, 0, 0]);
});

it('shows a node as open that was restarted while all of its workers were down', async () => {
  const launcher = new MemoryWorkerLauncher(() => anInstance((frame) => (frame as Frame).sequence));
  const got: Collected[] = [];
  const test = createTestRun({
    nodes: {
      camera: { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, 20), 40) },
      hands: { kind: 'extractor', runsIn: 'worker', concurrency: 2, nodeClass: nodeOf(() => ({})) },
      out: { kind: 'sink', nodeClass: sinkInto(got) },
    },
    wires: [
      ['camera.out', 'hands.in'],
      ['hands.out', 'out.in'],
    ],
    launcher,
  });
  await test.run.start();
  await test.clock.advance(100);
  for (const worker of launcher.workers) worker.exit(new Error('segmentation fault'));
  await test.clock.advance(10);
  expect(test.node('hands').state).toBe('restarting');
  const set = test.run.set('hands', 'model', 'large');
  await test.clock.advance(10);
  expect([await set, test.node('hands').state]).toEqual([false, 'open']);
  launcher.workers.at(-1)?.exit(new Error('segmentation fault'));
  await test.clock.advance(10);
  expect(test.node('hands').state).toBe('restarting'); // the new ones are the node's now
  expect((await test.finish()).result).toBe('completed');
});
