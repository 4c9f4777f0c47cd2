import { RUN_STATES } from '@kinegraph/core';
import type { FrameCounts } from '../runs/frame-tally.js';
import { CLIENT_KINDS } from '../runs/run-clients.js';
import type { MetricDefinition } from './metric.js';

/** What happens around each run that has not ended, and how many runs there are. */
export const RUN_METRICS: readonly MetricDefinition[] = [
  {
    name: 'kinegraph_runs',
    type: 'gauge',
    help: 'Runs by state; of ended ones the last are kept',
    labels: ['state'],
    read: ({ runStates }) =>
      RUN_STATES.map((state) => ({ labels: { state }, value: runStates.filter((one) => one === state).length })),
  },
  {
    name: 'kinegraph_runs_refused',
    type: 'gauge',
    help: 'Graphs that the server was told to run and that do not',
    labels: [],
    read: ({ refusedRuns }) => [{ labels: {}, value: refusedRuns }],
  },
  {
    name: 'kinegraph_run_elapsed_seconds',
    type: 'gauge',
    help: 'How long the sources of the run have been going',
    labels: ['run'],
    read: ({ runs }) => runs.map(({ id, snapshot }) => ({ labels: { run: id }, value: snapshot.elapsedMs / 1e3 })),
  },
  {
    name: 'kinegraph_clients',
    type: 'gauge',
    help: 'Clients that are connected to the run, by what they do',
    labels: ['run', 'kind'],
    read: ({ runs }) =>
      runs.flatMap(({ id, clients }) =>
        CLIENT_KINDS.map((kind) => ({ labels: { run: id, kind }, value: clients.count(kind) })),
      ),
  },
  received('frames', 'Frames that clients have sent to the source', ({ frames }) => frames),
  received('refused', 'Frames and control messages that could not be used', ({ refused }) => refused),
  received('homeless', 'Frames that came while their source was not there', ({ homeless }) => homeless),
  {
    name: 'kinegraph_results_published_total',
    type: 'counter',
    help: 'Results that frames of the source have come to, whether or not anybody watched',
    labels: ['run', 'source'],
    read: ({ runs }) =>
      runs.flatMap(({ id, published }) =>
        [...published].map(([source, value]) => ({ labels: { run: id, source }, value })),
      ),
  },
  {
    name: 'kinegraph_results_missed_total',
    type: 'counter',
    help: 'Results that did not reach a viewer, since it was too slow; of all viewers together',
    labels: ['run'],
    read: ({ runs }) => runs.map(({ id, missed }) => ({ labels: { run: id }, value: missed })),
  },
];

function received(what: string, help: string, read: (counts: FrameCounts) => number): MetricDefinition {
  return {
    name: `kinegraph_ingest_${what}_total`,
    type: 'counter',
    help,
    labels: ['run', 'node'],
    read: ({ runs }) =>
      runs.flatMap(({ id, received: bySource }) =>
        [...bySource].map(([node, counts]) => ({ labels: { run: id, node }, value: read(counts) })),
      ),
  };
}
