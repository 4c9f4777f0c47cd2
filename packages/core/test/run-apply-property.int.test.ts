import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode } from '../src/base/index.js';
import { diffGraphs, toDocument } from '../src/graph/index.js';
import type { GraphDocument } from '../src/graph/index.js';
import { FrameLedger, createTestRun } from '../src/testing/index.js';
import type { TestRun } from '../src/testing/index.js';
import { EditedGraph, FRAME_COUNT, PERIOD_MS, editableTypes, graphEdit } from './support/edited-graph.js';
import type { Arrivals, GraphEdit } from './support/edited-graph.js';
import { KEEPER, allEnded, keeperUntil, statesAt } from './support/states-at-end.js';

const RUNS = 60;
/** Later than anything happens by itself. */
const LAST_MS = 100_000;
/** When the states of nodes are looked at, and until when the run is kept going for that. */
const LOOK_MS = LAST_MS + 10_000;
const KEPT_UNTIL_MS = LOOK_MS + 10_000;

interface TimedEdit {
  readonly afterMs: number;
  readonly edit: GraphEdit;
  readonly pause: boolean;
  /** A configuration is set in the running graph, where nothing else changes; otherwise a document is applied. */
  readonly bySet: boolean;
}

/** Somebody pauses the run, whatever happens in it. */
interface Pause {
  readonly atMs: number;
  readonly lastsMs: number;
}

const timedEdits: fc.Arbitrary<readonly TimedEdit[]> = fc.array(
  fc.record({ afterMs: fc.nat({ max: 60 }), edit: graphEdit, pause: fc.boolean(), bySet: fc.boolean() }),
  { minLength: 1, maxLength: 8 },
);

/** About the end of the first source much happens at once. */
const END_MS = FRAME_COUNT * PERIOD_MS;

const somePauses: fc.Arbitrary<readonly Pause[]> = fc.array(
  fc.record({
    atMs: fc.oneof(fc.nat({ max: 450 }), fc.integer({ min: END_MS - 10, max: END_MS + 40 })),
    lastsMs: fc.nat({ max: 40 }),
  }),
  { maxLength: 3 },
);

/** Where a run begins, and when the edits of it do. */
const someGraph = fc.record({
  source: fc.constantFrom('file', 'live'),
  first: fc.constantFrom('pass', 'slow'),
  fromMs: fc.constantFrom(0, END_MS - 50),
  isStopped: fc.boolean(),
});

const withKeeper = (document: GraphDocument): GraphDocument => ({
  ...document,
  nodes: { ...document.nodes, [KEEPER]: { type: `test.${KEEPER}` } },
});

/** A run of a document on virtual time. No sink may be written to that has told its end. */
function runOf(document: GraphDocument, ledger: FrameLedger, arrivals: Arrivals, reads: number[] = []): TestRun {
  const onWrite = (sink: string): void => {
    const node = test.run.snapshot().nodes.find(({ name }) => name === sink); // none: it was taken out
    if (node !== undefined) expect([sink, node.state]).toEqual([sink, 'open']); // else the packet fails
  };
  const types = { ...editableTypes(ledger, arrivals, reads, onWrite), [KEEPER]: keeperUntil(KEPT_UNTIL_MS) };
  const test = createTestRun({ types, document: withKeeper(document) });
  return test;
}

/** A graph that was running between two times; which of two versions a frame took is open while the change was made. */
interface Version {
  readonly document: GraphDocument;
  readonly fromMs: number;
  untilMs: number;
}

