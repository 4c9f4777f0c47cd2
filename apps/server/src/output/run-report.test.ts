import type { NodeSnapshot } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { summaryLines } from './run-report.js';

const none = { count: 0, mean: 0, min: 0, max: 0, p50: Number.NaN, p95: Number.NaN, p99: Number.NaN, sum: 0 };

function summary(over: Partial<NodeSnapshot>): string {
  const node: NodeSnapshot = {
    name: 'hands',
    type: 'test.hands',
    state: 'closed',
    stateAgeMs: 0,
    in: 9,
    out: 2,
    skipped: 0,
    failed: 1,
    dropped: { 'worker-down': 6 },
    perSecond: 0,
    waitMs: none,
    workMs: none,
    handOverMs: none,
    lastFault: { code: 'RUN_WATCHDOG', message: 'no answer within 10 s.', atMs: 1, ageMs: 9 },
    ...over,
  };
  const snapshot = { runId: 'r', state: 'ended' as const, elapsedMs: 10, nodes: [node], ageMs: {} };
  return summaryLines({ result: 'stopped', snapshot, shutdownFailures: [] }).join('\n');
}

it('tells why a worker went down, which no fault of a packet tells', () => {
  const trouble = { code: 'RUN_QUARANTINED', message: 'Node "hands" is quarantined.', atMs: 5, ageMs: 5 };
  const lines = summary({ trouble });
  expect(lines).toContain('The worker of node "hands" went down, the last time: Node "hands" is quarantined.');
  expect(lines).toContain('Node "hands" failed 1 times, the last time: no answer within 10 s.');
  expect(summary({})).not.toContain('went down');
});
