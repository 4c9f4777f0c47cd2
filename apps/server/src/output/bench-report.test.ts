import type { Measurement } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { benchLines, type BenchFacts } from './bench-report.js';

const none = {
  count: 0,
  mean: Number.NaN,
  min: Number.NaN,
  max: Number.NaN,
  p50: Number.NaN,
  p95: Number.NaN,
  p99: Number.NaN,
  sum: 0,
};
const times = (ms: number): typeof none => ({
  count: 10,
  mean: ms,
  min: ms,
  max: ms,
  p50: ms,
  p95: ms,
  p99: ms,
  sum: 10 * ms,
});

/** A camera, a buffer that dropped 50 of 100, and hands that were busy for `busy` of the time. */
function measured(over: Partial<Measurement> & { busyShare?: number; drops?: number } = {}): Measurement {
  const { busyShare = 0.97, drops = 50, ...rest } = over;
  const dropped = drops === 0 ? {} : { replaced: drops };
  const node = {
    state: 'closed',
    stateAgeMs: 0,
    skipped: 0,
    failed: 0,
    perSecond: 5,
    waitMs: none,
    handOverMs: none,
  } as const;
  return {
    result: 'stopped',
    measuredMs: 10_000,
    openMs: 100,
    firstResultMs: 300,
    results: 50,
    perSecond: 5,
    cpuMs: 10_000,
    cpuCores: 1,
    cpuMsPerResult: 200,
    peakRssBytes: 0,
    peakHeapBytes: 0,
    sinks: [],
    dropped,
    nodes: [
      { ...node, name: 'newest', type: 'core.buffer.latest', in: 100, out: 50, dropped, workMs: none },
      { ...node, name: 'hands', type: 'mediapipe.hands', in: 50, out: 50, dropped: {}, workMs: times(194) },
    ],
    busy: { newest: 0, hands: busyShare },
    ...rest,
  };
}
const facts = (cores = 8): BenchFacts => ({ cores, mayMultiply: (type) => type === 'test.stateless' });
const text = (run: Measurement, cores = 8): string =>
  benchLines([{ graph: 'g.json', runs: [run] }], facts(cores)).join('\n');

it('names the node that sets the pace, with its share and its time for a packet', () => {
  expect(text(measured())).toContain(
    '"hands" sets the pace of 5.00 results a second: it works 97 % of the time, 194 ms a packet.',
  );
});

it('advises more instances only for a node type that may have them', () => {
  expect(text(measured())).toContain('Make it lighter (model, size of the picture).');
  const nodes = measured().nodes.map((node) => ({ ...node, type: 'test.stateless' }));
  expect(text(measured({ nodes }))).toContain(
    'Make it lighter (model, size of the picture), or give it more instances (--set hands.concurrency=2).',
  );
});

it('says so where the processor is full', () => {
  expect(text(measured({ cpuCores: 1.9 }), 2)).toContain(
    'The processor sets the pace of 5.00 results a second: 1.90 of 2 cores',
  );
});

it('says so where the sources bring no more', () => {
  const lines = text(measured({ busyShare: 0.3, drops: 0 }));
  expect(lines).toContain('The sources set the pace of 5.00 results a second; nothing is dropped.');
  expect(lines).toContain('"hands", works 30 % of the time');
});

it('says so where packets are dropped and no node is busy', () => {
  expect(text(measured({ busyShare: 0.6 }))).toContain('nodes wait for each other');
});

it('tells the share of drops and how busy each node was', () => {
  const lines = text(measured());
  expect(lines).toMatch(/^newest +100 +50 +50 replaced \(50 %\)/m);
  expect(lines).toMatch(/^hands +50 +50 +0 +0 +97 /m);
});

it('tells why a worker went down', () => {
  const run = measured();
  const nodes = run.nodes.map((node) => ({
    ...node,
    trouble: { code: 'C', message: 'out of memory.', atMs: 1, ageMs: 1 },
  }));
  expect(text({ ...run, nodes })).toContain('The worker of "hands" went down, the last time: out of memory.');
  expect(text(run)).not.toContain('went down');
});

it('tells that there is no result, and what the figures leave out', () => {
  const lines = text(measured({ results: 0 }));
  expect(lines).toContain('No result came');
  expect(lines).not.toContain('sets the pace');
  expect(lines).toContain('one that decodes video is not in them');
});

it('says that memory cannot be compared where another run came before in the same process', () => {
  const note = 'what earlier runs of this command have left counts, too';
  expect(text(measured())).not.toContain(note);
  expect(benchLines([{ graph: 'g.json', runs: [measured(), measured()] }], facts()).join('\n')).toContain(note);
});
