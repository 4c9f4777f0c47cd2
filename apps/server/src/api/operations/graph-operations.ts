import { z } from 'zod';
import { operation } from '../operation.js';
import { GraphInput } from '../shapes/graph.js';
import {
  AuditEvent,
  GraphId,
  GraphSummary,
  KeptGraph,
  KnownRevision,
  Revision,
  RevisionInfo,
  RevisionName,
} from '../shapes/graphs.js';
import { Problem } from '../shapes/problem.js';
import { AppliedGraph, RunSummary } from '../shapes/run.js';
import { STORE_ERRORS } from './store-errors.js';

const GraphPath = z.object({ graph: GraphId });
const RevisionPath = GraphPath.extend({ revision: z.coerce.number().int().min(1) });
const WRITE = [
  ...STORE_ERRORS,
  'SERVER_STORAGE_FULL',
  'SERVER_GRAPH_ID',
  'SERVER_GRAPH_CONFLICT',
  'SERVER_TOO_MANY_GRAPHS',
] as const;

export const listGraphs = operation({
  id: 'listGraphs',
  method: 'get',
  path: '/api/v1/graphs',
  scope: 'view',
  tag: 'Graphs',
  summary: 'The graphs that this server keeps.',
  answer: { status: 200, description: 'By id.', schema: z.object({ graphs: z.array(GraphSummary) }) },
  errors: STORE_ERRORS,
});

export const getGraph = operation({
  id: 'getGraph',
  method: 'get',
  path: '/api/v1/graphs/{graph}',
  scope: 'view',
  tag: 'Graphs',
  summary: 'A graph as it is saved, with its revision and what is wrong with it.',
  params: GraphPath,
  answer: { status: 200, description: 'The graph.', schema: KeptGraph },
  errors: [...STORE_ERRORS, 'SERVER_GRAPH_UNKNOWN', 'SERVER_GRAPH_INVALID'],
});

export const putGraph = operation({
  id: 'putGraph',
  audited: 'with the change',
  method: 'put',
  path: '/api/v1/graphs/{graph}',
  scope: 'edit',
  tag: 'Graphs',
  summary: 'Saves a graph; what runs stays as it is.',
  description:
    'Needs the revision that the writer has read: of two writers the second gets 409 and reads what the first has saved. A graph with problems is saved, too, if it has the form of one; it is deploying that refuses it. The same document again makes no revision; `name` then names the newest.',
  params: GraphPath,
  body: z.strictObject({ graph: GraphInput, revision: KnownRevision, name: RevisionName.optional() }),
  answer: { status: 200, description: 'It is saved; the same document again makes no revision.', schema: KeptGraph },
  errors: [...WRITE, 'SERVER_GRAPH_INVALID'],
});

export const deleteGraph = operation({
  id: 'deleteGraph',
  audited: 'with the change',
  method: 'delete',
  path: '/api/v1/graphs/{graph}',
  scope: 'edit',
  tag: 'Graphs',
  summary: 'Deletes a graph; its history is kept, and what runs goes on.',
  params: GraphPath,
  query: z.strictObject({ revision: z.coerce.number().int().min(1), token: z.string().optional() }),
  answer: { status: 204, description: 'It is gone.' },
  errors: [...WRITE, 'SERVER_GRAPH_UNKNOWN'],
});

export const listRevisions = operation({
  id: 'listRevisions',
  method: 'get',
  path: '/api/v1/graphs/{graph}/revisions',
  scope: 'view',
  tag: 'Graphs',
  summary: 'The history of a graph, the newest first.',
  params: GraphPath,
  answer: {
    status: 200,
    description: 'The revisions that are kept.',
    schema: z.object({ revisions: z.array(RevisionInfo) }),
  },
  errors: [...STORE_ERRORS, 'SERVER_GRAPH_UNKNOWN'],
});

export const getRevision = operation({
  id: 'getRevision',
  method: 'get',
  path: '/api/v1/graphs/{graph}/revisions/{revision}',
  scope: 'view',
  tag: 'Graphs',
  summary: 'A graph as it was.',
  params: RevisionPath,
  answer: { status: 200, description: 'The graph at that revision.', schema: KeptGraph },
  errors: [...STORE_ERRORS, 'SERVER_GRAPH_UNKNOWN', 'SERVER_REVISION_UNKNOWN', 'SERVER_GRAPH_INVALID'],
});

