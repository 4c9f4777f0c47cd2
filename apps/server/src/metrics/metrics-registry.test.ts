import { readFileSync } from 'node:fs';
import { inject, injectable } from 'inversify';
import { Clock, SourceStatus, sleep } from '@kinegraph/core';
import type { ProcessInfo } from '@kinegraph/core';
import { FrameLedger, createTestRun, sinkInto, sourceOf } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import { parseExposition, samplesOf, valueOf } from '../../test/support/exposition.js';
import type { Family } from '../../test/support/exposition.js';
import { RunClients } from '../runs/run-clients.js';
import { BOUNDS_MS } from './histogram-samples.js';
import { METRICS, MetricsRegistry } from './metrics-registry.js';
import type { Moment, RunMoment } from './moment.js';

const NOTHING: Moment = {
  runs: [],
  runStates: [],
  refusedRuns: 0,
  plugins: [],
  sockets: 0,
  previews: { encoded: 0, shared: 0 },
  unchangedPictures: 0,
  version: '1.2.3',
};

async function read(moment: Moment): Promise<ReadonlyMap<string, Family>> {
  return parseExposition(await new MetricsRegistry(() => moment).text());
}

@injectable()
class Slow {
  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(SourceStatus) private readonly status: SourceStatus,
  ) {}
  async extract(_frame: unknown, { trace, signal }: ProcessInfo): Promise<number | undefined> {
    this.status.report('live');
    await sleep(this.clock, trace.sequence % 2 === 0 ? 30 : 3, signal);
    if (trace.sequence === 5) throw new Error('not this one');
    return trace.sequence === 6 ? undefined : trace.sequence;
  }
}

/** Eight frames, 10 ms apart, through a node that takes 30 and 3 ms by turns. */
async function aRun(over: Partial<RunMoment> = {}): Promise<RunMoment> {
  const ledger = new FrameLedger();
  const frames = Array.from({ length: 8 }, (_, sequence) => ledger.frame({ sequence, timestampMs: sequence * 10 }));
  const { run, finish } = createTestRun({
    nodes: {
      camera: { kind: 'source', nodeClass: sourceOf(() => frames, 10) },
      hands: { kind: 'extractor', nodeClass: Slow },
      out: { kind: 'sink', nodeClass: sinkInto([]) },
    },
    wires: [
      ['camera.out', 'hands.in'],
      ['hands.out', 'out.in'],
    ],
  });
  await finish();
  const clients = new RunClients();
  const none = { received: new Map(), published: new Map(), missed: 0 };
  return { id: 'live', snapshot: run.snapshot(BOUNDS_MS), clients, ...none, ...over };
}

