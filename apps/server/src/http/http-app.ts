import express from 'express';
import type { ErrorRequestHandler, Express } from 'express';
import { Logger, errorMessage, serviceId, toErrorRecord } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import type { JsonLimits } from '../access/json-body.js';
import { HttpGate } from './http-gate.js';
import { apiRouter } from '../api/index.js';
import type { ApiRoutes } from '../api/index.js';
import { AuditedWrites } from '../audit/audited-writes.js';
import { requestLog } from '../logging/request-log.js';
import { answerOf } from '../answers/error-answers.js';
import { NotFoundError } from './not-found-error.js';
import { ApiDocumentRoutes } from './routes/api-document-routes.js';
import { CatalogRoutes } from './routes/catalog-routes.js';
import { GraphRoutes } from './routes/graph-routes.js';
import { HealthRoutes } from './routes/health-routes.js';
import { MetricsRoutes } from './routes/metrics-routes.js';
import { ModelRoutes } from './routes/model-routes.js';
import { PageRoutes } from './routes/page-routes.js';
import { PictureRoutes } from './routes/picture-routes.js';
import { RunRoutes } from './routes/run-routes.js';
import { SignFileRoutes } from './routes/sign-file-routes.js';
import { SignRoutes } from './routes/sign-routes.js';
import { TraceRoutes } from './routes/trace-routes.js';

export type HttpLimits = JsonLimits;
export const HttpLimits = serviceId<HttpLimits>('server.HttpLimits');

/** Puts the routes together. */
@injectable()
export class HttpApp {
  readonly app: Express;

  constructor(
    @inject(HttpGate) gate: HttpGate,
    @inject(HttpLimits) limits: HttpLimits,
    @inject(GraphRoutes) graphs: GraphRoutes,
    @inject(ModelRoutes) models: ModelRoutes,
    @inject(RunRoutes) runs: RunRoutes,
    @inject(PictureRoutes) pictures: PictureRoutes,
    @inject(CatalogRoutes) catalog: CatalogRoutes,
    @inject(HealthRoutes) health: HealthRoutes,
    @inject(MetricsRoutes) metrics: MetricsRoutes,
    @inject(TraceRoutes) traces: TraceRoutes,
    @inject(ApiDocumentRoutes) apiDocument: ApiDocumentRoutes,
    @inject(SignFileRoutes) signFiles: SignFileRoutes,
    @inject(SignRoutes) signs: SignRoutes,
    @inject(PageRoutes) page: PageRoutes,
    @inject(AuditedWrites) writes: AuditedWrites,
    @inject(Logger) private readonly logger: Logger,
  ) {
    const app = express();
    app.disable('x-powered-by');
    app.disable('etag'); // pictures have their own; the rest changes all the time
    app.use(requestLog(this.logger));
    app.use(apiRouter(health.operations(), limits)); // asked by supervisors, which have no token
    for (const handler of gate.handlers) app.use(handler);
    const areas: readonly ApiRoutes[] = [
      graphs,
      models,
      runs,
      pictures,
      traces,
      signFiles,
      signs,
      catalog,
      metrics,
      apiDocument,
    ];
    const operations = areas.flatMap((area) => area.operations());
    app.use(apiRouter(operations, limits, (...called) => writes.record(...called)));
    app.use(page.router());
    app.use((request) => {
      throw new NotFoundError({ method: request.method, path: request.path });
    });
    app.use(this.#answerError);
    this.app = app;
  }

  readonly #answerError: ErrorRequestHandler = (error, request, response, next) => {
    const answer = answerOf(error);
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
