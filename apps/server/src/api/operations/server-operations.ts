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

export const getServer = operation({
  id: 'getServer',
  method: 'get',
  path: '/api/v1/server',
  scope: 'view',
  tag: 'Server',
  summary: 'What this server is.',
  answer: {
    status: 200,
    description: 'The server.',
    schema: z.object({
      version: z.string(),
      startedAt: z.iso.datetime(),
      node: z.string().meta({ description: 'The version of Node.js.' }),
      platform: z.string().meta({ description: 'As `linux-x64`.' }),
    }),
  },
  errors: [],
});

export const getSettings = operation({
  id: 'getSettings',
  audited: 'never',
  method: 'get',
  path: '/api/v1/settings',
  scope: 'admin',
  tag: 'Server',
  summary: 'The settings that this server was started with, secrets hidden, and where each comes from.',
  answer: {
    status: 200,
    description: 'As `kinegraph serve --print-config` tells them.',
    schema: z.object({ config: z.unknown(), from: z.record(z.string(), z.string()) }),
  },
  errors: [],
});

const Token = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: z.string(),
    expiresAt: z
      .string()
      .optional()
      .meta({ description: 'From then on nobody may use it. Left out: it does not end.' }),
  })
  .meta({ id: 'Token', description: 'What is known of a token; its text is not kept.' });

export const listTokens = operation({
  id: 'listTokens',
  audited: 'never',
  method: 'get',
  path: '/api/v1/tokens',
  scope: 'admin',
  tag: 'Server',
  summary: 'The tokens of this server, those that have expired included.',
  answer: { status: 200, description: 'The tokens.', schema: z.object({ tokens: z.array(Token) }) },
  errors: [],
});

export const createToken = operation({
  id: 'createToken',
  method: 'post',
  path: '/api/v1/tokens',
  scope: 'admin',
  tag: 'Server',
  summary: 'Makes a token, which is in this answer and nowhere else.',
  description: 'It gives no more than the token that asks has, and for no longer.',
  body: z.strictObject({
    name: z.string().max(100).default(''),
    scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
    expiresAt: z.iso.datetime().max(40).optional(),
  }),
  answer: { status: 201, description: 'The token.', schema: Token.extend({ token: z.string() }) },
  errors: ['SERVER_TOKEN_BEYOND'],
});

export const revokeToken = operation({
  id: 'revokeToken',
  method: 'delete',
  path: '/api/v1/tokens/{token}',
  scope: 'admin',
  tag: 'Server',
  summary: 'Revokes a token: from now on nobody may use it, sessions that began with it included.',
  params: z.object({ token: z.string().max(40).meta({ description: 'The id of a token.' }) }),
  answer: { status: 204, description: 'It is revoked.' },
  errors: ['SERVER_TOKEN_UNKNOWN'],
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