/** Runs the graph to its end while the edits are made when they are due. */
async function runEdited(
  test: TestRun,
  model: EditedGraph,
  edits: readonly TimedEdit[],
  pauses: readonly Pause[],
  fromMs = 0,
): Promise<Version[]> {
  const { run, clock } = test;
  const states = statesAt(test, LOOK_MS);
  for (const { atMs, lastsMs } of pauses) {
    clock.schedule(atMs, () => run.pause());
    clock.schedule(atMs + lastsMs, () => run.resume());
  }
  const versions: Version[] = [{ document: model.document, fromMs: 0, untilMs: LAST_MS }];
  const applied: Promise<void>[] = [];
  let dueMs = fromMs;
  for (const { afterMs, edit, pause, bySet } of edits) {
    dueMs += afterMs;
    clock.schedule(dueMs, () => {
      const askedMs = clock.nowMs();
      if (pause) run.pause();
      const { document, opens, configured: [node, revision] = [] } = model.edit(edit);
      const changed: Promise<unknown> =
        bySet && node !== undefined ? run.set(node, 'revision', revision) : run.apply(withKeeper(document));
      applied.push(
        changed.then(
          () => {
            expect(opens).toBe(true);
            const last = versions.at(-1);
            if (last !== undefined) last.untilMs = clock.nowMs();
            versions.push({ document, fromMs: askedMs, untilMs: LAST_MS });
          },
          (error: unknown) => {
            const isOver = run.state !== 'running' || ['CORE_ABORTED', 'RUN_NOT_RUNNING'].includes(errorCode(error));
            if (opens && !isOver) throw error;
            if (!opens && !isOver) expect(errorCode(error)).toBe('RUN_NODE_OPEN');
          },
        ),
      );
      if (pause) clock.schedule(7, () => run.resume());
    });
  }
  clock.schedule(LAST_MS, () => run.resume());
  const outcome = await test.finish();
  await Promise.all(applied);
  expect(outcome.shutdownFailures).toEqual([]);
  expect(test.logged.filter(({ message }) => message.startsWith('A packet failed'))).toEqual([]);
  if (outcome.result === 'completed') expect(states()).toEqual(allEnded(run.graph.nodes.map(({ name }) => name)));
  else expect(outcome.result).toBe('stopped');
  return versions;
}

function expectInOrder(arrivals: Arrivals): void {
  for (const [sink, came] of arrivals) {
    const newest = new Map<number, number>();
    for (const { stream, timestampMs } of came) {
      expect(timestampMs, `${sink}, stream ${stream}`).toBeGreaterThan(newest.get(stream) ?? -1);
      newest.set(stream, timestampMs);
    }
  }
}

describe('a run to which edited graphs are applied', () => {
  it('ends with the last graph that opened, in order at every sink, every frame closed once', async () => {
    await fc.assert(
      fc.asyncProperty(
        timedEdits,
        somePauses,
        someGraph,
        async (edits, pauses, { source, first, fromMs, isStopped }) => {
          const ledger = new FrameLedger();
          const arrivals: Arrivals = new Map();
          const model = new EditedGraph(false, source, first);
          const test = runOf(model.document, ledger, arrivals);
          if (isStopped) test.clock.schedule(150, () => void test.run.stop());
          const versions = await runEdited(test, model, edits, pauses, fromMs);
          expectInOrder(arrivals);
          expect({ open: ledger.open, overReleased: ledger.overReleased }).toEqual({ open: 0, overReleased: 0 });
          const last = withKeeper(versions.at(-1)?.document ?? model.document);
          expect(diffGraphs(toDocument(test.run.graph), last, test.catalog).isEmpty).toBe(true);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('loses nothing: every frame comes to the sinks that a fresh start of the graph of its time brings it to', async () => {
    await fc.assert(
      fc.asyncProperty(timedEdits, somePauses, async (edits, pauses) => {
        const ledger = new FrameLedger();
        const arrivals: Arrivals = new Map();
        const model = new EditedGraph(true);
        const reads: number[] = [];
        const test = runOf(model.document, ledger, arrivals, reads);
        const versions = await runEdited(test, model, edits, pauses);
        expectInOrder(arrivals);
        expect({ open: ledger.open, overReleased: ledger.overReleased }).toEqual({ open: 0, overReleased: 0 });
        expect(arrivals.get('kept')).toHaveLength(FRAME_COUNT);

        const fresh: Arrivals[] = [];
        for (const { document } of versions) {
          const came: Arrivals = new Map();
          await runEdited(runOf(document, ledger, came), model, [], []);
          fresh.push(came);
        }
        for (const sink of fresh.at(-1)?.keys() ?? []) {
          for (let index = 0; index < FRAME_COUNT; index += 1) {
            // A frame is handed over between its reading and the next one.
            const [readMs, nextMs = LAST_MS] = [reads[index] ?? 0, reads[index + 1]];
            const possible = fresh.filter((_, version) => {
              const { fromMs, untilMs } = versions[version] ?? { fromMs: 0, untilMs: 0 };
              return fromMs <= nextMs && untilMs >= readMs;
            });
            const has = (all: Arrivals): boolean =>
              all.get(sink)?.some(({ timestampMs }) => timestampMs === index * PERIOD_MS) ?? false;
            const expected = new Set(possible.map((all) => (all.has(sink) ? has(all) : undefined)));
            if (expected.size === 1 && !expected.has(undefined))
              expect([sink, index, has(arrivals)]).toEqual([sink, index, expected.has(true)]);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});
