import type { Measurement } from '@kinegraph/core';
import { machineFacts } from './machine-facts.js';
import { shortNumber, textTable } from './text-table.js';

/** All runs of one graph. */
export interface BenchedGraph {
  readonly graph: string;
  readonly runs: readonly Measurement[];
}

/** A node that works for this share of the time holds up the others. */
const BUSY = 0.9;
/** A process that uses this share of all cores leaves none for the decoder and the rest of the machine. */
const FULL = 0.85;
const MEBIBYTE = 2 ** 20;
const right = 'right' as const;

/** The figures as JSON, and what they were measured on: figures that are not there (NaN) become null. */
export function plainBench(graphs: readonly BenchedGraph[]): unknown {
  return { kinegraphBench: 1, machine: machineFacts(), graphs };
}

/** What the report has to know to give advice. */
export interface BenchFacts {
  /** Of this machine. */
  readonly cores: number;
  /** True for node types of which several instances may work at once. */
  readonly mayMultiply: (type: string) => boolean;
}

/** A row for each graph, then for each the time in its nodes: all of the run with the median rate. */
export function benchLines(graphs: readonly BenchedGraph[], facts: BenchFacts): readonly string[] {
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
        { title: 'cores', align: right },
        { title: 'RSS MiB', align: right },
        { title: 'heap MiB', align: right },
        { title: 'first ms', align: right },
        { title: 'error %', align: right },
        { title: 'found %', align: right },
      ],
      middles.map(({ graph, run, runs }) => graphRow(graph, run, runs)),
    ),
    ...middles.flatMap(({ graph, run }) => ['', `${graph}:`, '', ...nodeLines(run), ...hintLines(run, facts)]),
    ...(middles.reduce((sum, { runs }) => sum + runs.length, 0) > 1 ? [MEMORY_NOTE] : []),
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
    causes(run.dropped, offered(run)),
    shortNumber(run.cpuMsPerResult),
    shortNumber(run.cpuCores),
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
      { title: 'busy %', align: right },
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
      causes(node.dropped, node.in),
      `${node.failed}`,
      percent(run.busy[node.name]),
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

/** What to do about it: what sets the pace, what failed. */
function hintLines(run: Measurement, facts: BenchFacts): readonly string[] {
  const hints = run.results === 0 ? [NO_RESULT] : [paceHint(run, facts)];
  for (const { name, trouble } of run.nodes)
    if (trouble !== undefined) hints.push(`The worker of "${name}" went down, the last time: ${trouble.message}`);
  for (const { name, failed } of run.nodes)
    if (failed > 0) hints.push(`"${name}" failed on ${failed} packets: "kinegraph run" tells why.`);
  return ['', ...hints, CPU_NOTE];
}

const NO_RESULT = 'No result came: measure for longer (--seconds), or look at the nodes that failed.';
const CPU_NOTE = 'CPU and memory are those of this process; one that decodes video is not in them.';
const MEMORY_NOTE =
  'Memory: what earlier runs of this command have left counts, too. To compare graphs by it, measure each by itself.';

/** What limits the rate, in one sentence. */
function paceHint(run: Measurement, { cores, mayMultiply }: BenchFacts): string {
  const [busiest] = Object.entries(run.busy).toSorted(([, a], [, b]) => b - a);
  const [name = '', share = 0] = busiest ?? [];
  const node = run.nodes.find((candidate) => candidate.name === name);
  const rate = `${shortNumber(run.perSecond)} results a second`;
  if (run.cpuCores >= cores * FULL) {
    return (
      `The processor sets the pace of ${rate}: ${shortNumber(run.cpuCores)} of ${cores} cores are in use. ` +
      `"${name}" works longest (${percent(share)} % of the time): a lighter model, a smaller picture, or fewer nodes at once help.`
    );
  }
  if (share >= BUSY) {
    const more =
      node !== undefined && mayMultiply(node.type) ? `, or give it more instances (--set ${name}.concurrency=2)` : '';
    return (
      `"${name}" sets the pace of ${rate}: it works ${percent(share)} % of the time, ${shortNumber(node?.workMs.p50 ?? Number.NaN)} ms a packet. ` +
      `Make it lighter (model, size of the picture)${more}.`
    );
  }
  const isDropping = Object.values(run.dropped).some((count) => count > 0);
  const busy = name === '' ? '' : ` The busiest node, "${name}", works ${percent(share)} % of the time.`;
  return isDropping
    ? `Packets are dropped although no node works all the time: nodes wait for each other at ${rate}.${busy}`
    : `The sources set the pace of ${rate}; nothing is dropped.${busy}`;
}

/** Packets that came to the nodes that dropped some. */
function offered(run: Measurement): number {
  return Math.max(0, ...run.nodes.filter(({ dropped }) => Object.keys(dropped).length > 0).map((node) => node.in));
}

function percent(share: number | undefined): string {
  return share === undefined ? '' : (share * 100).toFixed(0);
}

/** @param of - what the share in % refers to */
function causes(dropped: Readonly<Record<string, number>>, of: number): string {
  const entries = Object.entries(dropped);
  if (entries.length === 0) return '0';
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const share = of > 0 && total <= of ? ` (${percent(total / of)} %)` : '';
  return `${entries.map(([cause, count]) => `${count} ${cause}`).join(', ')}${share}`;
}
