import { CONNECTION_STATES, NODE_STATES } from '@kinegraph/core';
import type { HistogramSummary, NodeSnapshot } from '@kinegraph/core';
import { histogramSamples } from './histogram-samples.js';
import { stateSamples } from './metric.js';
import type { MetricDefinition, Sample } from './metric.js';
import type { Moment } from './moment.js';

const NODE = ['run', 'node', 'type'];
/** Nodes name the causes of their drops themselves; those beyond this many are told of together. */
const MOST_CAUSES = 32;
export const OTHER_CAUSES = 'other';

/** What happens at each node of the runs that have not ended. */
export const NODE_METRICS: readonly MetricDefinition[] = [
  {
    name: 'kinegraph_node_packets_total',
    type: 'counter',
    help: 'Packets with a value that came in, and that went out, once for each output port',
    labels: [...NODE, 'direction'],
    read: ofNodes((node, labels) => [
      { labels: { ...labels, direction: 'in' }, value: node.in },
      { labels: { ...labels, direction: 'out' }, value: node.out },
    ]),
  },
  counter('skipped', 'Timestamps for which there was nothing', ({ skipped }) => skipped),
  counter('failed', 'Packets that the node failed on', ({ failed }) => failed),
  {
    name: 'kinegraph_node_dropped_total',
    type: 'counter',
    help: 'Packets that were let go, by cause',
    labels: [...NODE, 'cause'],
    read: ofNodes(({ dropped }, labels) => droppedSamples(dropped, labels)),
  },
  {
    name: 'kinegraph_node_results_per_second',
    type: 'gauge',
    help: 'Results over the last five seconds: what a sink took in, what another node gave out; missing in the first second',
    labels: NODE,
    read: ofNodes(({ perSecond }, labels) => (Number.isFinite(perSecond) ? [{ labels, value: perSecond }] : [])),
  },
  times('waiting', 'Between the hand-over of an answer and the next packet', ({ waitMs }) => waitMs),
  times('working', 'Inside the node', ({ workMs }) => workMs),
  times(
    'hand_over',
    'From an answer to the moment when its consumers have taken it; of a buffer: in it',
    (node) => node.handOverMs,
  ),
  {
    name: 'kinegraph_sink_age_seconds',
    type: 'histogram',
    help: 'Age of what arrives at a sink: since the frame was captured',
    labels: NODE,
    read: ofNodes(({ ageMs }, labels) =>
      ageMs === undefined ? [] : histogramSamples('kinegraph_sink_age_seconds', labels, ageMs),
    ),
  },
  {
    name: 'kinegraph_node_state',
    type: 'gauge',
    help: '1 for the state that the node is in, 0 for the others',
    labels: [...NODE, 'state'],
    read: ofNodes(({ state }, labels) => stateSamples(NODE_STATES, state, labels)),
  },
  {
    name: 'kinegraph_source_connection_state',
    type: 'gauge',
    help: '1 for how the source or sink is connected, 0 for the other states; only those that tell',
    labels: [...NODE, 'state'],
    read: ofNodes(({ connection }, labels) =>
      connection === undefined ? [] : stateSamples(CONNECTION_STATES, connection.state, labels),
    ),
  },
  {
    name: 'kinegraph_source_connection_age_seconds',
    type: 'gauge',
    help: 'How long the connection has been in its state',
    labels: NODE,
    read: ofNodes(({ connection }, labels) =>
      connection === undefined ? [] : [{ labels, value: connection.ageMs / 1e3 }],
    ),
  },
  {
    name: 'kinegraph_node_own_total',
    type: 'counter',
    help: 'What the node counts by itself, by the name that it gives; its own page says what it means',
    labels: [...NODE, 'name'],
    read: ofNodes(({ counters = {} }, labels) => ownSamples(counters, labels)),
  },
  {
    name: 'kinegraph_node_own',
    type: 'gauge',
    help: 'Numbers that the node tells by itself, by the name that it gives; its own page says what they mean',
    labels: [...NODE, 'name'],
    read: ofNodes(({ gauges = {} }, labels) => ownSamples(gauges, labels)),
  },
];

type Labels = Sample['labels'];

function ofNodes(
  read: (node: NodeSnapshot, labels: Labels) => readonly Sample[],
): (moment: Moment) => readonly Sample[] {
  return ({ runs }) =>
    runs.flatMap(({ id, snapshot }) =>
      snapshot.nodes.flatMap((node) => read(node, { run: id, node: node.name, type: node.type })),
    );
}

function counter(what: string, help: string, read: (node: NodeSnapshot) => number): MetricDefinition {
  return {
    name: `kinegraph_node_${what}_total`,
    type: 'counter',
    help,
    labels: NODE,
    read: ofNodes((node, labels) => [{ labels, value: read(node) }]),
  };
}

function times(what: string, help: string, read: (node: NodeSnapshot) => HistogramSummary): MetricDefinition {
  const name = `kinegraph_node_${what}_seconds`;
  return {
    name,
    type: 'histogram',
    help,
    labels: NODE,
    read: ofNodes((node, labels) => histogramSamples(name, labels, read(node))),
  };
}

function ownSamples(figures: Readonly<Record<string, number>>, labels: Labels): readonly Sample[] {
  return Object.entries(figures).map(([name, value]) => ({ labels: { ...labels, name }, value }));
}

function droppedSamples(dropped: NodeSnapshot['dropped'], labels: Labels): readonly Sample[] {
  const causes = new Map<string, number>();
  for (const [named, count] of Object.entries(dropped)) {
    const cause = causes.size < MOST_CAUSES ? named : OTHER_CAUSES;
    causes.set(cause, (causes.get(cause) ?? 0) + count);
  }
  return [...causes].map(([cause, value]) => ({ labels: { ...labels, cause }, value }));
}
