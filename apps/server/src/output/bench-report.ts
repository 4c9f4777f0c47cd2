import type { Measurement } from '@kinegraph/core';
import { shortNumber, textTable } from './text-table.js';

/** All runs of one graph. */
export interface BenchedGraph {
  readonly graph: string;
  readonly runs: readonly Measurement[];
}

/** A node that works for this share of the time holds up the others. */
const BUSY = 0.9;
const MEBIBYTE = 2 ** 20;
const right = 'right' as const;

/** The figures as JSON: figures that are not there (NaN) become null. */
export function plainBench(graphs: readonly BenchedGraph[]): unknown {
  return { kinegraphBench: 1, graphs };
}

/** A row for each graph, then for each the time in its nodes: all of the run with the median rate. */
export function benchLines(graphs: readonly BenchedGraph[]): readonly string[] {
  const middles = graphs.flatMap(({ graph, runs }) => {
    const run = middleRun(runs);
    return run === undefined ? [] : [{ graph, run, runs }];
  });
  return [
    ...textTable(
      [
        { title: 'graph' },
        { title: 'results/s', align: right },
        { title: 'from-to', align: right },
        { title: 'dropped', align: right },
        { title: 'CPU ms/result', align: right },
        { title: 'RSS MiB', align: right },
        { title: 'heap MiB', align: right },
        { title: 'first ms', align: right },
        { title: 'error %', align: right },
        { title: 'found %', align: right },
      ],
      middles.map(({ graph, run, runs }) => graphRow(graph, run, runs)),
    ),
    ...middles.flatMap(({ graph, run }) => ['', `${graph}:`, '', ...nodeLines(run), ...hintLines(run)]),
  ];
}

function middleRun(runs: readonly Measurement[]): Measurement | undefined {
  return runs.toSorted((a, b) => a.perSecond - b.perSecond)[(runs.length - 1) >> 1];
}

function graphRow(graph: string, run: Measurement, runs: readonly Measurement[]): readonly string[] {
  const rates = runs.map(({ perSecond }) => perSecond);
  const { accuracy } = run;
  return [
    graph,
    shortNumber(run.perSecond),
    runs.length === 1 ? '-' : `${shortNumber(Math.min(...rates))}-${shortNumber(Math.max(...rates))}`,
    causes(run.dropped),
    shortNumber(run.cpuMsPerResult),
    (run.peakRssBytes / MEBIBYTE).toFixed(0),
    (run.peakHeapBytes / MEBIBYTE).toFixed(0),
    run.firstResultMs === undefined ? '-' : run.firstResultMs.toFixed(0),
    accuracy === undefined ? '-' : shortNumber(accuracy.meanErrorPercent),
    accuracy === undefined ? '-' : shortNumber(accuracy.foundShare * 100),
  ];
}

function nodeLines(run: Measurement): readonly string[] {
  return textTable(
    [
      { title: 'node' },
      { title: 'in', align: right },
      { title: 'out', align: right },
      { title: 'dropped', align: right },
      { title: 'failed', align: right },
      { title: 'wait ms', align: right },
      { title: 'work ms p50', align: right },
      { title: 'p95', align: right },
      { title: 'hand-over ms', align: right },
      { title: 'age ms p50', align: right },
      { title: 'p95', align: right },
      { title: 'p99', align: right },
      { title: 'max', align: right },
    ],
    run.nodes.map((node) => [
      node.name,
      `${node.in}`,
      `${node.out}`,
      causes(node.dropped),
      `${node.failed}`,
      shortNumber(node.waitMs.p50),
      shortNumber(node.workMs.p50),
      shortNumber(node.workMs.p95),
      shortNumber(node.handOverMs.p50),
      ...(node.ageMs === undefined
        ? ['', '', '', '']
        : [node.ageMs.p50, node.ageMs.p95, node.ageMs.p99, node.ageMs.max].map(shortNumber)),
    ]),
  );
}

/** What to do about it: which node sets the pace, what failed. */
function hintLines(run: Measurement): readonly string[] {
  const hints: string[] = [];
  if (run.results === 0)
    hints.push('No result came: measure for longer (--seconds), or look at the nodes that failed.');
  for (const { name, failed } of run.nodes) {
    const share = run.busy[name] ?? 0;
    if (share >= BUSY)
      hints.push(
        `"${name}" works ${(share * 100).toFixed(0)} % of the time and sets the pace: make it lighter, or give it more instances where its type allows that.`,
      );
    if (failed > 0) hints.push(`"${name}" failed on ${failed} packets: "kinegraph run" tells why.`);
  }
  return hints.length === 0 ? [] : ['', ...hints];
}

function causes(dropped: Readonly<Record<string, number>>): string {
  const entries = Object.entries(dropped);
  return entries.length === 0 ? '0' : entries.map(([cause, count]) => `${count} ${cause}`).join(', ');
}
