import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode } from '../src/base/index.js';
import { diffGraphs, toDocument } from '../src/graph/index.js';
import type { GraphDocument } from '../src/graph/index.js';
import { FrameLedger, createTestRun } from '../src/testing/index.js';
import type { TestRun } from '../src/testing/index.js';
import { EditedGraph, FRAME_COUNT, PERIOD_MS, editableTypes, graphEdit } from './support/edited-graph.js';
import type { Arrivals, GraphEdit } from './support/edited-graph.js';

const RUNS = 80;
/** Later than anything happens by itself. */
const LAST_MS = 100_000;

interface TimedEdit {
  readonly afterMs: number;
  readonly edit: GraphEdit;
  readonly pause: boolean;
}

const timedEdits: fc.Arbitrary<readonly TimedEdit[]> = fc.array(
  fc.record({ afterMs: fc.nat({ max: 60 }), edit: graphEdit, pause: fc.boolean() }),
  { minLength: 1, maxLength: 8 },
);

/** A run of a document on virtual time. */
function runOf(document: GraphDocument, ledger: FrameLedger, arrivals: Arrivals, reads: number[] = []): TestRun {
  return createTestRun({ types: editableTypes(ledger, arrivals, reads), document });
}

/** A graph that was running between two times; which of two versions a frame took is open while the change was made. */
interface Version {
  readonly document: GraphDocument;
  readonly fromMs: number;
  untilMs: number;
}

/** Runs the graph to its end while the edits are applied when they are due. */
async function runEdited(test: TestRun, model: EditedGraph, edits: readonly TimedEdit[]): Promise<Version[]> {
  const { run, clock } = test;
  const versions: Version[] = [{ document: model.document, fromMs: 0, untilMs: LAST_MS }];
  const applied: Promise<void>[] = [];
  let dueMs = 0;
  for (const { afterMs, edit, pause } of edits) {
    dueMs += afterMs;
    clock.schedule(dueMs, () => {
      const fromMs = clock.nowMs();
      if (pause) run.pause();
      const { document, opens } = model.edit(edit);
      applied.push(
        run.apply(document).then(
          () => {
            expect(opens).toBe(true);
            const last = versions.at(-1);
            if (last !== undefined) last.untilMs = clock.nowMs();
            versions.push({ document, fromMs, untilMs: LAST_MS });
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
      fc.asyncProperty(timedEdits, fc.constantFrom('file', 'live'), fc.boolean(), async (edits, source, isStopped) => {
        const ledger = new FrameLedger();
        const arrivals: Arrivals = new Map();
        const model = new EditedGraph(false, source);
        const test = runOf(model.document, ledger, arrivals);
        if (isStopped) test.clock.schedule(150, () => void test.run.stop());
        const versions = await runEdited(test, model, edits);
        expectInOrder(arrivals);
        expect({ open: ledger.open, overReleased: ledger.overReleased }).toEqual({ open: 0, overReleased: 0 });
        const last = versions.at(-1)?.document ?? model.document;
        expect(diffGraphs(toDocument(test.run.graph), last, test.catalog).isEmpty).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('loses nothing: every frame comes to the sinks that a fresh start of the graph of its time brings it to', async () => {
    await fc.assert(
      fc.asyncProperty(timedEdits, async (edits) => {
        const ledger = new FrameLedger();
        const arrivals: Arrivals = new Map();
        const model = new EditedGraph(true);
        const reads: number[] = [];
        const test = runOf(model.document, ledger, arrivals, reads);
        const versions = await runEdited(test, model, edits);
        expectInOrder(arrivals);
        expect({ open: ledger.open, overReleased: ledger.overReleased }).toEqual({ open: 0, overReleased: 0 });
        expect(arrivals.get('kept')).toHaveLength(FRAME_COUNT);

        const fresh: Arrivals[] = [];
        for (const { document } of versions) {
          const came: Arrivals = new Map();
          await runOf(document, ledger, came).finish();
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
