import { z } from 'zod';
import { operation } from '../operation.js';
import { AppliedGraph, RunDetail, RunId, RunSummary } from '../shapes/run.js';
import { Skeleton } from '../shapes/catalog.js';
import { LOG_EVENTS, LogQuery } from '../shapes/logs.js';
import { GraphInput } from '../shapes/graph.js';
import { Fault } from '../shapes/problem.js';
import { TokenQuery } from '../shapes/token-query.js';

const RunPath = z.object({ run: z.string().meta({ description: 'The id of a run.' }) });
const NodePath = RunPath.extend({ node: z.string().meta({ description: 'The name of a node in its graph.' }) });

export const listRuns = operation({
  id: 'listRuns',
  method: 'get',
  path: '/api/v1/runs',
  scope: 'view',
  tag: 'Runs',
  summary: 'What runs, and what should run and does not.',
  answer: {
    status: 200,
    description:
      'Runs, those that have ended lately among them; and the graphs that could not be started, with the reason.',
    schema: z.object({
      runs: z.array(RunSummary),
      refused: z.array(z.object({ id: z.string(), error: Fault.loose() })),
    }),
  },
  errors: [],
});

export const startRun = operation({
  id: 'startRun',
  method: 'post',
  path: '/api/v1/runs',
  scope: 'deploy',
  tag: 'Runs',
  summary: 'Runs a graph that is sent along, until it ends or the server stops.',
  body: z.strictObject({
    graph: GraphInput,
    id: RunId.optional(),
    exact: z.boolean().default(false).meta({
      description:
        'Buffers drop nothing: packets wait, so that a replay of a recording gives the same results each time.',
    }),
  }),
  answer: { status: 201, description: 'It runs.', schema: RunSummary },
  errors: [
    'SERVER_GRAPH_REFUSED',
    'SERVER_TOO_MANY_NODES',
    'SERVER_TOO_MANY_RUNS',
    'SERVER_RUN_EXISTS',
    'SERVER_STOPPING',
    'RUN_NODE_OPEN',
  ],
});

export const getRun = operation({
  id: 'getRun',
  method: 'get',
  path: '/api/v1/runs/{run}',
  scope: 'view',
  tag: 'Runs',
  summary: 'A run with its graph and the figures of each node.',
  params: RunPath,
  answer: { status: 200, description: 'The run.', schema: RunDetail },
  errors: ['SERVER_RUN_UNKNOWN'],
});

export const streamRunLogs = operation({
  id: 'streamRunLogs',
  method: 'get',
  path: '/api/v1/runs/{run}/logs',
  scope: 'view',
  tag: 'Runs',
  summary: 'The last lines of the log about a run, and those to come, as Server-Sent Events.',
  description: 'Also of one that has ended or could not be started. Secrets are taken out, as in the log itself.',
  params: RunPath,
  query: LogQuery,
  answer: { status: 200, description: LOG_EVENTS, mediaType: 'text/event-stream' },
  errors: ['SERVER_RUN_UNKNOWN'],
});

export const stopRun = operation({
  id: 'stopRun',
  method: 'delete',
  path: '/api/v1/runs/{run}',
  scope: 'deploy',
  tag: 'Runs',
  summary: 'Ends a run in order and forgets it.',
  params: RunPath,
  query: z.strictObject({
    mode: z.enum(['drain', 'drop']).default('drain').meta({
      description: '`drain`: what is under way reaches its sinks, within a limit. `drop`: it is let go.',
    }),
    ...TokenQuery.shape,
  }),
  answer: { status: 204, description: 'It has ended.' },
  errors: ['SERVER_RUN_UNKNOWN'],
});

export const pauseRun = operation({
  id: 'pauseRun',
  method: 'post',
  path: '/api/v1/runs/{run}/pause',
  scope: 'deploy',
  tag: 'Runs',
  summary: 'Holds the sources of a run; live ones drop what comes meanwhile.',
  params: RunPath,
  answer: { status: 200, description: 'The run, which is paused.', schema: RunSummary },
  errors: ['SERVER_RUN_UNKNOWN'],
});

export const resumeRun = operation({
  id: 'resumeRun',
  method: 'post',
  path: '/api/v1/runs/{run}/resume',
  scope: 'deploy',
  tag: 'Runs',
  summary: 'Lets the sources of a paused run go again.',
  params: RunPath,
  answer: { status: 200, description: 'The run, which goes on.', schema: RunSummary },
  errors: ['SERVER_RUN_UNKNOWN'],
});

