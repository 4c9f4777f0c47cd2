import { describe, expect, it } from 'vitest';
import { sleep } from '../src/base/index.js';
import { FifoBuffer, LatestBuffer } from '../src/nodes/index.js';
import {
  FrameLedger,
  createTestRun,
  jitteredArrivals,
  nodeOf,
  servedInTheory,
  sinkInto,
} from '../src/testing/index.js';
import type { Collected, DropPolicy, TestNode, TestNodeServices } from '../src/testing/index.js';
import type { Frame } from '../src/vision/index.js';

// A camera of 30 frames a second whose frames come up to 3 ms early or late, before a worker of known speed. With the
// period T and the service time S > T, all policies but `fresh` keep the worker busy, so the rate is 1/S, and the age is
// that of the frame taken: `latest` waits T/2 on average, so S + T/2. Refuse-newest with two places takes a frame T/2
// after a place became free, two services before its own begins: 3 S - T/2. `fresh` never lets a frame wait: age S.

const SECONDS = 60;
const PER_SECOND = 30;
const PERIOD_MS = 1000 / PER_SECOND;
/** A first frame that comes 2.1 ms early. What that has to do with it is told in the last test. */
const EARLY_FIRST_FRAME = 8;
/** One that comes 1.4 ms late. */
const LATE_FIRST_FRAME = 2;

const REFUSE_NEWEST: DropPolicy = { refuseNewestWith: 2 };
const BUFFERS = new Map<DropPolicy, TestNode>([
  ['latest', { kind: 'buffer', nodeClass: LatestBuffer, config: { admit: 'newest' } }],
  ['fresh', { kind: 'buffer', nodeClass: LatestBuffer, config: { admit: 'fresh' } }],
  [REFUSE_NEWEST, { kind: 'buffer', nodeClass: FifoBuffer, config: { capacity: 2, whenFull: 'drop-newest' } }],
]);

/** A camera that brings its frames exactly when they are due, however late it is asked for the next. */
function camera(ledger: FrameLedger, dueMs: readonly number[]): TestNode {
  const nodeClass = nodeOf(({ clock }: TestNodeServices) => {
    let sequence = -1;
    return {
      async read(signal: AbortSignal): Promise<Frame | undefined> {
        sequence += 1;
        const due = dueMs[sequence];
        if (due === undefined) return undefined;
        await sleep(clock, due - clock.nowMs(), signal);
        return ledger.frame({ sequence, timestampMs: clock.nowMs(), capturedAtMs: clock.nowMs() });
      },
    };
  });
  return { kind: 'source', live: true, nodeClass };
}

function worker(serviceMs: number): TestNode {
  const nodeClass = nodeOf(({ clock }: TestNodeServices) => ({
    async extract({ sequence }: Frame) {
      await sleep(clock, serviceMs);
      return sequence;
    },
  }));
  return { kind: 'extractor', nodeClass };
}

interface Measured {
  readonly results: readonly Collected<number>[];
  readonly perSecond: number;
  readonly medianAgeMs: number;
  readonly dropped: number;
}

/** Runs a minute of the graph to its end. */
async function measure(policy: DropPolicy, serviceMs: number, arrivalsMs: readonly number[]): Promise<Measured> {
  const ledger = new FrameLedger();
  const results: Collected<number>[] = [];
  const buffer = BUFFERS.get(policy);
  if (buffer === undefined) throw new Error('There is no buffer of that policy.');
  const test = createTestRun({
    nodes: {
      camera: camera(ledger, arrivalsMs),
      buffer,
      worker: worker(serviceMs),
      out: { kind: 'sink', nodeClass: sinkInto(results) },
    },
    wires: [
      ['camera.out', 'buffer.in'],
      ['buffer.out', 'worker.in'],
      ['worker.out', 'out.in'],
    ],
  });
  await test.run.start();
  await test.clock.advance((SECONDS + 1) * 1000);
  expect(await test.finish()).toMatchObject({ result: 'completed', shutdownFailures: [] });
  expect([ledger.made, ledger.open, ledger.overReleased]).toEqual([arrivalsMs.length, 0, 0]);
  const dropped = Object.values(test.node('buffer').dropped).reduce((sum, count) => sum + count, 0);
  const [first, last] = [results[0], results.at(-1)];
  const spanMs = (last?.atMs ?? Number.NaN) - (first?.atMs ?? Number.NaN);
  return { results, perSecond: ((results.length - 1) * 1000) / spanMs, medianAgeMs: medianAge(results), dropped };
}