describe('The metrics', () => {
  it('tell what each node did', async () => {
    const families = await read({ ...NOTHING, runs: [await aRun()] });
    const hands = { run: 'live', node: 'hands', type: 'test.hands' };
    expect(valueOf(families, 'kinegraph_node_packets_total', { ...hands, direction: 'in' })).toBe(8);
    expect(valueOf(families, 'kinegraph_node_packets_total', { ...hands, direction: 'out' })).toBe(6);
    expect(valueOf(families, 'kinegraph_node_failed_total', hands)).toBe(1);
    expect(valueOf(families, 'kinegraph_node_skipped_total', hands)).toBe(1);
    const upTo = (le: string): number => valueOf(families, 'kinegraph_node_working_seconds_bucket', { ...hands, le });
    expect(['0.002048', '0.004096', '0.016384', '0.032768', '+Inf'].map(upTo)).toEqual([0, 4, 4, 8, 8]);
    expect(valueOf(families, 'kinegraph_node_working_seconds_sum', hands)).toBeCloseTo(4 * 0.033, 9);
    expect(samplesOf(families, 'kinegraph_sink_age_seconds_count').map(({ labels }) => labels['node'])).toEqual([
      'out',
    ]);
    expect(valueOf(families, 'kinegraph_node_state', { ...hands, state: 'closed' })).toBe(1);
    expect(valueOf(families, 'kinegraph_node_state', { ...hands, state: 'open' })).toBe(0);
    expect(valueOf(families, 'kinegraph_source_connection_state', { ...hands, state: 'live' })).toBe(1);
    expect(valueOf(families, 'kinegraph_source_connection_state', { ...hands, state: 'refused' })).toBe(0);
    expect(samplesOf(families, 'kinegraph_source_connection_state', { node: 'camera' })).toEqual([]);
  });

  it('tell of clients, runs, plugins and previews', async () => {
    const clients = new RunClients();
    clients.enter('mjpeg');
    const gone = clients.enter('mjpeg');
    gone[Symbol.dispose]();
    gone[Symbol.dispose]();
    const run = await aRun({
      clients,
      received: new Map([['camera', { frames: 9, refused: 2, homeless: 1 }]]),
      published: new Map([['camera', 5]]),
      missed: 3,
    });
    const twice = { name: 'twice', version: '1.0.0' };
    const families = await read({
      ...NOTHING,
      runs: [run],
      runStates: ['running', 'ended', 'ended'],
      refusedRuns: 1,
      plugins: [
        { ...twice, state: 'active' },
        { ...twice, state: 'refused' },
      ],
      previews: { encoded: 4, shared: 40 },
    });
    const told: readonly (readonly [string, Record<string, string>])[] = [
      ['kinegraph_clients', { run: 'live', kind: 'mjpeg' }],
      ['kinegraph_clients', { run: 'live', kind: 'sender' }],
      ['kinegraph_ingest_frames_total', { run: 'live', node: 'camera' }],
      ['kinegraph_ingest_refused_total', { run: 'live', node: 'camera' }],
      ['kinegraph_ingest_homeless_total', { run: 'live', node: 'camera' }],
      ['kinegraph_results_published_total', { run: 'live', source: 'camera' }],
      ['kinegraph_results_missed_total', { run: 'live' }],
      ['kinegraph_runs', { state: 'ended' }],
      ['kinegraph_runs', { state: 'opening' }],
      ['kinegraph_runs_refused', {}],
      ['kinegraph_plugin_state', { plugin: 'twice', state: 'refused' }],
      ['kinegraph_plugin_state', { plugin: 'twice', state: 'active' }],
      ['kinegraph_previews_total', { origin: 'encoded' }],
      ['kinegraph_previews_total', { origin: 'cache' }],
      ['kinegraph_build_info', { version: '1.2.3', node_version: process.version }],
    ];
    expect(told.map(([name, labels]) => valueOf(families, name, labels))).toEqual([
      1, 0, 9, 2, 1, 5, 3, 2, 0, 1, 1, 0, 4, 40, 1,
    ]);
  });

  it('tell what nodes count and measure by themselves', async () => {
    const run = await aRun();
    const own = { counters: { sent: 7, retried: 0 }, gauges: { queue_bytes: 12.5 } };
    const nodes = run.snapshot.nodes.map((node) => (node.name === 'out' ? { ...node, ...own } : node));
    const families = await read({ ...NOTHING, runs: [{ ...run, snapshot: { ...run.snapshot, nodes } }] });
    const out = { run: 'live', node: 'out', type: 'test.out' };
    expect(valueOf(families, 'kinegraph_node_own_total', { ...out, name: 'sent' })).toBe(7);
    expect(valueOf(families, 'kinegraph_node_own_total', { ...out, name: 'retried' })).toBe(0);
    expect(valueOf(families, 'kinegraph_node_own', { ...out, name: 'queue_bytes' })).toBe(12.5);
    expect(samplesOf(families, 'kinegraph_node_own_total')).toHaveLength(2);
  });

  it('have no more causes of drops than is good for who stores them, and lose none', async () => {
    const run = await aRun();
    const dropped = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`cause-${index}`, 1]));
    const nodes = run.snapshot.nodes.map((node) => ({ ...node, dropped: node.name === 'hands' ? dropped : {} }));
    const families = await read({ ...NOTHING, runs: [{ ...run, snapshot: { ...run.snapshot, nodes } }] });
    const drops = samplesOf(families, 'kinegraph_node_dropped_total');
    expect(drops.length).toBe(33);
    expect(valueOf(families, 'kinegraph_node_dropped_total', { cause: 'other' })).toBe(68);
  });

  it('escape whatever a name may hold', async () => {
    const id = 'a "run" \\ of\nodd {names}, le="1"';
    const families = await read({ ...NOTHING, runs: [await aRun({ id })] });
    expect(valueOf(families, 'kinegraph_results_missed_total', { run: id })).toBe(0);
  });

  it('have just the labels that they say, and no number that is none', async () => {
    const moment = { ...NOTHING, runs: [await aRun()] };
    for (const definition of METRICS)
      for (const { labels, value } of definition.read(moment)) {
        expect(Object.keys(labels).filter((label) => label !== 'le')).toEqual(definition.labels);
        expect(Number.isFinite(value), definition.name).toBe(true);
      }
  });

  it('refuse figures without the counts that they show', async () => {
    const run = await aRun();
    const [node] = run.snapshot.nodes;
    if (node === undefined) throw new Error('There is a node.');
    const { upTo: _, ...bare } = node.workMs;
    const snapshot = { ...run.snapshot, nodes: [{ ...node, workMs: bare }] };
    await expect(read({ ...NOTHING, runs: [{ ...run, snapshot }] })).rejects.toThrow('without BOUNDS_MS');
  });
});