export const restoreRevision = operation({
  id: 'restoreRevision',
  audited: 'with the change',
  method: 'post',
  path: '/api/v1/graphs/{graph}/revisions/{revision}/restore',
  scope: 'edit',
  tag: 'Graphs',
  summary: 'Saves a graph as it was once, as a new revision.',
  params: RevisionPath,
  body: z.strictObject({ revision: KnownRevision }),
  answer: { status: 200, description: 'It is saved.', schema: KeptGraph },
  errors: [...WRITE, 'SERVER_GRAPH_UNKNOWN', 'SERVER_REVISION_UNKNOWN', 'SERVER_GRAPH_INVALID'],
});

export const nameRevision = operation({
  id: 'nameRevision',
  audited: 'with the change',
  method: 'patch',
  path: '/api/v1/graphs/{graph}/revisions/{revision}',
  scope: 'edit',
  tag: 'Graphs',
  summary: 'Names a revision; its document stays as it is.',
  description:
    'Revisions that have a name are kept longer than others: the last 200 of each graph, besides its last 200 revisions.',
  params: RevisionPath,
  body: z.strictObject({ name: RevisionName.nullable().meta({ description: 'null: none.' }) }),
  answer: { status: 200, description: 'It is called so.', schema: RevisionInfo },
  errors: [
    ...STORE_ERRORS,
    'SERVER_STORAGE_FULL',
    'SERVER_GRAPH_ID',
    'SERVER_GRAPH_UNKNOWN',
    'SERVER_REVISION_UNKNOWN',
  ],
});

export const deployGraph = operation({
  id: 'deployGraph',
  method: 'post',
  path: '/api/v1/graphs/{graph}/deploy',
  scope: 'deploy',
  tag: 'Graphs',
  summary: 'Runs a saved graph, as the run of its id, also after the server was started again.',
  description:
    'Where the graph runs already, that run goes over to the revision: only nodes that changed are restarted. `DELETE /api/v1/runs/{run}` ends it for good.',
  params: GraphPath,
  body: z.strictObject({ revision: Revision.optional().meta({ description: 'Left out: the newest.' }) }).prefault({}),
  answer: {
    status: 200,
    description: 'It runs.',
    schema: z.object({
      revision: Revision,
      run: RunSummary,
      applied: AppliedGraph.optional().meta({ description: 'What was done to the run that there was.' }),
    }),
  },
  errors: [
    ...STORE_ERRORS,
    'SERVER_STORAGE_FULL',
    'SERVER_GRAPH_UNKNOWN',
    'SERVER_REVISION_UNKNOWN',
    'SERVER_GRAPH_INVALID',
    'SERVER_GRAPH_REFUSED',
    'SERVER_TOO_MANY_NODES',
    'SERVER_TOO_MANY_RUNS',
    'SERVER_DEPLOYMENT_CLASH',
    'SERVER_STOPPING',
    'RUN_NODE_OPEN',
    'RUN_NOT_RUNNING',
    'RUN_NOT_RESTARTABLE',
    'CORE_TIME_LIMIT',
    'CORE_ABORTED',
  ],
});

export const validateGraph = operation({
  id: 'validateGraph',
  method: 'post',
  path: '/api/v1/validate',
  scope: 'view',
  tag: 'Graphs',
  summary: 'What is wrong with a graph on this server; changes nothing.',
  body: z.strictObject({ graph: GraphInput }),
  answer: {
    status: 200,
    description: 'Its problems; none of severity error: it can run.',
    schema: z.object({ problems: z.array(Problem) }),
  },
  errors: [],
});

export const listEvents = operation({
  id: 'listEvents',
  audited: 'never',
  method: 'get',
  path: '/api/v1/events',
  scope: 'admin',
  tag: 'Server',
  summary: 'Who changed what, when and from where; the newest first.',
  query: z.strictObject({
    before: z.coerce.number().int().min(1).optional().meta({ description: 'Only those with a smaller id.' }),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    run: z.string().max(64).optional().meta({ description: 'Only about this run, and the graph of that id.' }),
    token: z.string().optional(),
  }),
  answer: { status: 200, description: 'The events.', schema: z.object({ events: z.array(AuditEvent) }) },
  errors: STORE_ERRORS,
});
