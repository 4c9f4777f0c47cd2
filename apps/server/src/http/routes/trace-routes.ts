import { Router } from 'express';
import { Clock } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { ResultLimits } from '../../results/results-route.js';
import { RunService } from '../../runs/run-service.js';
import { streamTrace } from '../../traces/trace-download.js';
import { TraceQuery } from '../../traces/trace-query.js';
import { checkRequest } from '../check-request.js';

/** `/api/v1/runs/:run/trace?seconds=5`: what a run does for a while, to be opened in Perfetto. */
@injectable()
export class TraceRoutes {
  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  router(): Router {
    const router = Router();
    router.get('/:run/trace', (request, response) => {
      const live = this.runs.get(request.params.run);
      const { seconds } = checkRequest('query', TraceQuery, request.query);
      const notReadingMs = this.limits.notReadingSeconds * 1000;
      streamTrace(response, live, { clock: this.clock, seconds, notReadingMs });
    });
    return router;
  }
}