function medianAge(results: readonly { readonly ageMs: number }[]): number {
  return results.map(({ ageMs }) => ageMs).toSorted((a, b) => a - b)[results.length >> 1] ?? Number.NaN;
}

function arrivalsOf(seed: number): readonly number[] {
  return jitteredArrivals({ count: SECONDS * PER_SECOND, perSecond: PER_SECOND, jitterMs: 3, seed });
}

/** Policy, service time; the rate and the age that theory gives. */
const FIGURES: readonly [name: string, DropPolicy, serviceMs: number, perSecond: number, medianAgeMs: number][] = [
  ['latest', 'latest', 20, 30, 20],
  ['latest', 'latest', 36, 27.8, 52],
  ['latest', 'latest', 50, 20, 67],
  ['latest', 'latest', 100, 10, 131],
  ['refuse-newest', REFUSE_NEWEST, 20, 30, 20],
  ['refuse-newest', REFUSE_NEWEST, 36, 27.8, 91],
  ['refuse-newest', REFUSE_NEWEST, 50, 20, 133],
  ['refuse-newest', REFUSE_NEWEST, 100, 10, 297],
  ['fresh', 'fresh', 20, 30, 20],
  ['fresh', 'fresh', 36, 16, 36],
  ['fresh', 'fresh', 50, 15, 50],
  ['fresh', 'fresh', 100, 8.3, 100],
];

describe('a camera of 30 frames a second with 3 ms of jitter before one worker', () => {
  it.each(FIGURES)('%s: policy %j, %d ms: %d results a second of age %d ms', async (...row) => {
    const [, policy, serviceMs, perSecond, medianAgeMs] = row;
    const measured = await measure(policy, serviceMs, arrivalsOf(EARLY_FIRST_FRAME));
    expect(Math.abs(measured.perSecond - perSecond)).toBeLessThan(0.15);
    expect(Math.abs(measured.medianAgeMs - medianAgeMs)).toBeLessThan(1);
    expect(measured.results.length + measured.dropped).toBe(SECONDS * PER_SECOND); // every frame is accounted for
  });

  it.each(FIGURES)(
    '%s: policy %j, %d ms: every single result is the one that the queue by itself gives',
    async (...row) => {
      const [, policy, serviceMs] = row;
      const arrivalsMs = arrivalsOf(LATE_FIRST_FRAME);
      const { results } = await measure(policy, serviceMs, arrivalsMs);
      const theory = servedInTheory(policy, arrivalsMs, () => serviceMs);
      expect(results.map(({ value }) => value)).toEqual(theory.map(({ index }) => index));
      expect(
        Math.max(...results.map(({ ageMs }, index) => Math.abs(ageMs - (theory[index]?.ageMs ?? Infinity)))),
      ).toBeLessThan(1e-6);
    },
  );

  // 100 ms are three periods to the millisecond, so the worker always looks at the same moment of the camera's beat:
  // the moment of its first frame. Where that came early, the third frame from there is mostly just not there yet, and a
  // frame older by a period is taken: 131 and 297 ms. Where it came late, that frame is just there: 103 and 269 ms.
  it.each([
    ['latest' as const, EARLY_FIRST_FRAME, 131],
    ['latest' as const, LATE_FIRST_FRAME, 103],
    [REFUSE_NEWEST, EARLY_FIRST_FRAME, 297],
    [REFUSE_NEWEST, LATE_FIRST_FRAME, 269],
  ])(
    '%j: a service of whole periods locks to the phase of the first frame (seed %d: %d ms)',
    async (policy, seed, ms) => {
      expect(Math.abs((await measure(policy, 100, arrivalsOf(seed))).medianAgeMs - ms)).toBeLessThan(1);
    },
  );

  // A service that is a little longer drifts through all phases, as every real one does: S + T/2 and 3 S - T/2 again.
  it.each([
    ['latest' as const, 100.7 + PERIOD_MS / 2],
    [REFUSE_NEWEST, 3 * 100.7 - PERIOD_MS / 2],
  ])('%j: a service of a little more than whole periods gives the mean of all phases', async (policy, ms) => {
    expect(Math.abs((await measure(policy, 100.7, arrivalsOf(EARLY_FIRST_FRAME))).medianAgeMs - ms)).toBeLessThan(3);
  });
});
