import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framesOf } from '../../../test/support/diary.js';
import { GRAPH_FORMAT } from '../../graph/index.js';
import type { GraphDocument } from '../../graph/index.js';
import { FrameLedger, createTestRun, nodeOf, sinkInto, sourceOf } from '../../testing/index.js';
import type { Collected, TestNode, TestRun } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';

let ledger: FrameLedger;
let got: Collected<string>[];
beforeEach(() => {
  ledger = new FrameLedger();
  got = [];
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

const pass = nodeOf(() => ({ transform: (frame: Frame) => frame }));
const types = (): Record<string, TestNode> => ({
  cam: { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, 5), 40) },
  once: { kind: 'source', nodeClass: sourceOf(() => [ledger.frame({ sequence: 77, timestampMs: 0 })], 10) },
  pass: { kind: 'transform', nodeClass: pass },
  pair: {
    kind: 'transform',
    inputs: ['a', 'b'],
    nodeClass: nodeOf(() => ({
      transform: ({ a, b }: { a: Frame; b: Frame }) => `${a.sequence} with ${b.sequence}`,
    })),
  },
  out: { kind: 'sink', nodeClass: sinkInto(got) },
});

/** Pairs the frames of `cam` with the newest of `once`, each having passed the nodes of these names. */
function paired(before: { a?: string; b?: string }, once = 'once'): GraphDocument {
  const chain = (from: string, through: string | undefined, port: string): [string, string][] =>
    through === undefined
      ? [[`${from}.out`, `pair.${port}`]]
      : [
          [`${from}.out`, `${through}.in`],
          [`${through}.out`, `pair.${port}`],
        ];
  const passes = [before.a, before.b].filter((name) => name !== undefined);
  return {
    kinegraph: GRAPH_FORMAT,
    nodes: {
      cam: { type: 'test.cam' },
      [once]: { type: 'test.once' },
      ...Object.fromEntries(passes.map((name) => [name, { type: 'test.pass' }])),
      pair: { type: 'test.pair', sync: 'latest' },
      out: { type: 'test.out' },
    },
    wires: [...chain('cam', before.a, 'a'), ...chain(once, before.b, 'b'), ['pair.out', 'out.in']],
  };
}

async function applied(before: GraphDocument, after: GraphDocument): Promise<TestRun> {
  const test = createTestRun({ document: before, types: types() });
  await test.run.start();
  await test.clock.advance(100); // two frames have come
  await test.run.apply(after);
  expect((await test.finish()).result).toBe('completed');
  return test;
}
const values = (): string[] => got.map(({ value }) => value);

describe('Run.apply, at a node that pairs with the newest', () => {
  it('keeps the newest of an input whose wire stays, which may send but once', async () => {
    const test = await applied(paired({}), paired({ a: 'p' }));
    expect(values()).toEqual([0, 1, 2, 3, 4].map((sequence) => `${sequence} with 77`));
    expect(test.node('pair').dropped).toEqual({});
  });

  it('lets go the newest of an input that is fed by another node', async () => {
    const test = await applied(paired({}), paired({ b: 'p' }));
    expect(values()).toEqual(['0 with 77', '1 with 77']);
    expect(test.node('pair').dropped).toEqual({ 'no-partner': 3 });
  });

  it('lets go the newest of another stream', async () => {
    await applied(paired({}), paired({}, 'again'));
    expect(values()).toEqual([0, 1, 2, 3, 4].map((sequence) => `${sequence} with 77`)); // frame 2 comes after that of `again`
    expect(ledger.made).toBe(7);
  });
});
