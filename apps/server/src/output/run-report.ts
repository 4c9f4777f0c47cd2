import type { NodeSnapshot, RunOutcome, RunSnapshot } from '@kinegraph/core';
import { shortNumber, textTable } from './text-table.js';

/** What came out of a run so far, over all its sinks. */
export interface Throughput {
  readonly results: number;
  readonly perSecond: number;
  /** Median and 95th percentile of the age at the sink that lags most, in ms; NaN before the first result. */
  readonly ageP50Ms: number;
  readonly ageP95Ms: number;
  /** Packets dropped by node name, those with none left out. */
  readonly dropped: readonly (readonly [string, number])[];
  readonly failed: number;
}

export function throughputOf(snapshot: RunSnapshot): Throughput {
  const sinks = snapshot.nodes.filter((node) => node.ageMs !== undefined);
  const results = Math.max(0, ...sinks.map((node) => node.in));
  const slowest = sinks.reduce<NodeSnapshot | undefined>(
    (worst, node) => ((node.ageMs?.p50 ?? 0) > (worst?.ageMs?.p50 ?? -1) ? node : worst),
    undefined,
  );
  return {
    results,
    perSecond: snapshot.elapsedMs > 0 ? (results * 1000) / snapshot.elapsedMs : 0,
    ageP50Ms: slowest?.ageMs?.p50 ?? Number.NaN,
    ageP95Ms: slowest?.ageMs?.p95 ?? Number.NaN,
    dropped: snapshot.nodes.map((node) => [node.name, droppedTotal(node)] as const).filter(([, count]) => count > 0),
    failed: snapshot.nodes.reduce((sum, node) => sum + node.failed, 0),
  };
}

/** One line for the terminal while a run goes on. @param perSecond - the rate over the last moments. */
export function statusLine(snapshot: RunSnapshot, perSecond: number): string {
  const now = throughputOf(snapshot);
  const parts = [`${(snapshot.elapsedMs / 1000).toFixed(1)} s`, `${now.results} results`, `${perSecond.toFixed(1)}/s`];
  if (!Number.isNaN(now.ageP50Ms)) parts.push(`age ${shortNumber(now.ageP50Ms)} ms (p95 ${shortNumber(now.ageP95Ms)})`);
  if (now.dropped.length > 0)
    parts.push(`dropped ${now.dropped.map(([name, count]) => `${name} ${count}`).join(', ')}`);
  if (now.failed > 0) parts.push(`failed ${now.failed}`);
  return parts.join('  ');
}

/** What a person wants to know when a run has ended. */
export function summaryLines(outcome: RunOutcome): readonly string[] {
  const { snapshot } = outcome;
  const total = throughputOf(snapshot);
  const verb = { completed: 'Completed', stopped: 'Stopped', failed: 'Failed' }[outcome.result];
  const lines = [
    `${verb} after ${(snapshot.elapsedMs / 1000).toFixed(1)} s: ${total.results} results, ${total.perSecond.toFixed(1)} a second` +
      (Number.isNaN(total.ageP50Ms)
        ? ''
        : `, age ${shortNumber(total.ageP50Ms)} ms (p95 ${shortNumber(total.ageP95Ms)} ms)`),
    '',
    ...textTable(
      [
        { title: 'node' },
        { title: 'type' },
        { title: 'in', align: 'right' },
        { title: 'out', align: 'right' },
        { title: 'skipped', align: 'right' },
        { title: 'dropped', align: 'right' },
        { title: 'failed', align: 'right' },
        { title: 'work ms p50', align: 'right' },
        { title: 'p95', align: 'right' },
        { title: 'age ms p50', align: 'right' },
        { title: 'p95', align: 'right' },
      ],
      snapshot.nodes.map(nodeRow),
    ),
  ];
  for (const node of snapshot.nodes) {
    if (node.trouble !== undefined)
      lines.push('', `The worker of node "${node.name}" went down, the last time: ${node.trouble.message}`);
    if (node.lastFault !== undefined && node.failed > 0)
      lines.push('', `Node "${node.name}" failed ${node.failed} times, the last time: ${node.lastFault.message}`);
  }
  return lines;
}

function nodeRow(node: NodeSnapshot): readonly string[] {
  const causes = Object.entries(node.dropped);
  const dropped = causes.length === 0 ? '0' : causes.map(([cause, count]) => `${count} ${cause}`).join(', ');
  return [
    node.name,
    node.type,
    `${node.in}`,
    `${node.out}`,
    `${node.skipped}`,
    dropped,
    `${node.failed}`,
    shortNumber(node.workMs.p50),
    shortNumber(node.workMs.p95),
    node.ageMs === undefined ? '' : shortNumber(node.ageMs.p50),
    node.ageMs === undefined ? '' : shortNumber(node.ageMs.p95),
  ];
}

function droppedTotal(node: NodeSnapshot): number {
  return Object.values(node.dropped).reduce((sum, count) => sum + count, 0);
}
