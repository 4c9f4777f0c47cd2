import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunOutcome } from '../src/runtime/index.js';
import { createTestRun, FrameLedger } from '../src/testing/index.js';
import type { TestRun } from '../src/testing/index.js';
import { anyGraph, build, losslessGraph } from './support/random-graph.js';
import type { GraphPlan } from './support/random-graph.js';
import { KEEPER, allEnded, keeperUntil, statesAt } from './support/states-at-end.js';

const RUNS = 150;
/** Later than anything happens by itself. */
const LAST_MS = 100_000;
/** When the states of nodes are looked at, and until when the run is kept going for that. */
const LOOK_MS = LAST_MS + 10_000;
const KEPT_UNTIL_MS = LOOK_MS + 10_000;

/** What somebody does to a running graph. */
interface Edit {
  readonly atMs: number;
  readonly does: 'set' | 'pause' | 'resume';
  readonly pick: number;
  readonly value: number;
}

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    atMs: fc.nat({ max: 200 }),
    does: fc.constantFrom('set' as const, 'set' as const, 'pause' as const, 'resume' as const),
    pick: fc.nat({ max: 20 }),
    value: fc.nat({ max: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Does the edits when they are due; `settled` has what each `set` came to, in the order they were asked for. */
function schedule(
  { run, clock }: TestRun,
  plan: readonly Edit[],
  names: readonly string[],
): { asked: [string, number][]; settled: Promise<PromiseSettledResult<boolean>>[] } {
  const asked: [string, number][] = [];
  const settled: Promise<PromiseSettledResult<boolean>>[] = [];
  for (const { atMs, does, pick, value } of plan) {
    clock.schedule(atMs, () => {
      if (does === 'pause') run.pause();
      else if (does === 'resume') run.resume();
      else {
        const node = names[pick % names.length] ?? '';
        asked.push([node, value]);
        settled.push(Promise.allSettled([run.set(node, 'revision', value)]).then(([result]) => result));
      }
    });
  }
  clock.schedule(LAST_MS, () => run.resume());
  return { asked, settled };
}

/** Runs it to its end; where nobody stops it, every node has ended by then as it has where nothing is changed. */
async function finish(test: TestRun): Promise<RunOutcome> {
  const states = statesAt(test, LOOK_MS);
  const outcome = await test.finish();
  if (outcome.result !== 'stopped') expect(states()).toEqual(allEnded(test.run.graph.nodes.map(({ name }) => name)));
  if (outcome.result === 'failed') expect(outcome.error).toHaveProperty('code', 'RUN_NOTHING_WORKED'); // not one packet
  return outcome;
}

function expectCleanEnd(ledger: FrameLedger, arrivals: ReturnType<typeof build>['arrivals']): void {
  expect({ open: ledger.open, overReleased: ledger.overReleased }).toEqual({ open: 0, overReleased: 0 });
  for (const [sink, { timestampsMs }] of Object.entries(arrivals)) {
    for (const [index, timestampMs] of timestampsMs.entries())
      if (index > 0) expect(timestampMs, sink).toBeGreaterThan(timestampsMs[index - 1] ?? Number.NaN);
  }
}

describe('a run that is changed while it runs', () => {
  it('ends in order with every frame closed once, whatever was set and however it was paused', async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph, edits, fc.boolean(), async (plan: GraphPlan, changes, isStopped) => {
        const ledger = new FrameLedger();
        const { nodes, wires, arrivals } = build(plan, ledger);
        const test = createTestRun({ nodes: { ...nodes, [KEEPER]: keeperUntil(KEPT_UNTIL_MS) }, wires });
        const { asked, settled } = schedule(test, changes, Object.keys(nodes));
        if (isStopped) test.clock.schedule(100, () => void test.run.stop());
        const outcome = await finish(test);
        expect(outcome.shutdownFailures).toEqual([]);
        expectCleanEnd(ledger, arrivals);

        // The configurations are those that a fresh start with all accepted edits would have.
        const expected = new Map(Object.entries(nodes).map(([name, { config = {} }]) => [name, config]));
        expected.set(KEEPER, {});
        for (const [index, result] of (await Promise.all(settled)).entries()) {
          const [name = '', revision] = asked[index] ?? [];
          if (result.status === 'fulfilled') expected.set(name, { ...expected.get(name), revision });
          else expect(result.reason).toHaveProperty('code', expect.stringMatching(/^(RUN_NOT_|CORE_ABORTED)/));
        }
        expect(new Map(test.run.graph.nodes.map(({ name, config }) => [name, config]))).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });

  it('brings every frame to every sink where no buffer drops, though all other nodes restart', async () => {
    await fc.assert(
      fc.asyncProperty(losslessGraph, edits, async (plan: GraphPlan, changes) => {
        const ledger = new FrameLedger();
        const { nodes, wires, arrivals } = build(plan, ledger);
        const test = createTestRun({ nodes: { ...nodes, [KEEPER]: keeperUntil(KEPT_UNTIL_MS) }, wires });
        // A buffer that restarts lets go what it holds.
        const names = Object.keys(nodes).filter((name) => nodes[name]?.kind !== 'buffer');
        schedule(test, changes, names);
        expect((await finish(test)).result).toBe('completed');
        expectCleanEnd(ledger, arrivals);
        const expected = plan.sources[0]?.frames.length;
        for (const [sink, { timestampsMs }] of Object.entries(arrivals))
          expect(timestampsMs.length, sink).toBe(expected);
      }),
      { numRuns: RUNS },
    );
  });
});
