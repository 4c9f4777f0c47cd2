import { z } from 'zod';
import { SCOPES } from '../../access/scopes.js';
import { operation } from '../operation.js';
import { LOG_EVENTS, LogQuery } from '../shapes/logs.js';
import { TokenQuery } from '../shapes/token-query.js';
import { STORE_ERRORS } from './store-errors.js';

export const getOpenApi = operation({
  id: 'getOpenApi',
  method: 'get',
  path: '/api/v1/openapi.json',
  scope: 'view',
  tag: 'Server',
  summary: 'This description of all that can be asked, as OpenAPI 3.1.',
  answer: { status: 200, description: 'The document.', schema: z.record(z.string(), z.unknown()) },
  errors: [],
});

export const getHealth = operation({
  id: 'getHealth',
  method: 'get',
  path: '/healthz',
  scope: 'open',
  tag: 'Server',
  summary: 'The process answers.',
  answer: { status: 200, description: 'It does.', schema: z.object({ status: z.literal('ok') }) },
  errors: [],
});

export const getReadiness = operation({
  id: 'getReadiness',
  method: 'get',
  path: '/readyz',
  scope: 'open',
  tag: 'Server',
  summary: 'The server takes work.',
  answer: { status: 200, description: 'It does.', schema: z.object({ status: z.literal('ready') }) },
  others: {
    503: {
      description: 'It is starting or stopping.',
      schema: z.object({ status: z.literal('not ready'), reason: z.string() }),
    },
  },
  errors: [],
});

export const getMetrics = operation({
  id: 'getMetrics',
  method: 'get',
  path: '/metrics',
  scope: 'view',
  tag: 'Server',
  summary: 'Figures for Prometheus (docs/metrics.md).',
  answer: { status: 200, description: 'The figures.', mediaType: 'text/plain' },
  errors: ['SERVER_NOT_FOUND'],
});

export const login = operation({
  id: 'login',
  method: 'post',
  path: '/api/v1/login',
  scope: 'open',
  tag: 'Server',
  summary: 'Begins a session: the answer sets a cookie that stands for the token.',
  body: z.strictObject({ token: z.string() }),
  answer: { status: 204, description: 'The session has begun.' },
  errors: ['SERVER_UNAUTHORIZED', 'SERVER_LOGIN_LIMITED'],
});

export const logout = operation({
  id: 'logout',
  method: 'post',
  path: '/api/v1/logout',
  scope: 'open',
  tag: 'Server',
  summary: 'Ends the session.',
  answer: { status: 204, description: 'It has ended, if there was one.' },
  errors: [],
});

export const getSession = operation({
  id: 'getSession',
  method: 'get',
  path: '/api/v1/session',
  scope: 'open',
  tag: 'Server',
  summary: 'What the caller may do.',
  answer: {
    status: 200,
    description: 'Whether the server demands a token, and what the one that was sent allows.',
    schema: z.object({ demandsToken: z.boolean(), scopes: z.array(z.enum(SCOPES)) }),
  },
  errors: ['SERVER_UNAUTHORIZED'],
});

export const streamLogs = operation({
  id: 'streamLogs',
  method: 'get',
  path: '/api/v1/logs',
  scope: 'admin',
  tag: 'Server',
  summary: 'The last lines of the log, and those to come, as Server-Sent Events.',
  description: 'Of the level that the server logs, without secrets. 2000 lines are kept in memory.',
  query: LogQuery,
  answer: { status: 200, description: LOG_EVENTS, mediaType: 'text/event-stream' },
  errors: [],
});

export const backUp = operation({
  id: 'backUp',
  method: 'get',
  path: '/api/v1/backup',
  scope: 'admin',
  tag: 'Server',
  summary: 'A copy of the database as it is now: graphs with their history, deployments, benchmarks, events.',
  description:
    'SQLite. Put in the place of the database of a server that does not run, it is taken up at its next start (docs/operating.md); an older server refuses one of a newer.',
  query: TokenQuery,
  answer: { status: 200, description: 'The database.', mediaType: 'application/vnd.sqlite3' },
  errors: [...STORE_ERRORS, 'SERVER_STORAGE_FULL'],
});
