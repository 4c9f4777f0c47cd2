import { describe, expect, it } from 'vitest';
import { sleep } from '../../base/index.js';
import { FifoBuffer, LatestBuffer, WindowBuffer, WindowBufferConfig } from '../../nodes/index.js';
import { FrameLedger, createTestRun, nodeOf, sinkInto } from '../../testing/index.js';
import type { Collected, TestNode, TestRun } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';
import type { Admission } from './admission.js';
import { NOT_EXACT, notExact, wasNotExact } from './not-exact.js';

const FRAMES = 9;
const file = (ledger: FrameLedger, live = false): TestNode => ({
  kind: 'source',
  live,
  nodeClass: nodeOf(({ clock }) => {
    let next = 0;
    return {
      async read(signal: AbortSignal): Promise<Frame | undefined> {
        await sleep(clock, 10, signal);
        if (next === FRAMES) return undefined;
        return ledger.frame({ sequence: next, timestampMs: 10 * next++, capturedAtMs: 0 });
      },
    };
  }),
});

/** Runs a graph of one buffer before a sink that takes 100 ms for each packet. */
async function through(buffer: TestNode, admission: Admission) {
  const ledger = new FrameLedger();
  const arrived: Collected<unknown>[] = [];
  const test = createTestRun({
    admission,
    nodes: { clip: file(ledger), buffer, out: { kind: 'sink', nodeClass: sinkInto(arrived, 100) } },
    wires: [
      ['clip.out', 'buffer.in'],
      ['buffer.out', 'out.in'],
    ],
  });
  const { result } = await test.finish();
  expect([result, ledger.open, ledger.overReleased]).toEqual(['completed', 0, 0]);
  return { sequences: arrived.map(({ sequence }) => sequence), dropped: test.node('buffer').dropped };
}

const all = Array.from({ length: FRAMES }, (_, sequence) => sequence);
const buffer = (nodeClass: TestNode['nodeClass'], config: Record<string, unknown>): TestNode => ({
  kind: 'buffer',
  nodeClass,
  config,
});

describe('A buffer in a lossless run', () => {
  it.each<[string, TestNode, string]>([
    ['the newest wins', buffer(LatestBuffer, { admit: 'newest' }), 'replaced'],
    ['only fresh ones count', buffer(LatestBuffer, { admit: 'fresh' }), 'busy'],
    ['the oldest leaves', buffer(FifoBuffer, { capacity: 2, whenFull: 'drop-oldest' }), 'overflow'],
    ['what comes is refused', buffer(FifoBuffer, { capacity: 2, whenFull: 'drop-newest' }), 'overflow'],
    ['old ones leave', buffer(FifoBuffer, { capacity: 8, whenFull: 'block', deadlineMs: 50 }), 'too-old'],
    ['snapshots are replaced', buffer(WindowBuffer, WindowBufferConfig.parse({ count: 2, whole: false })), 'replaced'],
  ])('in which %s otherwise lets nothing go', async (_what, node, cause) => {
    const live = await through(node, 'live');
    expect(live.dropped[cause]).toBeGreaterThan(0);
    expect(await through(node, 'lossless')).toEqual({ sequences: all, dropped: {} });
  });
});

function aRun(admission: Admission, live: boolean, sync: 'timestamp' | 'latest'): TestRun {
  const join = nodeOf(() => ({ transform: ({ a }: { a: unknown }) => a }));
  return createTestRun({
    admission,
    nodes: {
      'a/b': file(new FrameLedger(), live),
      pair: { kind: 'transform', nodeClass: join, inputs: ['a', 'b'], sync },
      alone: { kind: 'transform', nodeClass: nodeOf(() => ({ transform: () => 1 })), sync: 'latest' },
      out: { kind: 'sink', nodeClass: sinkInto([]) },
      end: { kind: 'sink', nodeClass: sinkInto([]) },
    },
    wires: [
      ['a/b.out', 'pair.a'],
      ['a/b.out', 'pair.b'],
      ['a/b.out', 'alone.in'],
      ['pair.out', 'out.in'],
      ['alone.out', 'end.in'],
    ],
  });
}

describe('What keeps a lossless run from being exact', () => {
  it('is told of live sources and joins of the latest, each once', () => {
    const { run, logged } = aRun('lossless', true, 'latest');
    expect(notExact(run.graph)).toEqual([
      expect.objectContaining({ code: NOT_EXACT, severity: 'warning', node: 'a/b', pointer: '/nodes/a~1b' }),
      expect.objectContaining({ code: NOT_EXACT, severity: 'warning', node: 'pair', pointer: '/nodes/pair' }),
    ]);
    expect(
      logged.filter(({ level }) => level === 'warn').map(({ fields }) => [fields['code'], fields['node']]),
    ).toEqual([
      [NOT_EXACT, 'a/b'],
      [NOT_EXACT, 'pair'],
    ]);
  });

  it('is nothing where a file is joined by timestamps; nor is it told where nobody asked', () => {
    expect(notExact(aRun('lossless', false, 'timestamp').run.graph)).toEqual([]);
    expect(aRun('live', true, 'latest').logged).toEqual([]);
  });
});

describe('A lossless run that has ended', () => {
  const failing = (ledger: FrameLedger, admission: Admission): TestRun =>
    createTestRun({
      admission,
      nodes: {
        clip: file(ledger),
        odd: {
          kind: 'transform',
          nodeClass: nodeOf(() => ({
            transform: ({ sequence }: Frame) => {
              if (sequence % 4 === 1) throw new Error(`${sequence} is odd.`);
              return sequence;
            },
          })),
        },
        out: { kind: 'sink', nodeClass: sinkInto([]) },
      },
      wires: [
        ['clip.out', 'odd.in'],
        ['odd.out', 'out.in'],
      ],
    });

  it('tells which nodes failed in it, and how often; a live one does not', async () => {
    const told = async (admission: Admission): Promise<readonly string[]> => {
      const ledger = new FrameLedger();
      const test = failing(ledger, admission);
      await test.finish();
      expect(ledger.open).toBe(0);
      return test.logged.filter(({ fields }) => fields['code'] === NOT_EXACT).map(({ message }) => message);
    };
    expect(await told('live')).toEqual([]);
    expect(await told('lossless')).toEqual([
      expect.stringContaining(
        '"odd" (test.odd) failed on 2 packets, which are missing in the results; the last time: 5 is odd.',
      ),
    ]);
  });

  it('tells of a worker that was lost, whatever else failed', async () => {
    const { run, finish } = failing(new FrameLedger(), 'live');
    await finish();
    const trouble = { code: 'UNEXPECTED', message: 'it hung', atMs: 1, ageMs: 1 };
    const { nodes } = run.snapshot();
    expect(wasNotExact(nodes.map((node) => (node.name === 'odd' ? { ...node, trouble } : node)))).toEqual([
      expect.objectContaining({
        code: NOT_EXACT,
        node: 'odd',
        message: expect.stringContaining('(it hung)') as string,
      }),
    ]);
  });
});
