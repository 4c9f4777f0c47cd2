import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseExposition } from './support/exposition.js';
import type { Family } from './support/exposition.js';
import { TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';

const RULES = inRepository('deploy/prometheus-alerts.yml');
const rulesText = readFileSync(RULES, 'utf8');
/** Prometheus puts these on every series itself. */
const OF_PROMETHEUS = new Set(['instance', 'job', 'le']);

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly datasource: { uid: string } }[];
}

interface Dashboard {
  readonly schemaVersion: number;
  readonly uid: string;
  readonly title: string;
  readonly templating: { readonly list: readonly { name: string; type: string; definition?: string }[] };
  readonly panels: readonly Panel[];
}

const dashboard = JSON.parse(readFileSync(inRepository('deploy/grafana/kinegraph.json'), 'utf8')) as Dashboard;
const queries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => [title, expr] as const),
);
const rules = rulesText
  .split('- alert: ')
  .slice(1)
  .map(
    (rule) =>
      [
        /^\w+/.exec(rule)?.[0] ?? '',
        (
          /expr: >\n([^]*?)\n +(?:for|labels|annotations):/.exec(rule)?.[1] ??
          /expr: (.*)/.exec(rule)?.[1] ??
          ''
        ).trim(),
      ] as const,
  );
const variables = dashboard.templating.list.flatMap(({ name, definition }) =>
  definition === undefined
    ? []
    : [[`variable ${name}`, definition.replace(/^label_values\((.*), \w+\)$/, '$1')] as const],
);

/** A run of which every figure is there: frames that are dropped, a recording, results for elsewhere. */
const GRAPH = {
  kinegraph: 1,
  nodes: {
    camera: { type: 'core.source.frames' },
    newest: { type: 'core.buffer.latest' },
    decode: { type: 'core.transform.decode', config: { shortSide: 32 } },
    out: { type: 'core.sink.results' },
    keep: { type: 'media.sink.recording', config: { path: 'keep' } },
    pixels: { type: 'media.sink.recording', config: { path: 'keep' } },
    hook: { type: 'connect.sink.webhook', config: { webhook: 'here' } },
  },
  wires: [
    ['camera.frame', 'newest.in'],
    ['camera.frame', 'keep.in'],
    ['newest.out', 'decode.frame'],
    ['decode.frame', 'out.in'],
    ['decode.frame', 'pixels.in'],
    ['decode.frame', 'hook.in'],
  ],
};

let folder: TemporaryFolder;
let server: LiveServer;
let families: ReadonlyMap<string, Family>;
beforeAll(async () => {
  folder = new TemporaryFolder();
  writeFileSync(folder.file('all.kinegraph.json'), JSON.stringify(GRAPH));
  const settings = { webhooks: { here: { url: 'http://127.0.0.1:9/' } } };
  const plugins = ['@kinegraph/plugin-media', { package: '@kinegraph/plugin-connect', settings }];
  const config = { workspace: '.', plugins, media: { networkAllow: ['127.0.0.1'] } };
  writeFileSync(folder.file('kinegraph.config.json'), JSON.stringify(config));
  server = await LiveServer.start([
    '--config',
    folder.file('kinegraph.config.json'),
    '--graph',
    folder.file('all.kinegraph.json'),
  ]);
  const sender = await server.socket('/api/v1/runs/live/sources/camera/ingest');
  const viewer = await server.socket('/api/v1/runs/live/results');
  const jpeg = await aJpeg(1280, 960);
  for (let count = 0; count < 30; count += 1) sender.socket.send(jpeg);
  await viewer.message(({ type }) => type === 'result');
  await vi.waitFor(async () => {
    families = parseExposition(await (await server.get('/metrics')).text());
    // What is there only once it has happened.
    expect(samplesOf('kinegraph_node_dropped_total')).not.toEqual([]);
    expect(samplesOf('nodejs_gc_duration_seconds_sum')).not.toEqual([]);
    expect(valuesOf('name')).toEqual(expect.arrayContaining(['written_bytes', 'encoding_ms']));
  }, 10_000);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** The samples of a metric as PromQL names it: those of a histogram have endings. */
function samplesOf(name: string): Family['samples'] {
  const family = families.get(name) ?? families.get(name.replace(/_(?:bucket|sum|count)$/, ''));
  return family?.samples.filter((sample) => sample.name === name) ?? [];
}

/** All values that a label has, at any metric. */
function valuesOf(label: string): string[] {
  return [...families.values()].flatMap(({ samples }) => samples.flatMap(({ labels }) => labels[label] ?? []));
}

const METRIC = /\b((?:kinegraph|process|nodejs)_\w+)(?:\{([^}]*)\})?/g;
const MATCHER = /(\w+)(=~|!~|!=|=)"([^"]*)"/g;

