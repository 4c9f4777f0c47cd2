import { Router } from 'express';
import type { RequestHandler } from 'express';
import { KinegraphError } from '@kinegraph/core';
import { callerOf, jsonBodies } from '../access/index.js';
import type { JsonLimits } from '../access/index.js';
import { checkRequest } from '../http/check-request.js';
import { ANSWERED } from './handled-operation.js';
import type { CheckedCall, HandledOperation } from './handled-operation.js';
import { isJsonBody } from './operation.js';
import type { Operation } from './operation.js';

/** There is something under this path, but not for this method. */
export class MethodNotAllowedError extends KinegraphError {
  override readonly name = 'MethodNotAllowedError';
  readonly code = 'SERVER_METHOD_NOT_ALLOWED';
  constructor(override readonly data: { method: string; path: string; allowed: readonly string[] }) {
    super(`${data.method} is not allowed for ${data.path}. Allowed: ${data.allowed.join(', ')}.`);
  }
}

/** What came of a call: the answer's body, undefined where the handler wrote it; or what it failed with. */
export type CallOutcome = { readonly answer: unknown } | { readonly error: unknown };

/** Is told of each call once it is over. */
export type OnCalled = (operation: Operation, call: CheckedCall, outcome: CallOutcome) => void;

/** Routes each request to the operation of its method and path, checked against what that says. */
export function apiRouter(
  operations: readonly HandledOperation[],
  limits: JsonLimits,
  onCalled: OnCalled = () => {},
): Router {
  const router = Router();
  const readJson = jsonBodies(limits);
  const methods = new Map<string, string[]>();
  for (const one of operations) {
    const { operation } = one;
    const path = expressPath(operation.path);
    methods.set(path, [...(methods.get(path) ?? []), operation.method.toUpperCase()]);
    const before = isJsonBody(operation.body) ? [readJson] : [];
    router[operation.method](path, ...before, handlerOf(one, onCalled));
  }
  for (const [path, allowed] of methods) {
    router.all(path, (request, response) => {
      response.set('Allow', [...allowed, 'OPTIONS'].join(', '));
      if (request.method === 'OPTIONS') {
        response.status(204).end();
        return;
      }
      throw new MethodNotAllowedError({ method: request.method, path: request.path, allowed });
    });
  }
  return router;
}

function handlerOf({ operation, handle }: HandledOperation, onCalled: OnCalled): RequestHandler {
  return async (request, response) => {
    const { params, query, body, answer } = operation;
    const call: CheckedCall = {
      params: params && checkRequest('path', params, request.params),
      query: query && checkRequest('query', query, request.query),
      body: isJsonBody(body) ? checkRequest('body', body, request.body) : undefined,
      caller: operation.scope === 'open' ? undefined : callerOf(response),
      request,
      response,
    };
    let result: unknown;
    try {
      result = await handle(call);
    } catch (error) {
      onCalled(operation, call, { error });
      throw error;
    }
    onCalled(operation, call, { answer: result === ANSWERED ? undefined : result });
    if (result === ANSWERED) return;
    if ('schema' in answer) response.status(answer.status).json(result);
    else if (answer.status === 204) response.status(204).end();
  };
}

/** `/api/v1/runs/{run}` as Express writes it: `/api/v1/runs/:run`. */
export function expressPath(path: Operation['path']): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