export const applyGraph = operation({
  id: 'applyGraph',
  method: 'put',
  path: '/api/v1/runs/{run}/graph',
  scope: 'deploy',
  tag: 'Runs',
  summary: 'Goes over to another graph; only nodes that changed are restarted.',
  description: 'Where the change cannot be made the run goes on as it was.',
  params: RunPath,
  body: z.strictObject({ graph: GraphInput }),
  answer: { status: 200, description: 'What was done.', schema: AppliedGraph },
  errors: [
    'SERVER_RUN_UNKNOWN',
    'SERVER_GRAPH_REFUSED',
    'SERVER_TOO_MANY_NODES',
    'RUN_NOT_RUNNING',
    'RUN_NODE_OPEN',
    'RUN_NOT_RESTARTABLE',
    'CORE_TIME_LIMIT',
    'CORE_ABORTED',
  ],
});

export const previewGraph = operation({
  id: 'previewGraph',
  method: 'post',
  path: '/api/v1/runs/{run}/graph/preview',
  scope: 'view',
  tag: 'Runs',
  summary: 'Tells what going over to another graph would come to: which nodes would be restarted.',
  description:
    'Nothing is changed. Nodes are not asked: one that would refuse a live change is among `takenOver`, and is restarted when it comes to it.',
  params: RunPath,
  body: z.strictObject({ graph: GraphInput }),
  answer: { status: 200, description: 'What would be done.', schema: AppliedGraph },
  errors: ['SERVER_RUN_UNKNOWN', 'SERVER_GRAPH_REFUSED', 'SERVER_TOO_MANY_NODES', 'RUN_NOT_RUNNING'],
});

export const setConfig = operation({
  id: 'setConfig',
  method: 'patch',
  path: '/api/v1/runs/{run}/nodes/{node}/config',
  scope: 'deploy',
  tag: 'Runs',
  summary: 'Gives one key of a node of a run another value.',
  description:
    'Live keys are taken over between two packets; for others the node is restarted, and no packet of another node is lost.',
  params: NodePath,
  body: z.strictObject({
    key: z.string().min(1).max(200),
    value: z.unknown().optional().meta({ description: 'Left out: the default.' }),
  }),
  answer: {
    status: 200,
    description: 'It goes on with the value.',
    schema: z.object({ live: z.boolean().meta({ description: 'False: the node was restarted.' }) }),
  },
  errors: [
    'SERVER_RUN_UNKNOWN',
    'RUN_NODE_UNKNOWN',
    'RUN_CONFIG_REFUSED',
    'RUN_NOT_RUNNING',
    'RUN_NODE_OPEN',
    'RUN_NOT_RESTARTABLE',
    'CORE_TIME_LIMIT',
    'CORE_ABORTED',
  ],
});

export const listRunSkeletons = operation({
  id: 'listRunSkeletons',
  method: 'get',
  path: '/api/v1/runs/{run}/skeletons',
  scope: 'view',
  tag: 'Runs',
  summary: "The skeletons of a run's landmarks: the plugins' and those of its graph.",
  params: RunPath,
  answer: { status: 200, description: 'The skeletons.', schema: z.array(Skeleton) },
  errors: ['SERVER_RUN_UNKNOWN'],
});

export const streamResults = operation({
  id: 'streamResults',
  method: 'get',
  path: '/api/v1/runs/{run}/results',
  scope: 'view',
  tag: 'Results',
  summary: 'Results as Server-Sent Events, as they come (docs/protocol.md).',
  params: RunPath,
  query: TokenQuery,
  answer: { status: 200, description: 'Events until the run ends.', mediaType: 'text/event-stream' },
  errors: ['SERVER_RUN_UNKNOWN', 'SERVER_TOO_MANY_CONNECTIONS'],
});

export const streamFigures = operation({
  id: 'streamFigures',
  method: 'get',
  path: '/api/v1/runs/{run}/figures',
  scope: 'view',
  tag: 'Runs',
  summary: 'The figures of a run twice a second, as Server-Sent Events (docs/protocol.md).',
  description: 'Times are those of the last five seconds, where `getRun` has those since the run began.',
  params: RunPath,
  query: TokenQuery,
  answer: { status: 200, description: 'Events until the run ends.', mediaType: 'text/event-stream' },
  errors: ['SERVER_RUN_UNKNOWN', 'SERVER_TOO_MANY_CONNECTIONS'],
});