/** What an expression asks for and a server does not have. */
function missing(expression: string): string[] {
  const metrics = [...expression.matchAll(METRIC)];
  expect(metrics.length + (expression.includes('up{') ? 1 : 0)).toBeGreaterThan(0);
  const labels = new Set<string>(OF_PROMETHEUS);
  const faults: string[] = [];
  for (const [, name = '', matchers = ''] of metrics) {
    const samples = samplesOf(name);
    if (samples.length === 0) {
      faults.push(`${name} is not there`);
      continue;
    }
    const ofMetric = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
    for (const label of ofMetric) labels.add(label);
    for (const [, label = '', , wanted = ''] of matchers.matchAll(MATCHER)) {
      if (OF_PROMETHEUS.has(label)) continue;
      if (!ofMetric.has(label)) faults.push(`${name} has no label ${label}`);
      else if (!wanted.startsWith('$') && !valuesOf(label).some((value) => new RegExp(`^(?:${wanted})$`).test(value)))
        faults.push(`no ${label} is ${wanted}`);
    }
  }
  const grouped = [...expression.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
  return [...faults, ...grouped.filter((label) => !labels.has(label)).map((label) => `nothing has a label ${label}`)];
}

describe('What the dashboard and the alerts ask for', () => {
  it('is told by a running server: enough of it', () => {
    expect(queries.length).toBeGreaterThan(30);
    expect(rules.map(([name]) => name)).toContain('KinegraphResultsLate');
  });

  it.each([...queries, ...rules, ...variables])('is there for %s: %s', (_title, expression) => {
    expect(missing(expression)).toEqual([]);
  });

  it.each([
    ['kinegraph_nodes_total{run="live"}', ['kinegraph_nodes_total is not there']],
    ['kinegraph_node_own{name="queue_length"}', ['no name is queue_length']],
    ['sum by (run, colour) (kinegraph_clients)', ['nothing has a label colour']],
    ['kinegraph_clients{node="out"}', ['kinegraph_clients has no label node']],
  ])('is missed where it is not: %s', (expression, faults) => {
    expect(missing(expression)).toEqual(faults);
  });
});

describe('deploy/grafana/kinegraph.json', () => {
  it('has the form of a dashboard that Grafana imports', () => {
    expect(dashboard).toMatchObject({ title: 'Kinegraph', uid: 'kinegraph', schemaVersion: 39 });
    // Without an id of an instance it is new wherever it comes.
    expect(dashboard).not.toHaveProperty('id');
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(dashboard.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource' });
    const sources = dashboard.panels.flatMap(({ datasource, targets = [] }) => [
      ...(datasource === undefined ? [] : [datasource.uid]),
      ...targets.map((target) => target.datasource.uid),
    ]);
    expect(new Set(sources)).toEqual(new Set(['${datasource}']));
    for (const { targets = [] } of dashboard.panels) {
      expect(targets.map(({ refId }) => refId)).toEqual(['A', 'B', 'C'].slice(0, targets.length));
    }
  });

  it('has no panel over another, and none out of the 24 columns', () => {
    const taken = new Set<string>();
    for (const { gridPos, title } of dashboard.panels) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x},${y}`), title).toBe(false);
          taken.add(`${x},${y}`);
        }
      }
    }
  });
});

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
it.skipIf(!hasPromtool)('promtool takes the alerts (skipped where promtool is missing)', () => {
  expect(execFileSync('promtool', ['check', 'rules', RULES], { encoding: 'utf8' })).toContain('SUCCESS: 9 rules found');
});
