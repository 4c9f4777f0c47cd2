import type { FiguresMessage, NodeNow } from '@kinegraph/core/protocol';
import { expect, it } from 'vitest';
import { figurePoints } from './figure-points.js';

const times = (p50: number | null, p95 = p50) => ({ count: 1, p50, p95, p99: p95 });
const node = (name: string, dropped: number, ageMs?: number): NodeNow => ({
  ...{ name, state: 'open', in: 1, out: 1, skipped: 0, failed: 0, perSecond: 24 },
  dropped: dropped === 0 ? {} : { late: dropped },
  ...{ workMs: times(1), waitMs: times(1), handOverMs: times(1) },
  ...(ageMs === undefined ? {} : { ageMs: times(ageMs, ageMs * 2) }),
});
const figures = (elapsedMs: number, cpuMs: number, nodes: readonly NodeNow[]): FiguresMessage => ({
  ...{ type: 'figures', run: 'run', state: 'running', paused: false, elapsedMs, changes: 0, nodes },
  process: { cpuMs, rssBytes: 2 ** 28 },
});

it('tells what came since the figures before, per second', () => {
  const before = figures(1000, 500, [node('newest', 10), node('out', 0, 40)]);
  const points = figurePoints(before, figures(1500, 1250, [node('newest', 16), node('out', 0, 40)]));
  expect(points).toEqual({
    age: { 'out p50': 40, 'out p95': 80 },
    rates: { newest: 24, out: 24 },
    drops: { newest: 12 },
    cpu: { cpu: 150 },
    memory: { rss: 256 },
  });
});

it('leaves a gap where there is nothing to compare with, or a node counts anew', () => {
  const now = figures(1500, 1250, [node('newest', 3)]);
  expect(figurePoints(undefined, now)).toMatchObject({ drops: { newest: null }, cpu: { cpu: null } });
  expect(figurePoints(figures(1000, 1200, [node('newest', 16)]), now)).toMatchObject({ drops: { newest: null } });
});
