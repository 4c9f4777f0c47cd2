import { Histogram } from '@kinegraph/core';
import type { NodeSnapshot } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { vitalsOf } from './run-vitals.js';

const NONE = new Histogram().summary();
const aNode = (node: Partial<NodeSnapshot> = {}): NodeSnapshot => ({
  ...{ name: 'a', type: 'core.sink.null', state: 'open', stateAgeMs: 0 },
  ...{ in: 0, out: 0, skipped: 0, failed: 0, dropped: {}, perSecond: Number.NaN },
  ...{ waitMs: NONE, workMs: NONE, handOverMs: NONE },
  ...node,
});

it('tells the rate of the sink that gets the most, and the age of the one that is last', () => {
  const sink = (perSecond: number, p95: number): NodeSnapshot => aNode({ perSecond, ageMs: { ...NONE, p95 } });
  const nodes = [aNode({ perSecond: 99 }), sink(24, 40), sink(12, 90), sink(Number.NaN, Number.NaN)];
  expect(vitalsOf({ nodes })).toMatchObject({ perSecond: 24, ageP95Ms: 90, health: 'well' });
  expect(vitalsOf({ nodes: [] })).toEqual({
    ...{ health: 'well', perSecond: Number.NaN, ageP95Ms: Number.NaN, dropped: 0, failed: 0 },
  });
});

it('counts what was let go and what failed over all nodes', () => {
  const nodes = [
    aNode({ dropped: { replaced: 3, paused: 1 }, failed: 2 }),
    aNode({ dropped: { replaced: 5 }, failed: 1 }),
  ];
  expect(vitalsOf({ nodes })).toMatchObject({ dropped: 9, failed: 3 });
});

it.each([
  ['a worker that restarts', aNode({ state: 'restarting' }), 'troubled'],
  ['a source that is away', aNode({ connection: { state: 'reconnecting', ageMs: 1 } }), 'troubled'],
  ['a source that waits for its first frame', aNode({ connection: { state: 'waiting', ageMs: 1 } }), 'well'],
  ['a node that is out', aNode({ state: 'quarantined' }), 'failed'],
] as const)('with %s it is so', (_, node, health) => {
  expect(vitalsOf({ nodes: [aNode(), node] }).health).toBe(health);
});

it('of a run that has ended only counts how', () => {
  expect(vitalsOf({ nodes: [aNode({ state: 'failed' })] }, 'stopped').health).toBe('well');
  expect(vitalsOf({ nodes: [aNode()] }, 'failed').health).toBe('failed');
});
