import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTestRun, FrameLedger, seededRandom } from '../src/testing/index.js';
import { anyGraph, build, droppingGraph, losslessGraph, otherwiseTimed } from './support/random-graph.js';
import type { GraphPlan } from './support/random-graph.js';

const RUNS = 300;

/** What holds at the end of every run, however it came to it. */
function expectCleanEnd(ledger: FrameLedger, arrivals: ReturnType<typeof build>['arrivals']): void {
  expect({ open: ledger.open, overReleased: ledger.overReleased }).toEqual({ open: 0, overReleased: 0 });
  for (const [sink, { timestampsMs, mostAtOnce }] of Object.entries(arrivals)) {
    expect(mostAtOnce, sink).toBeLessThanOrEqual(1);
    for (const [index, timestampMs] of timestampsMs.entries()) {
      if (index > 0) expect(timestampMs, sink).toBeGreaterThan(timestampsMs[index - 1] ?? Number.NaN);
    }
  }
}

describe('a run of any graph', () => {
  it('ends by itself, in order at every sink, with every frame closed once and every packet accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph, async (plan) => {
        const ledger = new FrameLedger();
        const { nodes, wires, arrivals } = build(plan, ledger);
        const { finish, node } = createTestRun({ nodes, wires });
        const outcome = await finish();
        expect(outcome.error?.message ?? outcome.result).toMatch(/completed|failed on each of its/);
        expect(outcome.shutdownFailures).toEqual([]);
        expectCleanEnd(ledger, arrivals);

        for (const [name, { kind, inputs = ['in'] }] of Object.entries(nodes)) {
          const figures = node(name);
          const dropped = Object.values(figures.dropped).reduce((sum, count) => sum + count, 0);
          if (kind === 'source') expect(figures.in, name).toBe(figures.out + dropped);
          if (kind === 'buffer' && !name.includes('window') && !('strideCount' in (nodes[name]?.config ?? {}))) {
            expect(figures.in, name).toBe(figures.out + dropped);
          }
          if (kind !== 'source' && inputs.length === 1) {
            const [producer = ''] = wires.find(([, to]) => to === `${name}.in`)?.[0].split('.') ?? [];
            expect(figures.in, name).toBe(node(producer).out);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('can be stopped at any time, and then ends with every frame closed', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyGraph,
        fc.nat({ max: 150 }),
        fc.constantFrom('drain' as const, 'drop' as const),
        fc.boolean(),
        async (plan, atMs, mode, twice) => {
          const ledger = new FrameLedger();
          const { nodes, wires, arrivals } = build(plan, ledger);
          const { run, clock, finish } = createTestRun({ nodes, wires });
          clock.schedule(atMs, () => {
            void run.stop(mode);
            if (twice) void run.stop('drop');
          });
          const outcome = await finish();
          expect(outcome.shutdownFailures).toEqual([]);
          expect(run.state).toBe('ended');
          expectCleanEnd(ledger, arrivals);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('a run of a graph without dropping buffers', () => {
  it('brings every frame of its source to every sink', async () => {
    await fc.assert(
      fc.asyncProperty(losslessGraph, async (plan: GraphPlan) => {
        const ledger = new FrameLedger();
        const { nodes, wires, arrivals } = build(plan, ledger);
        const outcome = await createTestRun({ nodes, wires }).finish();
        expect(outcome.result).toBe('completed');
        expectCleanEnd(ledger, arrivals);
        const expected = plan.sources[0]?.frames.length;
        for (const [sink, { timestampsMs }] of Object.entries(arrivals))
          expect(timestampsMs.length, sink).toBe(expected);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a lossless run of a graph with any buffers', () => {
  it('ends, drops nothing at them, and brings the same to every sink however long everything takes', async () => {
    await fc.assert(
      fc.asyncProperty(droppingGraph, fc.integer(), async (plan, seed) => {
        const random = seededRandom(seed);
        const seen: unknown[] = [];
        for (const timed of [plan, otherwiseTimed(plan, random), otherwiseTimed(plan, random)]) {
          const ledger = new FrameLedger();
          const { nodes, wires, arrivals } = build(timed, ledger);
          const { finish, node } = createTestRun({ nodes, wires, admission: 'lossless' });
          const outcome = await finish();
          expect(outcome.error?.message ?? outcome.result).toMatch(/completed|failed on each of its/);
          expectCleanEnd(ledger, arrivals);
          for (const [name, { kind }] of Object.entries(nodes)) {
            const { dropped } = node(name);
            if (kind === 'buffer') expect(dropped, name).toEqual({});
          }
          seen.push(Object.values(arrivals).map(({ timestampsMs }) => timestampsMs));
        }
        expect(seen[1]).toEqual(seen[0]);
        expect(seen[2]).toEqual(seen[0]);
      }),
      { numRuns: RUNS },
    );
  });
});
