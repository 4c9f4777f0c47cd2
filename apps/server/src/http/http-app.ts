import express from 'express';
import type { ErrorRequestHandler, Express, Request } from 'express';
import { KinegraphError, Logger, errorMessage, serviceId, toErrorRecord } from '@kinegraph/core';
import { inject, injectable, multiInject } from 'inversify';
import { rememberRefusal } from '../access/index.js';
import type { JsonLimits } from '../access/json-body.js';
import { HttpGate } from './http-gate.js';
import { ApiRoutes, apiRouter } from '../api/index.js';
import { AuditedWrites } from '../audit/audited-writes.js';
import { RefusedRequests } from '../audit/refused-requests.js';
import { requestLog } from '../logging/request-log.js';
import { answerOf } from '../answers/error-answers.js';
import { NotFoundError } from './not-found-error.js';
import { HealthRoutes } from './routes/health-routes.js';
import { PageRoutes } from './routes/page-routes.js';

export type HttpLimits = JsonLimits;
export const HttpLimits = serviceId<HttpLimits>('server.HttpLimits');

/** Puts the routes together. */
@injectable()
export class HttpApp {
  readonly app: Express;
  /** Those that have come to their operation: what becomes of these is told by `AuditedWrites`. */
  readonly #begun = new WeakSet<Request>();

  constructor(
    @inject(HttpGate) gate: HttpGate,
    @inject(HttpLimits) limits: HttpLimits,
    @multiInject(ApiRoutes) areas: readonly ApiRoutes[],
    @inject(HealthRoutes) health: HealthRoutes,
    @inject(PageRoutes) page: PageRoutes,
    @inject(AuditedWrites) writes: AuditedWrites,
    @inject(RefusedRequests) private readonly refused: RefusedRequests,
    @inject(Logger) private readonly logger: Logger,
  ) {
    const app = express();
    app.disable('x-powered-by');
    app.disable('etag'); // pictures have their own; the rest changes all the time
    app.use(requestLog(this.logger));
    app.use(this.refused.watch());
    app.use(apiRouter(health.operations(), limits)); // asked by supervisors, which have no token
    for (const handler of gate.handlers) app.use(handler);
    const operations = areas.flatMap((area) => area.operations());
    app.use(
      apiRouter(operations, limits, (operation, call, outcome) => {
        this.#begun.add(call.request);
        writes.record(operation, call, outcome);
      }),
    );
    app.use(page.router());
    app.use((request) => {
      throw new NotFoundError({ method: request.method, path: request.path });
    });
    app.use(this.#answerError);
    this.app = app;
  }

  readonly #answerError: ErrorRequestHandler = (error, request, response, next) => {
    const answer = answerOf(error);
    if (error instanceof KinegraphError && !this.#begun.has(request)) rememberRefusal(response, error);
    if (answer.status >= 500)
      this.logger.error(`${request.method} ${request.path} failed: ${errorMessage(error)}`, {
        error: toErrorRecord(error),
      });
    if (response.headersSent) {
      next(error); // Express ends the connection
      return;
    }
    response.removeHeader('ETag'); // of what could not be made after all
    response.set('Cache-Control', 'no-store');
    response.status(answer.status).json({ error: answer.body });
  };
}