describe('docs/metrics.md', () => {
  const text = readFileSync(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` +\| (.*) \|$/gm)].map(([, name = '', rest = '']) => [
    name,
    ...rest.split('|').map((cell) => cell.trim()),
  ]);

  it('has every metric with its type, its labels and what it tells', () => {
    const expected = METRICS.map(({ name, type, labels, help }) => [
      name,
      type,
      labels.map((label) => `\`${label}\``).join(' '),
      `${help}.`,
    ]);
    expect(rows.filter(([name]) => name?.startsWith('kinegraph_'))).toEqual(expected);
  });

  it('names those of the process', () => {
    const all = new MetricsRegistry(() => NOTHING).registry.getMetricsAsArray().map(({ name }) => name);
    const own = new Set(METRICS.map(({ name }) => name));
    const ofProcess = all.filter((name) => !own.has(name));
    const told = rows.flatMap(([name = '']) => (own.has(name) ? [] : [name]));
    expect(new Set(told)).toEqual(new Set(ofProcess));
  });
});

describe('The reader of the format', () => {
  const head = '# HELP a_total What it is\n# TYPE a_total counter\n';
  const buckets = (...values: readonly number[]): string =>
    `# HELP h What\n# TYPE h histogram\nh_bucket{le="1"} ${values[0]}\nh_bucket{le="+Inf"} ${values[1]}\nh_sum 1\nh_count ${values[2]}\n`;

  it.each([
    ['a line without an end', `${head}a_total 1`],
    ['a series twice', `${head}a_total{b="1",c="2"} 1\na_total{c="2",b="1"} 1\n`],
    ['a label twice', `${head}a_total{b="1",b="1"} 1\n`],
    ['a quote that is not escaped', `${head}a_total{b="1"2"} 1\n`],
    ['a counter below 0', `${head}a_total -1\n`],
    ['a number that is none', `${head}a_total undefined\n`],
    ['a sample of another metric', `${head}b_total 1\n`],
    ['a metric twice', `${head}a_total 1\n${head}`],
    ['no type', '# HELP a_total What it is\na_total 1\n'],
    ['buckets that descend', buckets(2, 1, 1)],
    ['a count other than the last bucket', buckets(1, 2, 3)],
  ])('refuses %s', (_what, text) => {
    expect(() => parseExposition(text)).toThrow();
  });

  it('reads what is right', () => {
    expect(() => parseExposition(`${head}a_total{b="\\"\\\\\\n",c=""} 1e+21\n\n${buckets(1, 2, 2)}`)).not.toThrow();
  });
});
